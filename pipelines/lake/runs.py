"""Run records: one small JSON file per run, kept so that trends outlive each new warehouse file.

Belongs here: writing and listing them. Does not belong here: what a run does.
"""

import datetime
import secrets
from pathlib import Path

import msgspec

from pipelines.lake import atomic
from pipelines.lake.store import Lake


class Run(msgspec.Struct, frozen=True):
    """What one run did. It is written when it starts, and again, whole, when it ends."""

    run_id: str
    """Begins with the time it started, so that names sort by time."""
    started_at: datetime.datetime
    """With time zone (UTC)."""
    finished_at: datetime.datetime | None = None
    """None while it runs, and for ever if it was killed."""
    counts: dict[str, int] = {}
    """For example ``files``, ``loaded``, ``partial``, ``quarantined``, ``amounts``, ``checks_broken``."""
    tables: dict[str, tuple[int, int, int]] = {}
    """Rows added, removed and changed against what was published before, by table; only those with a difference."""
    errors: tuple[str, ...] = ()
    """What went wrong in the machinery, one sentence each; breaks in the disclosures are findings, not errors."""
    outcome: str = "running"
    """``running``, ``published``, ``unchanged``, ``failed``, or ``aborted``: it did not come to its end."""
    publication: int | None = None
    """The number of what it published; while it runs, the number it would publish under."""
    tags: dict[str, str] = {}
    """Who started it, and with what selection; empty for a plain load."""


def start_run(lake: Lake, publication: int | None = None, tags: dict[str, str] | None = None) -> Run:
    """Begin a run and store its record."""
    now = datetime.datetime.now(datetime.UTC)
    run = Run(f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}", now, publication=publication, tags=tags or {})
    _write(lake, run)
    return run


def open_runs(lake: Lake) -> list[Run]:
    """Return the records without an end, oldest first: the run that is going on, and such as were killed."""
    return [run for run in read_runs(lake) if run.outcome == "running" and run.finished_at is None]


def close_run(lake: Lake, run: Run, *, published: bool) -> None:
    """Say of a run that was killed, or given up between two stages, that it is over; nobody knows when it ended."""
    error = "it did not come to its end: killed, or a stage failed"
    outcome, publication = ("published", run.publication) if published else ("aborted", None)
    _write(lake, msgspec.structs.replace(run, outcome=outcome, publication=publication, errors=(*run.errors, error)))


def finish_run(
    lake: Lake,
    run: Run,
    counts: dict[str, int],
    errors: tuple[str, ...] = (),
    tables: dict[str, tuple[int, int, int]] | None = None,
    outcome: str = "unchanged",
) -> Run:
    """End a run: store its record again with the time, the counts, the changes and the errors, and return it."""
    now = datetime.datetime.now(datetime.UTC)
    publication = run.publication if outcome == "published" else None
    finished = msgspec.structs.replace(
        run,
        finished_at=now,
        counts=counts,
        errors=errors,
        tables=tables or {},
        outcome=outcome,
        publication=publication,
    )
    _write(lake, finished)
    return finished


def read_runs(lake: Lake) -> list[Run]:
    """Return all stored records, oldest first."""
    paths = sorted(_folder(lake).glob("*.json"))
    return [msgspec.json.decode(path.read_bytes(), type=Run) for path in paths]


def _folder(lake: Lake) -> Path:
    return lake.folder / "runs"


def _write(lake: Lake, run: Run) -> None:
    atomic.write_bytes(_folder(lake) / f"{run.run_id}.json", msgspec.json.format(msgspec.json.encode(run), indent=1))
