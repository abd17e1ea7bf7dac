"""From tables inside tables to a Document's blocks: what DOCX, HTML and workbooks have in common.

Those formats say which cell spans what, and a cell may hold paragraphs and whole tables. Belongs here: the tree they
are read into, which tables are only frames around their content, and the numbered grids. Does not belong here: how
any format marks its cells.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Cell, Grid, Paragraph, Place
from pipelines.documents.sentences import goes_on, strip_blank

MAX_POSITIONS = 1_000_000
"""Rows × columns of one table; spans and far cells make tables that no page shows."""


class Content(NamedTuple):
    """What a reader found in a file: blocks in reading order, and what it could not read."""

    blocks: tuple[Paragraph | Grid, ...]
    problems: tuple[str, ...] = ()


class RawCell(msgspec.Struct):
    """A cell at its upper left position, with what it holds in reading order."""

    row: int
    column: int
    content: list["Paragraph | RawTable"]
    row_span: int = 1
    column_span: int = 1
    place: Place = Place()
    confidence: float | None = None
    """Of character recognition; None where characters were read."""

    @property
    def text(self) -> str:
        """The cell's own lines, without those of tables inside it."""
        texts = (item.text for item in self.content if isinstance(item, Paragraph))
        lines = (strip_blank(line) for text in texts for line in text.split("\n"))
        return "\n".join(line for line in lines if line)

    def tables(self) -> Iterator["RawTable"]:
        """Yield the tables inside the cell."""
        return (item for item in self.content if isinstance(item, RawTable))


class RawTable(msgspec.Struct):
    """A table as its format describes it; its cells do not overlap."""

    cells: list[RawCell]
    place: Place = Place()

    @property
    def row_count(self) -> int:
        """Rows that cells reach."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """Columns that cells reach."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)


Item = Paragraph | RawTable


def collapsed(table: RawTable) -> RawTable:
    """Return a table without the rows and columns in which no cell begins: they have no size of their own."""
    rows = sorted({cell.row for cell in table.cells})
    columns = sorted({cell.column for cell in table.cells})
    for cell in table.cells:
        bottom, right = cell.row + cell.row_span, cell.column + cell.column_span
        cell.row, cell.column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        cell.row_span = bisect_left(rows, bottom) - cell.row
        cell.column_span = bisect_left(columns, right) - cell.column
    return table


def blocks_of(items: Iterable[Item], source_path: str) -> tuple[Paragraph | Grid, ...]:
    """Return paragraphs and grids, grids numbered from 1; a table inside a table follows it as a grid of its own.

    A paragraph with line breaks inside becomes one for each line, but a sentence that a break cuts in two stays whole.

    Raises:
        UnreadableFileError: a table is larger than any page shows.
    """
    blocks: list[Paragraph | Grid] = []
    for item in _unframed(items):
        if isinstance(item, Paragraph):
            blocks.append(item)
            continue
        table_no = 1 + sum(isinstance(block, Grid) for block in blocks)
        blocks.append(_grid(item, table_no, source_path))
    return tuple(blocks)


def _lines_of(text: str, place: Place) -> Iterator[Paragraph]:
    """Yield the lines of a paragraph with line breaks inside; a sentence that a break cuts in two stays one."""
    before = ""
    for line in filter(None, map(strip_blank, text.split("\n"))):
        if before and not goes_on(before, line):
            yield Paragraph(before, place)
            before = line
        else:
            before += line
    if before:
        yield Paragraph(before, place)


def _unframed(items: Iterable[Item]) -> Iterator[Item]:
    """Yield paragraphs and real tables; of a frame only what is in it."""
    for item in items:
        if isinstance(item, Paragraph):
            yield from _lines_of(item.text, item.place)
        elif _is_frame(item):
            yield from _unframed(part for cell in item.cells for part in cell.content)
        else:
            if any(cell.text for cell in item.cells):
                yield item
            yield from _unframed(table for cell in item.cells for table in cell.tables())


def _is_frame(table: RawTable) -> bool:
    """Whether a table only places its content: it has one cell, or it holds tables and no row of two texts."""
    if len(table.cells) == 1:
        return True
    if not any(True for cell in table.cells for _ in cell.tables()):
        return False
    rows = [cell.row for cell in table.cells if cell.text]
    return len(set(rows)) == len(rows)


def _grid(table: RawTable, table_no: int, source_path: str) -> Grid:
    """Make the Grid; positions that no cell covers get a blank one."""
    rows, columns = table.row_count, table.column_count
    if rows * columns > MAX_POSITIONS:
        raise UnreadableFileError(
            source_path,
            f"table {table_no}",
            f"the table is {rows:,} rows by {columns:,} columns",
            "Delete stray cells and spans far from the table, and save the file again",
        )
    free = [[True] * columns for _ in range(rows)]
    cells = []
    for raw in table.cells:
        for row in free[raw.row : raw.row + raw.row_span]:
            row[raw.column : raw.column + raw.column_span] = [False] * raw.column_span
        cells.append(Cell(raw.row, raw.column, raw.text, raw.row_span, raw.column_span, raw.place, raw.confidence))
    gaps = [Cell(r, c, "") for r, row in enumerate(free) for c, is_free in enumerate(row) if is_free]
    ordered = sorted([*cells, *gaps], key=lambda cell: (cell.row, cell.column))
    return Grid(table_no, rows, columns, tuple(ordered), table.place)
