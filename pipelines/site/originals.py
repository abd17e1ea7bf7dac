"""The source files, as the site needs them: their bytes, a copy to link to, and the lines of text files.

A copy is a hard link where the disk allows it. What a browser would run as a page (HTML, SVG) is copied under a name
it shows as text: a document is never a page of ours. Does not belong here: pictures (``pictures``).
"""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
_LINES = """
SELECT document_id, list(DISTINCT line_no ORDER BY line_no) AS lines
FROM evidence WHERE line_no IS NOT NULL GROUP BY document_id
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

    def copy_into(self, folder: Path) -> str | None:
        """Put a copy below ``sources/`` and return its name; None when the file is gone or changed."""
        suffix = Path(self.name).suffix.lower()
        safe = suffix if suffix in _HARMLESS else ".txt"
        target = folder / "sources" / f"{self.document_id[:16]}{safe}"
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


def copy_all(connection: "duckdb.DuckDBPyConnection", found: dict[str, Original], folder: Path) -> None:
    """Copy all source files; make the temporary table ``copied(document_id, name)`` of those that are there."""
    connection.execute("CREATE TEMP TABLE copied (document_id VARCHAR, name VARCHAR)")
    names = [(key, name) for key, original in found.items() if (name := original.copy_into(folder)) is not None]
    if names:
        connection.executemany("INSERT INTO copied VALUES (?, ?)", names)


def read_lines(connection: "duckdb.DuckDBPyConnection", found: dict[str, Original]) -> None:
    """Make the temporary table ``line(document_id, line_no, text)`` of the lines around evidence in text files."""
    connection.execute("CREATE TEMP TABLE line (document_id VARCHAR, line_no INTEGER, text VARCHAR)")
    for row in rows(connection, _LINES):
        original = found.get(row["document_id"])
        lines = _around(original, row["lines"]) if original else []
        if lines:
            connection.executemany("INSERT INTO line VALUES (?, ?, ?)", lines)


def _around(original: Original, wanted: list[int]) -> list[tuple[Any, ...]]:
    from pipelines.documents.text import decode

    data = original.read()
    text = decode(data) if data is not None else None
    if text is None:
        return []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = {near for number in wanted for near in range(number - _AROUND, number + _AROUND + 1)}
    return [(original.document_id, number, lines[number - 1]) for number in sorted(shown) if 1 <= number <= len(lines)]
