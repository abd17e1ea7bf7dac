"""Tables that run over pages, for paged formats: parts of one table become one Grid.

Two questions are answered here: does a page's first grid continue the last grid of the page before
(:func:`continues`), and what is the whole table (:func:`join`). A row that the page break cut in two is put together
only where it is unmistakable, see :func:`is_rest_of_row`.
"""

import re
from collections.abc import Collection, Sequence

import msgspec
import numpy as np

from pipelines.documents.model import Cell, Grid, Place
from pipelines.documents.page_grid import PageCell, PageGrid
from pipelines.documents.sentences import starts_paragraph
from pipelines.documents.tab_tables import repeated_header
from pipelines.documents.walls import borders

_EDGE = 6.0
"""Left and right borders of two parts agree within this many points (after the same shift of both)."""
_SHIFT = 30.0
"""A part may be shifted sideways by this many points if its width is the same."""
_NUMBER = re.compile(r"^[-+−]?[¥￥]?[\d,，.]+%?$|^[-—–/]+$|^无$")
_CODE = re.compile(r"^[\dA-Za-z]")
_TITLE = re.compile(r"表(?:[（(][^（）()]*[）)])?$")
_SHORT = 3
"""The rest of a wrapped label has at most this many characters, unless the whole label stands elsewhere too."""


def squeezed(text: str) -> str:
    """Return the text without any white space."""
    return re.sub(r"\s+", "", text)


def is_table_title(text: str) -> bool:
    """Whether a text reads like the title of a form: it ends with 表, but for a remark in brackets."""
    return bool(_TITLE.search(squeezed(text)))


def continues(before: PageGrid, part: PageGrid) -> bool:
    """Whether ``part``, the first thing on its page, continues ``before``, the last thing on the page above it."""
    shift = part.xs[0] - before.xs[0]
    wider = (part.xs[-1] - before.xs[-1]) - shift
    if part.page_no != before.page_no + 1 or abs(shift) > _SHIFT or abs(wider) > _EDGE:
        return False
    if abs(shift) > _EDGE and part.column_count != before.column_count:
        return False
    return not _begins_anew(before, part)


def _begins_anew(before: PageGrid, part: PageGrid) -> bool:
    """Whether the part begins with the title of another form inside its grid.

    The title of a table that goes on is repeated together with a row of column labels.
    """
    first = part.rows()[0]
    texts = [cell.text for cell in first if cell.text]
    if len(texts) != 1 or first[0].column_span < part.column_count or not is_table_title(texts[0]):
        return False
    repeated = repeated_header(_keys(before), _keys(part))
    labels = part.rows()[:repeated]
    return not any(sum(1 for cell in row if cell.text) > 1 for row in labels)


def repeats_header(head: PageGrid, part: PageGrid) -> bool:
    """Whether the part begins with the column labels of the table's first part."""
    return repeated_header(_keys(head), _keys(part)) > 0


def _keys(part: PageGrid) -> list[tuple[str, ...]]:
    return [tuple(squeezed(cell.text) for cell in row) for row in part.rows()]


def join(parts: Sequence[PageGrid], table_no: int, known_texts: Collection[str] = ()) -> Grid:
    """Return the parts as one Grid.

    ``known_texts`` are texts of the document without white space; a cut label is trusted if it stands there whole.
    """
    table = _Table(_union_of_borders(parts), known_texts)
    for part in parts:
        table.append(part)
    first = parts[0]
    place = Place(page_no=first.page_no, box=first.box)
    return Grid(table_no, table.row_count, len(table.xs) - 1, table.cells(), place, tuple(table.starts))


def _shifted(parts: Sequence[PageGrid]) -> list[list[float]]:
    origin = parts[0].xs[0]
    return [[x - part.xs[0] + origin for x in part.xs] for part in parts]


def _union_of_borders(parts: Sequence[PageGrid]) -> list[float]:
    return list(borders(np.concatenate([np.array(xs) for xs in _shifted(parts)]), _EDGE).tolist())


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda index: abs(positions[index] - value))


class _Table:
    """The joined table while its parts are appended."""

    def __init__(self, xs: list[float], known_texts: Collection[str]) -> None:
        self.xs = xs
        self.known_texts = known_texts
        self.head: PageGrid | None = None
        self.rows: list[list[Cell]] = []
        self.full_columns: set[int] = set()
        self.starts: list[int] = []

    @property
    def row_count(self) -> int:
        return len(self.rows)

    def append(self, part: PageGrid) -> None:
        skipped = 0
        if self.head is None:
            self.head = part
        else:
            skipped = self._repeated_rows(self.head, part)
            if skipped == part.row_count:
                return
            self.starts.append(self.row_count)
        first_row = self.row_count
        spans = self._column_spans(part)
        for row in part.rows()[skipped:]:
            self.rows.append([self._placed(cell, self.row_count, spans, part.page_no) for cell in row])
        if first_row:
            self._mend(first_row)
        self.full_columns = {spans[cell.column] for cell in part.rows()[-1] if cell.is_full}

    def _repeated_rows(self, head: PageGrid, part: PageGrid) -> int:
        """Return how many rows repeat the header; a header cell never reaches below the last of them."""
        count = repeated_header(_keys(head), _keys(part))
        while count and any(cell.row < count < cell.row + cell.row_span for cell in part.cells):
            count -= 1
        return count

    def _column_spans(self, part: PageGrid) -> list[int]:
        shift = self.xs[0] - part.xs[0]
        return [_nearest(self.xs, x + shift) for x in part.xs]

    def _placed(self, cell: PageCell, row: int, spans: list[int], page_no: int) -> Cell:
        column = spans[cell.column]
        span = spans[cell.column + cell.column_span] - column
        return Cell(row, column, cell.text, cell.row_span, span, Place(page_no=page_no, box=cell.box), cell.confidence)

    def _mend(self, first_row: int) -> None:
        """Put the rest of a cut row, now at ``first_row``, back into the row above."""
        above, below = self.rows[first_row - 1], self.rows[first_row]
        if not is_rest_of_row(above, below, self.full_columns, self.known_texts):
            return
        rest = {cell.column: cell for cell in below if cell.text}
        self.rows[first_row - 1] = [_with_rest(cell, rest.get(cell.column)) for cell in above]
        del self.rows[first_row]
        self.rows[first_row:] = [[_moved_up(cell) for cell in row] for row in self.rows[first_row:]]
        if first_row == self.row_count:
            self.starts.remove(first_row)

    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self.rows for cell in sorted(row, key=lambda cell: cell.column))


def _with_rest(cell: Cell, rest: Cell | None) -> Cell:
    if rest is None:
        return cell
    certain = [each.confidence for each in (cell, rest) if each.confidence is not None]
    return msgspec.structs.replace(cell, text=f"{cell.text}\n{rest.text}", confidence=min(certain, default=None))


def _moved_up(cell: Cell) -> Cell:
    return msgspec.structs.replace(cell, row=cell.row - 1)


def is_rest_of_row(
    above: Sequence[Cell], below: Sequence[Cell], full_columns: Collection[int], known_texts: Collection[str]
) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before, cut in the middle of a label.

    All of this must hold: the row below has text but no number, code or ordinal; each of its texts stands under a
    label of the same columns whose last line was full, so that it had to wrap; the row above has a number; and either
    the rest is at most three characters, or the whole label stands elsewhere in the document.
    """
    labels = {(cell.column, cell.column_span): squeezed(cell.text) for cell in above if cell.row_span == 1}
    rests = [cell for cell in below if cell.text]
    if not rests or not any(_NUMBER.match(label) for label in labels.values()):
        return False
    if any(cell.row_span > 1 for cell in below):
        return False
    for cell in rests:
        label, rest = labels.get((cell.column, cell.column_span), ""), squeezed(cell.text)
        if not label or _NUMBER.match(label) or cell.column not in full_columns:
            return False
        if _NUMBER.match(rest) or _CODE.match(rest) or starts_paragraph(cell.text):
            return False
        if len(rest) > _SHORT and not any(label + rest in text for text in known_texts):
            return False
    return True
