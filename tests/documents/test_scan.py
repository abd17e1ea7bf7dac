"""What was typeset and scanned is read back: figures, cells, places; and what happens without the libraries."""

import math
import random
import re
import socket
import subprocess
import sys
from io import BytesIO

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from pipelines.documents import ocr, scan_image
from pipelines.documents.model import Box, Cell, Document, Grid
from pipelines.documents.reading import UnreadableFileError, read_data
from tests.documents.drawing import Drawing, shape, texts
from tests.documents.test_docx import DRAWING
from tests.samples.strategies import Case
from tests.typeset.docx import package, paragraph, relations
from tests.typeset.pdf import set_pdf
from tests.typeset.raster import CLEAN, NOISY, Scanner, has_cjk_font, picture_pdf, pictures
from tests.typeset.style import Style

needs_font = pytest.mark.skipif(not has_cjk_font(), reason="no font with Chinese characters (apt: fonts-wqy-zenhei)")
needs_libraries = pytest.mark.skipif(not ocr.is_available(), reason="the ocr extra is not installed")
NUMBER = re.compile(r"[-\d,.%]*\d[-\d,.%]*")
TABLE = [
    ["科目", "<", "本年支出", "<"],
    ["编码", "名称", "合计", "基本支出"],
    ["208", "社会保障和就业支出", "1,608.51", "1,400.00"],
    ["20801", "行政运行", "-35.40", ""],
]
CASES = (
    Case("final_accounts", 5, Style(full_economics=True, thousands=True)),
    Case("shandong", 7, Style(code_columns=3, zero="0.00")),
)


def drawn() -> Drawing:
    drawing = Drawing()
    drawing.lines(60, 60, ["收入支出决算表"], size=14)
    drawing.table(60, 110, [70, 150, 100, 100], TABLE)
    return drawing


def counted(read: Document, typeset: Document) -> tuple[int, int]:
    """Return how many numeric cells were typeset, and how many of them were read exactly, spans and place included."""
    found = [(grid.place, {(cell.row, cell.column): cell for cell in grid.cells}) for grid in read.grids()]
    total = exact = 0
    for grid in typeset.grids():
        cells = next((cells for place, cells in found if _is_near(place, grid)), {})
        for cell in grid.cells:
            if NUMBER.fullmatch(cell.text):
                total += 1
                exact += _is_same(cells.get((cell.row, cell.column)), cell)
    return total, exact


def _is_near(place, grid: Grid) -> bool:
    return place.page_no == grid.place.page_no and abs(place.box.y0 - grid.place.box.y0) < 20


def _is_same(read: Cell | None, cell: Cell) -> bool:
    wanted = (cell.text, cell.row_span, cell.column_span)
    return read is not None and (read.text, read.row_span, read.column_span) == wanted


@needs_font
@needs_libraries
@pytest.mark.parametrize("scanner", [CLEAN, Scanner(150, 1.5, 0.6, 12.0, 60, seed=3)], ids=["clean", "noisy"])
def test_a_scanned_table_is_read_cell_by_cell(scanner):
    document = read_data(picture_pdf(drawn().bytes(), scanner), "a.pdf")
    assert [shape(grid) for grid in document.grids()] == [TABLE]
    assert texts(document) == ["收入支出决算表"]
    assert (document.reader, document.problems) == ("ocr", ())
    assert all(cell.confidence is not None and 0 <= cell.confidence <= 1 for cell in next(document.grids()).cells)


@needs_font
@needs_libraries
def test_a_page_beside_pages_with_text_is_recognised():
    drawing = drawn()
    drawing.new_page()
    drawing.lines(60, 60, ["第二页"])
    plain, scanned = drawing.bytes(), picture_pdf(drawn().bytes(), CLEAN)
    with pypdfium2.PdfDocument(plain) as both, pypdfium2.PdfDocument(scanned) as pictures:
        both.import_pages(pictures)
        buffer = BytesIO()
        both.save(buffer)
    document = read_data(buffer.getvalue(), "a.pdf")
    assert [shape(grid) for grid in document.grids()] == [TABLE, TABLE]
    assert document.reader != "ocr"
    assert [{cell.confidence is None for cell in grid.cells} for grid in document.grids()] == [{True}, {False}]


@needs_font
@needs_libraries
def test_boxes_are_those_of_the_page_as_displayed_and_not_as_laid_straight():
    scanner = Scanner(largest_angle=1.5, seed=11)
    straight = next(read_data(drawn().bytes(), "a.pdf").grids())
    askew = next(read_data(picture_pdf(drawn().bytes(), scanner), "a.pdf").grids())
    angle = math.radians(random.Random(scanner.seed * 1000).uniform(-1.5, 1.5))
    assert abs(angle) > math.radians(1)
    for one, other in zip(straight.cells, askew.cells, strict=True):
        x, y = (one.place.box.x0 + one.place.box.x1 - 595) / 2, (one.place.box.y0 + one.place.box.y1 - 842) / 2
        shown = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        box = other.place.box
        middle = (box.x0 + box.x1 - 595) / 2, (box.y0 + box.y1 - 842) / 2
        assert math.dist(middle, shown) < 2.0


@needs_font
@needs_libraries
def test_figures_of_a_scanned_form_are_read_back():
    drawing = Drawing()
    rows = [
        [f"{row}", f"{row * 7919 % 99991 / 100:,.2f}", f"{row * 104729 % 9999991 / 100:,.2f}"] for row in range(1, 31)
    ]
    drawing.table(60, 60, [60, 150, 150], rows, height=22)
    data = drawing.bytes()
    typeset = read_data(data, "a.pdf")
    assert counted(read_data(picture_pdf(data, NOISY), "a.pdf"), typeset) == (90, 90)


@pytest.mark.slow
@needs_font
@needs_libraries
@pytest.mark.parametrize(("scanner", "least"), [(CLEAN, 0.99), (NOISY, 0.95)], ids=["clean 200 dpi", "noisy 150 dpi"])
def test_more_than_2000_figures_of_scanned_papers_are_read_back(scanner, least, record_property):
    total = exact = 0
    for case in CASES:
        data = set_pdf(case.paper())
        counts = counted(read_data(picture_pdf(data, scanner), "a.pdf"), read_data(data, "a.pdf"))
        total, exact = total + counts[0], exact + counts[1]
    record_property("exact", f"{exact} of {total}")
    assert total >= 2000
    assert exact / total >= least, f"{exact} of {total}"


def test_without_the_libraries_a_picture_is_a_problem_that_names_the_remedy(monkeypatch):
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    drawing = Drawing()
    drawing.picture()
    problem = read_data(drawing.bytes(), "a.pdf").problems[0]
    assert problem.startswith("page 1 is a picture without text")
    assert "uv sync --extra ocr" in problem


@needs_font
@needs_libraries
@pytest.mark.parametrize("name", ["png", "jpeg"])
def test_a_picture_file_is_read(name):
    buffer = BytesIO()
    next(pictures(drawn().bytes(), CLEAN)).save(buffer, name)
    document = read_data(buffer.getvalue(), f"a.{name}")
    assert [shape(grid) for grid in document.grids()] == [TABLE]
    assert (document.format, document.reader, document.page_count) == (name, "ocr", 1)


@needs_font
@needs_libraries
def test_a_picture_of_a_form_in_a_word_file_is_read_with_the_confidence_of_every_cell():
    buffer = BytesIO()
    next(pictures(drawn().bytes(), CLEAN)).save(buffer, "png")
    extent = f'<wp:extent cx="{595 * 12_700}" cy="{842 * 12_700}"/>'
    shown = f'<w:p><w:r><w:drawing><wp:inline>{extent}<a:blip r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p>'
    parts = {
        "word/_rels/document.xml.rels": relations({"rId1": ("image", "media/a.png")}),
        "word/media/a.png": buffer.getvalue(),
    }
    document = read_data(package(paragraph("公开01表") + shown, parts, DRAWING), "a.docx")
    assert document.problems == ()
    assert texts(document) == ["公开01表", "收入支出决算表"]
    (grid,) = document.grids()
    assert shape(grid) == TABLE
    assert all(cell.confidence is not None for cell in grid.cells)


@needs_libraries
def test_a_damaged_picture_file_is_refused():
    with pytest.raises(UnreadableFileError, match="it is a PNG picture, and the picture is damaged"):
        read_data(b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png")


def test_without_the_libraries_a_picture_file_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(UnreadableFileError, match="uv sync --extra ocr"):
        read_data(b"\xff\xd8\xff" + bytes(100), "a.jpg")


def test_importing_the_readers_imports_no_model_library():
    code = (
        "import sys, pipelines.documents.reading, pipelines.documents.pdf\n"
        "print({'cv2', 'rapidocr', 'onnxruntime'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@needs_font
@needs_libraries
def test_recognition_opens_no_connection(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    ocr._engine.cache_clear()
    assert ocr.recognise([np.full((40, 200), 255, np.uint8)])[0].text == ""


def test_the_box_of_an_upright_page_stays():
    box = Box(10, 20, 30, 40)
    assert scan_image.displayed_box(box, 0.0, (595, 842)) == box


@needs_libraries
def test_a_blank_picture_has_no_lines_and_no_text():
    page = scan_image.straightened(np.full((1000, 700), 250, np.uint8), 100)
    assert (page.tilt, scan_image.ruling_lines(page)) == (0.0, [])


def test_a_scan_is_the_same_for_the_same_seed():
    drawing = Drawing()
    drawing.rule(60, 60, 500, 60)
    data = drawing.bytes()
    once, again = (next(pictures(data, NOISY)) for _ in range(2))
    assert isinstance(once, Image.Image)
    assert once.tobytes() == again.tobytes()
