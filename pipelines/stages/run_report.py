"""The report of a run as a person reads it in the morning: Markdown, in ``runs/<run>.md`` beside the warehouse.

Belongs here: the words and the order: what needs attention first. Does not belong here: what is compared
(``pipelines.warehouse.difference``), numbers for machines (``record``).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines.lake import atomic
from pipelines.lake.runs import Run
from pipelines.stages.notes import Notes
from pipelines.stages.workspace import Workspace

_SHOWN = 50
_HEADINGS = {
    "files": ("Files new, changed or gone", ("file", "state")),
    "superseded": ("Superseded", ("file",)),
    "quarantined": ("Quarantined", ("file", "reason")),
    "findings_new": ("New findings", ("severity", "department", "year", "rule", "message")),
    "findings_gone": ("Findings gone", ("severity", "department", "year", "rule", "message")),
    "revised": (
        "Figures revised",
        ("department", "kind", "year", "form", "subject", "measure", "fund", "stage", "yuan before", "yuan now"),
    ),
}
_FIRST = ("quarantined", "findings_new", "findings_gone", "revised", "files", "superseded")


def report_path(workspace: Workspace, run_id: str) -> Path:
    """Where the report of a run is."""
    return workspace.warehouse / "runs" / f"{run_id}.md"


def write_report(workspace: Workspace, run: Run, notes: Notes) -> Path:
    """Write the report of a finished run and return where it is."""
    path = report_path(workspace, run.run_id)
    atomic.write_bytes(path, markdown(run, notes).encode("utf-8"))
    return path


def markdown(run: Run, notes: Notes) -> str:
    """The report of a finished run: how it ended, what is new, what it cost."""
    return "\n".join(_lines(run, notes)) + "\n"


def _lines(run: Run, notes: Notes) -> Iterator[str]:
    assert run.finished_at is not None
    yield f"# Run {run.run_id}"
    yield ""
    yield f"**{_outcome(run, notes)}**"
    yield ""
    yield f"- {run.started_at:%Y-%m-%d %H:%M:%S} to {run.finished_at:%H:%M:%S} UTC"
    yield f"- read {notes.read}, understood {notes.understood} documents"
    yield from (f"- {name.replace('_', ' ')}: {count:,}" for name, count in run.counts.items())
    if run.errors:
        yield from _section("Problems", ("problem",), [(error,) for error in run.errors])
    if notes.remark:
        yield from ("", notes.remark)
    if notes.difference is not None:
        for name in _FIRST:
            yield from _section(*_HEADINGS[name], getattr(notes.difference, name))
        tables = [(each.table, each.added, each.removed, each.changed) for each in notes.difference.tables]
        yield from _section("Rows by table", ("table", "added", "removed", "changed"), tables)
    yield from _section("Slowest files", ("file", "seconds"), notes.slowest)


def _outcome(run: Run, notes: Notes) -> str:
    if notes.rebuilt:
        return "The first warehouse was published." if notes.first else "A new warehouse was published."
    if run.counts:
        return "Nothing changed; the published warehouse stays."
    return "The run failed; the published warehouse stays."


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """A heading with the number of rows and a table of the first of them; nothing for no rows."""
    if not rows:
        return
    yield from ("", f"## {title} ({len(rows):,})", "")
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    yield from (f"| {' | '.join(map(_cell, row))} |" for row in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        yield from ("", f"and {len(rows) - _SHOWN:,} more")


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.replace("|", "\\|").split())
