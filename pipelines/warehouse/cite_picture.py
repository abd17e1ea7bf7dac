"""What a citation points to: the page of a PDF with the cell, or the told figure, marked; the line of a text file.

Belongs here: rendering and marking. Does not belong here: what the citation says (``pipelines.warehouse.cite``).
"""

import hashlib
from pathlib import Path

import pypdfium2 as pdfium
from PIL import ImageDraw

from pipelines.documents.text import decode
from pipelines.warehouse.cite import Source
from pipelines.warehouse.page_text import PageText

_DOTS_PER_POINT = 2.0
_MARGIN = 2.0


class PictureError(ValueError):
    """There can be no picture; the message says why."""


def locate(raw: Path, source: Source) -> Path:
    """Return the file a source was read from, below the raw folder, checked by its SHA-256.

    Raises:
        PictureError: it is not there, or it changed since it was read.
    """
    path = raw / (source.source_path or "")
    if not path.is_file():
        raise PictureError(
            f"{path} is not there (a member of an archive has to be unpacked); name its folder with --raw"
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != source.document_id:
        raise PictureError(f"{path} is not the file that was read: its SHA-256 differs")
    return path


def draw(file: Path, source: Source, picture: Path) -> None:
    """Write the page as a PNG at 144 dots an inch, with a red frame around the cell or the told figure.

    Raises:
        PictureError: the source is no PDF, or nothing on the page can be marked.
    """
    if source.format != "pdf" or source.page_no is None:
        raise PictureError(f"a {source.format} file has no pages; it stands in line {source.line_no or source.row_no}")
    document = pdfium.PdfDocument(file)
    try:
        page = document[source.page_no - 1]
        box = source.box or PageText(page).find(source.printed, source.sentence)
        if box is None:
            raise PictureError(f"“{source.printed}” could not be found on page {source.page_no}")
        image = page.render(scale=_DOTS_PER_POINT).to_pil()
    finally:
        document.close()
    pen = ImageDraw.Draw(image)
    x0, y0, x1, y1 = box
    frame = (x0 - _MARGIN, y0 - _MARGIN, x1 + _MARGIN, y1 + _MARGIN)
    pen.rectangle([edge * _DOTS_PER_POINT for edge in frame], outline="red", width=3)
    image.save(picture, format="PNG")


def quote(file: Path, source: Source) -> str | None:
    """The line of a text file that a source stands in; None where the source has no line.

    Raises:
        PictureError: the file is no text in a known encoding.
    """
    number = source.line_no or source.row_no
    if source.format != "text" or number is None:
        return None
    text = decode(file.read_bytes())
    if text is None:
        raise PictureError(f"{file} is in no known encoding")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[number - 1] if number <= len(lines) else None
