"""The source files, as the site needs them: their bytes, a copy to link to, and the lines of text files.

A copy is a hard link where the disk allows it. What a browser would run as a page (HTML, SVG) is copied under a name
it shows as text: a document is never a page of ours. Does not belong here: pictures (``pictures``).
"""

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.site.reuse import link
from pipelines.site.warehouse import rows

if TYPE_CHECKING:
    import duckdb

_HARMLESS = frozenset({".pdf", ".doc", ".docx", ".xls", ".xlsx", ".txt", ".csv", ".png", ".jpg", ".jpeg", ".tif"})
_AROUND = 2
"""Lines shown before and after a line with evidence."""
_FILES = """
SELECT found.document_id, min(found.source_path) AS source_path,
    arg_min(found.container_path, found.source_path) AS container_path
FROM core.source_file AS found JOIN core.document AS document USING (document_id)
WHERE document.filing_id IS NOT NULL GROUP BY found.document_id
"""
_BELOW = {"project": 40, "indicator": 12}
"""How many lines below the beginning of its form or row a text may stand that has no cell of its own."""
_LINES = """
SELECT document_id, list({'line': line_no, 'kind': kind, 'printed': printed}) AS figures
FROM (
    SELECT DISTINCT document_id, line_no, CASE WHEN somewhere_below THEN kind END AS kind, printed
    FROM evidence WHERE line_no IS NOT NULL
)
GROUP BY document_id
"""
_TABLES = """
CREATE TEMP TABLE line (document_id VARCHAR, line_no INTEGER, text VARCHAR);
CREATE TEMP TABLE traced (document_id VARCHAR, line_no INTEGER, kind VARCHAR, printed VARCHAR,
    first INTEGER, last INTEGER);
"""


class Original:
    """One source file, found by its document; ``read`` returns None when it is gone or changed."""

    def __init__(self, raw: Path, document_id: str, source_path: str, container_path: str) -> None:
        self.document_id = document_id
        self.path = raw / source_path
        self.container_path = container_path
        self.name = f"{source_path}!/{container_path}" if container_path else source_path

    def read(self) -> bytes | None:
        """Its bytes, if they are still those that were read into the warehouse."""
        from pipelines.documents import archive
        from pipelines.documents.errors import UnreadableFileError

        try:
            if self.container_path:
                data = archive.member(self.path, self.container_path, self.path.name)
            else:
                data = self.path.read_bytes()
        except (OSError, UnreadableFileError):
            return None
        return data if hashlib.sha256(data).hexdigest() == self.document_id else None

    def copy_into(self, folder: Path, before: Path | None = None) -> str | None:
        """Put a copy below ``sources/`` and return its name; None when the file is gone or changed.

        A copy that the site ``before`` has is taken over: its name says of which bytes it is.
        """
        suffix = Path(self.name).suffix.lower()
        safe = suffix if suffix in _HARMLESS else ".txt"
        target = folder / "sources" / f"{self.document_id[:16]}{safe}"
        if before is not None and (known := before / "sources" / target.name).is_file():
            link(known, target)
            return target.name
        data = self.read()
        if data is None:
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            if self.container_path:
                raise OSError("a member of an archive has no file of its own")
            os.link(self.path, target)
        except OSError:
            target.write_bytes(data)
        return target.name


def originals(connection: "duckdb.DuckDBPyConnection", raw: Path) -> dict[str, Original]:
    """Every document that belongs to a filing, by its id."""
    return {
        row["document_id"]: Original(raw, row["document_id"], row["source_path"], row["container_path"])
        for row in rows(connection, _FILES)
    }


def copy_all(
    connection: "duckdb.DuckDBPyConnection", found: dict[str, Original], folder: Path, before: Path | None = None
) -> None:
    """Copy all source files, from the site ``before`` those that it has.

    Makes the temporary table ``copied(document_id, name)`` of those that are there.
    """
    connection.execute("CREATE TEMP TABLE copied (document_id VARCHAR, name VARCHAR)")
    names = [(key, name) for key, original in found.items() if (name := original.copy_into(folder, before)) is not None]
    if names:
        connection.executemany("INSERT INTO copied VALUES (?, ?)", names)


def read_lines(connection: "duckdb.DuckDBPyConnection", found: dict[str, Original]) -> None:
    """Read what text files say at evidence.

    Makes the temporary tables ``line(document_id, line_no, text)``, and ``traced``: from which line to which a text of
    a performance form can stand, whose place is known as the beginning of its form only.
    """
    connection.execute(_TABLES)
    for row in rows(connection, _LINES):
        original = found.get(row["document_id"])
        data = original.read() if original else None
        lines = text_lines(data) if data is not None else []
        if not lines:
            continue
        places = [(each, *_place(lines, **each)) for each in row["figures"]]
        shown = {near for _, first, last in places for near in range(first - _AROUND, last + _AROUND + 1)}
        texts = [(row["document_id"], at, lines[at - 1]) for at in sorted(shown) if 1 <= at <= len(lines)]
        connection.executemany("INSERT INTO line VALUES (?, ?, ?)", texts)
        traced = [
            (row["document_id"], each["line"], each["kind"], each["printed"], first, last)
            for each, first, last in places
            if each["kind"]
        ]
        if traced:
            connection.executemany("INSERT INTO traced VALUES (?, ?, ?, ?, ?, ?)", traced)


def text_lines(data: bytes) -> list[str]:
    """The lines of a text file as its reader counts them, from 1; none if it is no text."""
    from pipelines.documents.text import decode

    text = decode(data)
    return [] if text is None else text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _place(lines: list[str], line: int, kind: str | None, printed: str | None) -> tuple[int, int]:
    """The line of a figure if only one can be it, else the lines it can stand in, counted from 1."""
    if kind is None:
        return line, line
    last = min(len(lines), line + _BELOW[kind])
    wanted = (printed or "").split()[-1:]
    whole = re.compile(rf"(?<![\d.,]){re.escape(wanted[0])}(?![\d.,])") if wanted else None
    hits = [at for at in range(line, last + 1) if whole and whole.search(lines[at - 1])]
    return (hits[0], hits[0]) if len(hits) == 1 else (line, last)
