"""Marked copies: the source as a PDF with numbered boxes around the figures of its findings, and a legend behind it.

Of a source without pages the copy is the legend alone. A copy is made again only when what it says changes. Does not
belong here: what a finding says (``findings``), the workers (``pictures``).
"""

import ctypes
import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import msgspec

from pipelines.lake import atomic
from pipelines.site.warehouse import rows
from pipelines.site.words import words
from pipelines.warehouse.page_text import Box

if TYPE_CHECKING:
    import duckdb
    import pypdfium2 as pdfium

_EDITION = "1"
"""Counted up when copies look different, so that they are made again."""
_RED = (198, 40, 40)
_PAD = 2.0
_FINE = 16
"""Steps of a point in which places are handed to pdfium, which takes whole numbers."""
_ENTRIES = """
WITH marks AS (
    SELECT document_id, finding_id, min(coalesce(page_no, line_no)) AS first,
        list({'page': page_no, 'id': id, 'printed': printed, 'line': line_no,
            'box': CASE WHEN x0 IS NOT NULL THEN [x0, y0, x1, y1] END} ORDER BY position) AS marks
    FROM evidence GROUP BY document_id, finding_id
)
SELECT marks.document_id, finding.severity, rule.title_zh AS title, finding.scope AS place,
    finding.message_zh AS message, plain(finding.suggested_value) AS suggested, marks
FROM marks JOIN quality.finding AS finding USING (finding_id)
JOIN quality.rule AS rule ON rule.rule_id = finding.rule_id
ORDER BY marks.document_id, array_position(['critical', 'warning', 'info'], finding.severity), first, finding_id
"""


class Mark(msgspec.Struct, frozen=True):
    """A figure of a finding; without a box it is looked for by id and print."""

    page: int | None
    id: str
    printed: str | None
    line: int | None
    box: Box | None


class Entry(msgspec.Struct, frozen=True):
    """One finding as the legend tells it."""

    severity: str
    title: str
    place: str | None
    message: str | None
    suggested: str | None
    marks: tuple[Mark, ...]


class Copy(msgspec.Struct, frozen=True):
    """What the marked copy of one document says, in the order of its numbers."""

    path: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """The file's name: the same for the same content."""
        content = msgspec.json.encode(self) + _EDITION.encode()
        return f"marked-{hashlib.sha256(content).hexdigest()[:16]}.pdf"


def copies(connection: "duckdb.DuckDBPyConnection", paths: dict[str, str]) -> dict[str, Copy]:
    """What there is to mark in each document, by its id; ``paths`` are the names of the sources."""
    found: dict[str, list[Entry]] = {}
    for row in rows(connection, _ENTRIES):
        marks = msgspec.convert(row["marks"], tuple[Mark, ...])
        entry = Entry(row["severity"], row["title"], row["place"], row["message"], row["suggested"], marks)
        found.setdefault(row["document_id"], []).append(entry)
    return {key: Copy(paths[key], tuple(entries)) for key, entries in found.items() if key in paths}


def write_copy(
    copy: Copy, folder: Path, document: "pdfium.PdfDocument | None", located: dict[tuple[int, str, str], Box]
) -> None:
    """Write the copy into ``folder``, in the place of earlier ones; ``document`` is changed."""
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
    for earlier in folder.glob("marked-*.pdf"):
        if earlier.name != copy.name:
            earlier.unlink()
    atomic.write_bytes(folder / copy.name, buffer.getvalue())


def _mark(document: "pdfium.PdfDocument", copy: Copy, located: dict[tuple[int, str, str], Box]) -> None:
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


def _legend(copy: Copy) -> bytes:
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
        story += [Paragraph(escape(line), plain) for line in _lines(entry)]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title="问题清单", author="duizhang", invariant=1).build(story)
    return buffer.getvalue()


def _lines(entry: Entry) -> list[str]:
    lines = [entry.message or entry.place or ""]
    if entry.suggested is not None:
        lines.append(f"建议值（仅供参考）：{entry.suggested} 元")
    return lines
