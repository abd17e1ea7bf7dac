"""Scans: pages that are pictures, wherever they come from, recognised where the optional libraries are installed.

Belongs here: getting the picture of a page out of a PDF or picture file, and what becomes of it where it cannot be
recognised. Does not belong here: what is done with one picture (``scan_page``). Importing this module imports neither
OpenCV nor a model; the first picture does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from pipelines.documents import ocr
from pipelines.documents.glyphs import Line
from pipelines.documents.model import Grid, Paragraph, Place
from pipelines.documents.page_grid import PageGrid

if TYPE_CHECKING:
    from pipelines.documents.ocr import Picture

READER_VERSION = "1"
"""Raised when the same picture would give another Document."""

_DPI = 200
_COARSEST_DPI = 100
_POINTS_PER_INCH = 72
_MAX_PIXELS = 40_000_000
"""Of one page at 200 dpi this is four times A3; larger pages are drawn coarser."""


class ScannedPage(NamedTuple):
    """What was recognised on a page; see :class:`pipelines.documents.scan_page.ScannedPage`."""

    items: tuple[Line | PageGrid, ...]
    width: float
    height: float
    tilt: float


class Tilted(Protocol):
    """A page that was turned before it was read; sizes in points, the tilt in degrees."""

    @property
    def width(self) -> float: ...  # noqa: D102
    @property
    def height(self) -> float: ...  # noqa: D102
    @property
    def tilt(self) -> float: ...  # noqa: D102


def read_pdf_pages(data: bytes, page_numbers: Sequence[int]) -> dict[int, ScannedPage | str]:
    """Recognise pages of a PDF, by number from 1; a page that cannot be recognised has the reason instead."""
    if not page_numbers:
        return {}
    if not ocr.is_available():
        return dict.fromkeys(page_numbers, f"recognising text needs optional libraries. {ocr.REMEDY}")
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return {number: _read_page(document[number - 1], number) for number in page_numbers}


def displayed(blocks: Iterable[Paragraph | Grid], tilted: Mapping[int, Tilted]) -> Iterator[Paragraph | Grid]:
    """Yield the blocks with their boxes where they stand on the page as displayed, for pages that were turned."""
    for block in blocks:
        if not tilted:
            yield block
        elif isinstance(block, Grid):
            cells = tuple(msgspec.structs.replace(cell, place=_shown(cell.place, tilted)) for cell in block.cells)
            yield msgspec.structs.replace(block, cells=cells, place=_shown(block.place, tilted))
        else:
            yield msgspec.structs.replace(block, place=_shown(block.place, tilted))


def _shown(place: Place, tilted: Mapping[int, Tilted]) -> Place:
    page = tilted.get(place.page_no or 0)
    if page is None or place.box is None:
        return place
    from pipelines.documents.scan_image import displayed_box

    return msgspec.structs.replace(place, box=displayed_box(place.box, page.tilt, (page.width, page.height)))


def _read_page(page: "object", number: int) -> ScannedPage | str:
    from pipelines.documents.scan_page import read_picture

    grey, dpi = _drawn(page)
    return ScannedPage(*read_picture(grey, dpi, number))


def _drawn(page) -> "tuple[Picture, float]":  # type: ignore[no-untyped-def]
    """Draw a page as displayed; very large ones coarser."""
    width, height = page.get_size()
    pixels = width * height * (_DPI / _POINTS_PER_INCH) ** 2
    dpi = _DPI * min(1.0, (_MAX_PIXELS / pixels) ** 0.5)
    bitmap = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=True)
    return bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy(), dpi
