"""The job that runs all stages in order, the night it runs in, and the one process it runs in."""

import dagster as dg


@dg.definitions
def operations() -> dg.Definitions:
    """The job ``load`` and the schedule ``nightly``; the heavy work is inside an asset, so one process runs all."""
    load = dg.define_asset_job(
        "load",
        selection=dg.AssetSelection.all() - dg.AssetSelection.assets("fiscal_year"),
        op_retry_policy=dg.RetryPolicy(max_retries=2, delay=60, backoff=dg.Backoff.EXPONENTIAL),
        tags={"duizhang/kind": "load"},
        description="从原始文件到发布的仓库 | from raw files to the published warehouse",
    )
    nightly = dg.ScheduleDefinition(
        "nightly",
        job=load,
        cron_schedule="0 2 * * *",
        execution_timezone="Asia/Shanghai",
        description="每日凌晨两点（上海时间） | at two in the morning, Shanghai time",
    )
    return dg.Definitions(jobs=[load], schedules=[nightly], executor=dg.in_process_executor)
