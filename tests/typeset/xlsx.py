"""Set a paper as an XLSX workbook through openpyxl, the same bytes every time."""

import datetime
import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet as XlsxSheet

from tests.typeset.docx import zipped
from tests.typeset.model import Paper
from tests.typeset.workbook import Worksheet, stored, worksheets

_DATE = datetime.datetime(2020, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_SIDE = Side(style="thin")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def set_xlsx(paper: Paper, *, ruled: bool = True) -> bytes:
    """Set a paper as XLSX."""
    return workbook(worksheets(paper, ruled=ruled))


def workbook(sheets: list[Worksheet]) -> bytes:
    """Make a workbook of the sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _DATE
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Save a workbook without the time of saving."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"]
    assert isinstance(core, bytes)
    parts["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>2020-01-01T00:00:00Z", core)
    return zipped(parts)


def _fill(target: XlsxSheet, sheet: Worksheet) -> None:
    for cell in sheet.cells:
        last_row, last_column = cell.row + cell.row_span, cell.column + cell.column_span
        if cell.ruled:
            for row in target.iter_rows(cell.row + 1, last_row, cell.column + 1, last_column):
                for each in row:
                    each.border = _LINE
        number = stored(cell.text)
        first = target.cell(cell.row + 1, cell.column + 1)
        if number:
            first.value, first.number_format = number
        elif cell.text:
            first.value, first.data_type = cell.text, "s"
        if cell.row_span > 1 or cell.column_span > 1:
            target.merge_cells(None, cell.row + 1, cell.column + 1, last_row, last_column)
