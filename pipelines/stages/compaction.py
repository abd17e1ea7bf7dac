"""The stage after publication: what is published, compacted into a shared lake that many warehouses write to.

Whose a document is, is what the published file says; the facts are those of the lake. Does not belong here: the layout
of a shared lake and how it is committed (``pipelines.lake.shared``).
"""

import duckdb
import polars as pl

from pipelines.lake.shared.compaction import Compacted, compact
from pipelines.lake.shared.objects import objects_at
from pipelines.lake.shared.parts import FILES, PLACES
from pipelines.lake.store import LakeError
from pipelines.stages.documents import facts_version
from pipelines.stages.workspace import LoadError, Report, Workspace, silent

_PLACES = """
SELECT document.document_id, filing_id, department_id, region_code, document.fiscal_year
FROM core.document LEFT JOIN core.filing USING (filing_id)
"""
_ASIDE = "SELECT document_id FROM core.document WHERE superseded_by IS NOT NULL OR status = 'quarantined'"
_FILES = "SELECT document_id, source_path, container_path FROM core.source_file"


def compact_lake(workspace: Workspace, store: str, report: Report = silent) -> Compacted:
    """Bring the shared lake at a folder or ``s3://…`` up to date with what is published.

    Raises:
        LoadError: nothing is published yet, or the shared lake cannot be written to.
    """
    if not workspace.database.is_file():
        raise LoadError(f"there is no {workspace.database} yet; load first, then compact")
    report("compact", 0, 1)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        places = pl.DataFrame(connection.execute(_PLACES).fetchall(), schema=PLACES, orient="row")
        files = pl.DataFrame(connection.execute(_FILES).fetchall(), schema=FILES, orient="row")
        aside = {document for (document,) in connection.execute(_ASIDE).fetchall()}
    try:
        compacted = compact(workspace.lake, facts_version(), places, objects_at(store), aside=aside, files=files)
    except (LakeError, OSError, duckdb.Error) as error:
        raise LoadError(f"the shared lake at {store} was not brought up to date: {error}") from error
    report("compact", 1, 1)
    return compacted
