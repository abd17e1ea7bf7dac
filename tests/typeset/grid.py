"""The measures of a form's grid: column edges, row heights, wrapped cells, and the rules between cells.

Does not belong here: which rows stand on which page (``pages``).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.typeset.lines import text_width, wrap
from tests.typeset.model import Cell, Row, Table, places

LEADING = 1.35
CELL_SIZES = (8.0, 7.0, 6.0, 5.0)
"""Tried in turn until no number has to be broken; forms of many columns begin with the second."""
PADDING = 2.5


class Rule(NamedTuple):
    """One straight line."""

    x0: float
    y0: float
    x1: float
    y1: float


class GridLayout:
    """The measures of one form's grid: cells with their places, column edges, row heights, wrapped lines."""

    def __init__(self, table: Table, width: float) -> None:
        titles: tuple[Row, ...] = ()
        if table.title_in_grid:
            lines = (table.title, *table.caption)
            titles = tuple((Cell(text, column_span=table.column_count),) for text in lines)
        numbers = (table.numbers,) if table.numbers else ()
        rows = (*titles, *table.header, *numbers, *table.body)
        self.table, self.width, self.count = table, width, table.column_count
        self.header_rows = range(len(titles), len(titles) + len(table.header))
        self.first_rows = len(titles) + len(table.header)
        self.cells = places(rows, table.column_count)
        self.edges = self._edges()
        for self.size in CELL_SIZES[table.column_count >= 9 :]:
            self.lines = {place: self._wrap(place) for place in self.cells}
            if not any(len(lines) > 1 and self.cells[place].align == "right" for place, lines in self.lines.items()):
                break
        self.heights = [self._height(row) for row in range(len(rows))]

    def _edges(self) -> list[float]:
        wanted = [3.2] * self.count
        for (_, column), cell in self.cells.items():
            if cell.column_span == 1 and cell.text:
                full = text_width(cell.text, 1)
                most = full if cell.align == "right" else min(full, 15.0 if cell.align == "left" else 5.0)
                wanted[column] = max(wanted[column], most)
        scale = self.width / sum(each + 1 for each in wanted)
        edges = [0.0]
        for each in wanted:
            edges.append(edges[-1] + (each + 1) * scale)
        return edges

    def _wrap(self, place: tuple[int, int]) -> list[str]:
        cell = self.cells[place]
        room = self.edges[place[1] + cell.column_span] - self.edges[place[1]] - 2 * PADDING
        return wrap(cell.text, room, self.size) if cell.text else []

    def _height(self, row: int) -> float:
        tallest = [
            -(-len(lines) // self.cells[place].row_span) for place, lines in self.lines.items() if place[0] == row
        ]
        return max(tallest, default=1) * self.size * LEADING + 6 if any(tallest) else self.size * LEADING + 6


def rules_between(
    owners: dict[tuple[int, int], tuple[int, int]],
    rows: Sequence[int],
    ys: Sequence[float],
    xs: Sequence[float],
    top_rule: bool,
) -> Iterator[Rule]:
    """Yield the rules between cells of different owners, joined into runs."""
    columns = range(len(xs) - 1)
    for index, y in enumerate(ys):
        above = rows[index - 1] if index else None
        below = rows[index] if index < len(rows) else None
        if index == 0 and not top_rule:
            continue
        drawn = [owners.get((above, c)) != owners.get((below, c)) if above is not None and below is not None else True
                 for c in columns]  # fmt: skip
        yield from (Rule(xs[a], y, xs[b], y) for a, b in _runs(drawn))
    for index, x in enumerate(xs):
        drawn = [index in (0, len(xs) - 1) or owners.get((row, index - 1)) != owners.get((row, index)) for row in rows]
        yield from (Rule(x, ys[a], x, ys[b]) for a, b in _runs(drawn))


def _runs(drawn: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for index, each in enumerate((*drawn, False)):
        if each and start is None:
            start = index
        elif not each and start is not None:
            yield start, index
            start = None
