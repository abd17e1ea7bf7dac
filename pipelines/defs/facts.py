"""The third stage: what the documents say in the field's terms."""

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=["readings"],
    group_name="lake",
    kinds={"parquet"},
    description="报告、法定表、金额、文字所述之数 | papers, forms, amounts and told figures, as Parquet",
)
def facts(folders: Folders) -> dg.MaterializeResult[None]:
    """Understand what was read and not yet understood by this version of the catalogue."""
    from pipelines import stages

    with folders.workspace() as workspace:
        understood = stages.understand_new(workspace, stages.scan_files(workspace))
    return dg.MaterializeResult(metadata={"understood": understood})
