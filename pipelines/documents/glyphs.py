"""Characters on a page, and the lines of text they form.

Belongs here: which characters are really shown, and how they join into lines inside a cell or on a page. Does not
belong here: which cell they stand in, or which lines make a paragraph.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pipelines.documents.model import Box

_TWICE = 1.0
"""Two equal characters closer than this (points) are one, drawn twice to look bold."""
UNKNOWN = "\ufffd"
"""Stands for a character that is drawn without saying which character it is."""
_SAME_LINE = 0.45
"""Middles of neighbours on one line differ by less than this part of the character size."""
_SPACE = 0.5
"""A gap wider than this part of the character size is read as a space."""


class Glyph(NamedTuple):
    """One character and where it is shown, in points from the top left of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point that decides which cell the character belongs to."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Line(NamedTuple):
    """Characters on one height, as text."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def box(self) -> Box:
        """The rectangle around the line."""
        return Box(self.x0, self.top, self.x1, self.bottom)


def shown_glyphs(chars: Iterable[dict[str, Any]], box: Box) -> list[Glyph]:
    """Return pdfplumber's characters whose middle is inside ``box``, each once even if drawn twice."""
    seen: dict[str, list[tuple[float, float]]] = defaultdict(list)
    shown = []
    for char in chars:
        text = UNKNOWN if char["text"].startswith("(cid:") else char["text"]
        glyph = Glyph(text, char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        x, y = glyph.middle
        if not (box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1):
            continue
        places = seen[glyph.text]
        if any(abs(glyph.x0 - left) < _TWICE and abs(glyph.top - top) < _TWICE for left, top in places):
            continue
        places.append((glyph.x0, glyph.top))
        shown.append(glyph)
    return shown


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines from top to bottom; white space between words is one space."""
    visible = sorted((glyph for glyph in glyphs if not glyph.text.isspace()), key=lambda glyph: glyph.middle[1])
    rows: list[list[Glyph]] = []
    for glyph in visible:
        if rows and _is_same_line(rows[-1][-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    spaces = [glyph for glyph in glyphs if glyph.text.isspace()]
    return [_line(sorted(row, key=lambda glyph: glyph.x0), spaces) for row in rows]


def _is_same_line(above: Glyph, glyph: Glyph) -> bool:
    return glyph.middle[1] - above.middle[1] <= _SAME_LINE * min(above.size, glyph.size)


def _line(row: list[Glyph], spaces: list[Glyph]) -> Line:
    top, bottom = min(glyph.top for glyph in row), max(glyph.bottom for glyph in row)
    printed = [space.middle[0] for space in spaces if top <= space.middle[1] <= bottom]
    parts = [row[0].text]
    for before, glyph in pairwise(row):
        is_wide = glyph.x0 - before.x1 > _SPACE * min(before.size, glyph.size)
        if is_wide or any(before.middle[0] < x < glyph.middle[0] for x in printed):
            parts.append(" ")
        parts.append(glyph.text)
    size = max(glyph.size for glyph in row)
    return Line("".join(parts), row[0].x0, top, max(glyph.x1 for glyph in row), bottom, size)


def text_of(glyphs: Sequence[Glyph]) -> str:
    """Return the text of a cell: its lines, separated by line breaks."""
    return "\n".join(line.text for line in lines_of(glyphs))
