"""The second stage: what is on the pages of new files."""

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=["raw_files"],
    group_name="lake",
    kinds={"pdf", "json"},
    description="每份文件的段落与表格 | paragraphs and grids of each file",
)
def readings(folders: Folders) -> dg.MaterializeResult[None]:
    """Read new and touched files, each in a limited worker process."""
    from pipelines import stages

    with folders.workspace() as workspace:
        return dg.MaterializeResult(metadata={"read": stages.read_new(workspace, stages.scan_files(workspace))})
