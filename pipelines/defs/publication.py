"""The last stage: the checked file takes the place of the published one."""

import datetime

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=[dg.AssetKey(["quality", "validation"])],
    group_name="publication",
    kinds={"duckdb"},
    freshness_policy=dg.FreshnessPolicy.time_window(
        fail_window=datetime.timedelta(hours=50), warn_window=datetime.timedelta(hours=26)
    ),
    description="发布的仓库 duizhang.duckdb | the published warehouse",
)
def publication(folders: Folders) -> dg.MaterializeResult[None]:
    """Replace the published file at once; readers of the old one keep it."""
    from pipelines import stages
    from pipelines.stages.reviews import reviews_of

    with folders.workspace() as workspace:
        published = stages.publish_tables(workspace)
        report = stages.end_run(workspace, stages.present_run(workspace), reviews_of(workspace).problems)
        text = report.read_text(encoding="utf-8")
    return dg.MaterializeResult(
        metadata={
            "published": published,
            "path": dg.MetadataValue.path(workspace.database),
            "summary": dg.MetadataValue.md(text),
        }
    )
