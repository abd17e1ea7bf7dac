"""PDF files: every page's tables by their ruling lines, and the text around them.

Two engines can say what is drawn on a page (``pdfium_pages``, ``plumber_pages``); all that follows is the same for
both. Belongs here: opening the file, reading one page after the other, and putting the pages' grids and lines in
reading order. The parts have modules of their own: rules, glyphs, page_grid, continuation, pdf_paragraphs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from pipelines.documents import scan
from pipelines.documents.continuation import continues, join, squeezed
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.glyphs import Line, shown, unknown_count
from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.page_grid import PageGrid, page_grids
from pipelines.documents.page_marks import PageMarks, PageSource
from pipelines.documents.pdf_paragraphs import Margins, PageLine, is_page_number, margins_of, paragraphs_of
from pipelines.documents.pdfium_pages import PdfiumPages
from pipelines.documents.repeated_headings import without_repeated_headings
from pipelines.documents.rules import visible_rules
from pipelines.documents.running_lines import without_running_lines

READER_VERSION = "3"
"""Raised when the same file would give another Document."""
FIRST_READER, SECOND_READER = "pdfium", "pdfplumber"

_TAIL = 4096


class PageContent(NamedTuple):
    """What stands on one page, from top to bottom, page numbers left out."""

    page_no: int
    width: float
    height: float
    items: tuple[Line | PageGrid, ...]
    problem: str | None = None
    is_picture: bool = False
    """Whether the page has pictures and no text."""
    tilt: float = 0.0
    """Of a scanned page, see ``scan_image.displayed_box``."""


class PdfContent(NamedTuple):
    """What a PDF holds: blocks in reading order, and what could not be read."""

    page_count: int
    blocks: tuple[Paragraph | Grid, ...]
    problems: tuple[str, ...]
    is_recognised: bool = False
    """Whether all of it was recognised in pictures."""


def read_pdf(data: bytes, source_path: str, reader: str = FIRST_READER) -> PdfContent:
    """Read a PDF from its bytes with one of the two readers.

    Raise UnreadableFileError if it is encrypted, cut short or not a PDF inside.
    """
    if b"startxref" not in data[-_TAIL:]:
        raise UnreadableFileError(
            source_path, "end of file", "the PDF is cut short", "Download it again, and compare its size"
        )
    with closing(OPENERS[reader](data, source_path)) as source:
        pages = list(_read_pages(source))
    if not pages:
        raise UnreadableFileError(source_path, "whole file", "the PDF has no pages", "Download it again")
    pages = _with_recognised(data, pages)
    problems = tuple(page.problem for page in pages if page.problem)
    shown = scan.displayed(blocks_of(pages), {page.page_no: page for page in pages if page.tilt})
    is_recognised = any(page.is_picture and page.items for page in pages) and not any(
        page.items and not page.is_picture for page in pages
    )
    return PdfContent(len(pages), tuple(shown), problems, is_recognised)


def _with_recognised(data: bytes, pages: list[PageContent]) -> list[PageContent]:
    """Return the pages, with what could be recognised on those that are only pictures."""
    read = scan.read_pdf_pages(data, [page.page_no for page in pages if page.is_picture])
    return [_recognised(page, read[page.page_no]) if page.is_picture else page for page in pages]


def _recognised(page: PageContent, found: scan.ScannedPage | str) -> PageContent:
    if isinstance(found, str):
        return page._replace(problem=f"{page.problem}: {found}")
    items = tuple(_without_page_numbers(list(found.items)))
    return page._replace(items=items, width=found.width, height=found.height, tilt=found.tilt, problem=None)


def _open_pdfium(data: bytes, source_path: str) -> PageSource:
    try:
        return PdfiumPages(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error, error.err_code == FPDF_ERR_PASSWORD, source_path) from error


def _open_plumber(data: bytes, source_path: str) -> PageSource:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # takes time to import
    from pdfplumber.utils.exceptions import PdfminerException

    from pipelines.documents.plumber_pages import PlumberPages

    try:
        return PlumberPages(data)
    except PdfminerException as error:
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        is_encrypted = isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError)
        raise _unreadable(cause, is_encrypted, source_path) from error


OPENERS: dict[str, Callable[[bytes, str], PageSource]] = {FIRST_READER: _open_pdfium, SECOND_READER: _open_plumber}
"""How each reader opens a PDF."""


def _unreadable(cause: Exception, is_encrypted: bool, source_path: str) -> UnreadableFileError:
    if is_encrypted:
        return UnreadableFileError(
            source_path, "whole file", "the PDF is encrypted", "Save it without a password and load it again"
        )
    reason = f"the PDF is damaged ({type(cause).__name__}: {cause})"
    return UnreadableFileError(source_path, "whole file", reason, "Download it again, or print it to a new PDF")


def _read_pages(source: PageSource) -> Iterator[PageContent]:
    above: tuple[float, ...] = ()
    for number in range(1, len(source) + 1):
        page = _read_page(source, number, above)
        above = page.items[-1].xs if page.items and isinstance(page.items[-1], PageGrid) else ()
        yield page


def _read_page(source: PageSource, number: int, above: Sequence[float]) -> PageContent:
    """Read one page; a page that the engine cannot read becomes a problem, not an error."""
    try:
        return _page_content(source.page(number - 1), number, above)
    except MemoryError:
        raise
    except Exception as error:  # a damaged page raises whatever its damage leads to; the other pages are still good
        problem = f"page {number} could not be read ({type(error).__name__}: {error})"
        return PageContent(number, 0.0, 0.0, (), problem)


def _page_content(page: PageMarks, number: int, above: Sequence[float]) -> PageContent:
    size = page.width, page.height
    glyphs = shown(page.glyphs, *size)
    if not len(glyphs.codes) and page.has_picture:
        return PageContent(number, *size, (), f"page {number} is a picture without text", is_picture=True)
    grids, lines = page_grids(visible_rules(page.shapes, *size), glyphs, number, above)
    items: list[Line | PageGrid] = [*lines, *grids]
    items.sort(key=_top)
    unknown = unknown_count(glyphs)
    problem = f"page {number} has {unknown} characters that its fonts do not name" if unknown else None
    return PageContent(number, *size, tuple(_without_page_numbers(items)), problem)


def _top(item: Line | PageGrid) -> float:
    return item.top if isinstance(item, Line) else item.box.y0


def _without_page_numbers(items: list[Line | PageGrid]) -> list[Line | PageGrid]:
    """Leave out the page number: the first or last thing on the page, if it is nothing but one."""
    kept = list(items)
    for end in (0, -1):
        if kept and isinstance(kept[end], Line) and is_page_number(kept[end].text):  # type: ignore[union-attr]
            del kept[end]
    return kept


def blocks_of(pages: list[PageContent]) -> Iterator[Paragraph | Grid]:
    """Yield the paragraphs and grids of pages in reading order, those that run over pages in one piece."""
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
