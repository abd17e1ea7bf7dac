"""All stages in order, under the lock of the warehouse, with a record of the run."""

from collections.abc import Callable, Collection

import msgspec

from pipelines.engines import Engine
from pipelines.stages.checks import check_rules
from pipelines.stages.documents import read_new, require_raw, scan_files, understand_new, understood
from pipelines.stages.reviews import reviews_of
from pipelines.stages.runs import begin_run, end_run, fail_run
from pipelines.stages.second_readings import read_again
from pipelines.stages.site import generate_site
from pipelines.stages.tables import build_tables, publish_tables
from pipelines.stages.workspace import LoadError, Report, Workspace, silent
from pipelines.warehouse.lock import exclusive


class LoadResult(msgspec.Struct, frozen=True):
    """What a run did."""

    files: int
    """Files seen."""
    problems: tuple[str, ...]
    """Files that could not be opened or changed while they were read, rows of reviews that count for nothing."""
    read: int
    """Documents read in this run."""
    understood: int
    """Documents understood in this run."""
    rebuilt: bool
    """Whether a new warehouse file was published."""
    run_id: str = ""
    """Of its record and report."""


def load(
    workspace: Workspace,
    report: Report = silent,
    tags: dict[str, str] | None = None,
    again: Collection[int] = frozenset(),
) -> LoadResult:
    """Load a folder into a warehouse: scan, read, understand, build, check, publish; keep a record of it.

    ``again``: fiscal years whose documents are read anew though they have not changed.

    Raises:
        LoadError: it could not be completed; what was published before stays, and the run record says why.
        WarehouseBusyError: another process is loading into this warehouse.
    """
    require_raw(workspace)

    def stages() -> LoadResult:
        with workspace.engine_opened() as engine:
            return _stages(workspace, report, again, engine)

    return recorded(workspace, stages, tags)


def recorded(workspace: Workspace, stages: Callable[[], LoadResult], tags: dict[str, str] | None = None) -> LoadResult:
    """Do stages under the lock of the warehouse, with a record of the run; raises as :func:`load` does."""
    with exclusive(workspace.warehouse):
        run = begin_run(workspace, tags)
        try:
            result = stages()
            end_run(workspace, run, result.problems)
        except Exception as error:
            fail_run(workspace, run, error)
            if isinstance(error, OSError):
                raise LoadError(f"files could not be read or written: {error}") from error
            raise
        return msgspec.structs.replace(result, run_id=run.run_id)


def _stages(workspace: Workspace, report: Report, again: Collection[int], engine: Engine) -> LoadResult:
    found = scan_files(workspace)
    read = read_new(workspace, found, report, again, engine)
    newly = understand_new(workspace, found, report, engine)
    ready = understood(workspace, found)
    build_tables(workspace, ready, report)
    if read_again(workspace, ready, report, engine):
        build_tables(workspace, ready, report)
    check_rules(workspace, report)
    rebuilt = publish_tables(workspace, report)
    problems = (*ready.problems, *reviews_of(workspace).problems, *generate_site(workspace, report))
    return LoadResult(len(found.files), problems, read, newly, rebuilt)
