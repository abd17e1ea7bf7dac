"""The font, and breaking text into lines by its widths."""

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

FONT = "STSong-Light"
"""One of the CJK fonts that every PDF viewer supplies itself: no font file is needed."""
pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def text_width(text: str, size: float) -> float:
    """Measure a line as the font will set it."""
    return float(pdfmetrics.stringWidth(text, FONT, size))


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines no wider than ``width``; a line does not begin with closing punctuation."""
    lines, line = [], ""
    for char in text:
        if char == "\n" or (text_width(line + char, size) > width and char not in "，。；：、）”"):
            lines.append(line)
            line = "" if char == "\n" else char
        else:
            line += char
    return [*lines, line]
