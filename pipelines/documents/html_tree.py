"""HTML elements into paragraphs and tables, in the order in which a browser displays them.

The tree is walked step by step, without recursion: pages that never close a tag are thousands of elements deep. Belongs
here: what begins a paragraph, what is not displayed, and which cell stands where. Does not belong here: encodings and
error pages (``html``, ``html_errors``).
"""

import re
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborNode

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Paragraph
from pipelines.documents.nested import Item, RawCell, RawTable, collapsed

_UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object", "embed", "svg",
     "math", "canvas", "audio", "video", "select", "option", "textarea", "input", "button", "datalist")
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
     "ins", "kbd", "label", "mark", "nobr", "o:p", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
     "st1:chsdate", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr")
)  # fmt: skip
_BREAK = "\x0b"
_WIDE = r"[\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]"
_WIDE_BREAK = re.compile(rf"(?<={_WIDE})[ \t\f]*[\r\n][ \t\r\n\f]*(?={_WIDE})")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAX_COLUMN_SPAN = 1_000
_MAX_COLUMNS = 2_000
_MAX_ROW_SPAN = 65_534


class _Row(msgspec.Struct):
    """One row being read, with the row group it stands in: spans end with their group."""

    group: int
    cells: list[tuple[list[Item], int, int]]
    """Content, row span (0: to the end of the group), column span."""


class _Table(msgspec.Struct):
    """One table being read."""

    rows: list[_Row]
    group: int = 0


def items_of(root: LexborNode, source_path: str) -> list[Item]:
    """Return the paragraphs and tables of an element; raise UnreadableFileError for a table wider than any page."""
    builder = _Builder(source_path)
    for is_start, node in _walk(root):
        if is_start:
            builder.start(node)
        else:
            builder.end(node)
    return builder.finish()


def _walk(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """Yield (True, node) where a displayed node begins and (False, node) where it ends."""
    node: LexborNode | None = root
    while node is not None:
        seen = not _is_unseen(node)
        if seen:
            yield True, node
            if node.child is not None:
                node = node.child
                continue
            yield False, node
        while node is not None and node.mem_id != root.mem_id and node.next is None:
            node = node.parent
            if node is not None:
                yield False, node
        if node is None or node.mem_id == root.mem_id:
            return
        node = node.next


def _is_unseen(node: LexborNode) -> bool:
    """Whether a node is not displayed. A hidden part with a table in it is one of several tabs, and is displayed."""
    if not node.is_element_node:
        return not node.is_text_node
    if node.tag in _UNSEEN:
        return True
    attributes = node.attrs
    hidden = "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes.sget("style")) is not None)
    return hidden and node.css_first("table") is None


class _Builder:
    """Collects what the walk meets."""

    def __init__(self, source_path: str) -> None:
        self._source_path = source_path
        self._contents: list[list[Item]] = [[]]
        self._tables: list[_Table] = []
        self._text: list[str] = []
        self._preformatted = 0

    def start(self, node: LexborNode) -> None:
        """Take a node that begins."""
        if node.is_text_node:
            text = node.text_content or ""
            self._text.append(text.replace("\n", _BREAK) if self._preformatted else text)
            return
        tag = node.tag or ""
        if tag == "br":
            self._text.append(_BREAK)
        elif tag not in _INLINE:
            self._flush()
        if tag == "pre":
            self._preformatted += 1
        elif tag == "table":
            self._tables.append(_Table([]))
        elif self._tables and tag in ("thead", "tbody", "tfoot"):
            self._tables[-1].group += 1
        elif self._tables and tag == "tr":
            self._tables[-1].rows.append(_Row(self._tables[-1].group, []))
        elif self._tables and tag in ("td", "th"):
            self._contents.append([])

    def end(self, node: LexborNode) -> None:
        """Take a node that ends."""
        tag = node.tag or ""
        if node.is_text_node or tag in _INLINE or tag == "br":
            return
        self._flush()
        if tag == "pre":
            self._preformatted -= 1
        elif self._tables and tag in ("td", "th"):
            self._end_cell(node)
        elif self._tables and tag == "table":
            self._contents[-1].append(_placed(self._tables.pop(), self._source_path))

    def _end_cell(self, node: LexborNode) -> None:
        table, content = self._tables[-1], self._contents.pop()
        if not table.rows:
            table.rows.append(_Row(table.group, []))
        rows, columns = _span(node, "rowspan", _MAX_ROW_SPAN), _span(node, "colspan", _MAX_COLUMN_SPAN)
        table.rows[-1].cells.append((content, rows, max(columns, 1)))

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if not text or text.isspace():
            return
        text = _SPACE.sub(" ", _WIDE_BREAK.sub("", text)).replace("\xa0", " ")
        lines = (line.strip(" ") for line in text.split(_BREAK))
        self._contents[-1].append(Paragraph("\n".join(line for line in lines if line)))

    def finish(self) -> list[Item]:
        """Return all there is."""
        self._flush()
        return self._contents[0]


def _span(node: LexborNode, name: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,6})", node.attrs.sget(name) if name in node.attrs else "")
    return min(int(digits.group(1)), most) if digits else 1


def _placed(table: _Table, source_path: str) -> RawTable:
    """Give every cell its row and column: each goes to the first column of its row that no span covers."""
    ends = {row.group: number + 1 for number, row in enumerate(table.rows)}
    cells: list[RawCell] = []
    covered = [0] * _MAX_COLUMNS
    """For each column, the row up to which a span from above covers it."""
    for number, row in enumerate(table.rows):
        column = 0
        for content, row_span, column_span in row.cells:
            while column < _MAX_COLUMNS and covered[column] > number:
                column += 1
            if column == _MAX_COLUMNS:
                raise _too_wide(source_path)
            height = max(min(row_span or len(table.rows), ends[row.group] - number), 1)
            width = 1
            while width < column_span and column + width < _MAX_COLUMNS and covered[column + width] <= number:
                width += 1
            covered[column : column + width] = [number + height] * width
            cells.append(RawCell(number, column, content, height, width))
            column += width
    return collapsed(RawTable(cells))


def _too_wide(source_path: str) -> UnreadableFileError:
    return UnreadableFileError(
        source_path,
        "a table",
        f"a table has more than {_MAX_COLUMNS:,} columns",
        "Look at the page in a browser; it may be damaged",
    )
