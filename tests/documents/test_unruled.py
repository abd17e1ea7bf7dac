"""Tables with only horizontal rules, or none: read where each figure's column is certain, else kept as text."""

from collections import Counter

import pytest
from hypothesis import Phase, given, settings

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_data
from tests.documents.drawing import Drawing, read_drawing, shape, texts
from tests.samples.strategies import YEAR, Case, cases
from tests.typeset.model import expected_amounts
from tests.typeset.papers import LAYOUTS
from tests.typeset.pdf import set_pdf

COLUMNS = (50, 120, 260, 340, 420)
BODY = [
    ("208", "社会保障支出", "12.50", "10.00", "2.50"),
    ("20801", "管理事务", "12.50", "10.00", "2.50"),
    ("210", "卫生健康支出", "3.00", "", "3.00"),
]


def draw(header, body=BODY, rules=(), top=100):
    """Rows of text at fixed places: figures end where their column ends, as they do in print."""
    drawing = Drawing()
    drawing.text(220, top - 30, "支出决算表", 14)
    for number, row in enumerate((*header, *body)):
        for x, text in zip(COLUMNS, row, strict=True):
            shift = 60 - 5 * len(text) if text[:1].isdigit() and x > 120 else 0
            drawing.text(x + shift, top + 20 * number, text)
    for height in rules:
        drawing.rule(45, height, 490, height)
    return drawing


PLAIN = [("编码", "名称", "合计", "基本支出", "项目支出")]


@pytest.mark.usefixtures("each_engine")
@pytest.mark.parametrize("rules", [(), (96, 116, 176), (96, 116, 136, 156, 176)], ids=["none", "three", "all rows"])
def test_columns_are_told_by_the_white_between_them(tmp_path, rules):
    document = read_drawing(tmp_path, draw(PLAIN, rules=rules))
    (grid,) = document.grids()
    assert shape(grid) == [list(row) for row in (*PLAIN, *BODY)]
    assert texts(document) == ["支出决算表"]


def test_a_label_centred_over_columns_heads_them_all(tmp_path):
    drawing = draw(PLAIN)
    drawing.text(330, 80, "本年支出")
    (grid,) = read_drawing(tmp_path, drawing).grids()
    first, second, *rest = shape(grid)
    assert first[2:] == ["本年支出", "<", "<"]
    assert second[2:] == ["合计", "基本支出", "项目支出"]
    assert rest == [list(row) for row in BODY]


def test_a_column_that_nothing_heads_leaves_the_text_as_text(tmp_path):
    document = read_drawing(tmp_path, draw([("编码", "名称", "合计", "", "项目支出")]))
    assert list(document.grids()) == []
    assert any("12.50" in text for text in texts(document))


@pytest.mark.parametrize(
    "lines",
    [
        ["第一部分 部门概况......1", "第二部分 预算表......3", "第三部分 说明......12"],
        ["本单位共有 5 家下属单位，编制 12.5 人，", "其中行政 3 家，共 10.0 人，事业 2 家，", "共 2.5 人，均已公开。"],
        ["联系人：张某    电话：88.12", "经办人：李某    电话：88.13", "负责人：王某    电话：88.14"],
    ],
    ids=["contents", "prose", "captions"],
)
def test_figures_in_prose_are_no_table(tmp_path, lines):
    drawing = Drawing()
    drawing.lines(60, 100, lines)
    assert list(read_drawing(tmp_path, drawing).grids()) == []


def test_a_table_goes_on_over_the_page_without_its_header(tmp_path):
    drawing = draw(PLAIN)
    drawing.new_page()
    for number, row in enumerate(BODY):
        for x, text in zip(COLUMNS, row, strict=True):
            shift = 60 - 5 * len(text) if text[:1].isdigit() and x > 120 else 0
            drawing.text(x + shift, 60 + 20 * number, text)
    (grid,) = read_drawing(tmp_path, drawing).grids()
    assert shape(grid) == [list(row) for row in (*PLAIN, *BODY, *BODY)]
    assert grid.page_starts == (4,)


def check_papers(rules: str, examples: int) -> tuple[int, int]:
    """Read papers set with some rules only; return how many figures were set and how many read as what they are."""
    told, read = 0, 0

    @settings(max_examples=examples, deadline=None, phases=(Phase.explicit, Phase.generate))
    @given(case=cases(tuple(LAYOUTS)))
    def read_back(case: Case) -> None:
        nonlocal told, read
        paper = case.paper()
        known = Counter(map(tuple, expected_amounts(paper)))
        found = Counter(
            (a.form_code, a.subject, a.measure, a.fund, a.stage, a.fiscal_year, a.amount_yuan, a.printed, a.unit)
            for a in understand(read_data(set_pdf(paper, rules=rules), f"{YEAR}年度")).amounts
            if a.measure is not None and a.subject is not None
        )
        assert found - known == Counter()
        told, read = told + known.total(), read + found.total()

    read_back()
    return told, read


@pytest.mark.slow
@pytest.mark.parametrize("rules", ["horizontal", "none"])
def test_without_vertical_rules_a_fifth_of_the_figures_are_read_and_none_wrongly(rules: str) -> None:
    told, read = check_papers(rules, 60)
    print(f"{rules}: {read} of {told} figures read, {read / told:.1%}")
    assert read >= 0.2 * told
