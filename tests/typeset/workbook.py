"""A paper as worksheets: each form on a sheet of its own, the words around them on others.

Belongs here: what stands in which cell, and how a printed number is stored: as a value with a format. Does not belong
here: the file formats (``xlsx``, ``xls``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.typeset.docx import table_rows
from tests.typeset.model import Cell, Paper, Table, places
from tests.typeset.plain import lines_of

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_MOST_DIGITS = 15
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\'\"“”]")


@dataclass(frozen=True)
class Placed:
    """One cell of a sheet."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    ruled: bool = False


@dataclass(frozen=True)
class Worksheet:
    """One sheet."""

    name: str
    cells: tuple[Placed, ...]


def worksheets(paper: Paper, *, ruled: bool = True) -> list[Worksheet]:
    """Lay a paper out on sheets; ``ruled`` gives the forms' cells borders."""
    sheets: list[Worksheet] = []
    words: list[str] = []
    for block in paper.blocks:
        if not isinstance(block, Table):
            words += lines_of(block, paper)
            continue
        if words:
            sheets.append(_words(words, len(sheets) + 1))
            words = []
        name = _BAD_IN_NAME.sub("", f"{len(sheets) + 1} {block.title}")[:31]
        sheets.append(Worksheet(name, tuple(_form(block, ruled=ruled))))
    return [*sheets, *([_words(words, len(sheets) + 1)] if words else [])]


def _words(lines: list[str], number: int) -> Worksheet:
    return Worksheet(f"Sheet{number}", tuple(Placed(row, 0, line) for row, line in enumerate(lines)))


def _form(table: Table, *, ruled: bool) -> Iterator[Placed]:
    above = () if table.title_in_grid else (table.title, *table.caption)
    for row, text in enumerate(above):
        yield Placed(row, 0, text, 1, table.column_count)
    rows = table_rows(table)
    for (row, column), cell in places(rows, table.column_count).items():
        yield Placed(len(above) + row, column, cell.text, cell.row_span, cell.column_span, ruled)
    for row, text in enumerate(table.notes):
        yield Placed(len(above) + len(rows) + row, 0, text, 1, table.column_count)


def grid_sheet(rows: tuple[tuple[Cell, ...], ...], column_count: int, *, ruled: bool = True) -> Worksheet:
    """Lay one grid out on a sheet."""
    found = places(rows, column_count).items()
    cells = (Placed(r, c, cell.text, cell.row_span, cell.column_span, ruled) for (r, c), cell in found)
    return Worksheet("Sheet1", tuple(cells))


def stored(text: str) -> tuple[Decimal, str] | None:
    """Return the value and format that a workbook displays as ``text``, or None for what is no number."""
    found = _NUMBER.fullmatch(text)
    digits = text.lstrip("-").replace(",", "").replace(".", "")
    if not found or len(digits) > _MOST_DIGITS or (text.startswith("-") and not digits.strip("0")):
        return None
    places_after = len(found.group(1) or ".") - 1
    whole = text.lstrip("-").partition(".")[0]
    form = "#,##0" if "," in text else "0" * max(len(whole), 1) if whole.startswith("0") else "0"
    return Decimal(text.replace(",", "")), form + ("." + "0" * places_after if places_after else "")
