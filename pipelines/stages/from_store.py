"""A warehouse built from a shared lake: where documents were read, and by whom, does not matter.

The provinces of one warehouse, of many, or all in one file; the same tables as a load of the same files builds, but for
the records of runs, which are this warehouse's own. Always built in full. Does not belong here: the layout of a shared
lake (``pipelines.lake.shared``).
"""

import hashlib
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.batches import MEMORY, SOURCE_FILE
from pipelines.lake.shared.manifest import Partition
from pipelines.lake.shared.objects import Objects, objects_at
from pipelines.lake.shared.snapshot import partitions_in, write_partitions
from pipelines.lake.snapshot import write_history
from pipelines.lake.store import LakeError
from pipelines.stages.checks import check_rules
from pipelines.stages.documents import facts_version
from pipelines.stages.load import LoadResult, recorded
from pipelines.stages.reviews import review_marks, reviews_of
from pipelines.stages.site import generate_site
from pipelines.stages.tables import mark_built, not_built, publish_tables
from pipelines.stages.workspace import Report, Workspace, silent
from pipelines.warehouse.build import BuildError, build_from, remove_leftovers, write_declarations
from pipelines.warehouse.fingerprint import build_basis
from pipelines.warehouse.publish import publication


def load_from_store(
    workspace: Workspace, store: str, provinces: Collection[str], report: Report = silent
) -> LoadResult:
    """Build, check and publish the warehouse of these provinces of the shared lake at a folder or ``s3://…``.

    Raises:
        LoadError: it could not be completed; what was published before stays, and the run record says why.
        WarehouseBusyError: another process is loading into this warehouse.
    """

    def stages() -> LoadResult:
        files = _build(workspace, store, provinces, report)
        check_rules(workspace, report)
        rebuilt = publish_tables(workspace, report)
        problems = (*reviews_of(workspace).problems, *generate_site(workspace, report))
        return LoadResult(files, problems, 0, 0, rebuilt)

    return recorded(workspace, stages)


def _build(workspace: Workspace, store: str, provinces: Collection[str], report: Report) -> int:
    """Build a new file, unless the published one was built from the same; return how many source files are in it."""
    remove_leftovers(workspace.warehouse)
    try:
        objects = objects_at(store)
        partitions = partitions_in(manifests.latest(objects), provinces, facts_version())
        files = sum(batch.rows for each in partitions for batch in each.batches if batch.table == SOURCE_FILE)
        fingerprint = _fingerprint(workspace, partitions)
        published = publication(workspace.database)
        if published is not None and fingerprint in (published.fingerprint, published.rejected):
            return files
        report("build", 0, 1)
        built = build_from(_writer(workspace, objects, partitions), workspace.database, workspace.resources)
    except (BuildError, LakeError, duckdb.Error) as error:
        raise not_built(workspace, error) from error
    mark_built(built.folder, fingerprint, f"shared lake {fingerprint}")
    report("build", 1, 1)
    return files


def _writer(workspace: Workspace, objects: Objects, partitions: list[Partition]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        inputs = folder / "inputs"
        inputs.mkdir(parents=True)
        write_partitions(objects, partitions, inputs, workspace.memory or MEMORY)
        write_history(workspace.lake, inputs)
        write_declarations(inputs, reviews_of(workspace))

    return write


def _fingerprint(workspace: Workspace, partitions: list[Partition]) -> str:
    """Of all that the build takes in."""
    basis = build_basis(facts_version(), review_marks(reviews_of(workspace)))
    digest = hashlib.sha256(f"shared lake\n{basis}\n".encode())
    for each in partitions:
        digest.update(f"{each.key} {each.fingerprint}\n".encode())
    return digest.hexdigest()
