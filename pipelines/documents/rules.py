"""Ruling lines: which of the shapes drawn on a page are rules of a table.

A rule is what a person sees as a line: a stroked line, the border of a stroked rectangle, or a thin filled rectangle.
A filled area is shading, and a shape along the border of the page is the page itself. Rules are n × 4 arrays: left,
top, right, bottom; a horizontal rule has no height, a vertical one no width.
"""

from typing import NamedTuple

import numpy as np

from pipelines.documents.page_marks import Flags, Floats, Ints, Shapes, boxes_of

SNAP = 3.0
"""Rules closer than this (points) are one rule, and rules that miss each other by less still cross."""
_THIN = 4.0
"""A filled rectangle no thicker than this (points) is a rule."""
_STRAIGHT = 1.0
"""A stroke that rises by less than this (points) is horizontal."""
_PAGE_BORDER = 1.5
"""A rule closer than this (points) to the border of the page is the page's own frame or clip."""


class Rule(NamedTuple):
    """One rule by itself, as a row of such an array."""

    x0: float
    y0: float
    x1: float
    y1: float


def is_horizontal(rules: Floats) -> Flags:
    """Return which rules run from left to right."""
    return np.asarray(rules[:, 2] - rules[:, 0] >= rules[:, 3] - rules[:, 1])


def visible_rules(shapes: Shapes, width: float, height: float) -> Floats:
    """Return the rules among the shapes of a page of this size, cut to the page."""
    if not any(map(len, shapes)):
        return boxes_of([])
    thin_frames = _thickness(shapes.frames) <= _THIN
    straight = np.concatenate(
        [
            shapes.areas[_thickness(shapes.areas) <= _THIN],
            shapes.frames[thin_frames],
            shapes.strokes[_thickness(shapes.strokes) < _STRAIGHT],
        ]
    )
    return _cut(np.concatenate([_middle_lines(straight), _borders(shapes.frames[~thin_frames])]), width, height)


def _thickness(boxes: Floats) -> Floats:
    return np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])


def _middle_lines(boxes: Floats) -> Floats:
    """Return the middle lines of long thin boxes."""
    lines = boxes.copy()
    flat = is_horizontal(boxes)
    lines[flat, 1] = lines[flat, 3] = (boxes[flat, 1] + boxes[flat, 3]) / 2
    lines[~flat, 0] = lines[~flat, 2] = (boxes[~flat, 0] + boxes[~flat, 2]) / 2
    return lines


def _borders(boxes: Floats) -> Floats:
    return np.concatenate([boxes[:, sides] for sides in ([0, 1, 2, 1], [0, 3, 2, 3], [0, 1, 0, 3], [2, 1, 2, 3])])


def _cut(rules: Floats, width: float, height: float) -> Floats:
    """Return the parts of rules that are on the page, less those along its border."""
    cut = np.clip(rules, 0.0, np.array([width, height, width, height]))
    outside = (rules[:, 2] < 0) | (rules[:, 3] < 0) | (rules[:, 0] > width) | (rules[:, 1] > height)
    flat = is_horizontal(rules)
    at = np.where(flat, cut[:, 1], cut[:, 0])
    is_border = np.minimum(at, np.where(flat, height, width) - at) < _PAGE_BORDER
    return np.asarray(cut[~(outside | is_border)])


def merged(rules: Floats) -> Floats:
    """Return the rules with those on one line joined, and specks left out; horizontal ones first."""
    flat = is_horizontal(rules)
    across, down = _joined(rules[flat]), _joined(rules[~flat][:, [1, 0, 3, 2]])[:, [1, 0, 3, 2]]
    return np.concatenate([across, down])


def _joined(rules: Floats) -> Floats:
    """Join horizontal rules that lie closer than ``SNAP`` to each other."""
    if not len(rules):
        return rules
    level, places = _levels(rules[:, 1])
    order = np.lexsort((rules[:, 0], level))
    level, start, end = level[order], rules[order, 0], rules[order, 2]
    far = level * (2 * float(np.abs(rules).max()) + 2 * SNAP + 1)
    reach = np.maximum.accumulate(end + far)
    begins = np.concatenate([[0], 1 + np.flatnonzero((start + far)[1:] > reach[:-1] + SNAP)])
    y = places[level[begins]]
    joined = np.stack([start[begins], y, np.maximum.reduceat(end, begins), y], axis=1)
    return np.asarray(joined[joined[:, 2] - joined[:, 0] >= SNAP])


def _levels(values: Floats) -> tuple[Ints, Floats]:
    """Return the number of the level each value is on, and the mean of each: neighbours on a level are near."""
    order = np.argsort(values, kind="stable")
    level = np.zeros(len(values), np.int64)
    level[order[1:]] = np.cumsum(np.diff(values[order]) > SNAP)
    return level, np.bincount(level, weights=values) / np.bincount(level)
