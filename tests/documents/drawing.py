"""Small PDFs with known tables, drawn line by line, and grids written the same way.

A table is a list of rows of texts; ``<`` belongs to the cell on its left, ``^`` to the cell above.
"""

import io
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from pipelines.documents.model import Document, Grid
from pipelines.documents.reading import read_document

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0


class Drawing:
    """Pages under the pen; y counts down from the top, as in the Document model."""

    def __init__(self, **options):
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.buffer = io.BytesIO()
        self.canvas = canvas.Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), **options)

    def text(self, x, y, text, size=10):
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, HEIGHT - y - size, text)

    def lines(self, x, y, texts, size=10, leading=18):
        for number, text in enumerate(texts):
            self.text(x, y + number * leading, text, size)

    def rule(self, x0, y0, x1, y1):
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def area(self, x0, y0, x1, y1, color):
        self.canvas.setFillColor(color)
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillColor("black")

    def picture(self):
        image = ImageReader(Image.new("RGB", (40, 40), "gray"))
        self.canvas.drawImage(image, 50, 50, 400, 700)

    def table(self, x, y, widths, rows, height=20, omit=(), double=False):
        """Draw the rows; return where the table ends. Rows and columns given in ``omit`` lack that outer border."""
        xs = [x + sum(widths[:index]) for index in range(len(widths) + 1)]
        ys = [y + height * index for index in range(len(rows) + 1)]
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text not in ("<", "^"):
                    for number, line in enumerate(text.split("\n")):
                        self.text(xs[column] + 3, ys[row] + 4 + 12 * number, line)
                if text != "^" and not (row == 0 and "top" in omit):
                    self._rule(xs[column], ys[row], xs[column + 1], ys[row], double)
                if not (self._is_merged_left(rows, row, column) or (column == 0 and "left" in omit)):
                    self._rule(xs[column], ys[row], xs[column], ys[row + 1], double)
        if "bottom" not in omit:
            self.rule(xs[0], ys[-1], xs[-1], ys[-1])
        if "right" not in omit:
            self.rule(xs[-1], ys[0], xs[-1], ys[-1])
        return ys[-1]

    def _is_merged_left(self, rows, row, column):
        while rows[row][column] == "^":
            row -= 1
        return rows[row][column] == "<"

    def _rule(self, x0, y0, x1, y1, double):
        self.rule(x0, y0, x1, y1)
        if double:
            shift = 3.5
            self.rule(
                x0 + shift * (x0 == x1), y0 + shift * (y0 == y1), x1 + shift * (x0 == x1), y1 + shift * (y0 == y1)
            )

    def new_page(self):
        self.canvas.showPage()

    def bytes(self):
        self.canvas.save()
        return self.buffer.getvalue()


def read_bytes(folder: Path, data: bytes, name: str = "file.pdf") -> Document:
    path = folder / name
    path.write_bytes(data)
    return read_document(path, name)


def read_drawing(folder: Path, drawing: Drawing) -> Document:
    return read_bytes(folder, drawing.bytes())


def shape(grid: Grid) -> list[list[str]]:
    """The grid as a table of texts, with ``<`` and ``^`` at the positions that merged cells cover."""
    matrix = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                matrix[row][column] = "^" if row > cell.row else "<"
        matrix[cell.row][cell.column] = cell.text
    return matrix


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]
