"""Running text of a PDF: lines outside tables become paragraphs.

The page decides: a line that reaches the right margin goes on in the next one, unless that begins with an indent, a
number or in another size. Over a page break the same holds for the last and the first line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.documents.glyphs import Line
from pipelines.documents.model import Paragraph, Place
from pipelines.documents.sentences import is_finished, starts_paragraph

_DASH = r"[-\u2010-\u2015\u2212\u2500\u2501－~～·.\s]*"
_PAGE_NUMBER = re.compile(rf"^{_DASH}(?:第\s*)?\d{{1,4}}(?:\s*页)?(?:\s*[/，,]?\s*共?\s*\d{{1,4}}\s*页?)?{_DASH}$")
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s*[-—(（]?\s*\d{0,4}\s*[-—)）]?\s*$")


_LONG = 12
"""Lines with fewer characters say nothing about the margins."""
_SAME_BEGIN = 3.0
"""Lines that begin within this many points begin at the same place."""
_RAGGED = 1.8
"""A line that ends within this many characters of the right margin reaches it."""
_INDENT = 0.9
"""A line that begins more than this many characters right of the left margin is indented."""
_LARGEST_INDENT = 5
"""A line that begins even further right is not running text: a unit, a page number, a caption."""
_LEAST_CENTRED = 3
"""A centred line leaves more than this many characters free on the left; an indented one does not."""
_MOST = 0.75
"""A line of at least this part of the width may be one that was wrapped early."""
_OTHER_SIZE = 0.12
_FAR_BELOW = 1.6


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

    The right margin is where the furthest tenth of the long lines ends; the left margin is the leftmost of the places
    where a tenth of the lines that reach the right margin begin.
    """
    long_lines = [line for line in lines if len(line.text) >= _LONG]
    if len(long_lines) < 2:
        return None
    ends = sorted(line.x1 for line in long_lines)
    right = ends[-max(1, len(ends) // 10)]
    reaching = [line for line in long_lines if abs(right - line.x1) < 1.5 * line.size]
    begins = Counter(round(line.x0 / _SAME_BEGIN) for line in reaching)
    usual = [begin for begin, count in begins.items() if count * 10 >= len(reaching)]
    return Margins(min(usual) * _SAME_BEGIN, right)


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
    if abs(above.size - line.size) > _OTHER_SIZE * above.size:
        return False
    if before.page_no == item.page_no and line.top - above.bottom > _FAR_BELOW * above.size:
        return False
    if starts_paragraph(line.text) and is_finished(above.text):
        return False
    return _is_rest_of_title(above, line, margins) or _is_rest_of_text(above, line, margins)


def _is_rest_of_text(above: Line, line: Line, margins: Margins) -> bool:
    """Whether a line at the left margin continues one that reaches the right margin, or that breaks off before it."""
    if line.x0 - margins.left > _INDENT * line.size or above.x0 - margins.left > _LARGEST_INDENT * above.size:
        return False
    if margins.right - above.x1 <= _RAGGED * above.size:
        return True
    is_long = above.x1 - above.x0 >= _MOST * (margins.right - margins.left)
    return is_long and not is_finished(above.text) and not starts_paragraph(line.text)


def _is_rest_of_title(above: Line, line: Line, margins: Margins) -> bool:
    """Whether a short centred line is what did not fit into the line above, which fills the width."""
    before, behind = line.x0 - margins.left, margins.right - line.x1
    is_centred = abs(before - behind) < 2 * line.size and before > _LEAST_CENTRED * line.size
    fills = above.x0 - margins.left <= _LARGEST_INDENT * above.size and margins.right - above.x1 <= _RAGGED * above.size
    return is_centred and fills and not is_finished(above.text) and not starts_paragraph(line.text)
