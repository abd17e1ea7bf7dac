"""What the stages of a run have done so far, handed on in ``runs/.open.json`` until the run is recorded.

Stages may run in processes of their own, and a run may be killed between two of them: then the next record tells what
both did. Does not belong here: the record itself (``pipelines.lake.runs``), its words (``run_report``).
"""

from pathlib import Path
from typing import Any

import msgspec

from pipelines.lake import atomic
from pipelines.stages.workspace import Workspace
from pipelines.warehouse.difference import Difference

_SLOWEST = 10


class Notes(msgspec.Struct, frozen=True):
    """What was done since the last record."""

    read: int = 0
    """Documents."""
    understood: int = 0
    """Documents."""
    slowest: list[tuple[str, float]] = []
    """Files that took longest, with seconds in reading and understanding, slowest first."""
    rebuilt: bool = False
    """Whether a new file was published."""
    first: bool = False
    """Whether nothing was published before it."""
    difference: Difference | None = None
    """To the file published before; None if there was none or nothing was published."""
    remark: str | None = None
    """What to know of the difference, or why there is none though there should be one."""


def read_notes(workspace: Workspace) -> Notes:
    """Return the open notes; empty ones if nothing was done since the last record."""
    path = _path(workspace)
    return msgspec.json.decode(path.read_bytes(), type=Notes) if path.is_file() else Notes()


def note(workspace: Workspace, **changes: Any) -> None:
    """Replace some of the open notes."""
    notes = msgspec.structs.replace(read_notes(workspace), **changes)
    atomic.write_bytes(_path(workspace), msgspec.json.encode(notes))


def note_work(workspace: Workspace, stage: str, seconds: dict[str, float]) -> None:
    """Add the documents a stage (``read``, ``understand``) worked on, by path, with seconds. Nothing for none."""
    if not seconds:
        return
    notes, field = read_notes(workspace), {"read": "read", "understand": "understood"}[stage]
    total = dict(notes.slowest)
    for path, took in seconds.items():
        total[path] = round(total.get(path, 0.0) + took, 3)
    slowest = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:_SLOWEST]
    note(workspace, **{field: getattr(notes, field) + len(seconds), "slowest": slowest})


def clear_notes(workspace: Workspace) -> None:
    """Forget the open notes: they are in the record now."""
    _path(workspace).unlink(missing_ok=True)


def _path(workspace: Workspace) -> Path:
    return workspace.warehouse / "runs" / ".open.json"
