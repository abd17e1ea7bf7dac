"""The first stage: which files there are."""

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=["harvested"],
    group_name="lake",
    kinds={"file"},
    description="原始文件及其 SHA-256 | raw files and their SHA-256",
)
def raw_files(context: dg.AssetExecutionContext, folders: Folders) -> dg.MaterializeResult[None]:
    """Begin the record of a run and walk the raw folder; unchanged files are not opened."""
    from pipelines import stages

    with folders.workspace() as workspace:
        stages.begin_run(workspace, {"dagster_run": context.run.run_id})
        found = stages.scan_files(workspace)
    return dg.MaterializeResult(
        metadata={"files": len(found.files), "hashed": found.hashed, "problems": found.problems}
    )
