"""Grids of one page: rules and characters in, cells with spans, texts and boxes out.

pdfplumber finds the rectangles between crossing rules; here their borders are clustered into rows and columns, so
that a double rule makes no phantom row, and every position of the grid gets exactly one cell.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfplumber import table as ruled

from pipelines.documents.glyphs import Glyph, text_of
from pipelines.documents.model import Box
from pipelines.documents.open_borders import with_missing_borders
from pipelines.documents.rules import Rule

SNAP = 3.0
"""Rules closer than this (points) are one rule, and rules that miss each other by less still cross."""
_DOUBLE = 4.5
"""Borders closer than this (points) are the two lines of a double rule: no row or column is so narrow."""
_PADDING = 12.0
"""White space left and right of the text in a cell (points); word processors leave 5.4 on each side."""


class PageCell(NamedTuple):
    """A cell of a page's grid; rows and columns count from 0 within the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: Box
    is_full: bool
    """Whether the last line of text leaves no room for another character: it may have been wrapped there."""


class PageGrid(NamedTuple):
    """One ruled table, or the part of it that stands on one page."""

    page_no: int
    box: Box
    xs: tuple[float, ...]
    """The borders of the columns, one more than there are columns, in points."""
    row_count: int
    cells: tuple[PageCell, ...]

    @property
    def column_count(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    def rows(self) -> list[list[PageCell]]:
        """The cells by the row they begin in."""
        rows: list[list[PageCell]] = [[] for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return rows


def page_grids(rules: Sequence[Rule], glyphs: Sequence[Glyph], page_no: int) -> tuple[list[PageGrid], list[Glyph]]:
    """Return the page's grids from top to bottom and the characters outside all of them."""
    grids = []
    rest = list(glyphs)
    for boxes in _tables(rules):
        outer = _around(boxes)
        inside = [glyph for glyph in rest if _holds(outer, glyph)]
        grid = _grid(boxes, inside, page_no)
        if grid.column_count > 1:
            grids.append(grid)
            rest = [glyph for glyph in rest if not _holds(outer, glyph)]
    return sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)), rest


def _tables(rules: Sequence[Rule]) -> list[list[Box]]:
    closed = with_missing_borders(_merged(rules))
    crossings = ruled.edges_to_intersections([rule.edge() for rule in closed], SNAP, SNAP)
    cells: list[Any] = ruled.intersections_to_cells(crossings)
    return [[Box(*cell) for cell in table] for table in ruled.cells_to_tables(cells)]


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules with those on one line joined, and specks left out."""
    edges = ruled.merge_edges([rule.edge() for rule in rules], SNAP, SNAP, SNAP, SNAP)
    merged = [Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in edges]
    return [rule for rule in merged if rule.x1 - rule.x0 + rule.y1 - rule.y0 >= SNAP]


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.y0 for box in boxes),
        max(box.x1 for box in boxes),
        max(box.y1 for box in boxes),
    )


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = glyph.middle
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1


def borders(values: Sequence[float], tolerance: float) -> list[float]:
    """Return the middles of the clusters of values that are no more than ``tolerance`` from the cluster's first."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][0] <= tolerance:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def nearest(positions: Sequence[float], value: float) -> int:
    """Return the index of the position nearest to the value."""
    return min(range(len(positions)), key=lambda index: abs(positions[index] - value))


class _Span(NamedTuple):
    top: int
    left: int
    bottom: int
    right: int

    def positions(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(self.top, self.bottom) for column in range(self.left, self.right)]


def _grid(boxes: Sequence[Box], glyphs: Sequence[Glyph], page_no: int) -> PageGrid:
    xs = borders([x for box in boxes for x in (box.x0, box.x1)], _DOUBLE)
    ys = borders([y for box in boxes for y in (box.y0, box.y1)], _DOUBLE)
    found = {_Span(nearest(ys, b.y0), nearest(xs, b.x0), nearest(ys, b.y1), nearest(xs, b.x1)) for b in boxes}
    spans = _without_overlaps([span for span in found if span.positions()])
    xs = [xs[index] for index in sorted({span.left for span in spans})] + xs[-1:]
    ys = [ys[index] for index in sorted({span.top for span in spans})] + ys[-1:]
    spans = _compact(spans)
    spans += _uncovered(spans, len(ys) - 1, len(xs) - 1)
    cells = _cells(sorted(spans), xs, ys, glyphs)
    return PageGrid(page_no, Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), len(ys) - 1, cells)


def _without_overlaps(spans: list[_Span]) -> list[_Span]:
    """Keep the smaller of two rectangles that share a position."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for span in sorted(spans, key=lambda span: (len(span.positions()), span)):
        positions = span.positions()
        if taken.isdisjoint(positions):
            taken.update(positions)
            kept.append(span)
    return kept


def _compact(spans: list[_Span]) -> list[_Span]:
    """Number rows and columns anew, counting only those in which a cell begins."""
    tops = sorted({span.top for span in spans})
    lefts = sorted({span.left for span in spans})
    return [
        _Span(
            tops.index(span.top),
            lefts.index(span.left),
            sum(1 for top in tops if top < span.bottom),
            sum(1 for left in lefts if left < span.right),
        )
        for span in spans
    ]


def _uncovered(spans: list[_Span], row_count: int, column_count: int) -> list[_Span]:
    """Return a cell for every position that rules leave open, so that no text is lost."""
    taken = {position for span in spans for position in span.positions()}
    return [
        _Span(row, column, row + 1, column + 1)
        for row in range(row_count)
        for column in range(column_count)
        if (row, column) not in taken
    ]


def _cells(spans: list[_Span], xs: list[float], ys: list[float], glyphs: Sequence[Glyph]) -> tuple[PageCell, ...]:
    owner = {position: span for span in spans for position in span.positions()}
    inside: dict[_Span, list[Glyph]] = {span: [] for span in spans}
    for glyph in glyphs:
        x, y = glyph.middle
        row = min(max(sum(1 for border in ys if border <= y) - 1, 0), len(ys) - 2)
        column = min(max(sum(1 for border in xs if border <= x) - 1, 0), len(xs) - 2)
        inside[owner[row, column]].append(glyph)
    return tuple(
        _cell(span, Box(xs[span.left], ys[span.top], xs[span.right], ys[span.bottom]), inside[span]) for span in spans
    )


def _cell(span: _Span, box: Box, glyphs: list[Glyph]) -> PageCell:
    rows, columns = span.bottom - span.top, span.right - span.left
    return PageCell(span.top, span.left, rows, columns, text_of(glyphs), box, _is_full(box, glyphs))


def _is_full(box: Box, glyphs: list[Glyph]) -> bool:
    visible = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not visible:
        return False
    last = max(visible, key=lambda glyph: glyph.middle[1])
    line = [glyph for glyph in visible if abs(glyph.middle[1] - last.middle[1]) <= last.size / 2]
    width = max(glyph.x1 for glyph in line) - min(glyph.x0 for glyph in line)
    return box.x1 - box.x0 - width < last.size + _PADDING
