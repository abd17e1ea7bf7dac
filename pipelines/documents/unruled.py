"""Tables without vertical rules: columns from the white between figures, header cells from where they stand.

Tables with only horizontal rules, or none, are told from prose by lines of several pieces with figures among them, one
below the other. Which header cells were merged is not drawn in such a table, and is judged: a label over a gap between
columns spans them, and one centred over labels below it spans those. Belongs here: pieces of text in, the geometry of
tables out. Does not belong here: tables with rules (``walls``), and the texts of cells (``page_grid``).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.documents.glyphs import Piece, pieces_of
from pipelines.documents.page_marks import Floats, Glyphs
from pipelines.documents.rules import is_horizontal
from pipelines.documents.unruled_cells import Columns, Row, as_table, covered, header_rows, is_certain, united, within
from pipelines.documents.walls import Table

_FIGURE = re.compile(r"[-+−(（]?[¥￥]?\d[\d,，.]*%?[)）]?|[-—–/]+|无")
_NEAR, _SAME_SIZE = 1.3, 0.1
_MONEY = re.compile(r"\d[.,，．]\d")
_LEADERS = re.compile(r"[.．…·]{3}")
_FEWEST_DIGITS = 6
"""A page with fewer digits outside its ruled tables has no other table."""
_NEXT_LINE = 4.0
"""Lines of one table follow each other within so many character heights."""
_SAME_ROW = 0.72
"""Lines nearer than this part of the usual distance of rows stand in one row: a label that was wrapped."""
_FIGURES = 0.6
"""In a column of figures, this part of the cells are some."""
_FEWEST = 3
"""A table has a column of at least so many figures."""
_ALIGNED = 1.5
"""Figures below each other differ by no more than this (points)."""
_LEADING = 1.5
"""Lines of one label follow each other within so many character heights."""
_DEEPEST = 6
"""Lines of text a header has at most."""
_ACROSS = 0.8
"""A rule as long as this part of the table stands between two rows."""


class _Text(NamedTuple):
    """The pieces on one height, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def middle(self) -> float:
        return sum(piece.middle for piece in self.pieces) / len(self.pieces)

    @property
    def height(self) -> float:
        return max(piece.y1 - piece.y0 for piece in self.pieces)

    @property
    def is_contents(self) -> bool:
        """Whether dots lead to a page number."""
        return any(_LEADERS.search(piece.text) for piece in self.pieces)

    @property
    def is_caption(self) -> bool:
        """Whether the line names something, as 单位：万元 does, and is no row of figures."""
        return not self.has_figures and any("：" in piece.text or ":" in piece.text for piece in self.pieces[-1:])

    @property
    def has_figures(self) -> bool:
        return len(self.pieces) > 1 and any(is_figure(piece.text) for piece in self.pieces)


def is_figure(text: str) -> bool:
    """Whether a piece of text is a number or a mark in its place."""
    return bool(_FIGURE.fullmatch(text))


def unruled_tables(glyphs: Glyphs, rules: Floats, above: Sequence[float] = ()) -> list[Table]:
    """Return the tables among characters that stand in no ruled table, from top to bottom; none of them overlap.

    ``above`` are the borders of the columns of the table that the page before ends with; the first table of this page
    goes on with them if its text keeps to them.
    """
    if ((glyphs.codes >= ord("0")) & (glyphs.codes <= ord("9"))).sum() < _FEWEST_DIGITS:
        return []
    lines = [_Text(tuple(pieces)) for pieces in pieces_of(glyphs)]
    levels = rules[is_horizontal(rules)]
    tables: list[Table] = []
    for run in _runs(lines):
        table = (_continued(run, levels, above) if above and not tables else None) or _table(run, levels)
        tables += [] if table is None else [table]
    return tables


def _runs(lines: Sequence[_Text]) -> Iterator[Sequence[_Text]]:
    """Yield runs of lines of several pieces that follow each other closely, single labels between them included."""
    run: list[_Text] = []
    waiting: list[_Text] = []
    for line in lines:
        if run and line.middle - (waiting or run)[-1].middle > _NEXT_LINE * line.height:
            yield [*run, *waiting[:1]]
            run, waiting = [], []
        if line.is_caption or line.is_contents:
            yield run
            run, waiting = [], []
        elif len(line.pieces) > 1:
            run = [*run, *waiting, line]
            waiting = []
        elif run or waiting:
            waiting.append(line)
        else:
            waiting = [line]
    yield [*run, *waiting[:1]]


def _continued(run: Sequence[_Text], levels: Floats, above: Sequence[float]) -> Table | None:
    """Return the table that a run of lines is if it keeps to the columns above it, else None."""
    columns = within(above)
    figured = [line for line in run if line.has_figures]
    if not figured or any(len(_met((piece.x0, piece.x1), columns)) != 1 for line in figured for piece in line.pieces):
        return None
    of_figures = _figure_columns(figured, columns)
    if not of_figures:
        return None
    head, body = _head_and_body(run, figured, columns, of_figures)
    return _laid_out(head, body, columns, levels)


def _laid_out(head: Sequence[_Text], body: Sequence[_Text], columns: Columns, levels: Floats) -> Table | None:
    """Return the table of a header and rows with these columns, or None if cells would be uncertain."""
    body = _without_remark(body, columns)
    across = _rules_across(levels, columns)
    pitch = _pitch([line for line in body if line.has_figures])
    head_rows = header_rows([line.pieces for line in head], columns)
    rows = _body_rows(body, columns, pitch, across)
    return as_table(head_rows, rows, columns, across) if is_certain(head_rows, rows, columns) else None


def _table(run: Sequence[_Text], levels: Floats) -> Table | None:
    """Return the table that a run of lines is, or None if they are not laid out as one."""
    figured = [line for line in run if line.has_figures]
    if not figured:
        return None
    columns = _columns(figured)
    of_figures = _figure_columns(figured, columns)
    if not any(_is_aligned(figured, columns, column) for column in of_figures):
        return None
    head, body = _head_and_body(run, figured, columns, of_figures)
    if not head:
        return None
    columns = _with_labels(columns, [piece for line in head for piece in line.pieces])
    return _laid_out(head, body, columns, levels)


def _columns(lines: Sequence[_Text]) -> Columns:
    return united([(piece.x0, piece.x1) for line in lines for piece in line.pieces])


def _figure_columns(lines: Sequence[_Text], columns: Columns) -> set[int]:
    """Return the columns behind the first in which most pieces are figures."""
    counts = [0] * len(columns)
    figures = [0] * len(columns)
    for piece in (piece for line in lines for piece in line.pieces):
        column = covered(piece, columns)[0]
        counts[column] += 1
        figures[column] += is_figure(piece.text)
    return {number for number in range(1, len(columns)) if figures[number] >= _FIGURES * counts[number]}


def _is_aligned(lines: Sequence[_Text], columns: Columns, column: int) -> bool:
    """Whether some figures of a column, of money among them, end, begin or are centred on one line."""
    pieces = [piece for line in lines for piece in line.pieces if covered(piece, columns)[0] == column]
    if len(pieces) < _FEWEST or not any(_MONEY.search(piece.text) for piece in pieces):
        return False
    edges = np.array([(piece.x0, (piece.x0 + piece.x1) / 2, piece.x1) for piece in pieces])
    off = np.abs(edges - np.median(edges, axis=0)) <= _ALIGNED
    return bool((off.mean(axis=0) >= _FIGURES).any())


def _body_start(run: Sequence[_Text], first: _Text, columns: Columns, of_figures: set[int]) -> int:
    """Return where the rows begin: behind the last line above all figures that has a label over a column of them, and
    what is wrapped right below it.
    """
    start = 0
    for number, line in enumerate(run[: run.index(first)]):
        if any(set(range(*_reach(piece, columns))) & of_figures for piece in line.pieces):
            start = number + 1
    while 0 < start < run.index(first) and run[start].middle - run[start - 1].middle < _LEADING * run[start].height:
        start += 1
    return start


def _reach(piece: Piece, columns: Columns) -> tuple[int, int]:
    first, last = covered(piece, columns)
    return first, last + 1


def _head_and_body(
    run: Sequence[_Text], figured: Sequence[_Text], columns: Columns, of_figures: set[int]
) -> tuple[Sequence[_Text], Sequence[_Text]]:
    """Return the lines of the header, and those of the rows below it."""
    start = _body_start(run, figured[0], columns, of_figures)
    return run[_header_start(run, start, _pitch(figured)) : start], run[start:]


def _header_start(run: Sequence[_Text], start: int, pitch: float) -> int:
    """Return where the header begins: a few lines above the rows, at a line of several labels or one right above it."""
    top = max(start - _DEEPEST, 0)
    first = next((number for number in range(top, start) if len(run[number].pieces) > 1), start)
    above = first - 1
    while 0 <= above < start - 1 and _is_right_above(run[above], run[above + 1], pitch):
        above -= 1
    return above + 1


def _is_right_above(one: _Text, other: _Text, pitch: float) -> bool:
    """Whether a line is set like the one below it and near it, as no title is."""
    return other.middle - one.middle < _NEAR * pitch and abs(one.height - other.height) < _SAME_SIZE * other.height


def _without_remark(lines: Sequence[_Text], columns: Columns) -> Sequence[_Text]:
    """Leave out a line below the table that is no label of its first column."""
    last = lines[-1].pieces
    return lines[:-1] if len(last) == 1 and covered(last[0], columns)[1] > 0 and len(lines) > 1 else lines


def _pitch(lines: Sequence[_Text]) -> float:
    """The usual distance of two rows; of one row, twice its height."""
    steps = np.diff([line.middle for line in lines])
    return float(np.median(steps)) if len(steps) else 2 * lines[0].height


def _with_labels(columns: Columns, labels: Sequence[Piece]) -> Columns:
    """Widen columns by the labels that head them alone, and add those that have a label and nothing below it.

    A label beside the figures of a column, as one in the middle above figures at the right is, heads the nearest column
    that has no label of its own.
    """
    widened = list(columns)
    extents = united([(piece.x0, piece.x1) for piece in _leaves(labels)])
    headed = {found[0]: extent for extent in extents if len(found := _met(extent, columns)) == 1}
    added = []
    for extent in extents:
        if not _met(extent, columns):
            number = _nearest(extent, columns, headed)
            if number is None:
                added.append(extent)
            else:
                headed[number] = extent
    for number, (x0, x1) in headed.items():
        left = max((each[1] for each in widened[:number]), default=-np.inf)
        right = min((each[0] for each in widened[number + 1 :]), default=np.inf)
        if left < x0 and x1 < right:
            widened[number] = min(widened[number][0], x0), max(widened[number][1], x1)
    return united([*widened, *added])


def _nearest(extent: tuple[float, float], columns: Columns, headed: Collection[int]) -> int | None:
    """Return the nearer of the columns left and right of a label that has no label yet."""
    right = sum(x1 < extent[0] for _, x1 in columns)
    beside = [number for number in (right - 1, right) if 0 <= number < len(columns) and number not in headed]
    return min(beside, key=lambda number: _gap(extent, columns[number]), default=None)


def _gap(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(other[0] - one[1], one[0] - other[1])


def _leaves(labels: Sequence[Piece]) -> Sequence[Piece]:
    """Leave out the labels on the highest line, where there are lower ones: they may head several columns."""
    if not labels:
        return labels
    top = min(piece.middle for piece in labels)
    lower = [piece for piece in labels if piece.middle - top > (piece.y1 - piece.y0) / 2]
    return lower or labels


def _met(extent: tuple[float, float], columns: Columns) -> list[int]:
    return [number for number, (x0, x1) in enumerate(columns) if x0 <= extent[1] and extent[0] <= x1]


def _rules_across(levels: Floats, columns: Columns) -> list[float]:
    """Return the heights of the rules that run across the whole table."""
    left, right = columns[0][0], columns[-1][1]
    within = np.minimum(levels[:, 2], right) - np.maximum(levels[:, 0], left)
    return sorted(levels[within >= _ACROSS * (right - left), 1].tolist())


def _body_rows(lines: Sequence[_Text], columns: Columns, pitch: float, across: Sequence[float]) -> list[Row]:
    """Put the lines of each row together: those between two rules, if every row has its own, or those that are near."""
    bands = [int(np.searchsorted(across, line.middle)) for line in lines]
    figures = [band for band, line in zip(bands, lines, strict=True) if line.has_figures]
    is_banded = len(set(figures)) == len(figures) > 1
    rows: list[list[_Text]] = []
    for index, line in enumerate(lines):
        same = index > 0 and bands[index] == bands[index - 1]
        near = index and line.middle - lines[index - 1].middle < _SAME_ROW * pitch
        if index and same and (is_banded or near):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [Row.of([piece for line in row for piece in line.pieces], columns) for row in rows]
