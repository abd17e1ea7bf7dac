"""Ruling lines: which of the shapes drawn on a page are rules of a table.

A rule is what a person sees as a line: a stroked line, the border of a stroked rectangle, or a thin filled rectangle.
A filled area is shading, white is not seen, and a shape along the border of the page is the page itself.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pipelines.documents.model import Box

_THIN = 4.0
"""A filled rectangle no thicker than this (points) is a rule."""
_PAGE_BORDER = 1.5
"""A rule closer than this (points) to the border of the page is the page's own frame or clip."""
_WHITE = 0.98
"""Grey and RGB components at least this light are not seen on paper."""


class Rule(NamedTuple):
    """A horizontal or vertical line without thickness, in points from the top left of the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether the rule runs from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0

    def edge(self) -> dict[str, Any]:
        """Return the rule as the edge that pdfplumber's table functions take."""
        return {
            "object_type": "line",
            "orientation": "h" if self.is_horizontal else "v",
            "x0": self.x0,
            "x1": self.x1,
            "top": self.y0,
            "bottom": self.y1,
            "width": self.x1 - self.x0,
            "height": self.y1 - self.y0,
        }


def visible_rules(shapes: Iterable[dict[str, Any]], page: Box) -> list[Rule]:
    """Return the rules among pdfplumber's lines, rectangles and curves, cut to the page."""
    rules = []
    for shape in shapes:
        for rule in _rules_of(shape):
            cut = _cut(rule, page)
            if cut is not None:
                rules.append(cut)
    return rules


def _rules_of(shape: dict[str, Any]) -> Iterator[Rule]:
    if shape.get("stroke") and not _is_white(shape.get("stroking_color")):
        yield from _outline(shape)
    elif shape.get("fill") and not _is_white(shape.get("non_stroking_color")):
        yield from _thin_area(shape)


def _is_white(color: Any) -> bool:
    if isinstance(color, int | float):
        color = (color,)
    if not isinstance(color, list | tuple) or not all(isinstance(part, int | float) for part in color):
        return False
    if len(color) == 4:
        return bool(max(color) <= 1 - _WHITE)
    return bool(color) and bool(min(color) >= _WHITE)


def _outline(shape: dict[str, Any]) -> Iterator[Rule]:
    points = shape.get("pts") or []
    if shape["object_type"] == "rect" or len(points) < 2:
        yield from _border(Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"]))
        return
    for (xa, ya), (xb, yb) in pairwise(points):
        if abs(xa - xb) < 1 or abs(ya - yb) < 1:
            yield _straight(Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))


def _border(box: Box) -> Iterator[Rule]:
    if min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN:
        yield _straight(box)
        return
    yield Rule(box.x0, box.y0, box.x1, box.y0)
    yield Rule(box.x0, box.y1, box.x1, box.y1)
    yield Rule(box.x0, box.y0, box.x0, box.y1)
    yield Rule(box.x1, box.y0, box.x1, box.y1)


def _thin_area(shape: dict[str, Any]) -> Iterator[Rule]:
    box = Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])
    if min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN:
        yield _straight(box)


def _straight(box: Box) -> Rule:
    """Return the middle line of a long thin box."""
    if box.x1 - box.x0 >= box.y1 - box.y0:
        y = (box.y0 + box.y1) / 2
        return Rule(box.x0, y, box.x1, y)
    x = (box.x0 + box.x1) / 2
    return Rule(x, box.y0, x, box.y1)


def _cut(rule: Rule, page: Box) -> Rule | None:
    """Return the part of the rule that is on the page, or None if it is off the page or the page's own border."""
    cut = Rule(max(rule.x0, page.x0), max(rule.y0, page.y0), min(rule.x1, page.x1), min(rule.y1, page.y1))
    if cut.x0 > cut.x1 or cut.y0 > cut.y1:
        return None
    if cut.is_horizontal:
        is_border = min(cut.y0 - page.y0, page.y1 - cut.y0) < _PAGE_BORDER
    else:
        is_border = min(cut.x0 - page.x0, page.x1 - cut.x0) < _PAGE_BORDER
    return None if is_border else cut
