"""Cutting grids into form tables: which rows of which grid belong to which printed form.

A form may have its title above the grid, inside it, or nowhere (a continuation the reader could not join); a grid may
hold several forms one below another. Belongs here: finding titles, unit lines, notes and the rows between them. Does
not belong here: what the rows and columns mean (``header``, ``rows``).
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from pipelines.disclosures.printed import narrow, read_printed, unit_in
from pipelines.disclosures.titles import TitleMatch, match_title, match_title_in, printed_number
from pipelines.documents.model import Cell, Document, Grid, Paragraph

Matrix = list[list[Cell | None]]
_CONTEXT = 6
"""How many paragraphs above a grid may hold its title, number and unit."""
_LABELS = ("部门:", "编制部门:", "部门名称:", "公开部门:", "单位名称:")
_UNIT_BEHIND = re.compile(r"[\s(（]*(金额)?单位[:：]\s*(人民币)?(百万|千|万|亿)?元[)）]?\s*$")
"""The unit, where it stands behind the title in one line."""
_NOTE_WORDS = ("没有", "无", "未", "不涉及", "为空", "故本表")


class FormTable(msgspec.Struct):
    """The rows of one printed form; ``matrix`` is a part of ``grid``'s, without its title and unit rows."""

    match: TitleMatch | None
    grid: Grid
    matrix: Matrix
    unit: str | None
    printed_no: str | None
    title_lines: list[str]
    """What stands above the table, for those it could not be told from."""
    notes: list[str]


def form_tables(document: Document, kind: str) -> list[FormTable]:
    """All tables of ``document`` in reading order; those whose title is no statutory form's have ``match`` None.

    ``kind`` is the kind of paper, which decides between forms of the same title.
    """
    tables: list[FormTable] = []
    above: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            if tables and _is_note(block.text):
                tables[-1].notes.append(block.text)
        else:
            for table in _cut(block, above, kind):
                _add(tables, table)
            above = []
    return tables


def _add(tables: list[FormTable], table: FormTable) -> None:
    """Append ``table``, or its rows to the form before when it is an untitled continuation of it."""
    before = tables[-1] if tables else None
    if before is None or before.match is None or not is_untitled(table) or not _same_columns(before, table):
        tables.append(table)
        return
    before.matrix += table.matrix
    before.notes += table.notes


def is_untitled(table: FormTable) -> bool:
    """Whether nothing above a table may say what it is: page numbers and figures left over at most."""
    return table.match is None and not any(
        len(narrow(line)) > 3 and read_printed(line).kind == "text" for line in table.title_lines
    )


def _same_columns(before: FormTable, after: FormTable) -> bool:
    return bool(before.matrix and after.matrix) and len(before.matrix[0]) == len(after.matrix[0])


def _cut(grid: Grid, above: Sequence[str], kind: str) -> Iterator[FormTable]:
    """Split a grid at the title rows inside it. Rows before the first title belong to what stands above the grid."""
    match, lines = _title_above(above, kind)
    table = _empty(grid, match, lines)
    for row in grid_rows(grid):
        texts = _row_texts(row)
        inside = _title_row(texts, kind)
        if inside:
            if table.matrix or table.match:
                yield table
            table = _empty(grid, inside, texts)
        elif is_form_line(texts):
            _read_line(table, texts)
        elif len(texts) == 1 and _is_note(texts[0]):
            table.notes.append(texts[0])
        else:
            table.matrix.append(row)
    if table.matrix or table.match:
        yield table


def _empty(grid: Grid, match: TitleMatch | None, lines: Sequence[str]) -> FormTable:
    table = FormTable(match, grid, [], None, None, list(lines), [])
    _read_line(table, lines)
    return table


def _read_line(table: FormTable, texts: Sequence[str]) -> None:
    """Take unit and printed number out of the lines above or at the head of a table."""
    for text in texts:
        table.unit = unit_in(text) or table.unit
        table.printed_no = table.printed_no or printed_number(text)


def grid_rows(grid: Grid) -> Matrix:
    """The cells of ``grid`` as rows in which a merged cell stands at every position it covers."""
    matrix = grid.rows()
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.row_count)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.column_count)):
                matrix[row][column] = cell
    return matrix


def distinct(row: Sequence[Cell | None]) -> list[Cell]:
    """The cells of a row, a merged one once."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cell is not cells[-1]):
            cells.append(cell)
    return cells


def _row_texts(row: Sequence[Cell | None]) -> list[str]:
    return [cell.text.strip() for cell in distinct(row) if cell.text.strip()]


def _title_above(above: Sequence[str], kind: str) -> tuple[TitleMatch | None, list[str]]:
    """The title among the last paragraphs above a grid: the nearest that is one, or two that are one together."""
    lines = list(above[-_CONTEXT:])
    known = _known(kind)
    for index in range(len(lines) - 1, -1, -1):
        wrapped = "".join(lines[index - 1 : index + 1]) if index else ""
        match = match_title_in(_UNIT_BEHIND.sub("", lines[index]), known) or match_title(wrapped, known)
        if match:
            return match, lines[index:]
    return None, [line for line in lines if not _is_note(line)]


def _known(kind: str) -> str | None:
    return kind if kind in ("final_accounts", "budget") else None


def _title_row(texts: Sequence[str], kind: str) -> TitleMatch | None:
    if len(texts) != 1:
        return None
    return match_title_in(texts[0].strip(), _known(kind)) or _headed(texts[0], kind)


def _headed(text: str, kind: str) -> TitleMatch | None:
    """A title whose cell also holds the number and unit lines: ``收支预算总表 / 公开表一 / 部门：… 单位：万元``."""
    lines = text.split("\n")
    if len(lines) < 2 or not any(unit_in(line) or printed_number(line) for line in lines):
        return None
    return next((match for line in lines if (match := match_title_in(line, _known(kind)))), None)


def is_form_line(texts: Sequence[str]) -> bool:
    """A row that states department, printed number or unit rather than data."""
    joined = narrow("".join(texts))
    if not joined or any(read_printed(text).kind in ("number", "percent") for text in texts):
        return False
    return unit_in(joined) is not None or joined.startswith(_LABELS) or printed_number(joined) == joined


def _is_note(text: str) -> bool:
    plain = narrow(text).lstrip("(")
    return plain.startswith(("注:", "备注:", "说明:")) or (
        len(plain) < 120 and any(word in plain for word in _NOTE_WORDS) and ("表" in plain or plain.startswith("无"))
    )
