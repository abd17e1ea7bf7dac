"""Both engines see the same document, and every cell of what was typeset."""

import io
import re

import pytest
from hypothesis import Phase, assume, given, settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipelines.documents.model import Grid
from pipelines.documents.pdf import FIRST_READER, SECOND_READER, read_pdf
from tests.documents.drawing import FONT
from tests.documents.grids import expected, grids
from tests.samples.strategies import cases
from tests.typeset.model import places
from tests.typeset.papers import LAYOUTS
from tests.typeset.pdf import set_pdf

WIDTH, HEIGHT, SIZE = 110, 30, 6
FOOT = 20


def said(data, reader):
    """What a reader says but for boxes and white space: engines measure fonts each in their own way."""
    return [_plain(block) for block in read_pdf(data, "a.pdf", reader).blocks]


def _plain(block):
    if not isinstance(block, Grid):
        return block.place.page_no, _squeezed(block.text)
    cells = [(c.row, c.column, c.row_span, c.column_span, c.place.page_no, _squeezed(c.text)) for c in block.cells]
    return block.row_count, block.column_count, block.page_starts, cells


def _squeezed(text):
    return re.sub(r"\s+", "", text)


def drawn(rows, width):
    """A table with merged cells as a PDF of one page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    height = HEIGHT * len(rows) + 2 * FOOT
    canvas = Canvas(buffer, pagesize=(WIDTH * width + 2 * FOOT, height))
    for (row, column), cell in places(rows, width).items():
        x, y = FOOT + WIDTH * column, height - FOOT - HEIGHT * row
        canvas.rect(x, y, WIDTH * cell.column_span, -HEIGHT * cell.row_span)
        canvas.setFont(FONT, SIZE)
        for number, line in enumerate(cell.text.split("\n")):
            canvas.drawString(x + 3, y - 9 - 9 * number, line)
    canvas.save()
    return buffer.getvalue()


def check_tables(reader, examples):
    @settings(max_examples=examples, deadline=None)
    @given(table=grids())
    def read_back(table):
        told = expected(*table)
        assume(any(column for _, column, *_ in told))
        (grid,) = read_pdf(drawn(*table), "a.pdf", reader).blocks
        assert sorted((c.row, c.column, c.text, c.row_span, c.column_span) for c in grid.cells) == told

    read_back()


@pytest.mark.parametrize("reader", [FIRST_READER, SECOND_READER])
def test_every_cell_of_a_ruled_table_is_read_back(reader):
    check_tables(reader, 25)


@pytest.mark.slow
@pytest.mark.parametrize("reader", [FIRST_READER, SECOND_READER])
def test_every_cell_of_500_ruled_tables_is_read_back(reader):
    check_tables(reader, 500)


@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(case=cases(tuple(LAYOUTS)))
def test_both_engines_say_the_same_of_a_typeset_paper(case):
    data = set_pdf(case.paper())
    assert said(data, FIRST_READER) == said(data, SECOND_READER)


@pytest.mark.parametrize("name", ["普陀区万里街道办事处_2023", "普陀区财政局_2024", "江苏省人大办公厅_2017", "*仅表格"])
def test_both_engines_say_the_same_of_a_real_pdf(shared, name):
    (path,) = (shared / "disclosures" / "real").glob(f"{name}*.pdf")
    data = path.read_bytes()
    assert said(data, FIRST_READER) == said(data, SECOND_READER)
