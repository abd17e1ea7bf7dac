"""Running text of a PDF: lines outside tables become paragraphs.

The page decides: a line that reaches the right margin goes on in the next one, unless that begins with an indent, a
number or in another size. Over a page break the same holds for the last and the first line.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.documents.glyphs import Line
from pipelines.documents.model import Paragraph, Place
from pipelines.documents.sentences import is_finished, starts_paragraph

_PAGE_NUMBER = re.compile(r"^[-—–－―~·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―~·.\s]*$")
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*[-—(（]?\s*\d{0,4}\s*[-—)）]?\s*$")


class PageLine(NamedTuple):
    """A line of running text and its page."""

    page_no: int
    line: Line


class Margins(NamedTuple):
    """Where running text begins and ends on pages of one width, in points."""

    left: float
    right: float


def is_page_number(text: str) -> bool:
    """Whether a line is nothing but a page number (``1``, ``- 3 -``, ``— 12 —``, ``第 3 页 共 9 页``)."""
    return bool(_PAGE_NUMBER.match(text.strip()))


def margins_of(lines: Sequence[Line]) -> Margins | None:
    """Return the margins of running text, or None if there is too little text to tell.

    The right margin is where several long lines end, the left margin where they begin.
    """
    long_lines = [line for line in lines if len(line.text) >= 12]
    if len(long_lines) < 2:
        return None
    ends = sorted(line.x1 for line in long_lines)
    right = ends[-max(1, len(ends) // 10)]
    reaching = [line for line in long_lines if right - line.x1 < 1.5 * line.size]
    return Margins(min(line.x0 for line in reaching), right)


def paragraphs_of(lines: Sequence[PageLine], margins: Margins | None) -> Iterator[Paragraph]:
    """Yield the paragraphs of lines that follow each other without a table between them."""
    gathered: list[PageLine] = []
    for item in lines:
        if gathered and not _goes_on(gathered[-1], item, margins):
            yield _paragraph(gathered)
            gathered = []
        gathered.append(item)
    if gathered:
        yield _paragraph(gathered)


def _paragraph(gathered: list[PageLine]) -> Paragraph:
    first = gathered[0]
    text = gathered[0].line.text
    for item in gathered[1:]:
        needs_space = text[-1:].isascii() and text[-1:].isalpha() and item.line.text[:1].isascii()
        text += (" " if needs_space else "") + item.line.text
    return Paragraph(text, Place(page_no=first.page_no, box=first.line.box))


def _goes_on(before: PageLine, item: PageLine, margins: Margins | None) -> bool:
    above, line = before.line, item.line
    if margins is None or _CONTENTS.search(above.text) or _CONTENTS.search(line.text):
        return False
    if margins.right - above.x1 > 1.8 * above.size or abs(above.size - line.size) > 0.12 * above.size:
        return False
    if before.page_no == item.page_no and line.top - above.bottom > 1.6 * above.size:
        return False
    is_indented = line.x0 - margins.left > 0.9 * line.size
    if is_indented:
        return False
    return not (starts_paragraph(line.text) and is_finished(above.text))
