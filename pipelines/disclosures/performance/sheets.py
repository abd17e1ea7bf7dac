"""Cutting grids into sheets: which rows of which grid belong to which performance form.

Belongs here: rows as the readers of forms want them (blanks kept, merged cells once), and where a form begins. Does not
belong here: what the rows say.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from pipelines.disclosures.performance.words import is_title, plain, role_of, tidy, words
from pipelines.disclosures.printed import read_printed, unit_in
from pipelines.documents.model import Cell, Document, Grid, Paragraph, Place

_CONTEXT = 6
"""How many paragraphs above a grid may hold its title and unit."""
_BETWEEN_PAGES = 6
"""How long a line between two parts of one table may be: a page number, no more."""
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_UNIT_IN_LABEL = re.compile(r"\((?:单位:)?((?:百万|千|万|亿)?元)\)$")


class Slot(NamedTuple):
    """One cell of a row at its column; ``text`` is as read, or tidied by who keeps it."""

    column: int
    text: str
    place: Place = Place()

    @property
    def blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not self.text.strip()

    @property
    def figure(self) -> bool:
        """Whether it holds a number or a percentage."""
        return read_printed(self.text).kind in ("number", "percent")


class Row(NamedTuple):
    """One row of a grid. A cell merged from the left stands once, one merged from above is blank."""

    table_no: int
    number: int
    slots: tuple[Slot, ...]
    place: Place

    @property
    def filled(self) -> list[Slot]:
        """The slots that are not blank."""
        return [slot for slot in self.slots if not slot.blank]

    @property
    def key(self) -> tuple[int, int]:
        """Table and row, which name a row within its document."""
        return self.table_no, self.number


class Sheet(msgspec.Struct):
    """The rows of one performance form, and the lines above it."""

    rows: list[Row]
    above: list[str]
    titled: bool
    unit: str | None = None

    @property
    def heads(self) -> list[str]:
        """The lines above the form and the rows of one cell it begins with, the nearest to its content first."""
        rows = itertools.takewhile(lambda row: len(row.filled) < 2, self.rows)
        return [*reversed([slot.text for row in rows for slot in row.filled]), *reversed(self.above)]

    @property
    def title(self) -> str | None:
        """The title as printed."""
        return next((tidy(line) for line in self.heads if is_title(line)), None)

    @property
    def year(self) -> int | None:
        """The year that the title, or a line of nothing else, says the form is for."""
        for line in self.heads:
            found = _YEAR.search(plain(line))
            if found and (is_title(line) or role_of(words().labels, line)):
                return int(found.group(1))
        return None


def sheets(document: Document) -> list[Sheet]:
    """All performance forms of ``document`` in reading order. A form that states no unit has that of the one before."""
    found: list[Sheet] = []
    above: list[str] = []
    last: Sheet | None = None
    unit: str | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        cut = list(_cut(block, above))
        if last and not cut and _goes_on(last, block, above):
            last.rows += rows_of(block)
        else:
            last = cut[-1] if cut else None
            found += cut
        above = []
    for sheet in found:
        unit = sheet.unit = _unit(sheet) or unit
    return found


def rows_of(grid: Grid) -> list[Row]:
    """The rows of a grid."""
    rows: list[Row] = []
    for number, cells in enumerate(grid.rows()):
        left = {column for cell in cells if cell for column in range(cell.column + 1, cell.column + cell.column_span)}
        slots = tuple(_slot(i, cell) for i, cell in enumerate(cells) if i not in left)
        place = next((cell.place for cell in cells if cell), grid.place)
        rows.append(Row(grid.table_no, number, slots, place))
    return rows


def _slot(column: int, cell: Cell | None) -> Slot:
    return Slot(column, cell.text, cell.place) if cell else Slot(column, "")


def is_indicator_header(row: Row) -> bool:
    """Whether a row heads the levels of indicators."""
    roles = {role_of(words().indicator_columns, slot.text) for slot in row.filled}
    return len(roles & {"level1", "level2", "level3"}) >= 2


def is_summary_header(row: Row) -> bool:
    """Whether a row heads a list of projects with scores or grades."""
    roles = {role_of(words().summary_columns, slot.text) for slot in row.filled}
    return "name" in roles and bool(roles & {"score", "grade"})


def _cut(grid: Grid, above: Sequence[str]) -> Iterator[Sheet]:
    """The sheets of one grid: a new one begins at a title, or at a second project name without one."""
    context = list(above[-_CONTEXT:])
    sheet = Sheet([], context, any(is_title(line) for line in context))
    for row in rows_of(grid):
        title = len(row.filled) == 1 and is_title(row.filled[0].text)
        if title or (_names(row) and any(_names(earlier) for earlier in sheet.rows)):
            if _is_performance(sheet):
                yield sheet
            sheet = Sheet([], [], titled=title or sheet.titled)
        sheet.rows.append(row)
    if _is_performance(sheet):
        yield sheet


def _names(row: Row) -> bool:
    """Whether a row says 项目名称 and then the name, not one column head after another."""
    roles = [role_of(words().labels, slot.text) for slot in row.filled]
    return "name" in roles[:2] and not is_summary_header(row)


def _is_performance(sheet: Sheet) -> bool:
    headed = any(is_indicator_header(row) or is_summary_header(row) for row in sheet.rows)
    return headed or (sheet.titled and any(_names(row) for row in sheet.rows))


def _goes_on(sheet: Sheet, grid: Grid, between: Sequence[str]) -> bool:
    """Whether a grid without a head is the rest of the sheet: as wide, and nothing but a page number between."""
    columns = 1 + max(slot.column for row in sheet.rows for slot in row.slots)
    return grid.column_count >= columns and not any(len(plain(line)) > _BETWEEN_PAGES for line in between)


def _unit(sheet: Sheet) -> str | None:
    """The unit of money that the form states itself, in a line of its own or behind a label."""
    texts = [slot.text for row in sheet.rows for slot in row.filled]
    for text in (*reversed(sheet.above), *texts):
        stated = unit_in(text)
        if stated:
            return stated
    labels = (text for text in texts if is_money_label(text))
    return next((found.group(1) for text in labels if (found := _UNIT_IN_LABEL.search(plain(text)))), None)


def is_money_label(text: str) -> bool:
    """Whether a cell is a label of the money part: its section, a column, a total."""
    money = words().money
    label = plain(text)
    return any(
        re.fullmatch(declared, label)
        for declared in (money.section, *(word.match for word in money.columns), *(word.match for word in money.totals))
    )
