"""Grids of one page: rules and characters in, cells with spans, texts and boxes out.

Does not belong here: which rules enclose a cell (``walls``), and how characters join into lines (``glyphs``).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipelines.documents.glyphs import Line, TextLines, lines_of, middles
from pipelines.documents.model import Box
from pipelines.documents.open_borders import with_missing_borders
from pipelines.documents.page_marks import NO_GLYPHS, Floats, Glyphs, Ints, boxes_of
from pipelines.documents.rules import Rule, merged
from pipelines.documents.unruled import unruled_tables
from pipelines.documents.walls import Table, tables_of

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
    confidence: float | None = None
    """Of character recognition, 0 to 1; None where characters were read."""


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


def page_grids(
    rules: Floats, glyphs: Glyphs, page_no: int, above: Sequence[float] = ()
) -> tuple[list[PageGrid], list[Line]]:
    """Return the page's grids and the lines of text outside all of them, each from top to bottom.

    ``above`` are the borders of the columns (``PageGrid.xs``) of a table at the foot of the page before, if any.
    """
    tables = tables_of(with_missing_borders(merged(rules))) if len(rules) else []
    tables, firsts, owners = _with_unruled(tables, rules, glyphs, () if tables else above)
    lines = lines_of(glyphs, owners)
    outside = int(np.searchsorted(lines.owners, firsts[-1]))
    texts, is_full = _cell_texts(tables, lines, outside, int(firsts[-1]))
    grids = [
        _grid(table, texts[first:], is_full[first:], page_no)
        for table, first in zip(tables, firsts.tolist(), strict=False)
    ]
    rest = zip(lines.texts[outside:], lines.boxes[outside:].tolist(), lines.sizes[outside:].tolist(), strict=True)
    return sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)), [
        Line(text, left, top, right, bottom, size) for text, (left, top, right, bottom), size in rest
    ]


def _with_unruled(
    tables: list[Table], rules: Floats, glyphs: Glyphs, above: Sequence[float]
) -> tuple[list[Table], Ints, Ints]:
    """Return all tables, the number of the first cell of each, and which cell each character stands in."""
    firsts = np.cumsum([0, *(len(table.spans) for table in tables)])
    owners = _owners(tables, firsts, glyphs)
    others = unruled_tables(glyphs.take(owners == firsts[-1]), rules, above)
    if not others:
        return tables, firsts, owners
    tables = [*tables, *others]
    firsts = np.cumsum([0, *(len(table.spans) for table in tables)])
    return tables, firsts, _owners(tables, firsts, glyphs)


def blank_grids(rules: Sequence[Rule], page_no: int) -> list[PageGrid]:
    """Return the grids that rules make, from top to bottom, without any text."""
    return page_grids(boxes_of(rules), NO_GLYPHS, page_no)[0]


def _owners(tables: list[Table], firsts: Ints, glyphs: Glyphs) -> Ints:
    """Return the number of each character's cell, counted through all tables, or the number of cells if in none."""
    owners = np.full(len(glyphs.codes), firsts[-1])
    x, y = middles(glyphs)
    for table, first in zip(tables, firsts.tolist(), strict=False):
        inside = (x >= table.xs[0]) & (x < table.xs[-1]) & (y >= table.ys[0]) & (y < table.ys[-1])
        inside = np.flatnonzero(inside & (owners == firsts[-1]))
        rows = np.searchsorted(table.ys, y[inside], "right") - 1
        columns = np.searchsorted(table.xs, x[inside], "right") - 1
        owners[inside] = first + table.owners[rows, columns]
    return owners


def _boxes(table: Table) -> Floats:
    """Return n × 4: left, top, right, bottom of each cell."""
    top, left, bottom, right = table.spans.T
    return np.stack([table.xs[left], table.ys[top], table.xs[right], table.ys[bottom]], axis=1)


def _cell_texts(tables: list[Table], lines: TextLines, outside: int, count: int) -> tuple[list[str], list[bool]]:
    """Return the text of each of ``count`` cells, and whether the last line of each leaves no room."""
    texts = [""] * count
    owners = lines.owners[:outside]
    for owner, text in zip(owners.tolist(), lines.texts[:outside], strict=True):
        texts[owner] = f"{texts[owner]}\n{text}" if texts[owner] else text
    is_full = np.zeros(count, np.bool_)
    if outside:
        last = np.flatnonzero(np.diff(owners, append=count))
        boxes = np.concatenate([_boxes(table) for table in tables])[owners[last]]
        room = (boxes[:, 2] - boxes[:, 0]) - (lines.boxes[last, 2] - lines.boxes[last, 0])
        is_full[owners[last]] = room < lines.sizes[last] + _PADDING
    return texts, is_full.tolist()


def _grid(table: Table, texts: list[str], is_full: list[bool], page_no: int) -> PageGrid:
    cells = tuple(
        PageCell(top, left, bottom - top, right - left, text, Box(*box), full)
        for (top, left, bottom, right), box, text, full in zip(
            table.spans.tolist(), _boxes(table).tolist(), texts, is_full, strict=False
        )
    )
    xs, ys = table.xs.tolist(), table.ys.tolist()
    return PageGrid(page_no, Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), len(ys) - 1, cells)
