"""XLS workbooks: values and merged ranges through python-calamine, formats and borders from their records.

Belongs here: putting the two together into sheets. The records are in ``biff``, the cutting into tables in ``sheets``.
Workbooks older than Excel 97 are read without formats.
"""

import datetime
import io
from collections.abc import Iterator
from decimal import Decimal

import python_calamine

from pipelines.documents import biff, number_format
from pipelines.documents.compound import streams
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.nested import Content, Item, blocks_of
from pipelines.documents.sheets import Range, Sheet, SheetCell, check_size, hidden_parts, items_of

READER_VERSION = "1"
"""Raised when the same file would give another Document."""

_MAX_AREA = 4_000_000
"""Cells of a sheet's used rectangle, which python-calamine holds whole."""
_STREAMS = ("Workbook", "Book")
Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def is_workbook(parts: dict[str, bytes] | set[str]) -> bool:
    """Whether the streams of a compound file are those of a workbook."""
    return any(name in parts for name in _STREAMS)


def read_xls(data: bytes, source_path: str) -> Content:
    """Read an XLS file; raise UnreadableFileError if it is damaged, encrypted or hostile."""
    book, workbook = _open(data, source_path)
    items: list[Item] = []
    problems: list[str] = []
    for number, styles in enumerate(book.sheets, 1):
        sheet = _sheet(workbook, book, styles, number, source_path)
        items += items_of(sheet)
        problems += hidden_parts(sheet)
    return Content(blocks_of(items, source_path), tuple(problems))


def read_active_sheet(data: bytes, source_path: str) -> Content:
    """Read the sheet that a workbook inside another document shows there, without its name."""
    book, workbook = _open(data, source_path)
    number = min(book.active, len(book.sheets) - 1) + 1
    sheet = _sheet(workbook, book, book.sheets[number - 1], number, source_path)
    return Content(blocks_of(items_of(sheet, with_name=False), source_path), tuple(hidden_parts(sheet)))


def _open(data: bytes, source_path: str) -> tuple[biff.BookStyles, python_calamine.CalamineWorkbook]:
    parts = streams(data, source_path)
    stream = next((parts[name] for name in _STREAMS if name in parts), b"")
    book = biff.read_styles(stream)
    for sheet in book.sheets:
        _check_area(sheet, source_path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as error:
        raise UnreadableFileError(
            source_path, "whole file", "the workbook is encrypted", "Save it without a password and load it again"
        ) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(source_path, "whole file", error) from error
    if not book.sheets:
        visible = python_calamine.SheetVisibleEnum.Visible
        book.sheets = [
            biff.SheetStyles(each.name, {}, set(), set(), is_hidden=each.visible != visible)
            for each in workbook.sheets_metadata
        ]
    if not book.sheets:
        raise UnreadableFileError(source_path, "whole file", "the workbook has no worksheets", "Download it again")
    return book, workbook


def _check_area(sheet: biff.SheetStyles, source_path: str) -> None:
    rows = max((row for row, _ in sheet.styles), default=0) + 1
    columns = max((column for _, column in sheet.styles), default=0) + 1
    if rows * columns > _MAX_AREA:
        raise UnreadableFileError(
            source_path,
            f"sheet {sheet.name}",
            f"the sheet reaches over {rows:,} rows by {columns:,} columns",
            "Delete stray cells far from the tables, and save the file again",
        )


def _damaged(source_path: str, place: str, error: BaseException) -> UnreadableFileError:
    return UnreadableFileError(
        source_path, place, f"the workbook is damaged or cut short ({error})", "Download it again"
    )


def _sheet(
    workbook: python_calamine.CalamineWorkbook,
    book: biff.BookStyles,
    styles: biff.SheetStyles,
    number: int,
    source_path: str,
) -> Sheet:
    try:
        values = workbook.get_sheet_by_name(styles.name)
        rows = values.to_python(skip_empty_area=False)
        merged = [Range(*first, *last) for first, last in values.merged_cell_ranges or ()]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _damaged(source_path, f"sheet {styles.name}", error) from error
    cells = dict(_cells(rows, book, styles))
    hidden_rows, hidden_columns = frozenset(styles.hidden_rows), frozenset(styles.hidden_columns)
    sheet = Sheet(number, styles.name, cells, merged, hidden_rows, hidden_columns, styles.is_hidden)
    check_size(sheet, source_path)
    return sheet


def _cells(
    rows: list[list[Value]], book: biff.BookStyles, styles: biff.SheetStyles
) -> Iterator[tuple[tuple[int, int], SheetCell]]:
    for place, number in styles.styles.items():
        if book.style(number).bordered:
            yield place, SheetCell("", bordered=True)
    for row_no, row in enumerate(rows):
        for column_no, value in enumerate(row):
            if value != "":
                place = (row_no, column_no)
                style = book.style(styles.styles.get(place))
                text = _displayed(value, style.code, book, hides_zeros=styles.hides_zeros)
                yield place, SheetCell(text, style.bordered)


def _displayed(value: Value, code: str, book: biff.BookStyles, *, hides_zeros: bool) -> str:
    if isinstance(value, str):
        return number_format.displayed_text(value, code)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    number = number_format.exact(value) if isinstance(value, int | float) else _day_number(value, book)
    if hides_zeros and number == 0:
        return ""
    return number_format.displayed(number, code, epoch_1904=book.epoch_1904)


def _day_number(value: datetime.time | datetime.date | datetime.timedelta, book: biff.BookStyles) -> Decimal:
    """Turn a date or time back into the day number that the workbook stores."""
    if isinstance(value, datetime.timedelta):
        seconds = value.total_seconds()
    elif isinstance(value, datetime.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
    else:
        start = datetime.datetime(1904, 1, 1) if book.epoch_1904 else datetime.datetime(1899, 12, 30)
        moment = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
        seconds = (moment - start).total_seconds()
    return (Decimal(round(seconds)) / 86_400).quantize(Decimal("1e-10"))
