"""Marked copies of PDFs: numbered boxes around the figures of findings, and a legend behind the pages.

Of a picture, and of a PDF without boxes, it is the legend alone. Does not belong here: what it says (``marked``).
"""

import ctypes
import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pipelines.site.words import words
from pipelines.warehouse.page_text import Box

if TYPE_CHECKING:
    import pypdfium2 as pdfium

    from pipelines.site.marked import Copy

_RED = (198, 40, 40)
_PAD = 2.0
_FINE = 16
"""Steps of a point in which places are handed to pdfium, which takes whole numbers."""


def pages(copy: "Copy", document: "pdfium.PdfDocument | None", located: dict[tuple[int, str, str], Box]) -> bytes:
    """The copy as a PDF; ``document`` is changed. Without one it is the legend."""
    import pypdfium2 as pdfium

    legend = pdfium.PdfDocument(_legend(copy))
    if document is None:
        content = legend
    else:
        _mark(document, copy, located)
        document.import_pages(legend)
        content = document
    buffer = io.BytesIO()
    content.save(buffer)
    legend.close()
    return buffer.getvalue()


def _mark(document: "pdfium.PdfDocument", copy: "Copy", located: dict[tuple[int, str, str], Box]) -> None:
    places: dict[int, dict[Box, list[int]]] = {}
    for number, entry in enumerate(copy.entries, start=1):
        for mark in entry.marks:
            if mark.page is None:
                continue
            box = mark.box or located.get((mark.page, mark.id, mark.printed or ""))
            if box is not None:
                numbers = places.setdefault(mark.page, {}).setdefault(box, [])
                if number not in numbers:
                    numbers.append(number)
    for page_no, boxes in places.items():
        if page_no <= len(document):
            page = document[page_no - 1]
            for box, numbers in boxes.items():
                _draw(document, page, box, ", ".join(map(str, numbers)))
            page.gen_content()
            page.close()


def _draw(document: "pdfium.PdfDocument", page: "pdfium.PdfPage", box: Box, label: str) -> None:
    """A red frame around a box with its number above its left corner."""
    from pypdfium2 import raw

    left, top = _on_page(page, box[0] - _PAD, box[1] - _PAD)
    right, bottom = _on_page(page, box[2] + _PAD, box[3] + _PAD)
    frame = raw.FPDFPageObj_CreateNewRect(min(left, right), min(top, bottom), abs(right - left), abs(top - bottom))
    raw.FPDFPageObj_SetStrokeColor(frame, *_RED, 255)
    raw.FPDFPageObj_SetStrokeWidth(frame, 1.2)
    raw.FPDFPath_SetDrawMode(frame, raw.FPDF_FILLMODE_NONE, True)
    raw.FPDFPage_InsertObject(page, frame)
    text = raw.FPDFPageObj_NewTextObj(document, b"Helvetica-Bold", 11.0)
    letters = (label + "\0").encode("utf-16-le")
    buffer = ctypes.create_string_buffer(letters, len(letters))
    raw.FPDFText_SetText(text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_SetFillColor(text, *_RED, 255)
    at, along = _on_page(page, box[0], box[1] - _PAD - 1.5), _on_page(page, box[0] + 10, box[1] - _PAD - 1.5)
    cosine, sine = (along[0] - at[0]) / 10, (along[1] - at[1]) / 10  # upright for the reader of a turned page
    raw.FPDFPageObj_Transform(text, cosine, sine, -sine, cosine, *at)
    raw.FPDFPage_InsertObject(page, text)


def _on_page(page: "pdfium.PdfPage", x: float, y: float) -> tuple[float, float]:
    """A place as a reader sees it, from the top left, in the page's own coordinates."""
    from pypdfium2 import raw

    width, height = (round(edge * _FINE) for edge in page.get_size())
    own_x, own_y = ctypes.c_double(), ctypes.c_double()
    raw.FPDF_DeviceToPage(page, 0, 0, width, height, 0, round(x * _FINE), round(y * _FINE), own_x, own_y)
    return own_x.value, own_y.value


def _legend(copy: "Copy") -> bytes:
    """The legend as a PDF: every number with its rule, its place and what is wrong."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))  # every reader has it: nothing is embedded
    plain = ParagraphStyle("plain", fontName="STSong-Light", fontSize=10, leading=15, wordWrap="CJK", spaceAfter=4)
    head = ParagraphStyle("head", parent=plain, fontSize=15, leading=22, spaceAfter=8)
    strong = ParagraphStyle("strong", parent=plain, fontSize=11, spaceBefore=8, spaceAfter=2)
    story: list[Flowable] = [Paragraph("问题清单 Findings", head), Paragraph(escape(copy.path), plain)]
    for number, entry in enumerate(copy.entries, start=1):
        severity = words()[f"severity.{entry.severity}"][0]
        story.append(Paragraph(f"{number}. [{severity}] {escape(entry.title)}", strong))
        story += [Paragraph(escape(line), plain) for line in entry.lines]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title="问题清单", author="duizhang", invariant=1).build(story)
    return buffer.getvalue()
