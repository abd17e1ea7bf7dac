"""Work that fails as the name of its document tells, for engines to survive; each worker imports it from here."""

import os
import signal
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipelines.stages.documents import Job, read_one
from tests.documents.hostile_work import misbehave

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="the extra `ray` is not installed")

LOST_WORKERS = 3
"""How many workers one batch takes with it: as many as Ray gives it by itself, so that the batch is lost as a whole."""


def read_or_fail(job: Job) -> None:
    """Read one document, unless its name says that it crashes, hangs, or kills the process that holds its batch."""
    name = Path(job.path).name
    if name.startswith("crash"):
        misbehave("abort")
    if name.startswith("hang"):
        misbehave("hang")
    if name.startswith("lose") and _is_early(marks_of(Path(job.lake).parent)):
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    read_one(job)


def upper_or_lose(task: str) -> str:
    """Return the task in capitals; ``lose`` takes the process that holds its batch with it, always."""
    if task == "lose":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return str(misbehave(task))


def marks_of(warehouse: Path) -> Path:
    """Where it is noted how many workers were lost; beside the lake, for what lies in the raw folder is read."""
    return warehouse / "lost-workers"


def _is_early(marks: Path) -> bool:
    """Whether this was asked fewer than so many times; a mark is left for each."""
    with marks.open("ab") as file:
        file.write(b".")
    return marks.stat().st_size <= LOST_WORKERS
