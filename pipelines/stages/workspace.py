"""Where a run reads and publishes, how it tells its progress, and how it fails."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import msgspec

from pipelines.engines import Engine, EngineName, opened
from pipelines.lake.store import Lake
from pipelines.warehouse.resources import Resources

Report = Callable[[str, int, int], None]
"""Called with stage, done and total while work goes on."""


def silent(stage: str, done: int, total: int) -> None:
    """The report of a run that nobody watches."""


class LoadError(Exception):
    """A load cannot go on; the message says why and what to do. What was published before is untouched."""


class Workspace(msgspec.Struct, frozen=True):
    """Where a run reads and publishes."""

    raw: Path
    """Absolute, whatever was given."""
    warehouse: Path
    """Absolute, whatever was given."""
    workers: int | None = None
    """Reading processes; None: one for each core."""
    any_size: bool = False
    """Publish even if tables have far fewer or more rows than those published last."""
    reviews: Path = Path("reviews.csv")
    """What people said of findings; absolute, whatever was given. There need be no such file."""

    full: bool = False
    """Build all tables anew, even where a few papers could be exchanged in those published."""
    engine: EngineName = "local"
    """What runs the work on documents."""
    deadline: float | None = None
    """Seconds one document may take in one stage; None: as long as readers usually may."""

    memory: str | None = None
    """What DuckDB may use for a build, as ``4GB``; None: most of the machine's."""
    spill: Path | None = None
    """A folder for what a build cannot keep in memory, absolute, whatever was given; None: beside the new file."""

    def __post_init__(self) -> None:
        """Make all paths absolute: child processes run in other folders."""
        if self.spill is not None:
            msgspec.structs.force_setattr(self, "spill", self.spill.absolute())
        msgspec.structs.force_setattr(self, "raw", self.raw.absolute())
        msgspec.structs.force_setattr(self, "warehouse", self.warehouse.absolute())
        msgspec.structs.force_setattr(self, "reviews", self.reviews.absolute())

    def engine_opened(self) -> AbstractContextManager[Engine]:
        """The engine of this run, to be closed in the end."""
        return opened(self.engine, self.workers, self.deadline)

    @property
    def resources(self) -> Resources:
        """What a build may use. Warehouses may name the same folder to spill to; each has a part of its own there."""
        own = f"duizhang-spill-{hashlib.sha256(str(self.warehouse).encode()).hexdigest()[:12]}"
        return Resources(self.memory, self.spill and self.spill / own)

    @property
    def lake(self) -> Lake:
        """The lake of this warehouse."""
        return Lake(self.warehouse / "lake")

    @property
    def database(self) -> Path:
        """The published file."""
        return self.warehouse / "duizhang.duckdb"
