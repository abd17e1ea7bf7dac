"""Set PDFs carry their characters, tables and page breaks, and are the same bytes every time."""

import io

import pdfplumber
from pdfplumber.page import Page

from tests.samples.strategies import filing
from tests.typeset.grid import GridLayout
from tests.typeset.lines import wrap
from tests.typeset.model import Paper, Table
from tests.typeset.pages import paginate
from tests.typeset.papers import LAYOUTS, Frame, compose
from tests.typeset.pdf import set_pdf
from tests.typeset.style import Style
from tests.typeset.text import matrix


def _paper(style: Style, layout: str = "final_accounts") -> Paper:
    return compose(filing(1, layout), style, layout, Frame(header_line="页眉", with_words=layout == "final_accounts"))


def _read(content: bytes) -> list[Page]:
    return pdfplumber.open(io.BytesIO(content)).pages


def _grid(page: Page) -> list[list[str]]:
    return [[(text or "").replace("\n", "") for text in row] for row in page.extract_tables()[0]]


def _as_set(table: Table) -> list[list[str]]:
    rows = (*table.header, *((table.numbers,) if table.numbers else ()), *table.body)
    return matrix(rows, table.column_count)


def test_the_same_paper_is_the_same_bytes() -> None:
    assert set_pdf(_paper(Style())) == set_pdf(_paper(Style()))


def test_every_table_comes_back_cell_by_cell() -> None:
    paper = _paper(Style(full_economics=True))
    pages = [page for page in _read(set_pdf(paper)) if page.extract_tables()]
    tables = list(paper.tables())
    assert len(pages) == len(tables)
    for page, table in zip(pages, tables, strict=True):
        assert _grid(page) == _as_set(table)
        assert table.title in page.extract_text()


def test_lines_break_within_the_width_and_not_at_punctuation() -> None:
    assert wrap("一二三四五", 30, 10) == ["一二三", "四五"]
    assert wrap("一二三，四五", 30, 10) == ["一二三，", "四五"]
    assert wrap("一二（境）三", 30, 10) == ["一二", "（境）", "三"]
    assert wrap("一\n二", 30, 10) == ["一", "二"]


def test_no_number_is_broken_over_lines_however_narrow_the_form() -> None:
    for layout in LAYOUTS:
        paper = _paper(Style(unit="元", thousands=True, zero="0.00"), layout)
        for table in paper.tables():
            grid = GridLayout(table, 480)
            assert all(len(grid.lines[place]) < 2 for place, cell in grid.cells.items() if cell.align == "right")


def test_words_come_back_with_cover_contents_and_header_line() -> None:
    paper = _paper(Style())
    pages = [(page.extract_text() or "").split("\n") for page in _read(set_pdf(paper))]
    assert pages[0] == [filing(1, "final_accounts").department, "2022年度部门决算"]
    assert pages[1][:2] == ["页眉", "目 录"]
    assert any(line.startswith("支出决算表...") for line in pages[1])
    assert all("页眉" in lines for lines in pages[1:])
    told = "".join(line for lines in pages for line in lines)
    assert all(prose.text.replace(" ", "") in told.replace(" ", "") for prose in list(paper.prose())[:3])


def test_contents_name_the_page_of_each_form() -> None:
    pages = [page.extract_text() or "" for page in _read(set_pdf(_paper(Style())))]
    entry = next(line for line in pages[1].split("\n") if line.startswith("支出决算表"))
    assert "公开03表" in pages[int(entry.split()[-1].strip(".")) - 1]


def test_a_long_form_goes_on_on_the_next_page_with_or_without_its_header() -> None:
    for repeat in (True, False):
        style = Style(rows_per_page=12, repeat_header=repeat, landscape=True)
        pages = _read(set_pdf(_paper(style, "shandong")))
        number = next(i for i, page in enumerate(pages) if "支出总体情况表" in page.extract_text() and i > 1)
        first, following = (_grid(pages[each]) for each in (number, number + 1))
        assert (following[0] == first[0]) is repeat
        assert len(first) == 12 + 1
        assert pages[number].width > pages[number].height


def test_the_top_rule_can_be_missing_after_a_page_break() -> None:
    paper = _paper(Style(rows_per_page=12, top_rule_after_break=False))
    pages = [page for page in paginate(paper) if page.rules]
    tops = [max(rule.y0 for rule in page.rules) for page in pages]
    flat = [max((rule.y0 for rule in page.rules if rule.y0 == rule.y1), default=0) for page in pages]
    assert tops[0] == flat[0]
    assert any(top > level for top, level in zip(tops, flat, strict=True))


def test_several_short_forms_can_share_a_page() -> None:
    shared, alone = (len(paginate(_paper(Style(share_pages=each), "jiangsu"))) for each in (True, False))
    assert shared < alone
