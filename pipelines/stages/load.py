"""All stages in order, under the lock of the warehouse, with a record of the run."""

import contextlib
import sys
from pathlib import Path

import msgspec

from pipelines.lake.runs import Run, finish_run, start_run
from pipelines.notify import notify
from pipelines.stages.checks import check_rules
from pipelines.stages.documents import read_new, require_raw, scan_files, understand_new, understood
from pipelines.stages.notes import clear_notes, read_notes
from pipelines.stages.record import change_counts, published_counts, table_changes
from pipelines.stages.reviews import reviews_of
from pipelines.stages.run_report import write_report
from pipelines.stages.second_readings import read_again
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


def load(workspace: Workspace, report: Report = silent) -> LoadResult:
    """Load a folder into a warehouse: scan, read, understand, build, check, publish; keep a record of it.

    Raises:
        LoadError: it could not be completed; what was published before stays, and the run record says why.
        WarehouseBusyError: another process is loading into this warehouse.
    """
    require_raw(workspace)
    with exclusive(workspace.warehouse):
        run = _start(workspace)
        try:
            result = _stages(workspace, report)
            _finish(workspace, run, result.problems)
        except Exception as error:
            _record_failure(workspace, run, error)
            if isinstance(error, OSError):
                raise LoadError(f"files could not be read or written: {error}") from error
            raise
        return result


def _start(workspace: Workspace) -> Run:
    try:
        return start_run(workspace.lake)
    except OSError as error:
        raise LoadError(f"nothing can be written to {workspace.warehouse}: {error}") from error


def _stages(workspace: Workspace, report: Report) -> LoadResult:
    found = scan_files(workspace)
    read = read_new(workspace, found, report)
    newly = understand_new(workspace, found, report)
    ready = understood(workspace, found)
    build_tables(workspace, ready, report)
    if read_again(workspace, ready, report):
        build_tables(workspace, ready, report)
    check_rules(workspace, report)
    rebuilt = publish_tables(workspace, report)
    problems = (*ready.problems, *reviews_of(workspace).problems)
    return LoadResult(len(found.files), problems, read, newly, rebuilt)


def record_run(workspace: Workspace, problems: tuple[str, ...] = ()) -> Path:
    """Write the record and the report of a run that was done stage by stage; return where the report is."""
    return _finish(workspace, start_run(workspace.lake), (*problems, *reviews_of(workspace).problems))


def _finish(workspace: Workspace, run: Run, problems: tuple[str, ...]) -> Path:
    notes = read_notes(workspace)
    done = {"read": notes.read, "understood": notes.understood, "rebuilt": int(notes.rebuilt)}
    counts = {**published_counts(workspace.database), **done, **change_counts(notes.difference)}
    finished = finish_run(workspace.lake, run, counts, problems, table_changes(notes.difference))
    report = write_report(workspace, finished, notes)
    if notes.difference is not None and (notes.difference.findings_new or notes.difference.quarantined):
        _tell("something new to look at", report)
    clear_notes(workspace)
    return report


def _record_failure(workspace: Workspace, run: Run, error: Exception) -> None:
    """Record why a run failed, if there is room for it; what it did is told by the next one too."""
    with contextlib.suppress(OSError):
        finished = finish_run(workspace.lake, run, {}, (f"{type(error).__name__}: {error}",))
        _tell("a run failed", write_report(workspace, finished, read_notes(workspace)))


def _tell(title: str, report: Path) -> None:
    for problem in notify(f"duizhang: {title}", report.read_text(encoding="utf-8")):
        print(problem, file=sys.stderr)
