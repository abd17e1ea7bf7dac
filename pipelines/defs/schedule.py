"""The job that runs all stages in order, and the night it runs in."""

import dagster as dg

load = dg.define_asset_job(
    "load",
    selection=dg.AssetSelection.all(),
    description="从原始文件到发布的仓库 | from raw files to the published warehouse",
    executor_def=dg.in_process_executor,
)
nightly = dg.ScheduleDefinition(
    "nightly",
    job=load,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    description="每日凌晨两点（上海时间） | at two in the morning, Shanghai time",
)


@dg.definitions
def execution() -> dg.Definitions:
    """Everything runs in one process: the heavy work is inside an asset, not in steps."""
    return dg.Definitions(executor=dg.in_process_executor)
