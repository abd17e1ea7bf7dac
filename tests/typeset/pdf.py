"""Draw a laid-out paper as PDF, the same bytes every time."""

import io

from reportlab.pdfgen.canvas import Canvas

from tests.typeset.lines import FONT
from tests.typeset.model import Paper
from tests.typeset.pages import Page, Text, paginate

RULE_WIDTH = 0.6


def set_pdf(paper: Paper, title: str = "") -> bytes:
    """Set a paper as PDF. Page streams are not compressed, so that no zlib version changes the bytes."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    canvas.setTitle(title)
    for page in paginate(paper):
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, page: Page) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas.setLineWidth(RULE_WIDTH)
    for rule in page.rules:
        canvas.line(*(round(each, 2) for each in rule))
    for text in page.texts:
        _write(canvas, text)


def _write(canvas: Canvas, text: Text) -> None:
    canvas.setFont(FONT, text.size)
    draw = {"left": canvas.drawString, "center": canvas.drawCentredString, "right": canvas.drawRightString}
    draw[text.align](round(text.x, 2), round(text.y, 2), text.text)
