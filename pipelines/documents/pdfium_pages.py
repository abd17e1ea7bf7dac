"""PDF pages through pdfium: the fast engine, asked by its C functions for whole arrays.

Each call into pdfium costs more than what it does, so as few as possible are made: codes come in one call a page, and
what depends on the font is asked for once in a run of characters of equal height. Does not belong here: what is a
rule, a line of text or a cell.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from pipelines.documents.page_marks import (
    NO_GLYPHS,
    UNKNOWN,
    Flags,
    Floats,
    Glyphs,
    Ints,
    PageMarks,
    Shapes,
    bodies,
    boxes_of,
)
from pipelines.documents.pdfium_shapes import read_shapes, simple

_HYPHENS = (0x2, 0xFFFE)
"""Codes by which pdfium marks a hyphen at the end of a line."""
_SLANT = 0.2
"""Text whose direction rises by less than this part of its length is upright."""

_loose_box = simple(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_matrix = simple(pdfium.FPDFText_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_font_size = simple(pdfium.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_is_generated = simple(pdfium.FPDFText_IsGenerated, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_has_no_name = simple(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_unicode = simple(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)


class PdfiumPages:
    """An open PDF; raise ``pypdfium2.PdfiumError`` if pdfium cannot open it."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document)

    def page(self, index: int) -> PageMarks:
        """Read a page, counted from 0; raise ``pypdfium2.PdfiumError`` if pdfium cannot load it."""
        page = pdfium.FPDF_LoadPage(self._document.raw, index)
        if not page:
            raise pypdfium2.PdfiumError("the page cannot be loaded")
        try:
            return _read_page(page)
        finally:
            pdfium.FPDF_ClosePage(page)

    def close(self) -> None:
        """Release the file."""
        self._document.close()


class _View(NamedTuple):
    """How the page is displayed: the part of its own space that is shown, and the quarter turns clockwise."""

    left: float
    bottom: float
    width: float
    height: float
    turns: int

    def points(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Return where points of the page's own space are displayed."""
        x, y = x - self.left, y - self.bottom
        if self.turns == 1:
            return y, x
        if self.turns == 2:
            return self.width - x, y
        if self.turns == 3:
            return self.height - y, self.width - x
        return x, self.height - y

    def boxes(self, corners: Floats) -> Floats:
        """Return displayed boxes of rows x, y, x, y that are any two opposite corners."""
        if not len(corners):
            return corners
        xa, ya = self.points(corners[:, 0], corners[:, 1])
        xb, yb = self.points(corners[:, 2], corners[:, 3])
        return np.stack([np.minimum(xa, xb), np.minimum(ya, yb), np.maximum(xa, xb), np.maximum(ya, yb)], axis=1)


def _view(page: Any) -> _View:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    turns = int(pdfium.FPDFPage_GetRotation(page))
    return _View(box.left, box.bottom, box.right - box.left, box.top - box.bottom, turns)


def _read_page(page: Any) -> PageMarks:
    view = _view(page)
    size = (view.height, view.width) if view.turns % 2 else (view.width, view.height)
    found = read_shapes(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        raise pypdfium2.PdfiumError("the text of the page cannot be loaded")
    try:
        glyphs = _read_glyphs(text_page, view)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    shapes = Shapes(*(view.boxes(boxes_of(rows)) for rows in (found.areas, found.frames, found.strokes)))
    return PageMarks(*size, glyphs, shapes, found.has_picture)


def _read_glyphs(text_page: Any, view: _View) -> Glyphs:
    text = ctypes.cast(text_page, ctypes.c_void_p).value or 0
    codes = _codes(text_page, text)
    drawn = _drawn(text, codes)
    if not len(drawn):
        return NO_GLYPHS
    corners = np.zeros((len(drawn), 4), np.float32)
    _fill(_loose_box, text, drawn, corners)
    boxes = view.boxes(corners.astype(np.float64))
    first, kind = _kinds(boxes)
    matrices = np.zeros((len(first), 6), np.float32)
    _fill(_matrix, text, drawn[first], matrices)
    sizes = np.fromiter(map(_font_size, repeat(text), drawn[first].tolist()), np.float64, len(first))
    named = _named(codes[drawn], text, drawn, first)
    return _placed(named, boxes, matrices.astype(np.float64), sizes, kind, view)


def _codes(text_page: Any, text: int) -> NDArray[np.uint32]:
    """Return the code of every character; the fast way gives none where a character is long or has no code."""
    count = max(int(pdfium.FPDFText_CountChars(text_page)), 0)
    buffer = np.zeros(count + 1, np.uint16)
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    codes = buffer[:count].astype(np.uint32)
    if written != count + 1 or ((codes >= 0xD800) & (codes < 0xE000)).any():
        return np.fromiter(map(_unicode, repeat(text), range(count)), np.uint32, count)
    return codes


def _drawn(text: int, codes: NDArray[np.uint32]) -> Ints:
    """Return the indices of the characters that are on the page, not made up by pdfium to separate words."""
    is_drawn = codes > 32
    maybe = np.flatnonzero((codes == 32) | (codes == 0))
    made_up = np.fromiter(map(_is_generated, repeat(text), maybe.tolist()), np.int64, len(maybe))
    is_drawn[maybe] = made_up != 1
    is_drawn |= codes == _HYPHENS[0]
    return np.flatnonzero(is_drawn)


def _fill(function: Callable[..., int], text: int, which: Ints, rows: NDArray[np.float32]) -> None:
    """Let pdfium write what it knows of each character into its row."""
    start, step = rows.ctypes.data, rows.strides[0]
    deque(map(function, repeat(text), which.tolist(), range(start, start + step * len(which), step)), maxlen=0)


def _kinds(boxes: Floats) -> tuple[Ints, Ints]:
    """Return one character for each height and place of line, and which of them each character is like.

    Characters whose boxes begin and end at exactly the same heights stand on one line, in one font and size.
    """
    heights = boxes[:, 1::2].astype(np.float32).view(np.uint64).ravel()
    _, first, kind = np.unique(heights, return_index=True, return_inverse=True)
    return first, kind


def _named(codes: NDArray[np.uint32], text: int, drawn: Ints, first: Ints) -> NDArray[np.uint32]:
    """Return the codes with those that are none replaced; where a sample has none, all are asked."""
    codes[(codes == _HYPHENS[0]) | (codes == _HYPHENS[1])] = ord("-")
    _, samples = np.unique(codes, return_index=True)
    asked = drawn[np.union1d(first, samples)]
    if any(error == 1 for error in map(_has_no_name, repeat(text), asked.tolist())):
        errors = np.fromiter(map(_has_no_name, repeat(text), drawn.tolist()), np.int64, len(drawn))
        codes[errors == 1] = UNKNOWN
    codes[codes == 0] = UNKNOWN
    return codes


def _placed(
    codes: NDArray[np.uint32], boxes: Floats, matrices: Floats, sizes: Floats, kind: Ints, view: _View
) -> Glyphs:
    """Put the characters where they are displayed; ``matrices`` and ``sizes`` have one entry for each kind."""
    a, b, c, d, e, f = matrices.T
    sizes = np.abs(sizes) * np.hypot(c, d)
    origin = view.points(e, f)
    ahead = view.points(e + a, f + b)
    above = view.points(e + c, f + d)
    upright = _leads(ahead[0] - origin[0], ahead[1] - origin[1]) & _leads(origin[1] - above[1], above[0] - origin[0])
    return Glyphs(codes, bodies(boxes, origin[1][kind], sizes[kind], upright[kind]), sizes[kind])


def _leads(forward: Floats, sideways: Floats) -> Flags:
    return (forward > 0) & (np.abs(sideways) < _SLANT * forward)
