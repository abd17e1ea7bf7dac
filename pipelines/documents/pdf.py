"""PDF files through pdfplumber: every page's tables by their ruling lines, and the text around them.

Belongs here: opening the file, reading one page after the other, and putting the pages' grids and lines in reading
order. The parts have modules of their own: rules, glyphs, page_grid, continuation, pdf_paragraphs.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from pipelines.documents.continuation import continues, join, squeezed
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.glyphs import UNKNOWN, Line, lines_of, shown_glyphs
from pipelines.documents.model import Box, Grid, Paragraph
from pipelines.documents.page_grid import PageGrid, page_grids
from pipelines.documents.pdf_paragraphs import Margins, PageLine, is_page_number, margins_of, paragraphs_of
from pipelines.documents.repeated_headings import without_repeated_headings
from pipelines.documents.rules import visible_rules
from pipelines.documents.running_lines import without_running_lines

READER_VERSION = "1"
"""Raised when the same file would give another Document."""

_TAIL = 4096


class PageContent(NamedTuple):
    """What stands on one page, from top to bottom, page numbers left out."""

    page_no: int
    width: float
    height: float
    items: tuple[Line | PageGrid, ...]
    problem: str | None = None


class PdfContent(NamedTuple):
    """What a PDF holds: blocks in reading order, and what could not be read."""

    page_count: int
    blocks: tuple[Paragraph | Grid, ...]
    problems: tuple[str, ...]


def read_pdf(data: bytes, source_path: str) -> PdfContent:
    """Read a PDF from its bytes; raise UnreadableFileError if it is encrypted, cut short or not a PDF inside."""
    if b"startxref" not in data[-_TAIL:]:
        raise UnreadableFileError(
            source_path, "end of file", "the PDF is cut short", "Download it again, and compare its size"
        )
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = [_read_page(page) for page in pdf.pages]
    except PdfminerException as error:
        raise _unreadable(error, source_path) from error
    if not pages:
        raise UnreadableFileError(source_path, "whole file", "the PDF has no pages", "Download it again")
    problems = tuple(page.problem for page in pages if page.problem)
    return PdfContent(len(pages), tuple(_blocks(pages)), problems)


def _unreadable(error: PdfminerException, source_path: str) -> UnreadableFileError:
    cause = error.args[0] if error.args else error
    if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
        return UnreadableFileError(
            source_path, "whole file", "the PDF is encrypted", "Save it without a password and load it again"
        )
    reason = f"the PDF is damaged ({type(cause).__name__}: {cause})"
    return UnreadableFileError(source_path, "whole file", reason, "Download it again, or print it to a new PDF")


def _read_page(page: Any) -> PageContent:
    """Read one page; a page that pdfplumber cannot read becomes a problem, not an error."""
    number = int(page.page_number)
    try:
        return _page_content(page)
    except MemoryError:
        raise
    except Exception as error:  # a damaged page raises whatever its damage leads to; the other pages are still good
        problem = f"page {number} could not be read ({type(error).__name__}: {error})"
        return PageContent(number, float(page.width), float(page.height), (), problem)
    finally:
        page.close()


def _page_content(page: Any) -> PageContent:
    number, shown = int(page.page_number), _shown_box(page)
    size = float(page.width), float(page.height)
    glyphs = shown_glyphs(page.chars, shown)
    if not glyphs and page.images:
        return PageContent(number, *size, (), f"page {number} is a picture without text")
    rules = visible_rules([*page.lines, *page.rects, *page.curves], shown)
    grids, rest = page_grids(rules, glyphs, number)
    items: list[Line | PageGrid] = [*lines_of(rest), *grids]
    items.sort(key=_top)
    unknown = sum(glyph.text == UNKNOWN for glyph in glyphs)
    problem = f"page {number} has {unknown} characters that its fonts do not name" if unknown else None
    return PageContent(number, *size, tuple(_without_page_numbers(items)), problem)


def _shown_box(page: Any) -> Box:
    """Return the part of the page that a reader program shows: the crop box inside the page."""
    page_box, crop_box = page.bbox, page.cropbox
    return Box(
        max(float(page_box[0]), float(crop_box[0])),
        max(float(page_box[1]), float(crop_box[1])),
        min(float(page_box[2]), float(crop_box[2])),
        min(float(page_box[3]), float(crop_box[3])),
    )


def _top(item: Line | PageGrid) -> float:
    return item.top if isinstance(item, Line) else item.box.y0


def _without_page_numbers(items: list[Line | PageGrid]) -> list[Line | PageGrid]:
    """Leave out the page number: the first or last thing on the page, if it is nothing but one."""
    kept = list(items)
    for end in (0, -1):
        if kept and isinstance(kept[end], Line) and is_page_number(kept[end].text):  # type: ignore[union-attr]
            del kept[end]
    return kept


def _blocks(pages: list[PageContent]) -> Iterator[Paragraph | Grid]:
    kept = without_repeated_headings(without_running_lines([(page.items, page.height) for page in pages]))
    pages = [page._replace(items=tuple(items)) for page, items in zip(pages, kept, strict=True)]
    margins = _margins(pages)
    known = {squeezed(text) for page in pages for text in _texts(page)}
    table_no = 0
    for run, width in _runs(pages):
        if isinstance(run[0], PageGrid):
            table_no += 1
            yield join([part for part in run if isinstance(part, PageGrid)], table_no, known)
        else:
            lines = [line for line in run if isinstance(line, PageLine)]
            yield from paragraphs_of(lines, margins.get(width))


def _margins(pages: list[PageContent]) -> dict[float, Margins | None]:
    lines: dict[float, list[Line]] = {}
    for page in pages:
        lines.setdefault(round(page.width), []).extend(item for item in page.items if isinstance(item, Line))
    return {width: margins_of(found) for width, found in lines.items()}


def _texts(page: PageContent) -> Iterator[str]:
    for item in page.items:
        if isinstance(item, Line):
            yield item.text
        else:
            yield from (cell.text for cell in item.cells)


def _runs(pages: list[PageContent]) -> Iterator[tuple[list[PageLine | PageGrid], float]]:
    """Yield the lines between tables together, and the parts of one table together, with the width of their page."""
    run: list[PageLine | PageGrid] = []
    run_width = 0.0
    for page_no, width, item in _all_items(pages):
        entry = PageLine(page_no, item) if isinstance(item, Line) else item
        if run and not _belongs(run[-1], entry, width == run_width):
            yield run, run_width
            run = []
        run.append(entry)
        run_width = width
    if run:
        yield run, run_width


def _all_items(pages: Iterable[PageContent]) -> Iterator[tuple[int, float, Line | PageGrid]]:
    return ((page.page_no, round(page.width), item) for page in pages for item in page.items)


def _belongs(before: PageLine | PageGrid, entry: PageLine | PageGrid, same_width: bool) -> bool:
    if isinstance(before, PageGrid) and isinstance(entry, PageGrid):
        return continues(before, entry)
    return same_width and isinstance(before, PageLine) and isinstance(entry, PageLine)
