"""After publication, where ``DUIZHANG_STORE`` names a shared lake: what is published, compacted into it."""

import os

import dagster as dg

from pipelines.defs.folders import Folders


@dg.asset(
    deps=["publication"],
    group_name="publication",
    kinds={"parquet"},
    description="共享数据湖，按省与年度分区 | the shared lake, by province and year",
)
def shared_lake(folders: Folders) -> dg.MaterializeResult[None]:
    """Compact the partitions in which something changed; nothing where no shared lake is named."""
    from pipelines.stages.compaction import compact_lake

    store = os.environ.get("DUIZHANG_STORE")
    if not store:
        return dg.MaterializeResult(metadata={"store": "none: set DUIZHANG_STORE to a folder or s3://bucket/prefix"})
    with folders.workspace() as workspace:
        done = compact_lake(workspace, store)
    return dg.MaterializeResult(
        metadata={"store": store, "partitions": done.partitions, "documents": done.documents, "state": done.state}
    )
