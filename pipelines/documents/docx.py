"""DOCX files through lxml on the package: paragraphs and tables in the order in which Word displays them.

Inserted text is in, deleted and hidden text is out; list numbers are counted; text boxes, footnotes and tables inside
cells follow the paragraph or table they belong to. Page headers and footers repeat on every page and are left out, as
are comments. Belongs here: the body and its order. Runs, tables, numbering and objects have modules of their own.
DOCX has no pages or lines: every ``Place`` is empty.
"""

import re
from collections.abc import Iterator

from lxml import etree

from pipelines.documents.docx_numbering import Numbering, W, value_of
from pipelines.documents.docx_objects import Objects
from pipelines.documents.docx_tables import read_table
from pipelines.documents.docx_text import displayed, read_inline
from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.nested import Content, Item, RawCell, RawTable, blocks_of
from pipelines.documents.package import Package
from pipelines.documents.sentences import strip_blank

READER_VERSION = "2"
"""Raised when the same file would give another Document."""

_WRAPPERS = frozenset({f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_docx(data: bytes, source_path: str) -> Content:
    """Read a DOCX file; raise UnreadableFileError if it is damaged, encrypted or hostile."""
    package = Package(data, source_path)
    part = package.main_part("word/document.xml")
    body = package.tree(part).find(f"{W}body")
    if body is None:
        raise package.unreadable(part, "the document has no body")
    reading = _Reading(package, part)
    items = [*reading.items(body), *reading.notes()]
    return Content(blocks_of(items, source_path), tuple(reading.problems))


class _Reading:
    """One document while it is read: its lists count on from paragraph to paragraph."""

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._numbering = Numbering(package, part)
        self._objects = Objects(package, part)
        self._last_text = ""
        self.problems: list[str] = []

    def items(self, parent: etree._Element) -> Iterator[Item]:
        """Yield what a body, cell, text box or note holds."""
        for child in displayed(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield read_table(child, lambda cell: list(self.items(cell)))
            elif child.tag in _WRAPPERS:
                yield from self.items(child)
            elif child.tag == f"{W}altChunk":
                self.problems.append(f"a file inserted after “{self._last_text[-40:]}” was not read")

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Item]:
        text, anchored = read_inline(paragraph)
        text = re.sub(r"[ \u3000]*\t\s*", "\t", strip_blank(text))
        if text:
            text = self._numbering.label(paragraph) + text
            self._last_text = text
            yield Paragraph(text)
        for element in anchored:
            yield from self._anchored(element)

    def _anchored(self, element: etree._Element) -> Iterator[Item]:
        boxes = [box for box in element.iter(f"{W}txbxContent") if not _is_inside_another(box, element)]
        for box in boxes:
            yield from self.items(box)
        if boxes:
            return
        found = self._objects.read(element, self._last_text)
        if found.problem:
            self.problems.append(found.problem)
        for block in found.content.blocks if found.content else ():
            yield _without_place(block)

    def notes(self) -> Iterator[Item]:
        """Yield the footnotes and endnotes."""
        for kind in ("footnotes", "endnotes"):
            part = self._package.related(self._part, kind)
            for note in self._package.tree(part) if part else ():
                if value_of(note, "type") not in _SEPARATORS:
                    yield from self.items(note)


def _is_inside_another(box: etree._Element, top: etree._Element) -> bool:
    """Whether a text box lies in another one, or in the fallback of alternatives that repeats it."""
    parent = box.getparent()
    while parent is not None and parent is not top.getparent():
        if parent.tag == f"{W}txbxContent" or str(parent.tag).endswith("}Fallback"):
            return True
        parent = parent.getparent()
    return False


def _without_place(block: Paragraph | Grid) -> Item:
    """Turn a block of an embedded workbook or picture, whose places are its own, into one of this document."""
    if isinstance(block, Paragraph):
        return Paragraph(block.text)
    cells = [
        RawCell(
            cell.row,
            cell.column,
            [Paragraph(cell.text)],
            cell.row_span,
            cell.column_span,
            confidence=cell.confidence,
        )
        for cell in block.cells
    ]
    return RawTable(cells)
