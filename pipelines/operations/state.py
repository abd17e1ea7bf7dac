"""Looks at folders, disk, lock, leftovers, the published file and the last run."""

import datetime
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.engines.ray_folders import left_folders
from pipelines.lake.runs import read_runs
from pipelines.lake.store import Lake
from pipelines.operations.checks import Check
from pipelines.stages.workspace import Workspace
from pipelines.warehouse.publish import publication

_SPARE_BYTES = 1 << 30
_TIMES_THE_FILE = 3
_STALE = datetime.timedelta(hours=26)


def folders(place: Workspace) -> Iterator[Check]:
    """What is read from and written to, and room for it."""
    if place.raw.is_dir() and os.access(place.raw, os.R_OK | os.X_OK):
        yield Check("raw", "good", str(place.raw))
    else:
        yield Check("raw", "problem", f"{place.raw} is no folder that can be read", "make it, or say --raw")
    there = next(parent for parent in (place.warehouse, *place.warehouse.parents) if parent.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        yield Check(
            "warehouse", "problem", f"{there} cannot be written to", "give this user the right, or say --warehouse"
        )
        return
    yield Check("warehouse", "good", str(place.warehouse))
    free, size = shutil.disk_usage(there).free, place.database.stat().st_size if place.database.is_file() else 0
    needed = _SPARE_BYTES + _TIMES_THE_FILE * size
    told = f"{free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB wanted for a build beside the published file"
    if free >= needed:
        yield Check("disk", "good", told)
    else:
        yield Check("disk", "problem" if free < needed / 4 else "warning", told, "make room: `duizhang clean`")


def lock(place: Workspace) -> Iterator[Check]:
    """Who is loading, and what killed runs left."""
    path = place.warehouse / ".lock"
    holder = _holder(path) if path.is_file() else None
    if holder is None:
        yield Check("lock", "good", "nobody is loading")
    else:
        yield Check(
            "lock", "warning", f"process {holder} is loading", "wait until it is done; it goes with the process"
        )
    busy = holder is not None
    left = [] if busy else [*place.warehouse.glob("build-*"), *place.warehouse.glob("lake/*/*/.*.tmp")]
    if left:
        yield Check("leftovers", "warning", f"{len(left)} things of killed runs", "the next load removes them")
    else:
        yield Check("leftovers", "good", "none")
    if on_ray := left_folders():
        told = f"{len(on_ray)} folders of killed loads, for example {on_ray[0]}"
        yield Check("ray", "warning", told, "`duizhang clean`")


def _holder(path: Path) -> str | None:
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return stream.read(32).decode("ascii", "replace") or "unknown"
    return None


def published(place: Workspace) -> Iterator[Check]:
    """The published file and the last run."""
    note = publication(place.database)
    if not place.database.is_file():
        yield Check("published", "warning", "nothing is published yet", "`duizhang load`")
    elif note is None:
        yield Check("published", "warning", "nobody noted what the published file was built from", "`duizhang load`")
    else:
        yield Check("published", "good", f"number {note.number}, {note.published_at:%Y-%m-%d %H:%M} UTC")
    yield from _last_run(Lake(place.warehouse / "lake"))


def _last_run(lake: Lake) -> Iterator[Check]:
    runs = read_runs(lake)
    if not runs:
        yield Check("last run", "warning", "there was none yet", "`duizhang load`")
        return
    last, now = runs[-1], datetime.datetime.now(datetime.UTC)
    told = f"{last.run_id}: {last.outcome}" + (f", {last.errors[0][:200]}" if last.errors else "")
    if last.started_at > now:
        yield Check("last run", "warning", f"{told}, in the future", "set the clock: records are named by time")
    elif last.outcome in ("failed", "aborted"):
        yield Check("last run", "problem", told, f"see {lake.folder.parent / 'runs' / last.run_id}.md, then load again")
    elif now - last.started_at > _STALE:
        yield Check("last run", "warning", f"{told}, more than {_STALE.total_seconds() / 3600:.0f} hours ago",
                    "is the schedule on, or the timer?")  # fmt: skip
    else:
        yield Check("last run", "good", told)
