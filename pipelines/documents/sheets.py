"""Worksheets, of whatever workbook format, as paragraphs and tables.

A sheet is a field of cells; people tell a table from the words around it by its borders, or, where nothing has borders,
by rows of one text and by blank rows. Belongs here: that cutting. Does not belong here: how a format stores its cells
(``xlsx``, ``xls``), and what titles and tables mean.

Places: ``page_no`` is the sheet's ordinal in the workbook, from 1, and ``line_no`` the row of the sheet; sheets have no
boxes. Hidden rows and columns are left out, as on the screen; the formats' readers say so among the problems.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Paragraph, Place
from pipelines.documents.nested import Item, RawCell, RawTable
from pipelines.documents.sentences import starts_paragraph, strip_blank

_CAPTION_TEXTS = 3
"""A row of words above a table has at most so many texts: number, department, unit."""
_NUMERIC = frozenset("-−+(0123456789")
_MAX_CELLS = 2_000_000
_MAX_MERGED_ROWS = 2_000_000


class SheetCell(NamedTuple):
    """One cell as displayed; a blank one is worth keeping for its borders."""

    text: str
    bordered: bool = False


class Range(NamedTuple):
    """A merged range of cells, last row and column included; all from 0."""

    row: int
    column: int
    last_row: int
    last_column: int


class Sheet(msgspec.Struct):
    """One worksheet."""

    number: int
    """From 1, in the order of the workbook."""
    name: str
    cells: dict[tuple[int, int], SheetCell]
    """(row, column), from 0 → cell; blank cells without borders need not be there."""
    merged: list[Range] = []
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False


def items_of(sheet: Sheet, *, with_name: bool = True) -> Iterator[Item]:
    """Yield the paragraphs and tables of a sheet from top to bottom, its name first unless it is repeated inside."""
    field = _Field(sheet)
    texts = {cell.text for cell in field.cells.values()}
    if with_name and any(texts) and sheet.name not in texts and not _is_default(sheet.name):
        yield Paragraph(sheet.name, Place(page_no=sheet.number))
    columns: range | None = None
    for block in field.blocks():
        for rows, is_table in field.parts(block):
            if not is_table:
                yield from field.paragraphs(rows)
                continue
            columns = field.columns(rows, columns)
            yield field.table(rows, columns)


def check_size(sheet: Sheet, source_path: str) -> None:
    """Raise UnreadableFileError for a sheet that no person could have filled."""
    last = max((row for row, _ in sheet.cells), default=0)
    merged_rows = sum(max(min(each.last_row, last) - each.row + 1, 0) for each in sheet.merged)
    if len(sheet.cells) > _MAX_CELLS or merged_rows > _MAX_MERGED_ROWS:
        raise UnreadableFileError(
            source_path,
            f"sheet {sheet.name}",
            f"the sheet is too large ({len(sheet.cells):,} cells, {merged_rows:,} rows in merged cells)",
            "Delete what lies outside the tables, and save the file again",
        )


def hidden_parts(sheet: Sheet) -> Iterator[str]:
    """Yield what a person would not see of a sheet, and that it was read or left out."""
    if sheet.is_hidden and any(cell.text for cell in sheet.cells.values()):
        yield f"sheet {sheet.name} is hidden; it was read like the others"
    rows = {row for (row, _), cell in sheet.cells.items() if cell.text and row in sheet.hidden_rows}
    columns = {column for (_, column), cell in sheet.cells.items() if cell.text and column in sheet.hidden_columns}
    if rows or columns:
        yield f"sheet {sheet.name}: {len(rows)} hidden rows and {len(columns)} hidden columns were left out"


def _is_default(name: str) -> bool:
    """Whether nobody named the sheet: ``Sheet1``, ``工作表1``."""
    return name.rstrip("0123456789 ()").lower() in ("sheet", "工作表", "")


class _Field:
    """The displayed part of a sheet: rows and columns are renumbered without hidden ones."""

    def __init__(self, sheet: Sheet) -> None:
        self.number = sheet.number
        hidden_rows, hidden_columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
        shown = {row for row, _ in sheet.cells if row not in sheet.hidden_rows}
        self._original = {row - bisect_left(hidden_rows, row): row for row in shown}
        self.cells = {
            (row - bisect_left(hidden_rows, row), column - bisect_left(hidden_columns, column)): cell
            for (row, column), cell in sheet.cells.items()
            if row not in sheet.hidden_rows and column not in sheet.hidden_columns
        }
        self.rows: dict[int, list[int]] = {}
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: dict[int, list[tuple[int, int]]] = {}
        self._merge(sheet, hidden_rows, hidden_columns)
        for row, column in sorted(self.cells):
            self.rows.setdefault(row, []).append(column)

    def _merge(self, sheet: Sheet, hidden_rows: Sequence[int], hidden_columns: Sequence[int]) -> None:
        """Keep of every merged range its first displayed cell, with the spans that are displayed."""
        last_row = max((row for row, _ in self.cells), default=0)
        last_column = max((column for _, column in self.cells), default=0)
        positions: dict[int, list[int]] = {}
        for row, column in sorted(self.cells):
            positions.setdefault(row, []).append(column)
        for merged in sheet.merged:
            top, bottom = (each - bisect_left(hidden_rows, each) for each in (merged.row, merged.last_row + 1))
            left, right = (each - bisect_left(hidden_columns, each) for each in (merged.column, merged.last_column + 1))
            bottom, right = min(bottom, last_row + 1), min(right, last_column + 1)
            anchor = sheet.cells.get((merged.row, merged.column), SheetCell(""))
            if bottom <= top or right <= left:
                continue
            inside = [(r, c) for r in range(top, bottom) for c in positions.get(r, ()) if left <= c < right]
            bordered = anchor.bordered or any(self.cells[place].bordered for place in inside if place in self.cells)
            for place in inside:
                self.cells.pop(place, None)
            if not (anchor.text or bordered):
                continue
            self.cells[top, left] = SheetCell(anchor.text, bordered)
            self.spans[top, left] = (bottom - top, right - left)
            for row in range(top, bottom):
                self.covered.setdefault(row, []).append((left, right))

    def texts(self, row: int) -> list[SheetCell]:
        """Return the cells of a row that hold text."""
        found = (self.cells[row, column] for column in self.rows.get(row, ()))
        return [cell for cell in found if strip_blank(cell.text)]

    def blocks(self) -> Iterator[list[int]]:
        """Yield runs of rows without a blank row between them, from the first to the last row with text."""
        used = sorted({*self.rows, *self.covered})
        start = 0
        for index in range(1, len(used) + 1):
            if index == len(used) or used[index] != used[index - 1] + 1:
                block = self._trimmed(used[start:index])
                if block:
                    yield block
                start = index

    def _trimmed(self, rows: list[int]) -> list[int]:
        filled = [index for index, row in enumerate(rows) if self.texts(row)]
        if not filled:
            return []
        reach = max(rows[index] + self._height(rows[index]) for index in filled)
        return rows[filled[0] : max(filled[-1] + 1, bisect_left(rows, reach))]

    def _height(self, row: int) -> int:
        spans = (self.spans.get((row, column), (1, 1))[0] for column in self.rows.get(row, ()))
        return max(spans, default=1)

    def parts(self, rows: list[int]) -> Iterator[tuple[list[int], bool]]:
        """Cut a block into runs of rows, each a table (True) or words (False)."""
        kinds = self._kinds(rows)
        start = 0
        for index in range(1, len(rows) + 1):
            if index == len(rows) or kinds[index] != kinds[start]:
                yield rows[start:index], kinds[start]
                start = index

    def _kinds(self, rows: list[int]) -> list[bool]:
        """Whether each row belongs to a table."""
        ruled = sum(self._bordered(row) for row in rows) > 1
        if not ruled and self._is_caption(rows):
            return [False] * len(rows)
        kinds = [self._may_be_table(row, ruled=ruled) for row in rows]
        if not any(kinds):
            return kinds
        first, last = kinds.index(True), len(kinds) - 1 - kinds[::-1].index(True)
        if not ruled:
            return [first <= index and (index <= last or not self._is_note(row)) for index, row in enumerate(rows)]
        covered = [False] * len(rows)
        for index in range(first, last + 1):  # what a merged cell of the table reaches is table
            if kinds[index]:
                height = self._height(rows[index])
                covered[index : index + height] = [True] * len(covered[index : index + height])
        words = [self._is_words(row, above=index < first) for index, row in enumerate(rows)]
        return [covered[index] or not words[index] for index in range(len(rows))]

    def _is_caption(self, rows: list[int]) -> bool:
        """Whether a block without borders is only words: at most one row has several texts, few and no numbers.

        Two texts beside each other may be any caption; three are one only where one of them reads ``label: value``,
        else they are the header of a table without figures.
        """
        several = [[cell.text for cell in texts] for texts in map(self.texts, rows) if len(texts) > 1]
        return not several or (
            len(several) == 1
            and len(several[0]) <= _CAPTION_TEXTS
            and (len(several[0]) < _CAPTION_TEXTS or any("：" in text or ":" in text for text in several[0]))
            and not any(strip_blank(text)[:1] in _NUMERIC for text in several[0])
        )

    def _bordered(self, row: int) -> int:
        return sum(self.cells[row, column].bordered for column in self.rows.get(row, ()))

    def _may_be_table(self, row: int, *, ruled: bool) -> bool:
        texts = self.texts(row)
        return any(cell.bordered for cell in texts) if ruled else len(texts) > 1

    def _is_words(self, row: int, *, above: bool) -> bool:
        """Whether a row of a sheet with ruled tables is words: no borders, and no more texts than a caption."""
        if self._bordered(row):
            return False
        count = len(self.texts(row))
        return count == 1 or (above and 1 < count <= _CAPTION_TEXTS)

    def _is_note(self, row: int) -> bool:
        texts = self.texts(row)
        return len(texts) == 1 and starts_paragraph(texts[0].text)

    def paragraphs(self, rows: Sequence[int]) -> Iterator[Paragraph]:
        """Yield the texts of rows of words."""
        for row in rows:
            for cell in self.texts(row):
                yield Paragraph(cell.text, self._place(row))

    def columns(self, rows: Sequence[int], before: range | None) -> range:
        """Return the columns of a table; those of the table before if this one goes on under it without a title."""
        reached: list[tuple[int, int]] = []
        for row in rows:
            for column in self.rows.get(row, ()):
                cell = self.cells[row, column]
                if cell.bordered or cell.text:
                    reached.append((column, column + self.spans.get((row, column), (1, 1))[1]))
        own = range(min(left for left, _ in reached), max(right for _, right in reached))
        untitled = before is not None and len(self.texts(rows[0])) > 1
        if before is not None and untitled and before.start <= own.start and own.stop <= before.stop:
            return before
        return own

    def table(self, rows: Sequence[int], columns: range) -> RawTable:
        """Return rows as a table."""
        first, cells = rows[0], []
        for row in rows:
            for column in self.rows.get(row, ()):
                height, width = self.spans.get((row, column), (1, 1))
                if column not in columns:
                    continue
                height, width = min(height, rows[-1] + 1 - row), min(width, columns.stop - column)
                content: list[Item] = [Paragraph(self.cells[row, column].text)]
                place = self._place(row)
                cells.append(RawCell(row - first, column - columns.start, content, height, width, place))
        corner = (rows[-1] - first, len(columns) - 1)
        if not any(c.row + c.row_span > corner[0] and c.column + c.column_span > corner[1] for c in cells):
            cells.append(RawCell(*corner, [], place=self._place(rows[-1])))
        return RawTable(cells, self._place(first))

    def _place(self, row: int) -> Place:
        return Place(page_no=self.number, line_no=self._original.get(row, row) + 1)
