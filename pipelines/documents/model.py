"""The Document model: what any reader, of whatever file format, says is on the page.

A document is its paragraphs and grids in reading order. A grid is a table as a person sees it: it may begin on one
page and end on another, and every cell keeps the place where it stands. Readers produce these classes, and nothing
after them knows which file format they came from.

Does not belong here: how a format is read (one module per format), and what a table means (``pipelines.disclosures``).
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

SCHEMA_VERSION = 1
"""Raised when these classes change, so that stored readings are read again."""


class Box(NamedTuple):
    """A rectangle on a page in points, origin at the top left of the page as displayed (after rotation)."""

    x0: float
    y0: float
    x1: float
    y1: float


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where something stands. Paged formats have a page and a box, text formats a line, sheets both numbers."""

    page_no: int | None = None
    """From 1; the sheet's ordinal in workbooks; None in text, DOCX and HTML."""
    line_no: int | None = None
    """From 1; the line of a text file, the row of a sheet; None elsewhere."""
    box: Box | None = None


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    """One cell of a grid, at its upper left position. A merged cell stands once, with its spans."""

    row: int
    """From 0, in the joined grid."""
    column: int
    """From 0."""
    text: str
    """As printed; lines inside the cell are separated by ``\\n``. Never None: a blank cell has the empty text."""
    row_span: int = 1
    column_span: int = 1
    place: Place = Place()
    confidence: float | None = None
    """Of character recognition, 0 to 1; None where characters were read, not recognised."""


class Grid(msgspec.Struct, frozen=True, omit_defaults=True, tag="grid"):
    """One table. Positions covered by a merged cell hold no cell of their own."""

    table_no: int
    """From 1, in reading order within the document."""
    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    """In order of row, then column."""
    place: Place = Place()
    """Where the table begins."""
    page_starts: tuple[int, ...] = ()
    """Rows (from 0) at which the table goes on after a page break, repeated headers already removed."""

    def rows(self) -> list[list[Cell | None]]:
        """The cells as a matrix, ``row_count`` × ``column_count``; None where a merged cell covers the position."""
        matrix: list[list[Cell | None]] = [[None] * self.column_count for _ in range(self.row_count)]
        for cell in self.cells:
            matrix[cell.row][cell.column] = cell
        return matrix


class Paragraph(msgspec.Struct, frozen=True, omit_defaults=True, tag="paragraph"):
    """A paragraph of running text, rejoined over line and page breaks where the reader could tell."""

    text: str
    place: Place = Place()
    """Where it begins."""


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """A whole file as its reader saw it."""

    document_id: str
    """SHA-256 of the file's bytes, in hexadecimal."""
    source_path: str
    """Relative to the folder that was loaded, with ``/``."""
    format: str
    """``text``, ``pdf``, ``docx``, ``xlsx``, ``xls``, ``html``, ``doc``, ``png`` or ``jpeg``."""
    reader: str
    """Which reader read it: ``text``, ``pdfplumber``, …"""
    reader_version: str
    page_count: int | None
    """None for formats without pages."""
    blocks: tuple[Paragraph | Grid, ...]
    """Paragraphs and grids in reading order."""
    problems: tuple[str, ...] = ()
    """What the reader could not read, in plain words (for example a page that is only a picture)."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def grids(self) -> Iterator[Grid]:
        """Yield the tables in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))
