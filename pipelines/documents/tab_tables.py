"""The text dialect in which a line is a row and its cells are separated by tabs.

A merged cell is printed once, with empty cells behind and below it: spans are gone, so every position holds a cell.
A blank line ends a run of rows, but a page break is a blank line too; runs with nothing but blank lines between them
are one table if the header repeats (it is removed) or the rows have the same number of columns.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.documents.model import Cell, Grid, Paragraph, Place
from pipelines.documents.sentences import strip_blank

_NUMBER = re.compile(r"^[-+]?[\d,.]+%?$")
_LEADER = re.compile(r"(?:\.{3,}|…+|·{3,})\s*$")
_NOTE = re.compile(r"^(?:注|备注|说明)\s*[：:0-9]")


class Piece(NamedTuple):
    """A printed cell: its text and the line (from 1) it begins on."""

    text: str
    line_no: int


Row = list[Piece]


class Run(NamedTuple):
    """Rows that stand under each other without a blank line."""

    rows: list[Row]

    @property
    def width(self) -> int:
        """The number of cells of the widest row."""
        return max(len(row) for row in self.rows)


def read_lines(lines: Sequence[str]) -> Iterator[Paragraph | Grid]:
    """Yield paragraphs and grids; ``lines`` have no line ends."""
    open_runs: list[Run] = []
    table_no = 0
    for block in _segments(lines):
        if isinstance(block, Run) and (not open_runs or _continues(open_runs, block)):
            open_runs.append(block)
            continue
        if open_runs:
            table_no += 1
            yield _grid(open_runs, table_no)
        open_runs = [block] if isinstance(block, Run) else []
        if isinstance(block, Paragraph):
            yield block
    if open_runs:
        yield _grid(open_runs, table_no + 1)


def _segments(lines: Sequence[str]) -> Iterator[Paragraph | Run]:
    segment: list[tuple[int, str]] = []
    for line_no, line in enumerate([*lines, ""], start=1):
        if "\t" in line or strip_blank(line):
            segment.append((line_no, line))
        elif segment:
            yield from _read_segment(segment)
            segment = []


def _read_segment(segment: list[tuple[int, str]]) -> Iterator[Paragraph | Run]:
    tabbed = [index for index, (_, line) in enumerate(segment) if "\t" in line]
    if not tabbed or _is_contents(segment):
        yield from (_paragraph(*numbered) for numbered in segment)
        return
    first, last = tabbed[0], tabbed[-1]
    yield from (_paragraph(*numbered) for numbered in segment[:first])
    yield Run(_rows(segment[first : last + 1]))
    yield from (_paragraph(*numbered) for numbered in segment[last + 1 :])


def _paragraph(line_no: int, line: str) -> Paragraph:
    return Paragraph(re.sub(r"\s*\t\s*", "\t", strip_blank(line)), Place(line_no=line_no))


def _is_contents(segment: list[tuple[int, str]]) -> bool:
    """Whether the lines are a table of contents: a title, a tab and a page number each, leaders before some."""
    titles, numbers = [], []
    for _, line in segment:
        title, tab, number = line.rpartition("\t")
        if not tab or "\t" in title or not number.strip().isdecimal() or len(number.strip()) > 4:
            return False
        titles.append(title)
        numbers.append(int(number))
    return numbers == sorted(numbers) and sum(1 for title in titles if _LEADER.search(title)) * 2 >= len(titles)


def _rows(lines: list[tuple[int, str]]) -> list[Row]:
    """Return the rows, with rows that a line break inside a cell has split put together."""
    pieces = [[Piece(strip_blank(text), line_no) for text in line.split("\t")] for line_no, line in lines]
    width = _usual_width(pieces)
    rows: list[Row] = []
    for index, row in enumerate(pieces):
        if rows and len(rows[-1]) + len(row) - 1 <= width and _is_split(rows[-1], row, pieces[index + 1 :], width):
            rows[-1] = _glue(rows[-1], row)
        elif len(row) == 1 and rows and not _takes_more(rows[-1]):
            pieces[index + 1][0] = _merge(row[0], pieces[index + 1][0])
        elif len(row) == 1 and rows:
            rows[-1] = _glue(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _usual_width(rows: list[Row]) -> int:
    counts = Counter(len(row) for row in rows)
    return max(counts, key=lambda width: (counts[width], width))


def _is_split(before: Row, row: Row, rest: list[Row], width: int) -> bool:
    """Whether two short rows are halves of one: with the pieces that follow they make exactly one full row."""
    total = len(before) + len(row) - 1
    for following in [None, *rest]:
        if following is not None:
            total += len(following) - 1
        if total >= width:
            return total == width and len(before) < width
    return False


def _takes_more(row: Row) -> bool:
    last = row[-1].text
    return bool(last) and not _NUMBER.match(last)


def _glue(before: Row, after: Row) -> Row:
    return [*before[:-1], _merge(before[-1], after[0]), *after[1:]]


def _merge(first: Piece, second: Piece) -> Piece:
    if not first.text:
        return Piece(second.text, second.line_no)
    return Piece(f"{first.text}\n{second.text}" if second.text else first.text, first.line_no)


def _continues(runs: list[Run], run: Run) -> bool:
    """Whether a run after nothing but blank lines belongs to the table before it.

    A run that begins with an empty cell stands under a merged one, even where a converter lost or added a column.
    """
    missing = abs(run.width - runs[-1].width)
    if missing == 0 or (missing == 1 and not run.rows[0][0].text):
        return True
    return repeated_header(_keys(runs[0].rows), _keys(run.rows)) > 0


def _keys(rows: list[Row]) -> list[tuple[str, ...]]:
    return [tuple(re.sub(r"\s+", "", piece.text) for piece in row) for row in rows]


def repeated_header(table: Sequence[tuple[str, ...]], part: Sequence[tuple[str, ...]]) -> int:
    """Return how many leading rows of ``part`` repeat those of ``table`` (both as texts without white space).

    A single repeated row counts only if it is a header: at least two cells with text, none of them a number.
    """
    count = 0
    for ours, theirs in zip(table, part, strict=False):
        filled = [text for text in ours if text]
        if ours != theirs or not filled or (any(_NUMBER.match(text) for text in filled) and count == 0):
            break
        count += 1
    return count if count > 1 or (count == 1 and sum(1 for text in table[0] if text) > 1) else 0


def _grid(runs: list[Run], table_no: int) -> Grid:
    rows: list[Row] = list(runs[0].rows)
    starts: list[int] = []
    for run in runs[1:]:
        kept = run.rows[repeated_header(_keys(runs[0].rows), _keys(run.rows)) :]
        if kept:
            starts.append(len(rows))
            rows.extend(kept)
    width = max(len(row) for row in rows)
    cells = tuple(cell for number, row in enumerate(rows) for cell in _cells(number, row, width))
    place = Place(line_no=rows[0][0].line_no)
    return Grid(table_no, len(rows), width, cells, place, tuple(starts))


def _cells(number: int, row: Row, width: int) -> Iterator[Cell]:
    """Yield the cells of a row; positions a converter left off at the end are blank cells of its last line."""
    padded = [*row, *[Piece("", row[-1].line_no)] * (width - len(row))]
    return (Cell(number, column, text, place=Place(line_no=line)) for column, (text, line) in enumerate(padded))
