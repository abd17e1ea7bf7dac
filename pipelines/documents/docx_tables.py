"""Word tables: rows of cells with gridSpan and vMerge, into cells with spans.

Belongs here: which cell stands where. Does not belong here: what stands in it (the caller reads that).
"""

from collections.abc import Callable, Iterator

from lxml import etree

from pipelines.documents.docx_numbering import W, value_of
from pipelines.documents.docx_text import displayed, is_on
from pipelines.documents.nested import Item, RawCell, RawTable, collapsed

_WRAPPERS = frozenset({f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")})
_WIDEST = 1_000
"""Columns one cell may span; Word allows 63."""


def read_table(table: etree._Element, content_of: Callable[[etree._Element], list[Item]]) -> RawTable:
    """Return a table; ``content_of`` reads what a cell holds, and is called in reading order.

    The content of a cell that a vertical merge covers is not displayed by Word, and is not read.
    """
    cells: list[RawCell] = []
    above: dict[int, RawCell] = {}
    number = 0
    for row in _children(table, f"{W}tr"):
        if _is_gone(row):
            continue
        above = _read_row(row, number, above, cells, content_of)
        number += 1
    return collapsed(RawTable(cells))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in displayed(parent):
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _is_gone(row: etree._Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and (properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden")))


def _read_row(
    row: etree._Element,
    number: int,
    above: dict[int, RawCell],
    cells: list[RawCell],
    content_of: Callable[[etree._Element], list[Item]],
) -> dict[int, RawCell]:
    """Append the cells that begin in a row; return, by column, the cells that the next row may continue."""
    column = _span(row.find(f"{W}trPr/{W}gridBefore"), 0)
    open_: dict[int, RawCell] = {}
    before: RawCell | None = None
    for element in _children(row, f"{W}tc"):
        properties = element.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            continue
        span = _span(None if properties is None else properties.find(f"{W}gridSpan"), 1)
        merged = above.get(column) if _merge(properties, "vMerge") == "continue" else None
        if before is not None and _merge(properties, "hMerge") == "continue":
            before.column_span += span
        elif merged is not None and merged.column_span == span and merged.row + merged.row_span == number:
            merged.row_span += 1
            open_[column], before = merged, None
        else:
            before = RawCell(number, column, content_of(element), 1, span)
            cells.append(before)
            if _merge(properties, "vMerge"):
                open_[column] = before
        column += span
    return open_


def _merge(properties: etree._Element | None, name: str) -> str | None:
    """Return ``restart``, ``continue``, or None where a cell takes no part in a merge."""
    element = None if properties is None else properties.find(f"{W}{name}")
    return None if element is None else value_of(element, "val") or "continue"


def _span(element: etree._Element | None, otherwise: int) -> int:
    text = value_of(element, "val") or ""
    return min(max(int(text), otherwise), _WIDEST) if text.isdigit() and len(text) < 7 else otherwise
