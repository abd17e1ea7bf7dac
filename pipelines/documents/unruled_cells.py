"""Cells of a table without vertical rules: which columns a piece of text covers, and which header cells are merged.

Does not belong here: finding such tables and their lines (``unruled``).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pipelines.documents.glyphs import Piece
from pipelines.documents.page_marks import Floats
from pipelines.documents.walls import Table

Columns = Sequence[tuple[float, float]]
"""From where to where each column has text."""
_MARGIN = 4.0
"""White between the outermost text and the border of a table (points)."""
_PADDING = 3.0
"""White between a figure at the right of its column and the border (points)."""
_CENTRED = 6.0
"""A label is centred over columns if its middle and theirs lie no further apart than this (points)."""
_LABEL_LINE = 1.7
"""Lines of one header label follow each other within so many character heights."""

_LOWER = 1.4
"""A label lower than another by more than so many character heights stands on a lower level."""


class Label(NamedTuple):
    """Text in a row, over columns ``first`` to ``last``."""

    first: int
    last: int
    pieces: tuple[Piece, ...]
    is_certain: bool = True
    """Whether it can be centred over these columns only."""

    @property
    def middle(self) -> float:
        """The middle of the text, across."""
        return (min(piece.x0 for piece in self.pieces) + max(piece.x1 for piece in self.pieces)) / 2


class Row(NamedTuple):
    """One row of a table, from left to right."""

    labels: tuple[Label, ...]
    top: float
    bottom: float

    @classmethod
    def of(cls, pieces: Sequence[Piece], columns: Columns) -> "Row":
        """Put pieces that share a column into one label."""
        labels: list[Label] = []
        for piece in sorted(pieces, key=lambda piece: piece.x0):
            first, last = covered(piece, columns)
            if labels and first <= labels[-1].last:
                before = labels.pop()
                first, last = min(before.first, first), max(before.last, last)
                labels.append(Label(first, last, (*before.pieces, piece)))
            else:
                labels.append(Label(first, last, (piece,)))
        return cls(tuple(labels), min(piece.y0 for piece in pieces), max(piece.y1 for piece in pieces))


def united(extents: Sequence[tuple[float, float]]) -> Columns:
    """Return the extents, those that overlap as one, from left to right."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if merged and x0 <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def within(edges: Sequence[float]) -> Columns:
    """Return columns between these borders."""
    inner = [edges[0] + _MARGIN, *edges[1:-1], edges[-1] - _MARGIN]
    return list(pairwise(inner))


def covered(piece: Piece, columns: Columns) -> tuple[int, int]:
    """Return the first and last column that a piece stands over; the nearest one if it stands between two."""
    over = [number for number, (x0, x1) in enumerate(columns) if x0 <= piece.x1 and piece.x0 <= x1]
    if over:
        return over[0], over[-1]
    middle = (piece.x0 + piece.x1) / 2
    nearest = min(range(len(columns)), key=lambda number: abs(sum(columns[number]) / 2 - middle))
    return nearest, nearest


def header_rows(lines: Sequence[Sequence[Piece]], columns: Columns) -> list[Row]:
    """Return the rows of a header, labels over several columns with all columns they head."""
    rows = [Row.of(pieces, columns) for pieces in _levels(lines, columns)]
    for number in range(len(rows) - 2, -1, -1):
        below = {column for row in rows[number + 1 :] for label in row.labels for column in _span(label)}
        rows[number] = rows[number]._replace(labels=_widened(rows[number].labels, below, columns))
    return rows


def _levels(lines: Sequence[Sequence[Piece]], columns: Columns) -> list[list[Piece]]:
    """Put the labels that stand on one height together; one in the middle of two heights counts to the upper."""
    levels: list[list[list[Piece]]] = []
    for label in sorted(_wrapped([piece for pieces in lines for piece in pieces], columns), key=_height):
        if not levels or _is_lower(label, levels[-1], columns):
            levels.append([label])
        else:
            levels[-1].append(label)
    return [[piece for label in level for piece in label] for level in levels]


def _wrapped(pieces: Sequence[Piece], columns: Columns) -> list[list[Piece]]:
    """Put the lines of each label together."""
    labels: list[list[Piece]] = []
    for piece in pieces:
        found = (label for label in reversed(labels) if _goes_on(label[-1], piece, columns))
        label = next(found, None)
        if label is None:
            labels.append([piece])
        else:
            label.append(piece)
    return labels


def _goes_on(last: Piece, piece: Piece, columns: Columns) -> bool:
    is_same = covered(last, columns) == covered(piece, columns) or abs(_centre(last) - _centre(piece)) < _CENTRED / 2
    return is_same and 0 < piece.middle - last.middle <= _LABEL_LINE * (last.y1 - last.y0)


def _height(label: Sequence[Piece]) -> float:
    return (label[0].middle + label[-1].middle) / 2


def _is_lower(label: Sequence[Piece], level: Sequence[Sequence[Piece]], columns: Columns) -> bool:
    """Whether a label begins a new level: it stands below one of the level, or clearly lower than the first."""
    own = [covered(piece, columns) for piece in label]
    met = (_overlaps(one, covered(piece, columns)) for other in level for piece in other for one in own)
    return any(met) or _height(label) - _height(level[0]) > _LOWER * (label[0].y1 - label[0].y0)


def _centre(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


def _overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _span(label: Label) -> range:
    return range(label.first, label.last + 1)


def _widened(labels: Sequence[Label], below: set[int], columns: Columns) -> tuple[Label, ...]:
    """Let labels over labels reach over all columns they are centred over."""
    found: list[Label] = []
    for number, label in enumerate(labels):
        start = found[-1].last + 1 if found else 0
        end = labels[number + 1].first if number + 1 < len(labels) else len(columns)
        found.append(_centred(label, start, end, below, columns))
    return tuple(found)


def _centred(label: Label, start: int, end: int, below: set[int], columns: Columns) -> Label:
    if not set(_span(label)) & below:
        return label
    spans = [
        (first, last)
        for first in range(start, label.first + 1)
        for last in range(label.last, end)
        if all(column in below for column in range(first, last + 1))
    ]
    centred = [span for span in spans if span[0] < span[1] and _is_centred(label, span, columns)]
    if not centred:
        return label._replace(is_certain=False)
    return label._replace(first=centred[0][0], last=centred[0][1], is_certain=len(centred) == 1)


def _is_centred(label: Label, span: tuple[int, int], columns: Columns) -> bool:
    """Whether a label may be centred over columns: between the middles of the white, or between the ends of figures,
    which stand at the right of their columns.
    """
    first, last = span
    edges = _edges(columns)
    between = float(edges[first] + edges[last + 1])
    behind = columns[first - 1][1] + columns[last][1] + 2 * _PADDING if first else between
    return min(abs(between / 2 - label.middle), abs(behind / 2 - label.middle)) < _CENTRED


def is_certain(head: Sequence[Row], body: Sequence[Row], columns: Columns) -> bool:
    """Whether every column has one label of its own, if there are labels, and no cell holds two texts side by side.

    Where it is not, figures could come under the label of a neighbour: then the text is better kept as text.
    """
    edges = _edges(columns)
    for column in range(len(columns) if head else 0):
        over = [label for row in head for label in row.labels if label.first <= column <= label.last]
        if not over or over[-1].first != over[-1].last:
            return False
    labels = [label for row in (*head, *body) for label in row.labels]
    return all(label.is_certain and not _is_crowded(label) and _is_inside(label, edges) for label in labels)


def _is_inside(label: Label, edges: Floats) -> bool:
    """Whether all characters of a label have their middle between the borders of its columns."""
    left, right = float(edges[label.first]), float(edges[label.last + 1])
    return all(
        left < piece.x0 + (piece.y1 - piece.y0) / 4 and piece.x1 - (piece.y1 - piece.y0) / 4 < right
        for piece in label.pieces
    )


def _is_crowded(label: Label) -> bool:
    """Whether two pieces stand on one line, or a figure reaches over columns."""
    heights = sorted(piece.middle for piece in label.pieces)
    near = (label.pieces[0].y1 - label.pieces[0].y0) / 2
    return any(other - one < near for one, other in pairwise(heights))


def as_table(head: Sequence[Row], body: Sequence[Row], columns: Columns, across: Sequence[float]) -> Table:
    """Return the geometry: rows with borders on the rules between them, cells with the columns of their labels.

    A header cell without a label belongs to the label above it, or below it where there is none above.
    """
    rows = [*head, *body]
    owners = np.full((len(rows), len(columns)), -1, np.int64)
    spans: list[tuple[int, int, int, int]] = []
    for top, row in enumerate(rows):
        for label in row.labels:
            bottom = _reach(head, top, label) if top < len(head) else top + 1
            start = _rise(head, top, label) if top < len(head) else top
            if (owners[start:bottom, label.first : label.last + 1] >= 0).any():
                start, bottom = top, top + 1
            owners[start:bottom, label.first : label.last + 1] = len(spans)
            spans.append((start, label.first, bottom, label.last + 1))
    for top, left in np.argwhere(owners < 0).tolist():
        owners[top, left] = len(spans)
        spans.append((top, left, top + 1, left + 1))
    order = sorted(range(len(spans)), key=lambda number: spans[number][:2])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    cells = np.array([spans[number] for number in order], np.int64)
    return Table(_edges(columns), _heights(rows, across), cells, rank[owners])


def _reach(head: Sequence[Row], top: int, label: Label) -> int:
    """Return the row behind the last one that a header label covers."""
    bottom = top + 1
    while bottom < len(head) and not _is_met(head[bottom], label):
        bottom += 1
    return bottom


def _rise(head: Sequence[Row], top: int, label: Label) -> int:
    """Return the first row that a header label covers: those above it that nothing stands in."""
    start = top
    while start and not _is_met(head[start - 1], label):
        start -= 1
    return start


def _is_met(row: Row, label: Label) -> bool:
    return any(_overlaps((label.first, label.last), (other.first, other.last)) for other in row.labels)


def _edges(columns: Columns) -> Floats:
    between = [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    return np.array([columns[0][0] - _MARGIN, *between, columns[-1][1] + _MARGIN], np.float64)


def _heights(rows: Sequence[Row], across: Sequence[float]) -> Floats:
    between = [_border(one, other, across) for one, other in pairwise(rows)]
    return np.array([rows[0].top - _MARGIN / 2, *between, rows[-1].bottom + _MARGIN / 2], np.float64)


def _border(one: Row, other: Row, across: Sequence[float]) -> float:
    """Return the height of the rule between two rows, or the middle of the white."""
    low, high = sorted(((one.top + one.bottom) / 2, (other.top + other.bottom) / 2))
    rule = next((height for height in across if low < height < high), None)
    return (one.bottom + other.top) / 2 if rule is None else rule
