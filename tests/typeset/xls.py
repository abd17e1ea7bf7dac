"""Set a paper as an XLS workbook through xlwt, the same bytes every time."""

import io
from functools import lru_cache

import xlwt

from tests.typeset.model import Paper
from tests.typeset.workbook import Worksheet, stored, worksheets

_THIN = xlwt.Borders.THIN


def set_xls(paper: Paper, *, ruled: bool = True) -> bytes:
    """Set a paper as XLS."""
    return workbook(worksheets(paper, ruled=ruled))


def workbook(sheets: list[Worksheet]) -> bytes:
    """Make a workbook of the sheets."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        target = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        for cell in sheet.cells:
            number = stored(cell.text)
            style = _style(number[1] if number else "General", cell.ruled)
            value = float(number[0]) if number else cell.text
            last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            if (last_row, last_column) != (cell.row, cell.column):
                target.write_merge(cell.row, last_row, cell.column, last_column, value, style)
            elif cell.text or cell.ruled:
                target.write(cell.row, cell.column, value, style)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=256)
def _style(code: str, ruled: bool) -> xlwt.XFStyle:
    style = xlwt.XFStyle()
    style.num_format_str = code
    if ruled:
        borders = style.borders
        borders.left = borders.right = borders.top = borders.bottom = _THIN
    return style
