"""The texts of a source without pages, and where in them the figures of findings stand.

A text file is its numbered lines; Word, Excel and web pages are the paragraphs and tables their readers see. Does not
belong here: what is marked (``marked``), how a copy looks (``marked_text``).
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipelines.documents.model import Cell, Document, Grid, Paragraph, Place

if TYPE_CHECKING:
    from pipelines.site.marked import Copy, Mark

Span = tuple[int, int]
Position = tuple[int, int, int]
"""Table, row and column of a cell, from 1."""


class Text(NamedTuple):
    """A line, a paragraph or a cell; ``name`` is what the legend calls it."""

    name: str
    text: str
    wanted: list[tuple[Span | None, int]]
    """Where the figures of findings stand in it, if that is known, with the findings' numbers."""
    cell: Cell | None = None
    position: Position | None = None


class Part(NamedTuple):
    """What is shown as one: a line, a paragraph, or a table by its rows."""

    kind: str
    rows: tuple[tuple[Text, ...], ...]


def parts(copy: "Copy", data: bytes) -> list[Part]:
    """The source from its beginning to its end; nothing of what cannot be read any more."""
    from pipelines.documents.errors import UnreadableFileError
    from pipelines.documents.reading import read_data

    if copy.format == "text":
        return _lines(copy, data)
    try:
        return _blocks(copy, read_data(data, copy.path))
    except UnreadableFileError:
        return []


def _lines(copy: "Copy", data: bytes) -> list[Part]:
    from pipelines.site.originals import text_lines

    lines = [Text(f"第 {number} 行", line, []) for number, line in enumerate(text_lines(data), start=1)]
    for number, mark in _marks(copy):
        if mark.line is not None and mark.line <= len(lines):
            told = lines[mark.line - 1]
            told.wanted.append((_in_line(told.text, mark), number))
    return [Part("line", ((line,),)) for line in lines]


def _in_line(text: str, mark: "Mark") -> Span | None:
    """Where the figure stands in its line: the one place with such a print, or the column it was read from."""
    hits = _hits(text, mark.printed)
    if len(hits) > 1 and mark.column is not None:
        fields = list(re.finditer(r"[^\t]+|(?<=\t)(?=\t)", text))
        own = fields[mark.column - 1].span() if mark.column <= len(fields) else (0, 0)
        hits = [hit for hit in hits if own[0] <= hit[0] and hit[1] <= own[1]]
    if len(hits) > 1 and mark.sentence:
        start = text.find(mark.sentence)
        hits = [hit for hit in hits if start >= 0 and start <= hit[0] and hit[1] <= start + len(mark.sentence)]
    return hits[0] if len(hits) == 1 else None


def _blocks(copy: "Copy", document: Document) -> list[Part]:
    found = list(_parts(document))
    texts = [text for part in found for row in part.rows for text in row]
    cells = {text.position: text for text in texts if text.position}
    for number, mark in _marks(copy):
        if mark.table is not None and mark.row is not None and mark.column is not None:
            told = cells.get((mark.table, mark.row, mark.column))
            place = (told, (0, len(told.text))) if told else None
        else:
            place = _told(mark, texts)
        if place is not None:
            place[0].wanted.append((place[1], number))
    return found


def _parts(document: Document) -> Iterator[Part]:
    count = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            count += 1
            yield Part("paragraph", ((Text(_on_sheet(block.place, f"第 {count} 段"), block.text, []),),))
        else:
            rows: list[list[Text]] = [[] for _ in range(block.row_count)]
            for cell in block.cells:
                rows[cell.row].append(_cell(block, cell))
            yield Part("table", tuple(map(tuple, rows)))


def _cell(table: Grid, cell: Cell) -> Text:
    position = (table.table_no, cell.row + 1, cell.column + 1)
    return Text(_on_sheet(cell.place, "表 {} 第 {} 行第 {} 列".format(*position)), cell.text, [], cell, position)


def _on_sheet(place: Place, name: str) -> str:
    """In a workbook the sheet and its row as well."""
    if place.page_no is None or place.line_no is None:
        return name
    return f"工作表 {place.page_no} 第 {place.line_no} 行（{name}）"


def _told(mark: "Mark", texts: list[Text]) -> tuple[Text, Span] | None:
    """The sentence of a figure, or the one cell that has such a print."""
    if mark.sentence:
        for each in texts:
            start = each.text.find(mark.sentence)
            if start >= 0:
                hits = _hits(mark.sentence, mark.printed)
                first, last = hits[0] if len(hits) == 1 else (0, len(mark.sentence))
                return each, (start + first, start + last)
        return None
    printed = (mark.printed or "").strip()
    same = [each for each in texts if each.cell and printed and each.text.strip() == printed]
    return (same[0], (0, len(same[0].text))) if len(same) == 1 else None


def _marks(copy: "Copy") -> Iterator[tuple[int, "Mark"]]:
    return ((number, mark) for number, entry in enumerate(copy.entries, start=1) for mark in entry.marks)


def _hits(text: str, printed: str | None) -> list[Span]:
    """Where a print stands by itself, never as a part of a longer number."""
    if not printed:
        return []
    return [hit.span() for hit in re.finditer(rf"(?<![\d.,]){re.escape(printed)}(?![\d.,]*\d)", text)]
