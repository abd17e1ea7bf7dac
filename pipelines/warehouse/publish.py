"""Publishing: a new DuckDB file takes the place of the old one at once, or not at all.

Readers that have the old file open keep reading it; whoever opens the path next sees the new one. Beside the file lies
a small note (``duizhang.json``) of what it was built from, so that a run can tell that nothing would change. The file
that stood there before is kept for a while (``versions``).
"""

import datetime
import subprocess
import sys
from pathlib import Path

import duckdb

from pipelines.lake import atomic
from pipelines.warehouse import versions
from pipelines.warehouse.touched import kept_touched
from pipelines.warehouse.versions import Publication, note_path, publication, write_note

__all__ = ["Publication", "PublishError", "publication", "publish"]


class PublishError(RuntimeError):
    """The new file is not fit to be published; the message lists why. What was published before is untouched."""


def publish(
    new: Path, published: Path, fingerprint: str, number: int | None = None, basis: str = "", rules: str = ""
) -> None:
    """Verify a new file in another process and put it in the place of the published one.

    ``number`` is that of this publication, if it must be above what the files themselves know; ``basis`` is what the
    next build must take in besides papers to be made out of this one, ``rules`` the version of its rules.

    Raises:
        PublishError: it did not pass; the new file is removed, the published one stays.
    """
    try:
        _close(new)
        _verify(new)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    atomic.sync(new)
    number = max(number or 0, versions.next_number(published))
    now, exchanged = datetime.datetime.now(datetime.UTC), _exchanged(new, published)
    note = Publication(fingerprint, now, number, basis, rules, *exchanged)
    versions.keep(published)
    note_path(published).unlink(missing_ok=True)  # from here to the new note, nobody can take the file for unchanged
    new.replace(published)
    atomic.sync(published.parent)
    write_note(published, note)


def _exchanged(new: Path, published: Path) -> tuple[int | None, tuple[str, ...]]:
    """The publication that a new file was made out of, and the departments whose papers were exchanged."""
    touched, present = kept_touched(new.parent), publication(published)
    if touched is None or present is None:
        return None, ()
    return present.number, tuple(sorted(touched.departments))


def _close(new: Path) -> None:
    """Bring everything into the one file: no write-ahead log may stand beside it."""
    try:
        with duckdb.connect(str(new)) as connection:
            connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise PublishError(f"the new warehouse cannot be opened: {error}") from error
    log = new.with_name(new.name + ".wal")
    if log.exists():
        raise PublishError(f"{log} was left beside the new warehouse: it is not whole")


def _verify(new: Path) -> None:
    command = [sys.executable, "-m", "pipelines.warehouse.verify", str(new)]
    finished = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise PublishError(f"the new warehouse is not fit to be published:\n{finished.stdout}{finished.stderr}".strip())
