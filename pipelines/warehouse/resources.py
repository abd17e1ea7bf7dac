"""What a build may use: how much memory, and where it puts what does not fit.

DuckDB keeps to it; what Python and dbt take besides is a few hundred megabytes. Does not belong here: readers' limits
(``pipelines.documents.sandbox``).
"""

import contextlib
import functools
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import msgspec

STORAGE = "v1.3.0"
"""The format of warehouse files. DuckDB 1.3 and later read it; strings cost a quarter less to write than before."""


class Resources(msgspec.Struct, frozen=True):
    """Limits of one build."""

    memory: str | None = None
    """As DuckDB writes it: ``4GB``. None: most of the machine's, as DuckDB itself decides."""
    spill: Path | None = None
    """A folder of this warehouse alone; None: in the build's own folder."""

    @property
    def memory_limit(self) -> str:
        """What DuckDB is told."""
        return self.memory or _usual_memory()

    def settings(self, spill: Path) -> dict[str, str | bool | int | float | list[str]]:
        """The same for a connection of this process."""
        return {
            "memory_limit": self.memory_limit,
            "temp_directory": str(spill),
            "storage_compatibility_version": STORAGE,
        }

    @contextlib.contextmanager
    def spilling(self, folder: Path) -> Iterator[Path]:
        """The folder for what does not fit, for a build in ``folder``; emptied before and removed after."""
        place = self.spill or folder / "spill"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def memory_of(text: str) -> str:
    """An amount of memory that somebody wrote. Raises ``ValueError``: DuckDB does not understand it."""
    try:
        with duckdb.connect(config={"memory_limit": text}):
            return text
    except duckdb.Error as error:
        raise ValueError(f"{text!r} is no amount of memory, such as 4GB: {error}") from error


@functools.cache
def _usual_memory() -> str:
    with duckdb.connect() as connection:
        [[limit]] = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    return str(limit)
