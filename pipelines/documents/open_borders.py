"""Borders that a table lacks: after a page break the top rule is often missing, and some tables have no sides.

Rules that end together without a rule across them are cut off by a border that was not drawn; here it is drawn.
"""

from collections.abc import Iterator

import numpy as np

from pipelines.documents.page_marks import Floats, boxes_of
from pipelines.documents.rules import is_horizontal

_TOGETHER = 3.0
"""Rules whose ends differ by no more than this (points) end together."""
_LEAST_RULES = 3
"""Fewer rules than this end together by chance."""
_LEAST_ROW = 6.0
"""A row or column that lacks its outer border is at least this wide (points)."""

_Border = tuple[float, float, float]
"""The constant coordinate, and where it begins and ends along the other."""


def with_missing_borders(rules: Floats) -> Floats:
    """Return the rules, and the outer borders of tables that are open on a side; collinear rules must be merged."""
    flat = is_horizontal(rules)
    down, across = rules[~flat][:, [0, 1, 3]], rules[flat][:, [1, 0, 2]]
    tops_and_bottoms = [(start, at, end, at) for at, start, end in _missing(down, across)]
    sides = [(at, start, at, end) for at, start, end in _missing(across, down)]
    return np.concatenate([rules, boxes_of([*tops_and_bottoms, *sides])])


def _missing(along: Floats, across: Floats) -> Iterator[_Border]:
    """Yield the borders across the ends of rules ``along`` that no rule ``across`` closes.

    Both are n × 3: the constant coordinate, and where the rule begins and ends.
    """
    for outwards, column in ((-1, 1), (1, 2)):
        order = np.argsort(along[:, column], kind="stable")
        ends, places = along[order, column], along[order, 0]
        for first, last in _together(ends):
            border = float(ends[first]), float(places[first:last].min()), float(places[first:last].max())
            if not _is_drawn(border, across) and _has_base(border, across, outwards):
                yield border


def _together(ends: Floats) -> Iterator[tuple[int, int]]:
    """Yield the ranges of sorted values that are near the first of them, if they are enough."""
    values, first = ends.tolist(), 0
    for index in range(1, len(values) + 1):
        if index == len(values) or values[index] - values[first] > _TOGETHER:
            if index - first >= _LEAST_RULES:
                yield first, index
            first = index


def _is_drawn(border: _Border, across: Floats) -> bool:
    at, start, end = border
    near = np.abs(across[:, 0] - at) <= _TOGETHER
    return bool((near & (across[:, 1] < end) & (across[:, 2] > start)).any())


def _has_base(border: _Border, across: Floats, outwards: int) -> bool:
    """Whether a rule of the border's whole length stands further inside: then the rules belong to one table."""
    at, start, end = border
    inside = (at - across[:, 0]) * outwards >= _LEAST_ROW
    return bool((inside & (across[:, 1] <= start + _TOGETHER) & (across[:, 2] >= end - _TOGETHER)).any())
