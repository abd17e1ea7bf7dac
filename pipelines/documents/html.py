"""HTML pages through selectolax: encodings, the page's title, and its paragraphs and tables.

Belongs here: the bytes and the whole page. Elements are in ``html_tree``, error pages in ``html_errors``. HTML has no
pages or lines: every ``Place`` is empty. Pictures are files of their own, and are not read.
"""

import codecs
import re

from selectolax.lexbor import LexborHTMLParser

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.html_errors import error_of
from pipelines.documents.html_tree import items_of
from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.nested import Content, Item, blocks_of

READER_VERSION = "1"
"""Raised when the same file would give another Document."""

_MAX_BYTES = 1 << 26
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LATIN = frozenset({"ascii", "iso8859-1", "cp1252"})


def read_html(data: bytes, source_path: str) -> Content:
    """Read an HTML page; raise UnreadableFileError if it is an error page or much too large."""
    if len(data) > _MAX_BYTES:
        raise _unreadable(source_path, f"the page is larger than {_MAX_BYTES >> 20} MB", "Save its tables only")
    text, problem = decode(data)
    parser = LexborHTMLParser(text)
    body = parser.body or parser.root
    items = items_of(body, source_path) if body is not None else []
    title_node = parser.css_first("title")
    title = " ".join((title_node.text() if title_node is not None else "").split())
    blocks = blocks_of(_with_title(title, items), source_path)
    _refuse_error_page(title, blocks, source_path)
    return Content(blocks, (problem,) if problem else ())


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of a page, and a problem where some bytes of it are no text.

    What the bytes are counts before what the page declares: pages in UTF-8 that declare GB2312 are common.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _replaced(data[len(bom) :], encoding)
    declared = _declared(data)
    for encoding in ("utf-8", declared, "gb18030"):
        try:
            return data.decode(encoding), None
        except UnicodeDecodeError:
            continue
    utf8, gbk = (_replaced(data, encoding) for encoding in ("utf-8", declared))
    return min(utf8, gbk, key=lambda found: found[0].count("\ufffd"))


def _declared(data: bytes) -> str:
    """Return the codec that a page declares; GBK stands for the Western ones, which no Chinese page is written in."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name if found else "gb18030"
    except LookupError:
        return "gb18030"
    known = codecs.lookup(name)
    is_text = getattr(known, "_is_text_encoding", True)
    return "gb18030" if name in ("gb2312", "gbk", "hz") or name in _LATIN or not is_text else name


def _replaced(data: bytes, encoding: str) -> tuple[str, str | None]:
    text = data.decode(encoding, "replace")
    count = text.count("\ufffd")
    return text, f"{count} characters of the page could not be decoded as {encoding}" if count else None


def _with_title(title: str, items: list[Item]) -> list[Item]:
    """Put the title that the browser's tab shows before the page, unless the page says it itself."""
    said = any(isinstance(item, Paragraph) and title in item.text for item in items)
    return items if not title or said else [Paragraph(title), *items]


def _refuse_error_page(title: str, blocks: tuple[Paragraph | Grid, ...], source_path: str) -> None:
    lines = [block.text for block in blocks if isinstance(block, Paragraph) and block.text != title]
    tables = sum(isinstance(block, Grid) and block.row_count > 1 for block in blocks)
    error = error_of(title, "\n".join(lines), tables)
    if error:
        said = title or (lines[0][:60] if lines else "")
        reason = f"it is a web page that is no disclosure: {error}" + (f" (“{said}”)" if said else "")
        raise _unreadable(source_path, reason, "Open the address in a browser and download the file again")


def _unreadable(source_path: str, reason: str, remedy: str) -> UnreadableFileError:
    return UnreadableFileError(source_path, "whole file", reason, remedy)
