"""Tables from rules: which rules cross, which positions they enclose, and which positions make one cell.

A table is a matrix of positions between its clustered rules, with a wall wherever a rule runs. Belongs here: geometry
of rules only. Does not belong here: text (``page_grid``), and which marks are rules (``rules``).
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from pipelines.documents.page_marks import Flags, Floats, Ints
from pipelines.documents.rules import SNAP, is_horizontal

DOUBLE = 4.5
"""Borders closer than this (points) are the two lines of a double rule: no row or column is so narrow."""


class Table(NamedTuple):
    """A table without its text."""

    xs: Floats
    """The borders of the columns, one more than there are columns, in points."""
    ys: Floats
    """The borders of the rows, one more than there are rows, in points."""
    spans: Ints
    """n × 4: first row, first column, the row behind the last, the column behind the last; in reading order."""
    owners: Ints
    """Rows × columns: which cell covers each position."""


class _Walls(NamedTuple):
    across: Flags
    """Borders of rows × columns: whether a rule runs along the upper border."""
    down: Flags
    """Rows × borders of columns: whether a rule runs along the left border."""


def tables_of(rules: Floats) -> list[Table]:
    """Return the tables that rules make, if they have more than one column; the rules must be merged."""
    tables: list[Table] = []
    for across, down in _connected(rules):
        ys, xs = borders(across[:, 1], DOUBLE), borders(down[:, 0], DOUBLE)
        if len(ys) > 1 and len(xs) > 1:
            spans = _spans(_walls(across, down, xs, ys))
            tables.extend(_table(part, xs, ys) for part in _apart(spans))
    return [table for table in tables if len(table.xs) > 2]


def borders(values: Floats, tolerance: float) -> Floats:
    """Return the middles of the clusters of values that are no more than ``tolerance`` from the cluster's first."""
    clusters: list[list[float]] = []
    for value in sorted(values.tolist()):
        if clusters and value - clusters[-1][0] <= tolerance:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return np.array([sum(cluster) / len(cluster) for cluster in clusters], np.float64)


def _connected(rules: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Yield the horizontal and the vertical rules of each set of rules that hang together by crossings."""
    flat = is_horizontal(rules)
    across, down = rules[flat], rules[~flat]
    cross = (
        (across[:, None, 0] <= down[:, 0] + SNAP)
        & (across[:, None, 2] >= down[:, 0] - SNAP)
        & (down[:, 1] <= across[:, None, 1] + SNAP)
        & (down[:, 3] >= across[:, None, 1] - SNAP)
    )
    left = np.ones(len(across), np.bool_)
    for first in range(len(across)):
        if not left[first]:
            continue
        in_across = np.zeros(len(across), np.bool_)
        in_down = np.zeros(len(down), np.bool_)
        fresh = np.array([first])
        while len(fresh):
            in_across[fresh] = True
            met = cross[fresh].any(axis=0) & ~in_down
            in_down |= met
            fresh = np.flatnonzero(cross[:, met].any(axis=1) & ~in_across)
        left &= ~in_across
        if in_across.sum() > 1 and in_down.sum() > 1:
            yield across[in_across], down[in_down]


def _walls(across: Floats, down: Floats, xs: Floats, ys: Floats) -> _Walls:
    return _Walls(
        _runs(across[:, 1], across[:, 0], across[:, 2], ys, xs), _runs(down[:, 0], down[:, 1], down[:, 3], xs, ys).T
    )


def _runs(places: Floats, starts: Floats, ends: Floats, levels: Floats, steps: Floats) -> Flags:
    """Return levels × (steps - 1): whether a rule on the level runs from one step to the next."""
    covers = (starts[:, None] <= steps[:-1] + DOUBLE) & (ends[:, None] >= steps[1:] - DOUBLE)
    is_on = np.abs(places - levels[:, None]).argmin(axis=0) == np.arange(len(levels))[:, None]
    return np.asarray(is_on.astype(np.float32) @ covers.astype(np.float32) > 0)


def _spans(walls: _Walls) -> Ints:
    """Return the smallest closed rectangle at every corner, smaller ones before larger ones they would cover."""
    rows, columns = walls.down.shape[0], walls.across.shape[1]
    right = _next(walls.down.T, columns + 1).T[:, 1:]
    below = _next(walls.across, rows + 1)[1:]
    corner = walls.down[:, :-1] & walls.across[:-1]
    tops, lefts = np.nonzero(corner)
    bottoms, rights = below[tops, lefts], right[tops, lefts]
    along, aside = _counted(walls.across.T).T, _counted(walls.down)
    inside = (rights <= columns) & (bottoms <= rows)
    b, r = np.minimum(bottoms, rows), np.minimum(rights, columns)
    closed = inside & (along[b, r] - along[b, lefts] == r - lefts) & (aside[b, r] - aside[tops, r] == b - tops)
    closed &= (along[tops, r] - along[tops, lefts] == r - lefts) & (aside[b, lefts] - aside[tops, lefts] == b - tops)
    found = np.stack([tops, lefts, b, r], axis=1)
    others = [_closed_at(top, left, along, aside) for top, left in found[~closed, :2].tolist()]
    spans = np.concatenate([found[closed], np.array([span for span in others if span], np.int64).reshape(-1, 4)])
    return _without_overlaps(spans, rows, columns)


def _next(walls: Flags, none: int) -> Ints:
    """Return, for each position along the first axis, the first wall at it or behind it; ``none`` if there is none."""
    at = np.where(walls, np.arange(len(walls))[:, None], none)
    return np.asarray(np.minimum.accumulate(at[::-1], axis=0)[::-1])


def _counted(walls: Flags) -> Ints:
    """Return how many walls there are before each position along the first axis."""
    counts = np.zeros((walls.shape[0] + 1, walls.shape[1]), np.int64)
    np.cumsum(walls, axis=0, out=counts[1:])
    return counts


def _closed_at(top: int, left: int, along: Ints, aside: Ints) -> tuple[int, int, int, int] | None:
    """Return the smallest closed rectangle at a corner whose nearest walls do not close one."""
    to_right = np.arange(left + 1, along.shape[1])
    to_right = to_right[along[top, to_right] - along[top, left] == to_right - left]
    to_bottom = np.arange(top + 1, aside.shape[0])
    to_bottom = to_bottom[aside[to_bottom, left] - aside[top, left] == to_bottom - top]
    floor = along[to_bottom[:, None], to_right] - along[to_bottom, left][:, None] == to_right - left
    side = aside[to_bottom[:, None], to_right] - aside[top, to_right] == (to_bottom - top)[:, None]
    found = np.argwhere(floor & side)
    if not len(found):
        return None
    return top, left, int(to_bottom[found[0, 0]]), int(to_right[found[0, 1]])


def _without_overlaps(spans: Ints, rows: int, columns: int) -> Ints:
    """Keep the smaller of two rectangles that share a position."""
    sizes = (spans[:, 2] - spans[:, 0]) * (spans[:, 3] - spans[:, 1])
    spans = spans[np.lexsort((spans[:, 1], spans[:, 0], sizes))]
    single = int((sizes == 1).sum())
    taken = np.zeros((rows, columns), np.bool_)
    taken[spans[:single, 0], spans[:single, 1]] = True
    kept = list(range(single))
    for index, (top, left, bottom, right) in enumerate(spans[single:].tolist(), start=single):
        if not taken[top:bottom, left:right].any():
            taken[top:bottom, left:right] = True
            kept.append(index)
    return spans[kept]


def _apart(spans: Ints) -> Iterator[Ints]:
    """Yield the rectangles that hang together by a corner; most often they fill one rectangle and all do."""
    if not len(spans):
        return
    extent = np.concatenate([spans[:, :2].min(axis=0), spans[:, 2:].max(axis=0)])
    sizes = (spans[:, 2] - spans[:, 0]) * (spans[:, 3] - spans[:, 1])
    if sizes.sum() == (extent[2] - extent[0]) * (extent[3] - extent[1]):
        yield spans
        return
    corners = [
        {(top, left), (top, right), (bottom, left), (bottom, right)} for top, left, bottom, right in spans.tolist()
    ]
    groups: dict[tuple[int, int], int] = {}
    members: dict[int, list[int]] = {}
    for index, own in enumerate(corners):
        met = sorted({groups[corner] for corner in own if corner in groups}, key=lambda group: -len(members[group]))
        target = met[0] if met else index
        members.setdefault(target, []).append(index)
        for corner in own:
            groups[corner] = target
        for group in met[1:]:
            moved = members.pop(group)
            members[target].extend(moved)
            for corner in set().union(*(corners[item] for item in moved)):
                groups[corner] = target
    for together in members.values():
        yield spans[together]


def _table(spans: Ints, xs: Floats, ys: Floats) -> Table:
    """Number rows and columns anew, counting only those in which a cell begins, and cover every position."""
    tops, lefts = np.unique(spans[:, 0]), np.unique(spans[:, 1])
    compact = np.stack([np.searchsorted(tops, spans[:, [0, 2]]), np.searchsorted(lefts, spans[:, [1, 3]])], axis=2)
    compact = compact.reshape(-1, 4)
    owners = np.full((len(tops), len(lefts)), -1, np.int64)
    is_single = (compact[:, 2:] - compact[:, :2] == 1).all(axis=1)
    owners[compact[is_single, 0], compact[is_single, 1]] = np.flatnonzero(is_single)
    for index in np.flatnonzero(~is_single).tolist():
        top, left, bottom, right = compact[index].tolist()
        owners[top:bottom, left:right] = index
    free = np.argwhere(owners < 0)
    compact = np.concatenate([compact, np.concatenate([free, free + 1], axis=1)])
    order = np.lexsort((compact[:, 1], compact[:, 0]))
    owners[free[:, 0], free[:, 1]] = np.arange(len(spans), len(compact))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    last_y, last_x = ys[spans[:, 2].max()], xs[spans[:, 3].max()]
    return Table(np.append(xs[lefts], last_x), np.append(ys[tops], last_y), compact[order], rank[owners])
