"""XLSX workbooks through lxml on the package: every sheet's cells as displayed, into paragraphs and tables.

The cell's own stored text and style are needed to show ``1608.5`` as ``1,608.50``; libraries that give values only
lose them. Far cells cost nothing, since cells are kept by position. Belongs here: workbook, shared strings and sheets.
Styles are in ``xlsx_styles``, the cutting into tables in ``sheets``. Formulas are read by their stored value.
"""

import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from pipelines.documents import number_format
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.nested import Content, Item, blocks_of
from pipelines.documents.package import Package, R
from pipelines.documents.sheets import Range, Sheet, SheetCell, check_size, hidden_parts, items_of
from pipelines.documents.xlsx_styles import Styles, read_styles

READER_VERSION = "1"
"""Raised when the same file would give another Document."""

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_CELLS = 2_000_000
_MAX_HIDDEN = 1_048_576
_ON = ("1", "true")


class Workbook(msgspec.Struct):
    """What a workbook says about itself."""

    sheets: list[tuple[str, str, bool]]
    """Name, part and whether it is hidden, in the order of the workbook."""
    strings: list[str]
    styles: Styles
    epoch_1904: bool
    active: int
    """Index of the sheet that is shown when the workbook is opened."""


def read_xlsx(data: bytes, source_path: str) -> Content:
    """Read an XLSX file; raise UnreadableFileError if it is damaged, hostile or has no worksheets."""
    package = Package(data, source_path)
    workbook = _read_workbook(package)
    items: list[Item] = []
    problems: list[str] = []
    for number, _ in enumerate(workbook.sheets, 1):
        sheet = _read_sheet(package, workbook, number, problems)
        items += items_of(sheet)
    if not workbook.sheets:
        raise UnreadableFileError(source_path, "whole file", "the workbook has no worksheets", "Download it again")
    return Content(blocks_of(items, source_path), tuple(problems))


def read_active_sheet(data: bytes, source_path: str) -> Content:
    """Read the sheet that a workbook inside another document shows there, without its name."""
    package = Package(data, source_path)
    workbook = _read_workbook(package)
    problems: list[str] = []
    if not workbook.sheets:
        return Content(())
    number = min(workbook.active, len(workbook.sheets) - 1) + 1
    sheet = _read_sheet(package, workbook, number, problems)
    return Content(blocks_of(items_of(sheet, with_name=False), source_path), tuple(problems))


def _read_workbook(package: Package) -> Workbook:
    part = package.main_part("xl/workbook.xml")
    root = package.tree(part)
    relations = package.relations(part)
    sheets = []
    for element in root.iter(f"{S}sheet"):
        relation = relations.get(element.get(f"{R}id", ""))
        if relation is not None and relation.kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            sheets.append((element.get("name", ""), relation.target, hidden))
    properties, view = root.find(f"{S}workbookPr"), root.find(f"{S}bookViews/{S}workbookView")
    active = view.get("activeTab", "0") if view is not None else "0"
    strings = package.related(part, "sharedStrings")
    return Workbook(
        sheets,
        list(_shared_strings(package, strings)) if strings else [],
        read_styles(package, package.related(part, "styles")),
        properties is not None and properties.get("date1904") in _ON,
        int(active) if active.isdigit() else 0,
    )


def _shared_strings(package: Package, part: str) -> Iterator[str]:
    for element in package.elements(part, (f"{S}si",)):
        yield _rich_text(element)


def _rich_text(element: etree._Element) -> str:
    """Return the text of a string item; the phonetic hints in it are not part of the cell."""
    parts = [*element.findall(f"{S}t"), *element.findall(f"{S}r/{S}t")]
    text = "".join(part.text or "" for part in parts)
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def _read_sheet(package: Package, workbook: Workbook, number: int, problems: list[str]) -> Sheet:
    name, part, hidden = workbook.sheets[number - 1]
    reading = _SheetReading(package, workbook, part)
    reading.run()
    sheet = Sheet(
        number, name, reading.cells, reading.merged, frozenset(reading.rows), frozenset(reading.columns), hidden
    )
    check_size(sheet, package.source_path)
    problems += reading.problems(sheet)
    return sheet


class _SheetReading:
    """One sheet while its part is read as a stream."""

    def __init__(self, package: Package, workbook: Workbook, part: str) -> None:
        self._package, self._workbook, self._part = package, workbook, part
        self.cells: dict[tuple[int, int], SheetCell] = {}
        self.merged: list[Range] = []
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self._next_row = 0
        self._hides_zeros = False
        self._without_value = 0
        self._has_drawing = False

    def run(self) -> None:
        """Read the part."""
        tags = ("sheetView", "col", "row", "mergeCell", "drawing", "legacyDrawing", "picture")
        for element in self._package.elements(self._part, tuple(S + tag for tag in tags)):
            name = str(element.tag).removeprefix(S)
            if name == "sheetView":
                self._hides_zeros = element.get("showZeros") in ("0", "false")
            elif name == "col":
                self._column(element)
            elif name == "row":
                self._row(element)
            elif name == "mergeCell":
                self._merge(element.get("ref", ""))
            else:
                self._has_drawing = self._has_drawing or name != "legacyDrawing"

    def problems(self, sheet: Sheet) -> Iterator[str]:
        """Yield what could not be read of the sheet."""
        yield from hidden_parts(sheet)
        if self._without_value:
            yield f"sheet {sheet.name}: {self._without_value} formulas have no stored value"
        if self._has_drawing and not any(cell.text for cell in sheet.cells.values()):
            yield f"sheet {sheet.name} is a picture without text"

    def _column(self, element: etree._Element) -> None:
        first, last = _number(element.get("min")), _number(element.get("max"))
        if element.get("hidden") in _ON and first:
            self.columns.update(range(first - 1, min(last, 16_384)))

    def _row(self, element: etree._Element) -> None:
        number = _number(element.get("r")) or self._next_row + 1
        row, self._next_row = number - 1, number
        if element.get("hidden") in _ON and len(self.rows) < _MAX_HIDDEN:
            self.rows.add(row)
        column = -1
        for cell in element.iterchildren(f"{S}c"):
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            self._cell(cell, row, column)

    def _cell(self, element: etree._Element, row: int, column: int) -> None:
        style = self._workbook.styles.of(_number(element.get("s")))
        text = self._text(element, style.code)
        if text or style.bordered:
            self.cells[row, column] = SheetCell(text, style.bordered)
        if len(self.cells) > _MAX_CELLS:
            raise self._package.unreadable(self._part, f"the sheet has more than {_MAX_CELLS:,} cells")

    def _text(self, element: etree._Element, code: str) -> str:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(f"{S}is")
            return number_format.displayed_text(_rich_text(inline), code) if inline is not None else ""
        value = element.findtext(f"{S}v")
        if value is None or value == "":
            self._without_value += element.find(f"{S}f") is not None and kind == "n"
            return ""
        if kind == "s":
            return number_format.displayed_text(self._string(value), code)
        if kind == "str":
            return number_format.displayed_text(value, code)
        if kind == "b":
            return "TRUE" if value in _ON else "FALSE"
        return value if kind in ("e", "d") else self._number(value, code)

    def _string(self, value: str) -> str:
        index = int(value) if value.strip().isdigit() else -1
        return self._workbook.strings[index] if 0 <= index < len(self._workbook.strings) else ""

    def _number(self, value: str, code: str) -> str:
        try:
            number = number_format.exact(value)
        except (ValueError, ArithmeticError):
            return value
        if self._hides_zeros and number == 0:
            return ""
        return number_format.displayed(number, code, epoch_1904=self._workbook.epoch_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _place(first), _place(last)
        if start and end:
            self.merged.append(Range(*start, *end))


def _place(reference: str) -> tuple[int, int] | None:
    """Return row and column, from 0, of a reference such as ``B7``."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return max(int(found.group(2)) - 1, 0), column - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
