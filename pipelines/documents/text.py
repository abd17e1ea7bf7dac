"""Text conversions: which encoding, which of the two table dialects, and a Document's blocks from either.

The dialects have a module each: :mod:`~pipelines.documents.tab_tables` (a line is a row) and
:mod:`~pipelines.documents.cell_lines` (a line is a cell).
"""

import codecs

from pipelines.documents import cell_lines, tab_tables
from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.sentences import rejoin

READER_VERSION = "1"
"""Raised when the same text would give other blocks."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str | None:
    """Return the text of UTF-8 (with or without BOM), UTF-16 with BOM or GB18030 bytes, or None if it is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data:
        return None
    text = _decoded(data, "utf-8")
    return text if text is not None else _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    controls = sum(1 for character in text if character < " " and character not in "\t\n\r\f\v")
    return text if controls * 100 <= len(text) else None


def read_blocks(text: str) -> tuple[Paragraph | Grid, ...]:
    """Return the paragraphs and grids of a text conversion; ``place.line_no`` counts lines from 1."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    dialect = cell_lines if cell_lines.is_dialect_of(lines) else tab_tables
    return tuple(rejoin(dialect.read_lines(lines)))
