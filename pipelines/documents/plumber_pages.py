"""PDF pages through pdfplumber: the second engine, which shares no code with pdfium.

Does not belong here: what is a rule, a line of text or a cell.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pdfplumber

from pipelines.documents.page_marks import UNKNOWN, Floats, Glyphs, PageMarks, Shapes, bodies, boxes_of

_WHITE = 0.98
"""Grey and RGB components at least this light are not seen on paper."""
_SLANT = 0.2
"""Text whose direction rises by less than this part of its length is upright."""


class PlumberPages:
    """An open PDF; raise ``pdfplumber``'s PdfminerException if it cannot be opened."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pdfplumber.open(io.BytesIO(data))
        self._pages = self._pdf.pages

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def page(self, index: int) -> PageMarks:
        """Read a page, counted from 0; raise whatever pdfminer raises."""
        page = self._pages[index]
        try:
            return _read_page(page)
        finally:
            page.close()

    def close(self) -> None:
        """Release the file."""
        self._pdf.close()


def _read_page(page: Any) -> PageMarks:
    left, top = (max(float(page.bbox[i]), float(page.cropbox[i])) for i in (0, 1))
    right, bottom = (min(float(page.bbox[i]), float(page.cropbox[i])) for i in (2, 3))
    shift = np.array([left, top, left, top])
    shapes = _shapes([*page.lines, *page.rects, *page.curves])
    moved = Shapes(shapes.areas - shift, shapes.frames - shift, shapes.strokes - shift)
    glyphs = _glyphs(page.chars, float(page.bbox[3]))
    return PageMarks(right - left, bottom - top, glyphs._replace(boxes=glyphs.boxes - shift), moved, bool(page.images))


def _glyphs(chars: Iterable[dict[str, Any]], foot: float) -> Glyphs:
    """Return the characters; ``foot`` is where the page ends at the bottom."""
    drawn = [(code, char) for char in chars for code in _codes(char["text"])]
    boxes = boxes_of([(char["x0"], char["top"], char["x1"], char["bottom"]) for _, char in drawn])
    sizes = np.array([_size(char) for _, char in drawn], np.float64)
    bases = np.array([foot - char["matrix"][5] for _, char in drawn], np.float64)
    upright = np.array([_is_upright(*char["matrix"][:4]) for _, char in drawn], np.bool_)
    codes = np.array([code for code, _ in drawn], np.uint32)
    return Glyphs(codes, bodies(boxes, bases, sizes, upright), sizes)


def _codes(text: str) -> list[int]:
    """Return the codes of what a character stands for: one, or those of the letters of a ligature."""
    return [UNKNOWN] if text.startswith("(cid:") else [ord(letter) or UNKNOWN for letter in text]


def _size(char: dict[str, Any]) -> float:
    upright = _is_upright(*char["matrix"][:4])
    return float(char["size"] if upright else max(char["width"], char["height"]))


def _is_upright(a: float, b: float, c: float, d: float) -> bool:
    return a > 0 and d > 0 and abs(b) < _SLANT * a and abs(c) < _SLANT * d


def _shapes(shapes: Iterable[dict[str, Any]]) -> Shapes:
    areas: list[tuple[float, ...]] = []
    frames: list[tuple[float, ...]] = []
    strokes: list[tuple[float, ...]] = []
    for shape in shapes:
        box = shape["x0"], shape["top"], shape["x1"], shape["bottom"]
        if shape.get("stroke") and not _is_white(shape.get("stroking_color")):
            if shape["object_type"] == "rect":
                frames.append(box)
            else:
                strokes.extend(_pieces(shape))
        elif shape.get("fill") and not _is_white(shape.get("non_stroking_color")):
            areas.append(box)
    return Shapes(_array(areas), _array(frames), _array(strokes))


def _array(rows: list[tuple[float, ...]]) -> Floats:
    return boxes_of(rows)


def _pieces(shape: dict[str, Any]) -> Iterator[tuple[float, ...]]:
    for (xa, ya), (xb, yb) in pairwise(shape.get("pts") or []):
        yield min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def _is_white(color: Any) -> bool:
    if isinstance(color, int | float):
        color = (color,)
    if not isinstance(color, list | tuple) or not all(isinstance(part, int | float) for part in color):
        return False
    if len(color) == 4:
        return bool(max(color) <= 1 - _WHITE)
    return bool(color) and bool(min(color) >= _WHITE)
