"""In which unit a form is: as printed, else as inferred from equal figures, else as the form before."""

from decimal import Decimal

import pytest

from pipelines.disclosures.facts import Facts
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

COVER = "2022年度青禾市财政局部门决算"
INCOME = [
    "科目编码|科目名称|本年收入合计|财政拨款收入",
    "|合计|1,234.56|1,000.04",
    "208|社会保障和就业支出|1,234.56|1,000.04",
]
EXPENDITURE = ["科目编码|科目名称|本年支出合计|基本支出", "|合计|812.31|405.17", "208|社会保障和就业支出|812.31|405.17"]
IN_YUAN = ["科目编码|科目名称|本年支出合计|基本支出", "|合计|8,123,100.00|4,051,700.00"]


def read(*blocks: str | list[str]) -> Facts:
    return understand(document(COVER, *blocks))


def units(facts: Facts) -> list[tuple[str | None, str | None]]:
    return [(form.unit, form.unit_basis) for form in facts.forms]


def test_a_printed_unit_is_printed_and_one_handed_on_is_inherited() -> None:
    facts = read("收入决算表", "单位：万元", INCOME, "支出决算表", EXPENDITURE)
    assert units(facts) == [("万元", "printed"), ("万元", "inherited")]
    assert {a.unit for a in facts.amounts} == {"万元"}


def test_a_form_before_the_first_printed_unit_takes_that_one() -> None:
    assert units(read("收入决算表", INCOME, "支出决算表", "单位：元", EXPENDITURE)) == [
        ("元", "inherited"),
        ("元", "printed"),
    ]


def test_a_unit_is_inferred_where_the_figures_equal_those_of_another_form() -> None:
    facts = read("收入决算表", "单位：万元", INCOME, "支出决算表", EXPENDITURE, "支出决算表", IN_YUAN)
    assert units(facts)[2] == ("万元", "inherited")  # nothing printed to compare with
    facts = read("支出决算表", "单位：万元", EXPENDITURE, "支出决算表", IN_YUAN)
    assert units(facts) == [("万元", "printed"), ("元", "inferred")]
    assert facts.amounts[-1].amount_yuan == 4_051_700


def test_rounded_figures_still_agree() -> None:
    exact = ["科目编码|科目名称|本年支出合计|基本支出", "|合计|8,123,149.20|4,051,650.00"]
    assert units(read("支出决算表", "单位：万元", EXPENDITURE, "支出决算表", exact))[1] == ("元", "inferred")


def test_a_printed_unit_is_believed_though_it_makes_the_figures_ten_thousand_times_too_large() -> None:
    facts = read("支出决算表", "单位：元", EXPENDITURE, "支出决算表", "单位：万元", EXPENDITURE)
    assert units(facts) == [("元", "printed"), ("万元", "printed")]
    assert [a.amount_yuan for a in facts.amounts if a.subject == "expenditure"] == [Decimal("812.31"), 8_123_100]


def test_no_unit_is_repaired_by_what_the_words_say() -> None:
    facts = read("支出决算表", "单位：元", EXPENDITURE, "2022年度支出总计812.31万元，其中：基本支出405.17万元。")
    assert units(facts) == [("元", "printed")]


def test_one_figure_that_agrees_by_chance_is_not_enough() -> None:
    other = ["科目编码|科目名称|本年支出合计|基本支出", "|合计|8,123,100.00|4.99"]
    assert units(read("支出决算表", "单位：万元", EXPENDITURE, "支出决算表", other))[1] == ("万元", "inherited")


def test_without_any_unit_there_is_none_and_no_amount_in_yuan() -> None:
    facts = read("收入决算表", INCOME)
    assert units(facts) == [(None, None)]
    assert all(a.amount_yuan is None and a.value is not None for a in facts.amounts)


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("（金额单位：元）", "元"),
        ("万元", "万元"),
        ("（千元）", "千元"),
        ("金额：万元", "万元"),
        ("单位：人民币亿元", "亿元"),
    ],
)
def test_a_line_that_is_a_unit_prints_it(line: str, unit: str) -> None:
    assert units(read("收入决算表", line, INCOME)) == [(unit, "printed")]


def test_a_header_that_states_the_unit_prints_it() -> None:
    rows = ["科目编码|科目名称|本年支出合计（元）|基本支出（元）", "|合计|812.31|405.17"]
    assert units(read("支出决算表", rows)) == [("元", "printed")]
