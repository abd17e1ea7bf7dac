"""What the styles of an XLSX workbook say of a cell: its number format, and whether it has a border."""

from typing import NamedTuple

import msgspec
from lxml import etree

from pipelines.documents.number_format import BUILT_IN
from pipelines.documents.package import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SIDES = ("left", "right", "top", "bottom", "start", "end")


class Style(NamedTuple):
    """The style of a cell, as far as it is displayed in words."""

    code: str = "General"
    bordered: bool = False


class Styles(msgspec.Struct):
    """The cell styles of a workbook by number; an unknown number is the plain style."""

    styles: list[Style]

    def of(self, number: int) -> Style:
        """Return one style."""
        return self.styles[number] if number < len(self.styles) else Style()


def read_styles(package: Package, part: str | None) -> Styles:
    """Read the styles part; a workbook without one has plain cells only."""
    if part is None:
        return Styles([])
    root = package.tree(part)
    codes = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "General")
        for each in root.iterfind(f"{_S}numFmts/{_S}numFmt")
        if each.get("numFmtId", "").isdigit()
    }
    borders = [_is_drawn(each) for each in root.iterfind(f"{_S}borders/{_S}border")]
    return Styles([_style(each, codes, borders) for each in root.iterfind(f"{_S}cellXfs/{_S}xf")])


def _is_drawn(border: etree._Element) -> bool:
    sides = (border.find(f"{_S}{name}") for name in _SIDES)
    return any(side is not None and side.get("style", "none") != "none" for side in sides)


def _style(element: etree._Element, codes: dict[int, str], borders: list[bool]) -> Style:
    format_id, border_id = (element.get(name, "0") for name in ("numFmtId", "borderId"))
    number = int(format_id) if format_id.isdigit() else 0
    code = codes.get(number) or BUILT_IN.get(number, "General")
    border = int(border_id) if border_id.isdigit() else 0
    return Style(code, border < len(borders) and borders[border])
