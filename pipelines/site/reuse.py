"""What the site that stands already says of what did not change: taken over by links, not written again.

A publication that was made by exchanging papers notes whose; data files of filings of other departments, and copies of
sources, are the same. Holds only for a site of the publication before, made by the same code. What such a data file
shows must be of its own filings' departments alone (``filings``, ``findings``). Does not belong here: what is written
anew each time, because it counts over all departments.
"""

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.warehouse.versions import Publication

if TYPE_CHECKING:
    import duckdb

_PARTS = "parts.json"
_KINDS = ("filings", "findings")
_STALE = """
SELECT filing_id FROM core.filing WHERE department_id IN (SELECT unnest(CAST($departments AS JSON)::VARCHAR[]))
UNION SELECT finding.filing_id
FROM quality.finding AS finding JOIN quality.finding_history AS history USING (finding_id)
WHERE history.from_publication = $since
"""


class Earlier(msgspec.Struct, frozen=True):
    """The site of the publication before."""

    folder: Path
    parts: dict[str, str]
    """Filing → part of the data files."""
    since: int
    """Its publication."""
    departments: tuple[str, ...]
    """Whose papers were exchanged since."""


class Parts(msgspec.Struct, frozen=True):
    """Kept beside the data files: which filing is in which, and whether there were pictures."""

    with_pictures: bool
    parts: dict[str, str]


def earlier(
    site: Path, mark: str, present: str, published: Publication | None, *, with_pictures: bool
) -> Earlier | None:
    """The site that stands, of which things can be taken over; None if it is not that of the publication before.

    ``mark`` and ``present``: the version it has, and the one that is wanted: publication and code.
    """
    number, _, code = mark.partition(" ")
    path = site / _PARTS
    if published is None or published.since is None or not path.is_file():
        return None
    if number != str(published.since) or code != present.partition(" ")[2]:
        return None
    kept = msgspec.json.decode(path.read_bytes(), type=Parts)
    if kept.with_pictures != with_pictures:
        return None
    return Earlier(site, kept.parts, published.since, published.departments)


def write_parts(connection: "duckdb.DuckDBPyConnection", folder: Path, *, with_pictures: bool) -> None:
    """Keep which filing is in which part, for the site of the next publication."""
    parts = dict(connection.execute("SELECT filing_id, part FROM plan").fetchall())
    (folder / _PARTS).write_bytes(msgspec.json.encode(Parts(with_pictures, parts)))


def take_over(connection: "duckdb.DuckDBPyConnection", before: Earlier, folder: Path) -> list[int]:
    """Link the data files that would be the same, and plan the others only; return the batches that are left."""
    now = dict(connection.execute("SELECT filing_id, part FROM plan").fetchall())
    same = set(now.values()) - _stale(connection, before, now)
    same = {part for part in same if all((_script(before.folder, kind, part)).is_file() for kind in _KINDS)}
    for part in same:
        for kind in _KINDS:
            link(_script(before.folder, kind, part), _script(folder, kind, part))
    listed = msgspec.json.encode(sorted(same)).decode()
    connection.execute(
        "UPDATE plan SET batch = NULL WHERE part IN (SELECT unnest(CAST($parts AS JSON)::VARCHAR[]))", {"parts": listed}
    )
    left = connection.execute("SELECT DISTINCT batch FROM plan WHERE batch IS NOT NULL ORDER BY 1").fetchall()
    return [batch for (batch,) in left]


def _stale(connection: "duckdb.DuckDBPyConnection", before: Earlier, now: dict[str, str]) -> set[str]:
    """Parts with a filing that changed, came, went or moved, or whose findings were new in the site before."""
    values = {"departments": msgspec.json.encode(before.departments).decode(), "since": before.since}
    stale = {filing for (filing,) in connection.execute(_STALE, values).fetchall()}
    stale |= {filing for filing in now.keys() | before.parts.keys() if now.get(filing) != before.parts.get(filing)}
    return {parts[filing] for parts in (now, before.parts) for filing in stale if filing in parts}


def link(file: Path, target: Path) -> None:
    """Give a file a second place, without copying it where the disk has links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _script(folder: Path, kind: str, part: str) -> Path:
    return folder / "data" / kind / f"{part}.js"
