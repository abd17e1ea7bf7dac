"""Finding figures on a page by their text: in their sentence, or where the page has them once."""

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.warehouse.page_text import PageText


@pytest.fixture
def page(tmp_path: Path) -> pdfium.PdfPage:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(400, 300))
    for height, text in (
        (250, "income 12.5 and 7.00"),
        (200, "112.5"),
        (150, "spent 7.00 of 9"),
        (100, "total 3,300.00"),
    ):
        canvas.drawString(50, height, text)
    canvas.save()
    return pdfium.PdfDocument(tmp_path / "a.pdf")[0]


def test_a_figure_is_not_found_as_a_part_of_a_longer_number(page: pdfium.PdfPage) -> None:
    box = PageText(page).find("12.5")
    assert box is not None
    assert box[1] == pytest.approx(300 - 250 - 10, abs=4)
    assert PageText(page).find("300.00") is None


def test_a_figure_that_stands_twice_is_found_only_in_its_sentence(page: pdfium.PdfPage) -> None:
    assert PageText(page).find("7.00") is None
    box = PageText(page).find("7.00", "spent 7.00 of 9")
    assert box is not None
    assert box[1] == pytest.approx(300 - 150 - 10, abs=4)


def test_what_is_not_there_has_no_box(page: pdfium.PdfPage) -> None:
    assert PageText(page).find("8.00") is None
    assert PageText(page).find("") is None
