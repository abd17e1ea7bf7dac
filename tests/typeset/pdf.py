"""Draw a laid-out paper as PDF, the same bytes every time."""

import io
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from tests.typeset.grid import Rule
from tests.typeset.lines import FONT
from tests.typeset.model import Paper
from tests.typeset.pages import Page, Text, paginate

RULE_WIDTH = 0.6
DRAWN: dict[str, Callable[[Rule], bool]] = {
    "all": lambda rule: True,
    "horizontal": lambda rule: rule.y0 == rule.y1,
    "none": lambda rule: False,
}
"""Which of the rules between cells are drawn."""


def set_pdf(paper: Paper, title: str = "", rules: str = "all") -> bytes:
    """Set a paper as PDF, with all rules or some (``DRAWN``).

    Page streams are not compressed, so that no zlib version changes the bytes.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=0)
    canvas.setTitle(title)
    for page in paginate(paper):
        _draw(canvas, page, DRAWN[rules])
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, page: Page, is_drawn: Callable[[Rule], bool]) -> None:
    canvas.setPageSize((page.width, page.height))
    canvas.setLineWidth(RULE_WIDTH)
    for rule in filter(is_drawn, page.rules):
        canvas.line(*(round(each, 2) for each in rule))
    for text in page.texts:
        _write(canvas, text)


def _write(canvas: Canvas, text: Text) -> None:
    canvas.setFont(FONT, text.size)
    draw = {"left": canvas.drawString, "center": canvas.drawCentredString, "right": canvas.drawRightString}
    draw[text.align](round(text.x, 2), round(text.y, 2), text.text)
