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
    """Break a text into lines about ``width`` wide: none begins with closing or ends with opening punctuation."""
    lines, line = [], ""
    for char in text:
        if char == "\n":
            lines.append(line)
            line = ""
        elif text_width(line + char, size) > width and char not in "，。；：、）”":
            opening = line[-1:] if line[-1:] in "（“" and len(line) > 1 else ""
            lines.append(line.removesuffix(opening))
            line = opening + char
        else:
            line += char
    return [*lines, line]
