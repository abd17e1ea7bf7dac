"""Marked copies of sources without pages: figures numbered where they stand, a legend, and nothing that runs."""

import re
from html.parser import HTMLParser

import pytest

from pipelines.documents.model import Grid
from pipelines.documents.reading import read_data
from pipelines.site.marked import Copy, Entry, Mark
from pipelines.site.marked_text import page, policy
from tests.site.hostile import HOSTILE
from tests.typeset.docx import set_docx
from tests.typeset.html import set_html
from tests.typeset.model import Paper
from tests.typeset.samples import invented_samples
from tests.typeset.xls import set_xls
from tests.typeset.xlsx import set_xlsx

TEXT = "项目\t预算\t决算\n合计\t112.5\t12.5\n其中\t12.5\t12.5\n本年支出12.5万元。\n".encode()


def mark(printed: str | None = "12.5", **place: object) -> Mark:
    return Mark(**{"page": None, "id": "a", "printed": printed, "line": None, "box": None, **place})


def copy(*marks: Mark, form: str = "text", path: str = "甲局/决算.txt", **said: str | None) -> Copy:
    told = {"title": "合计等于各项之和", "place": "支出决算表", "message": "相差 100", "suggested": None, **said}
    return Copy(path, (Entry("critical", marks=marks, **told),), form)


class Seen(HTMLParser):
    """Every tag with its attributes, and every mark with what it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marks: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.inside = True
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marks[-1] += data


def test_a_figure_of_a_line_is_marked_and_a_longer_number_is_not() -> None:
    html = page(copy(mark(line=2), mark("2.5", line=4)), TEXT)
    assert 'id="p1-1" href="#n1">1</a>12.5</mark>' in html
    assert "112.5" in html
    assert Seen(html).marks == ["112.5", "1"], "the number of the finding, then the figure; none inside a longer number"
    assert 'href="#p1-1">第 2 行</a>' in html
    assert 'href="#p1-2">第 4 行</a>' in html


@pytest.mark.parametrize(("column", "cells"), [(2, "其中\t|\t12.5"), (3, "其中\t12.5\t|")])
def test_of_equal_figures_in_a_line_the_column_tells_which(column: int, cells: str) -> None:
    line = next(line for line in page(copy(mark(line=3, column=column)), TEXT).splitlines() if "其中" in line)
    whole = re.sub(r"<mark>.*?</mark>", "|", line)
    assert cells in re.sub(r"<[^>]*>", "", whole)


def test_a_figure_that_may_be_either_of_two_stands_at_the_end_of_its_line() -> None:
    assert "12.5\t12.5<mark><a" in page(copy(mark(line=3)), TEXT)


def test_findings_of_one_figure_share_its_mark() -> None:
    one = copy(mark(line=2))
    html = page(Copy(one.path, one.entries * 2, "text"), TEXT)
    assert Seen(html).marks == ["1212.5"], "numbers 1 and 2, then the figure"
    assert 'id="n2"' in html


def test_what_is_not_found_is_told_with_its_place() -> None:
    html = page(copy(mark("99.9")), TEXT)
    assert "支出决算表（原文中未能定位" in html
    assert "<mark>" not in html


def test_the_legend_says_what_is_wrong_and_what_it_might_be() -> None:
    html = page(copy(mark(line=2), suggested="1250000"), TEXT)
    legend = html[html.index('id="legend"') :]
    for said in ("[严重] 合计等于各项之和", "相差 100", "建议值（仅供参考）：1250000 元"):
        assert said in legend


@pytest.fixture(scope="module")
def paper() -> Paper:
    return next(sample.paper for sample in invented_samples() if sample.path.endswith("2021年度部门决算.pdf"))


@pytest.mark.parametrize(
    ("form", "setter"), [("docx", set_docx), ("html", set_html), ("xlsx", set_xlsx), ("xls", set_xls)]
)
def test_a_cell_of_any_format_is_marked_by_its_place(form: str, setter, paper: Paper) -> None:
    data = setter(paper)
    table = next(block for block in read_data(data, "a").blocks if isinstance(block, Grid) and block.row_count > 9)
    cell = next(cell for cell in table.cells if re.fullmatch(r"[\d,]+\.\d\d", cell.text))
    place = {"table": table.table_no, "row": cell.row + 1, "column": cell.column + 1}
    html = page(copy(mark(cell.text, **place), form=form), data)
    assert Seen(html).marks == ["1" + cell.text]
    name = "表 {table} 第 {row} 行第 {column} 列".format(**place)
    where = f"工作表 {cell.place.page_no} 第 {cell.place.line_no} 行（{name}）" if form.startswith("xls") else name
    assert f">{where}</a>" in html


def test_a_told_figure_is_marked_in_its_sentence(paper: Paper) -> None:
    data = set_docx(paper)
    told = next(block.text for block in read_data(data, "a").paragraphs() if re.search(r"增长[\d.]+%", block.text))
    (printed,) = re.findall(r"增长([\d.]+%)", told)[:1]
    html = page(copy(mark(printed, sentence=told), form="docx"), data)
    assert Seen(html).marks in (["1" + printed], ["1" + told])


def test_what_a_source_and_its_findings_say_is_text_and_nothing_runs_or_is_asked_for() -> None:
    data = f"{HOSTILE}\t12.5\n</main></html><style>*{{}}</style>&lt;b&gt;\n".encode()
    hostile = copy(
        mark(line=1), mark(f"{HOSTILE}", line=1), path=HOSTILE, title=HOSTILE, place=HOSTILE, message=HOSTILE
    )
    html = page(hostile, data)
    seen = Seen(html)
    names = [name for name, _ in seen.tags]
    assert names.count("style") == 1
    assert not set(names) & {"script", "img", "iframe", "object", "link", "form", "base"}
    allowed = {"id", "class", "href", "lang", "charset", "name", "content", "http-equiv"}
    assert {name for _, given in seen.tags for name in given} <= allowed
    assert all(given["href"].startswith("#") for _, given in seen.tags if "href" in given)  # type: ignore[union-attr]
    assert {"http-equiv": "Content-Security-Policy", "content": policy()} in [given for _, given in seen.tags]
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy()
    assert "&amp;lt;b&amp;gt;" in html


def test_of_a_source_that_cannot_be_read_any_more_there_is_the_list_alone() -> None:
    html = page(copy(mark(table=1, row=1, column=1), form="doc"), b"\xd0\xcf\x11\xe0 not a document")
    assert "这里无法显示原文" in html
    assert "合计等于各项之和" in html


def test_the_same_findings_make_the_same_copy_and_others_another_name() -> None:
    first, second = copy(mark(line=2)), copy(mark(line=3))
    assert page(first, TEXT) == page(first, TEXT)
    assert first.name == copy(mark(line=2)).name != second.name
    assert first.name.endswith(".html")
    assert copy(form="pdf").name.endswith(".pdf")
