"""Characters on a page, and the lines of text they form.

Belongs here: which characters are really shown, and how they join into lines inside a cell or on a page. Does not
belong here: which cell they stand in, or which lines make a paragraph.
"""

from typing import NamedTuple

import numpy as np

from pipelines.documents.model import Box
from pipelines.documents.page_marks import UNKNOWN, Flags, Floats, Glyphs, Ints

_TWICE = 1.0
"""Two equal characters closer than this (points) are one, drawn twice to look bold."""
_SAME_LINE = 0.45
"""Middles of neighbours on one line differ by less than this part of the character size."""
_SPACE = 0.49
"""A gap wider than this part of the character size is read as a space: half a character, less what rounding takes."""
_APART = 0.5
"""A gap wider than this part of the character size may lie between two columns."""
_WIDEST = 1e5
"""Points; no page is as wide."""
_LAST_SPACE = 0x3000
_IS_SPACE = np.array([chr(code).isspace() or code < 32 for code in range(_LAST_SPACE + 2)])


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


class Piece(NamedTuple):
    """Characters on one height without a wide gap between them."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def middle(self) -> float:
        """The height of the middle of the characters."""
        return (self.y0 + self.y1) / 2


class TextLines(NamedTuple):
    """Lines of text in order of owner, then from top to bottom."""

    texts: list[str]
    owners: Ints
    """Which cell, or which other whole, each line belongs to."""
    boxes: Floats
    """n × 4: left, top, right, bottom."""
    sizes: Floats
    """The largest character of each line."""


def middles(glyphs: Glyphs) -> tuple[Floats, Floats]:
    """Return the points, across and down, that decide which cell characters belong to."""
    return (glyphs.boxes[:, 0] + glyphs.boxes[:, 2]) / 2, (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2


def shown(glyphs: Glyphs, width: float, height: float) -> Glyphs:
    """Return the characters whose middle is on the page, each once even if drawn twice."""
    x, y = middles(glyphs)
    on_page = (x >= 0) & (x <= width) & (y >= 0) & (y <= height)
    found = glyphs if on_page.all() else glyphs.take(on_page)
    repeated = _is_repeated(found)
    return found.take(~repeated) if repeated.any() else found


def unknown_count(glyphs: Glyphs) -> int:
    """Return how many characters are drawn without saying which they are."""
    return int((glyphs.codes == UNKNOWN).sum())


def _is_repeated(glyphs: Glyphs) -> Flags:
    """Mark characters that stand where an equal one was drawn before."""
    count = len(glyphs.codes)
    repeated = np.zeros(count, np.bool_)
    lefts, tops = glyphs.boxes[:, 0], glyphs.boxes[:, 1]
    places = glyphs.codes * _WIDEST + lefts
    order = np.argsort(places, kind="stable")
    places = places[order]
    for step in range(1, count):
        near = np.flatnonzero(places[step:] - places[:-step] < _TWICE)
        if not len(near):
            break
        one, other = order[near], order[near + step]
        same = np.abs(tops[other] - tops[one]) < _TWICE
        repeated[np.maximum(one, other)[same]] = True
    return repeated


def lines_of(glyphs: Glyphs, owners: Ints) -> TextLines:
    """Return the lines of every owner; white space between words is one space.

    Args:
        glyphs: n characters, in any order.
        owners: n numbers; characters of different owners never share a line.
    """
    is_space = _IS_SPACE[np.minimum(glyphs.codes, _LAST_SPACE + 1)]
    visible = np.flatnonzero(~is_space)
    if not len(visible):
        return TextLines([], np.zeros(0, np.int64), np.zeros((0, 4)), np.zeros(0))
    inked, owned, line = _in_lines(glyphs.take(visible), owners[visible])
    begins = np.flatnonzero(np.diff(line, prepend=-1))
    boxes = _around(inked.boxes, begins)
    line_owners = owned[begins]
    spaced = _wide_gaps(inked)
    printed = np.flatnonzero(is_space)
    if len(printed):
        spaced |= _printed_gaps(glyphs.take(printed), owners[printed], inked, line_owners, boxes, begins)
    texts = _texts(inked.codes, begins, spaced)
    return TextLines(texts, line_owners, boxes, np.maximum.reduceat(inked.sizes, begins))


def pieces_of(glyphs: Glyphs) -> list[list[Piece]]:
    """Return the lines from top to bottom, each cut at its wide gaps into pieces from left to right."""
    visible = np.flatnonzero(~_IS_SPACE[np.minimum(glyphs.codes, _LAST_SPACE + 1)])
    if not len(visible):
        return []
    inked, _, line = _in_lines(glyphs.take(visible), np.zeros(len(visible), np.int64))
    breaks = _wide_gaps(inked, _APART) | (np.diff(line, prepend=-1) > 0)
    begins = np.flatnonzero(breaks)
    texts = _texts(inked.codes, begins, np.zeros(len(inked.codes), np.bool_))
    lines: list[list[Piece]] = [[] for _ in range(int(line[-1]) + 1)]
    for number, text, box in zip(line[begins].tolist(), texts, _around(inked.boxes, begins).tolist(), strict=True):
        lines[number].append(Piece(text, *box))
    return lines


def _in_lines(glyphs: Glyphs, owners: Ints) -> tuple[Glyphs, Ints, Ints]:
    """Return the characters in reading order, their owners, and the number of the line of each."""
    middle = (glyphs.boxes[:, 1] + glyphs.boxes[:, 3]) / 2
    order = np.lexsort((middle, owners))
    middle, owned, sizes = middle[order], owners[order], glyphs.sizes[order]
    smaller = np.minimum(sizes[1:], sizes[:-1])
    breaks = (owned[1:] != owned[:-1]) | (np.diff(middle) > _SAME_LINE * smaller)
    line = np.concatenate([[0], np.cumsum(breaks)])
    across = np.lexsort((glyphs.boxes[order, 0], line))
    order = order[across]
    return glyphs.take(order), owners[order], line[across]


def _around(boxes: Floats, begins: Ints) -> Floats:
    low, high = np.minimum.reduceat(boxes[:, :2], begins), np.maximum.reduceat(boxes[:, 2:], begins)
    return np.concatenate([low, high], axis=1)


def _wide_gaps(glyphs: Glyphs, widest: float = _SPACE) -> Flags:
    """Mark characters far right of the one before."""
    gaps = glyphs.boxes[1:, 0] - glyphs.boxes[:-1, 2]
    wide = gaps > widest * np.minimum(glyphs.sizes[1:], glyphs.sizes[:-1])
    return np.concatenate([[False], wide])


def _printed_gaps(
    spaces: Glyphs, space_owners: Ints, inked: Glyphs, line_owners: Ints, boxes: Floats, begins: Ints
) -> Flags:
    """Mark characters before which a space is printed, between the middles of two characters of a line."""
    marked = np.zeros(len(inked.codes), np.bool_)
    ends = np.append(begins[1:], len(inked.codes))
    across = (inked.boxes[:, 0] + inked.boxes[:, 2]) / 2
    x, y = middles(spaces)
    for owner, left, down in zip(space_owners.tolist(), x.tolist(), y.tolist(), strict=True):
        first, last = np.searchsorted(line_owners, (owner, owner + 1))
        on = (boxes[first:last, 1] <= down) & (down <= boxes[first:last, 3])
        for line in (first + np.flatnonzero(on)).tolist():
            begin, end = int(begins[line]), int(ends[line])
            place = begin + int(np.searchsorted(across[begin:end], left, "right"))
            if begin < place < end:
                marked[place] = True
    return marked


def _texts(codes: "np.ndarray[tuple[int], np.dtype[np.uint32]]", begins: Ints, spaced: Flags) -> list[str]:
    """Return the text of each line of characters in reading order."""
    breaks = np.zeros(len(codes), np.bool_)
    breaks[begins] = True
    before = np.flatnonzero(breaks | spaced)
    separators = np.where(breaks[before], ord("\n"), ord(" ")).astype(np.uint32)
    text = np.insert(codes, before, separators).astype("<u4").tobytes().decode("utf-32-le", "replace")
    return text[1:].split("\n")
