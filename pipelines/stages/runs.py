"""The record of a run: begun before the first stage, ended after the last, told to people where there is something new.

Stages may run in processes of their own, so the run that is going on is the one in the lake that has no end; whoever
begins the next one closes those that were killed, and keeps the news of findings that such a one published. Does not
belong here: what is counted (``record``), the words of the report (``run_report``).
"""

import contextlib
import sys
from pathlib import Path

import duckdb

from pipelines.lake.history import EVENT_SCHEMA, has_events, last_publication, write_events
from pipelines.lake.runs import Run, close_run, finish_run, open_runs, start_run
from pipelines.notify import notify
from pipelines.stages.notes import clear_notes, read_notes
from pipelines.stages.record import change_counts, published_counts, table_changes
from pipelines.stages.run_report import write_report
from pipelines.stages.workspace import LoadError, Workspace
from pipelines.warehouse.publish import publication
from pipelines.warehouse.versions import next_number

_EVENTS = f"""
SELECT {", ".join(EVENT_SCHEMA)} FROM (
    SELECT from_publication AS publication, from_run_id AS run_id, from_at AS run_at, 'appeared' AS event,
        * EXCLUDE (from_publication, from_run_id, from_at, until_publication, until_run_id, until_at)
    FROM quality.finding_history WHERE from_publication = $number
    UNION ALL BY NAME
    SELECT until_publication AS publication, until_run_id AS run_id, until_at AS run_at, 'gone' AS event, finding_id
    FROM quality.finding_history WHERE until_publication = $number
)
ORDER BY finding_id
"""


def begin_run(workspace: Workspace, tags: dict[str, str] | None = None) -> Run:
    """Start the record of a run. A run that is open under the same tags goes on: a stage of it is tried again.

    Raises:
        LoadError: nothing can be written there.
    """
    lake, published = workspace.lake, publication(workspace.database)
    try:
        keep_history(workspace)
        open_before = open_runs(lake)
        if tags and open_before and open_before[-1].tags == tags:
            return open_before[-1]
        for run in open_before:
            has_published = published is not None and published.number == run.publication
            close_run(lake, run, published=has_published)
        return start_run(lake, max(next_number(workspace.database), last_publication(lake) + 1), tags)
    except OSError as error:
        raise LoadError(f"nothing can be written to {workspace.warehouse}: {error}") from error


def present_run(workspace: Workspace) -> Run:
    """Return the run that is going on, or begin one."""
    going_on = open_runs(workspace.lake)
    return going_on[-1] if going_on else begin_run(workspace)


def keep_history(workspace: Workspace) -> None:
    """Keep the news of the published findings in the lake, if they are not there yet."""
    note = publication(workspace.database)
    if note is None or has_events(workspace.lake, note.number):
        return
    with contextlib.suppress(duckdb.CatalogException), duckdb.connect(str(workspace.database), read_only=True) as known:
        write_events(workspace.lake, note.number, known.sql(_EVENTS, params={"number": note.number}).fetchall())


def end_run(workspace: Workspace, run: Run, problems: tuple[str, ...] = ()) -> Path:
    """Write the record and the report of a run whose stages are done; return where the report is."""
    notes = read_notes(workspace)
    done = {"read": notes.read, "understood": notes.understood, "rebuilt": int(notes.rebuilt)}
    counts = {**published_counts(workspace.database), **done, **change_counts(notes.difference)}
    outcome = "published" if notes.rebuilt else "unchanged"
    finished = finish_run(workspace.lake, run, counts, problems, table_changes(notes.difference), outcome)
    report = write_report(workspace, finished, notes)
    if notes.difference is not None and (notes.difference.findings_new or notes.difference.quarantined):
        _tell("something new to look at", report)
    clear_notes(workspace)
    return report


def fail_run(workspace: Workspace, run: Run, error: Exception) -> None:
    """Record why a run failed, if there is room for it; what it did is told by the next one too."""
    with contextlib.suppress(OSError):
        finished = finish_run(workspace.lake, run, {}, (f"{type(error).__name__}: {error}",), outcome="failed")
        _tell("a run failed", write_report(workspace, finished, read_notes(workspace)))


def _tell(title: str, report: Path) -> None:
    for problem in notify(f"duizhang: {title}", report.read_text(encoding="utf-8")):
        print(problem, file=sys.stderr)
