"""The job that runs all stages in order, when it runs, and where its folders are."""

import os

import dagster as dg


class Folders(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where raw files are read from and where the warehouse is published, as absolute or relative paths."""

    raw: str = "raw"
    warehouse: str = "warehouse"


@dg.definitions
def operations() -> dg.Definitions:
    """The job ``load``, nightly at 02:00 in Shanghai, in one process: heavy work is inside an asset, not in steps."""
    load = dg.define_asset_job(
        "load",
        selection=dg.AssetSelection.all(),
        description="从原始文件到发布的仓库 | from raw files to the published warehouse",
        executor_def=dg.in_process_executor,
    )
    return dg.Definitions(
        jobs=[load],
        schedules=[
            dg.ScheduleDefinition("nightly", job=load, cron_schedule="0 2 * * *", execution_timezone="Asia/Shanghai")
        ],
        resources={
            "folders": Folders(
                raw=os.environ.get("DUIZHANG_RAW", "raw"), warehouse=os.environ.get("DUIZHANG_WAREHOUSE", "warehouse")
            )
        },
        executor=dg.in_process_executor,
    )
