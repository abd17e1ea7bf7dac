"""The text dialect in which a line is a cell: a Word table written out cell by cell.

A cell is a line that begins with a tab (sometimes after a space); a lone tab or an ideographic space is an empty
cell; a line without a tab right after a cell continues it. One blank line ends a row, two or more end the table, and
so does text outside it. A merged cell is printed once, so rows have different numbers of cells, each counted from the
left: a row's missing positions hold no cell.
"""

from collections.abc import Iterator, Sequence

from pipelines.documents.model import Cell, Grid, Paragraph, Place
from pipelines.documents.sentences import strip_blank
from pipelines.documents.tab_tables import Piece, Row


def is_dialect_of(lines: Sequence[str]) -> bool:
    """Whether most lines with a tab are cells: one tab, at the beginning."""
    tabbed = [line for line in lines if "\t" in line]
    cells = [line for line in tabbed if _is_cell(line) and line.count("\t") == 1]
    return len(cells) * 5 > len(tabbed) * 4


def _is_cell(line: str) -> bool:
    return line.lstrip(" \xa0\ufeff").startswith("\t")


def read_lines(lines: Sequence[str]) -> Iterator[Paragraph | Grid]:
    """Yield paragraphs and grids; ``lines`` have no line ends."""
    table_no = 0
    for block in _Scanner(lines).blocks():
        if isinstance(block, Paragraph):
            yield block
        else:
            table_no += 1
            yield _grid(block, table_no)


class _Scanner:
    """Goes through the lines once and gathers rows into tables."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.rows: list[Row] = []
        self.row_is_open = False

    def blocks(self) -> Iterator[Paragraph | list[Row]]:
        blanks = 0
        for index, line in enumerate(self.lines):
            if "\t" not in line and not strip_blank(line):
                blanks += 1
                continue
            if blanks:
                self.row_is_open = False
            if blanks > 1 or ("\t" not in line and not self._belongs_to_row(index, blanks)):
                yield from self._close()
            blanks = 0
            if "\t" in line and (_is_cell(line) or self.rows):
                self._add_cell(index)
            elif self.rows:
                self._continue_cell(index)
            else:
                yield Paragraph(strip_blank(line), Place(line_no=index + 1))
        yield from self._close()

    def _close(self) -> Iterator[list[Row]]:
        if self.rows:
            yield self.rows
        self.rows, self.row_is_open = [], False

    def _add_cell(self, index: int) -> None:
        piece = Piece(strip_blank(self.lines[index]), index + 1)
        if self.row_is_open:
            self.rows[-1].append(piece)
        else:
            self.rows.append([piece])
        self.row_is_open = True

    def _continue_cell(self, index: int) -> None:
        text, line_no = self.rows[-1][-1]
        more = strip_blank(self.lines[index])
        self.rows[-1][-1] = Piece(f"{text}\n{more}" if text else more, line_no)
        self.row_is_open = True

    def _belongs_to_row(self, index: int, blanks: int) -> bool:
        """Whether text outside a tab continues the last cell: right after it, or after a blank line inside it."""
        if not self.rows:
            return False
        return blanks == 0 or (blanks == 1 and self._is_inside_cell(index))

    def _is_inside_cell(self, index: int) -> bool:
        """Whether a cell goes on after a blank line: cells follow the text that complete the row to its usual length.

        The usual length is that of the row before.
        """
        end = index
        while end < len(self.lines) and "\t" not in self.lines[end] and strip_blank(self.lines[end]):
            end += 1
        following = 0
        while end < len(self.lines) and _is_cell(self.lines[end]):
            following += 1
            end += 1
        return following > 0 and len(self.rows) > 1 and len(self.rows[-1]) + following == len(self.rows[-2])


def _grid(rows: list[Row], table_no: int) -> Grid:
    cells = tuple(
        Cell(number, column, piece.text, place=Place(line_no=piece.line_no))
        for number, row in enumerate(rows)
        for column, piece in enumerate(row)
    )
    return Grid(table_no, len(rows), max(len(row) for row in rows), cells, Place(line_no=rows[0][0].line_no))
