"""Pictures that are no pages of a PDF: PNG and JPEG files, and pictures of forms inside Word files.

Belongs here: from the bytes of a picture to paragraphs and grids. Does not belong here: finding pictures in a file of
some format, and recognising them (``scan_page``).
"""

from pipelines.documents import ocr
from pipelines.documents.model import Grid, Paragraph

NAMES = {"png": "PNG", "jpeg": "JPEG"}
"""Formats of picture files, with their names for people."""

_POINTS_PER_INCH = 72.0
_LONG_SIDE = 842.0
"""Points; a picture that does not say how large it is shown is taken for a whole page of A4."""
_MAX_BYTES = 100 << 20
_MAX_PIXELS = 40_000_000
_FEWEST_PIXELS = 32
"""Of either side; a smaller picture shows no text."""


class UnreadablePictureError(Exception):
    """Why a picture cannot be read; ``reason`` and ``remedy`` are plain words for a person."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}. {remedy}")
        self.reason = reason
        self.remedy = remedy


def read_picture_blocks(data: bytes, width: float | None = None) -> tuple[Paragraph | Grid, ...]:
    """Return what a PNG, JPEG, GIF, BMP or TIFF picture shows, as page 1; ``width`` is that of its display, in points.

    Raises:
        UnreadablePictureError: the libraries are missing, or the picture is damaged, too large or of another format.
    """
    if not ocr.is_available():
        raise UnreadablePictureError("recognising text needs optional libraries", ocr.REMEDY)
    from pipelines.documents import pdf, scan
    from pipelines.documents.scan_page import read_picture

    grey = _decoded(data)
    points = width or _LONG_SIDE * grey.shape[1] / max(grey.shape)
    found = read_picture(grey, grey.shape[1] * _POINTS_PER_INCH / points, 1)
    page = pdf.PageContent(1, found.width, found.height, found.items, is_picture=True, tilt=found.tilt)
    return tuple(scan.displayed(pdf.blocks_of([page]), {1: page}))


def _decoded(data: bytes) -> ocr.Picture:
    import cv2
    import numpy as np

    if len(data) > _MAX_BYTES or _pixels(data) > _MAX_PIXELS:
        raise UnreadablePictureError(f"the picture has more than {_MAX_PIXELS:,} pixels", "Save it smaller")
    try:
        grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        grey = None
    if grey is None or min(grey.shape) < _FEWEST_PIXELS:
        raise UnreadablePictureError("the picture is damaged, tiny or of a rare format", "Save it as PNG or PDF")
    return np.asarray(grey, dtype=np.uint8)


def _pixels(data: bytes) -> int:
    """Return how many pixels a picture says it has, without unpacking it; 0 if its format is not known."""
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:
        return _MAX_PIXELS + 1
    except (OSError, ValueError, SyntaxError):
        return 0
