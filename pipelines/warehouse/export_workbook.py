"""The Excel workbook: the Chinese views as sheets that people can filter, add up and comment on.

Belongs here: sheets, number formats, comments of findings, and making text safe. Does not belong here: what the views
say (``sql/models/analysis``).
"""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    import duckdb

    from pipelines.warehouse.export import Column, Table

SHEET_ROWS = 1_048_576
"""What a sheet of Excel can hold, with its header."""

_LONGEST_TEXT = 32_767
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_HEADER_FONT, _HEADER_FILL = Font(bold=True), PatternFill("solid", fgColor="DDE7F0")
_MARKED = PatternFill("solid", fgColor="FFE3E0")
_RATES = ("率", "占比", "比重", "贡献", "分位", "文字所说完成率")
_COUNTS = ("团组", "人次", "批次", "车辆", "保有量")
_FINDINGS = """
    select evidence, message_zh, message_en from quality.finding where evidence is not null order by finding_id
"""


def write_workbook(connection: "duckdb.DuckDBPyConnection", views: list["Table"], path: Path) -> Path:
    """Write one sheet a view (more where it is too long for one) and return the path.

    A cell that rests on a figure of a finding carries the finding as a comment; the sheet 问题 carries its messages.
    """
    book = Workbook(write_only=True)
    remarks = _remarks(connection)
    _contents(book, views)
    for view in views:
        _sheets(book, connection, view, remarks)
    book.save(path)
    return path


def _remarks(connection: "duckdb.DuckDBPyConnection") -> dict[str, str]:
    """Id of an amount or claim → what the findings that rest on it say."""
    remarks: dict[str, list[str]] = {}
    for evidence, chinese, english in connection.execute(_FINDINGS).fetchall():
        for figure in json.loads(evidence):
            remarks.setdefault(figure["id"], []).append(f"{chinese}\n{english}")
    return {figure: "\n\n".join(dict.fromkeys(texts)) for figure, texts in remarks.items()}


def _contents(book: Workbook, views: list["Table"]) -> None:
    """What each sheet holds, and below it what its readers must know, in both languages side by side."""
    sheet: Any = book.create_sheet("目录")
    for letter, width in zip("ABC", (16, 100, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    _print_on_wide_pages(sheet)
    sheet.append([_header(sheet, text, "") for text in ("工作表", "说明", "English")])
    for view in views:
        said, *warnings = view.comment.split(" ⚠ ")
        for name, sign, text in ((view.name, "", said), *((None, "⚠ ", warning) for warning in warnings)):
            chinese, _, english = text.partition(" | ")
            sheet.append([_cell(sheet, each, None) for each in (name, sign + chinese, sign + english)])


def _print_on_wide_pages(sheet: Any) -> None:
    """As wide as a page and with the header on each, when somebody prints it."""
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _sheets(book: Workbook, connection: "duckdb.DuckDBPyConnection", view: "Table", remarks: dict[str, str]) -> None:
    """The rows of a view, from as many sheets as they need."""
    cursor = connection.execute(f"select * from {view.quoted} order by all")
    number, left = 0, 0
    sheet: Any = None
    for row in _rows(cursor):
        if sheet is None or left == 0:
            number += 1
            sheet, left = _new_sheet(book, view, number), SHEET_ROWS - 1
        sheet.append(_line(sheet, view.columns, row, remarks))
        left -= 1
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(view.columns))}{SHEET_ROWS - left}"
    if sheet is None:
        _new_sheet(book, view, 1)


def _rows(cursor: "duckdb.DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(10_000):
        yield from rows


def _new_sheet(book: Workbook, view: "Table", number: int) -> Any:
    sheet: Any = book.create_sheet(view.name if number == 1 else f"{view.name} ({number})")
    sheet.freeze_panes = "B2"
    _print_on_wide_pages(sheet)
    for position, column in enumerate(view.columns, 1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(column)
    sheet.append([_header(sheet, column.name, column.comment) for column in view.columns])
    return sheet


def _width(column: "Column") -> int:
    if column.data_type.startswith("DECIMAL"):
        return 18
    return {"部门": 34, "科目": 30, "项目": 40, "说明": 60, "英文说明": 60}.get(column.name, 14)


def _header(sheet: Any, text: str, comment: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, Alignment(wrap_text=True, vertical="top")
    if comment:
        cell.comment = Comment(comment, "duizhang")
    return cell


def _line(sheet: Any, columns: Iterable["Column"], row: tuple[Any, ...], remarks: dict[str, str]) -> list[Any]:
    """The cells of a row; the first amount is marked with what findings say of any figure the row rests on."""
    columns = list(columns)
    cells = [_cell(sheet, value, _format(column)) for column, value in zip(columns, row, strict=True)]
    said = [remarks[value] for column, value in zip(columns, row, strict=True)
            if column.name.endswith("出处") and value in remarks]  # fmt: skip
    amounts = [index for index, column in enumerate(columns) if column.data_type == "DECIMAL(20,2)"]
    if said and amounts:
        filled = [index for index in amounts if row[index] is not None]
        marked = cells[(filled or amounts)[0]]
        marked.comment, marked.fill = Comment("\n\n".join(dict.fromkeys(said)), "duizhang"), _MARKED
    return cells


def _format(column: "Column") -> str | None:
    if column.data_type == "DECIMAL(20,2)":
        return "#,##0.00"
    if column.data_type.startswith("DECIMAL"):
        if column.name.endswith(_COUNTS):
            return "0"
        return "0.00%" if column.name.endswith(_RATES) else "#,##0.00##"
    return "0" if column.data_type == "INTEGER" else None


def _cell(sheet: Any, value: Any, number_format: str | None) -> Any:
    """A cell as Excel may show it: text that could be taken for a formula stays text, also when it is edited."""
    if isinstance(value, bool):
        value = "是" if value else "否"
    elif value is not None and not isinstance(value, (int, Decimal)):
        value = ILLEGAL_CHARACTERS_RE.sub("", str(value))[:_LONGEST_TEXT]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        cell.data_type, cell.quotePrefix = "s", True
    if number_format and value is not None:
        cell.number_format = number_format
    return cell
