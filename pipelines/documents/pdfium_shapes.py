"""The shapes that pdfium finds on a page: filled areas, framed rectangles and strokes, and whether there is a picture.

Everything is in the page's own space; forms inside forms are followed. Does not belong here: which shape is a rule.
"""

import ctypes
from collections.abc import Callable, Iterator
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_WHITE = 250
"""Red, green and blue at least this light (of 255) are not seen on paper."""
_DEEPEST = 12
"""Forms inside forms are followed so far; pdfium itself gives up a little later."""
_ONE_OUTLINE = 5
"""A path of at most so many segments is one outline: a line, a rectangle, a triangle."""
_ONE_LINE = 2
"""A stroked path of so many segments is one line: what it covers is a thin area."""
_ALIGNED = 0.01

Row = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def simple(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of pdfium that takes pointers as plain numbers, which ctypes passes on much faster."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    prototype: Any = ctypes.PYFUNCTYPE(result, *arguments)
    made: Callable[..., Any] = prototype(address)
    return made


_VOID, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_object = simple(pdfium.FPDFPage_GetObject, _VOID, _VOID, _INT)
_form_object = simple(pdfium.FPDFFormObj_GetObject, _VOID, _VOID, ctypes.c_ulong)
_type = simple(pdfium.FPDFPageObj_GetType, _INT, _VOID)
_draw_mode = simple(pdfium.FPDFPath_GetDrawMode, _INT, _VOID, _VOID, _VOID)
_fill_color = simple(pdfium.FPDFPageObj_GetFillColor, _INT, _VOID, _VOID, _VOID, _VOID, _VOID)
_stroke_color = simple(pdfium.FPDFPageObj_GetStrokeColor, _INT, _VOID, _VOID, _VOID, _VOID, _VOID)
_count_segments = simple(pdfium.FPDFPath_CountSegments, _INT, _VOID)
_bounds = simple(pdfium.FPDFPageObj_GetBounds, _INT, _VOID, _VOID, _VOID, _VOID, _VOID)
_get_matrix = simple(pdfium.FPDFPageObj_GetMatrix, _INT, _VOID, _VOID)
_segment = simple(pdfium.FPDFPath_GetPathSegment, _VOID, _VOID, _INT)
_point = simple(pdfium.FPDFPathSegment_GetPoint, _INT, _VOID, _VOID, _VOID)
_segment_type = simple(pdfium.FPDFPathSegment_GetType, _INT, _VOID)
_closes = simple(pdfium.FPDFPathSegment_GetClose, _INT, _VOID)


class FoundShapes(NamedTuple):
    """Boxes as rows of two opposite corners, in the page's own space."""

    areas: list[Row]
    frames: list[Row]
    strokes: list[Row]
    has_picture: bool


def read_shapes(page: Any) -> FoundShapes:
    """Return the visible shapes of a loaded page."""
    reading = _Reading()
    handle = ctypes.cast(page, ctypes.c_void_p).value or 0
    reading.follow(list(map(_object, repeat(handle), range(pdfium.FPDFPage_CountObjects(page)))), _IDENTITY, 0)
    return FoundShapes(reading.areas, reading.frames, reading.strokes, reading.has_picture)


class _Reading:
    """The shapes while the objects of a page are gone through, and the memory that pdfium writes its answers to."""

    def __init__(self) -> None:
        self.areas: list[Row] = []
        self.frames: list[Row] = []
        self.strokes: list[Row] = []
        self.has_picture = False
        self.ints = (ctypes.c_int * 4)()
        self.floats = (ctypes.c_float * 6)()
        self.int_places = [ctypes.addressof(self.ints) + 4 * index for index in range(4)]
        self.float_places = [ctypes.addressof(self.floats) + 4 * index for index in range(6)]
        self.corners = self.float_places[:4]

    def follow(self, objects: list[int], matrix: Matrix, depth: int) -> None:
        for handle, kind in zip(objects, map(_type, objects), strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.path(handle, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.has_picture = True
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT))
                inner = list(map(_form_object, repeat(handle), range(max(count, 0))))
                self.follow(inner, _times(self.matrix(handle), matrix), depth + 1)

    def path(self, handle: int, matrix: Matrix) -> None:
        _draw_mode(handle, self.int_places[0], self.int_places[1])
        fill, stroke = self.ints[0], self.ints[1]
        if stroke and self.is_seen(_stroke_color, handle):
            if matrix is _IDENTITY and _count_segments(handle) == _ONE_LINE:
                self.areas.append(self.bounds(handle))
                return
            for outline in self.outlines(handle, matrix):
                self.outline(outline)
        elif fill and self.is_seen(_fill_color, handle):
            if matrix is _IDENTITY and _count_segments(handle) <= _ONE_OUTLINE:
                self.areas.append(self.bounds(handle))
            else:
                self.areas.extend(_around(outline) for outline in self.outlines(handle, matrix) if len(outline) > 1)

    def bounds(self, handle: int) -> Row:
        _bounds(handle, *self.corners)
        x0, y0, x1, y1, _, _ = self.floats
        return x0, y0, x1, y1

    def is_seen(self, color: Callable[..., int], handle: int) -> bool:
        if not color(handle, *self.int_places):
            return True
        red, green, blue, opacity = self.ints
        return opacity > 0 and min(red, green, blue) < _WHITE

    def matrix(self, handle: int) -> Matrix:
        _get_matrix(handle, self.float_places[0])
        a, b, c, d, e, f = self.floats
        return a, b, c, d, e, f

    def outline(self, points: list[Point]) -> None:
        if _is_rectangle(points):
            self.frames.append(_around(points))
        else:
            self.strokes.extend((xa, ya, xb, yb) for (xa, ya), (xb, yb) in pairwise(points))

    def outlines(self, handle: int, outer: Matrix) -> Iterator[list[Point]]:
        """Yield the points of each connected outline; the control points of curves are left out."""
        a, b, c, d, e, f = _times(self.matrix(handle), outer)
        points: list[Point] = []
        controls = 0
        for index in range(_count_segments(handle)):
            segment = _segment(handle, index)
            kind = _segment_type(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO and controls < 2:
                controls += 1
                continue
            controls = 0
            _point(segment, self.float_places[0], self.float_places[1])
            x, y = self.floats[0], self.floats[1]
            if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            points.append((a * x + c * y + e, b * x + d * y + f))
            if _closes(segment):
                points.append(points[0])
        if points:
            yield points


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _around(points: list[Point]) -> Row:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_rectangle(points: list[Point]) -> bool:
    """Whether the points go round a rectangle along the axes."""
    corners = [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]
    if len(corners) != 5 or corners[0] != corners[4]:
        return False
    steps = [(abs(xb - xa) > _ALIGNED, abs(yb - ya) > _ALIGNED) for (xa, ya), (xb, yb) in pairwise(corners)]
    return all(across != down for across, down in steps) and all(one != other for one, other in pairwise(steps))
