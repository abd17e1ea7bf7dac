"""One scanned page: its tables cell by cell, and the lines of text around them.

Every cell of a ruled table is recognised on its own, so that no number runs into its neighbour's. Characters are kept
as recognised; only the width of digits and the blanks between them are made plain, which changes no value: a comma
that may have been a point stays a comma. Belongs here: the order of the steps for one picture of a page. Does not
belong here: where the picture comes from (``scan``).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.documents import ocr
from pipelines.documents.glyphs import Line
from pipelines.documents.model import Box
from pipelines.documents.ocr import Area, Picture, Recognised
from pipelines.documents.page_grid import PageCell, PageGrid, blank_grids
from pipelines.documents.scan_image import Straight, ruling_lines, straightened
from pipelines.documents.scan_lines import InkLine, bands, cut, joined, usual_height

_RULE = 1.0
"""Points; half a ruling line and what blurs from it."""
_FULL = 1.0
"""Characters of room that a full line leaves at most, besides the padding of the cell."""
_PADDING = 12.0
_CERTAIN = 0.5
"""A line outside tables that is recognised with less on average is a seal, a signature or a drawing."""
_INK_OF_SIZE = 0.9
"""Height of the ink of a line of Chinese characters, as a part of the font size."""
_SIMILAR = 0.2
_PAGE_NUMBER = re.compile(r"[-—–−一ー]+\s*(\d{1,4})\s*[-—–−一ー]+")
"""The dashes around a page number are easily taken for the character 一."""
_NUMERIC = re.compile(r"[-+−–—]?[¥￥]?[\d.,，．\s]*\d[\d.,，．\s]*[%％]?")


class ScannedPage(NamedTuple):
    """What was recognised on a page, from top to bottom, on the page laid straight."""

    items: tuple[Line | PageGrid, ...]
    width: float
    height: float
    tilt: float
    """Degrees, see ``scan_image.displayed_box``."""


class _CellInk(NamedTuple):
    cell: PageCell
    area: Area
    lines: list[InkLine]


def read_picture(grey: Picture, dpi: float, page_no: int) -> ScannedPage:
    """Read a picture of a page; ``dpi`` says how large it is displayed."""
    page = straightened(grey, dpi)
    grids = blank_grids(ruling_lines(page), page_no)
    items: list[Line | PageGrid] = [*_outside(page, grids), *_filled(page, grids)]
    items.sort(key=lambda item: item.top if isinstance(item, Line) else item.box.y0)
    return ScannedPage(tuple(items), *page.size, page.tilt)


def plain(text: str) -> str:
    """Return a recognised text with blanks made plain; in numbers, full-width digits and marks become narrow."""
    text = re.sub(r"\s+", " ", text).strip()
    if _NUMERIC.fullmatch(text):
        text = unicodedata.normalize("NFKC", text).replace(" ", "")
    return text


def _with_dashes(text: str) -> str:
    found = _PAGE_NUMBER.fullmatch(text)
    return f"— {found.group(1)} —" if found else text


def _filled(page: Straight, grids: Sequence[PageGrid]) -> list[PageGrid]:
    """Return the grids with the text of every cell; all cells of a page are recognised together."""
    inks = [[_cell_ink(page, cell) for cell in grid.cells] for grid in grids]
    usual = usual_height(page, [ink.lines for row in inks for ink in row])
    inks = [[ink._replace(lines=joined(ink.lines, usual)) for ink in row] for row in inks]
    cuts = [cut(page, line, ink.area) for row in inks for ink in row for line in ink.lines]
    texts = iter(ocr.recognise(cuts))
    return [
        grid._replace(cells=tuple(_cell(page, ink, [next(texts) for _ in ink.lines]) for ink in row))
        for grid, row in zip(grids, inks, strict=True)
    ]


def _cell_ink(page: Straight, cell: PageCell) -> _CellInk:
    inset = page.pixels(_RULE)
    x0, y0, x1, y1 = (round(each * page.dpi / 72) for each in cell.box)
    area = Area(x0 + inset, y0 + inset, max(x1 - inset, x0 + inset + 1), max(y1 - inset, y0 + inset + 1))
    return _CellInk(cell, area, bands(page, area))


def _cell(page: Straight, ink: _CellInk, lines: Sequence[Recognised]) -> PageCell:
    printed = [line for line in lines if line.text.strip()]
    text = "\n".join(plain(line.text) for line in printed)
    certain = min((line.confidence for line in printed), default=0.0 if lines else 1.0)
    return ink.cell._replace(text=text, is_full=_is_full(page, ink), confidence=round(certain, 4))


def _is_full(page: Straight, ink: _CellInk) -> bool:
    if not ink.lines:
        return False
    last = ink.lines[-1]
    box = ink.cell.box
    room = box.x1 - box.x0 - page.points(last.area.x1 - last.area.x0)
    return room < _FULL * page.points(last.height) / _INK_OF_SIZE + _PADDING


def _outside(page: Straight, grids: Sequence[PageGrid]) -> list[Line]:
    """Return the lines of text outside all tables."""
    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in grids:
        x0, y0, x1, y1 = (page.pixels(each) for each in grid.box)
        edge = page.pixels(_RULE)
        where = np.s_[max(y0 - edge, 0) : y1 + edge, max(x0 - edge, 0) : x1 + edge]
        grey[where], ink[where] = 255, 0
    if not ink.any():
        return []
    rest = page._replace(grey=grey, ink=ink)
    found = [area for area in (_tight(rest, area) for area in ocr.find_lines(grey, page.dpi)) if area is not None]
    texts = ocr.recognise([cut(rest, InkLine(area), _whole(rest)) for area in found])
    pieces = [
        (area, _with_dashes(plain(text.text)))
        for area, text in zip(found, texts, strict=True)
        if text.text.strip() and text.confidence >= _CERTAIN * _CERTAIN
    ]
    return list(_lines(page, pieces))


def _whole(page: Straight) -> Area:
    return Area(0, 0, page.grey.shape[1], page.grey.shape[0])


def _tight(page: Straight, area: Area) -> Area | None:
    """Return the rectangle around the ink of an area, or None if it has none."""
    ys, xs = np.nonzero(page.ink[area.y0 : area.y1, area.x0 : area.x1])
    if not len(ys):
        return None
    return Area(
        area.x0 + int(xs.min()), area.y0 + int(ys.min()), area.x0 + int(xs.max()) + 1, area.y0 + int(ys.max()) + 1
    )


def _lines(page: Straight, pieces: Sequence[tuple[Area, str]]) -> Iterator[Line]:
    """Put pieces on one height together; sizes that hardly differ are made equal."""
    sizes = _even_sizes([page.points(area.y1 - area.y0) / _INK_OF_SIZE for area, _ in pieces])
    rows: list[list[Line]] = []
    for (area, text), size in sorted(zip(pieces, sizes, strict=True), key=lambda each: each[0][0].y0 + each[0][0].y1):
        box = Box(*(page.points(each) for each in area))
        line = Line(text, *box, size)
        if rows and _is_beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
        text = " ".join(line.text for line in row)
        top, bottom = min(line.top for line in row), max(line.bottom for line in row)
        yield Line(text, row[0].x0, top, max(line.x1 for line in row), bottom, max(line.size for line in row))


def _is_beside(one: Line, other: Line) -> bool:
    apart = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return apart < 0.45 * min(one.bottom - one.top, other.bottom - other.top) + 1.0


def _even_sizes(sizes: list[float]) -> list[float]:
    usual = float(np.median(sizes)) if sizes else 0.0
    return [usual if abs(size - usual) <= _SIMILAR * usual else size for size in sizes]
