"""Fiscal years as partitions: a whole load that reads the documents of a year again, for re-runs and backfills.

Ordinary nights need no partitions: they do what changed. A partition is for what a fingerprint cannot see: a reader's
library was mended, a program was missing when a year was read. Does not belong here: how documents are read again
(``pipelines.stages.again``).
"""

import dagster as dg

from pipelines.defs.folders import Folders

YEARS = dg.StaticPartitionsDefinition([str(year) for year in range(2000, 2051)])
"""Fiscal years that papers are about."""


@dg.asset(
    partitions_def=YEARS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="publication",
    kinds={"duckdb"},
    op_tags={"duizhang/kind": "again"},
    description="重读某些年度的文件，并重新发布 | reads the documents of fiscal years again and publishes",
)
def fiscal_year(context: dg.AssetExecutionContext, folders: Folders) -> dg.MaterializeResult[None]:
    """Run all stages, with the documents of the partitions read anew; a range of years is one run."""
    from pathlib import Path

    from pipelines import stages
    from pipelines.stages.run_report import report_path

    years = sorted(int(key) for key in context.partition_keys)
    workspace = stages.Workspace(Path(folders.raw), Path(folders.warehouse))
    tags = {"dagster_run": context.run.run_id, "again": f"{years[0]}-{years[-1]}"}
    result = stages.load(workspace, tags=tags, again=years)
    report = report_path(workspace, result.run_id).read_text(encoding="utf-8")
    return dg.MaterializeResult(
        metadata={"read": result.read, "published": result.rebuilt, "summary": dg.MetadataValue.md(report)}
    )


@dg.definitions
def again() -> dg.Definitions:
    """The job ``again``: fiscal years to be read again."""
    job = dg.define_asset_job(
        "again",
        selection=dg.AssetSelection.assets(fiscal_year),
        partitions_def=YEARS,
        tags={"duizhang/kind": "again"},
        description="重读指定年度的文件 | reads chosen fiscal years again",
    )
    return dg.Definitions(assets=[fiscal_year], jobs=[job])
