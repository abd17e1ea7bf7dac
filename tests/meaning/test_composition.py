"""Titles, headers and labels that nobody declared as a whole mean what their words say; one unknown word, nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosures.composition import compose
from pipelines.disclosures.titles import match_title
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

BUDGET, ACCOUNTS = "2024年青禾市财政局部门预算", "2022年度青禾市财政局部门决算"
ECONOMIC = ["301|工资福利支出|6.00", "30101|基本工资|6.00", "302|商品和服务支出|2.00"]
GOVERNMENT = ["501|机关工资福利支出|6.00", "502|机关商品和服务支出|2.00"]


@pytest.mark.parametrize(
    ("text", "measure", "fund", "stage"),
    [
        ("一般公共预算财政拨款基本支出预算数", "basic_expenditure", "general_public_budget", "initial_budget"),
        ("政府性基金预算财政拨款收入", "income", "government_managed_fund_budget", None),
        ("国有资本经营预算支出决算数", "expenditure", "state_capital_operating_budget", "final"),
        ("公务接待费支出", "official_reception", None, None),
        ("政府采购支出", "procurement", None, None),
    ],
)
def test_words_of_a_header_say_measure_fund_and_stage(text: str, measure: str, fund: str, stage: str) -> None:
    said = compose(text)
    assert said is not None
    assert (said.measure, said.fund, said.stage) == (measure, fund, stage)


@pytest.mark.parametrize(
    "text", ["扶贫支出", "基本支出项目支出", "收入支出预算决算", "政府性基金国有资本经营预算", "绩效"]
)
def test_a_text_with_an_unknown_word_or_with_words_that_disagree_says_nothing(text: str) -> None:
    assert compose(text) is None


@pytest.mark.parametrize(
    ("title", "kind", "code"),
    [
        ("青禾市财政局2022年度一般公共预算财政拨款基本支出情况决算公开表", "final_accounts", "FA06"),
        ("部门支出情况预算汇总表", "budget", "BG03"),
        ("财政拨款收入支出预算安排总表", "budget", "BG04"),
        ("项目支出绩效目标表", "budget", None),
        ("一般公共预算支出决算情况表", "budget", None),
    ],
)
def test_an_undeclared_title_is_the_form_its_words_name(title: str, kind: str, code: str | None) -> None:
    match = match_title(title, kind)
    assert (match.form.code if match else None) == code


@pytest.mark.parametrize(
    ("title", "rows", "code", "kind"),
    [
        ("一般公共预算支出表", ECONOMIC, "BG24", "dept_economic"),
        ("一般公共预算支出表（按政府预算经济科目）", GOVERNMENT, "BG23", "gov_economic"),
        ("一般公共预算安排情况表", ECONOMIC, "BG24", "dept_economic"),
        ("政府性基金预算基本支出安排表", ECONOMIC, "BG00", "dept_economic"),
    ],
)
def test_the_codes_of_the_rows_tell_the_form_with_the_title(title: str, rows: list[str], code: str, kind: str) -> None:
    facts = understand(document(BUDGET, title, "单位：万元", ["科目编码|科目名称|预算数", *rows]))
    assert [form.form_code for form in facts.forms] == [code]
    assert {(a.row_code_kind, a.stage, a.fiscal_year) for a in facts.amounts} == {(kind, "initial_budget", 2024)}
    assert not [u for u in facts.unplaced if u.what in ("cell", "row")]


def test_codes_printed_before_the_names_of_rows_are_codes() -> None:
    rows = ["支出经济科目|2024年预算", "[301]工资福利支出|6.00", "[30101]基本工资|6.00", "302 商品和服务支出|2.00"]
    facts = understand(document(BUDGET, "一般公共预算基本支出表", "单位：万元", rows))
    assert [(a.row_code, a.row_label) for a in facts.amounts] == [
        ("301", "工资福利支出"), ("30101", "基本工资"), ("302", "商品和服务支出"),
    ]  # fmt: skip


def test_rows_told_by_names_alone_are_those_of_the_classification() -> None:
    rows = ["经济科目|预算数", "工资福利支出|6.00", "基本工资|6.00", "商品和服务支出|2.00"]
    facts = understand(document(BUDGET, "一般公共预算基本支出表", "单位：万元", rows))
    assert [a.subject for a in facts.amounts] == ["dept_economic:301", "dept_economic:30101", "dept_economic:302"]


def test_three_classifications_side_by_side_are_each_read_by_its_own() -> None:
    rows = [
        "收入|<|支出|<|<|<|<|<",
        "项目|预算数|项目（按功能分类）|预算数|项目（按部门预算经济分类）|预算数|项目（按政府预算经济分类）|预算数",
        "一、一般公共预算拨款收入|8.00|一、一般公共服务支出|8.00|一、基本支出|6.00|一、机关工资福利支出|6.00",
        "经费拨款|8.00|二、外交支出||工资福利支出|6.00|二、机关商品和服务支出|2.00",
        "收入总计|8.00|支出总计|8.00|支出总计|8.00|支出总计|8.00",
    ]
    facts = understand(document(BUDGET, "收支总表", "单位：万元", rows))
    assert [a.subject for a in facts.amounts] == [
        "income", "function:201", "basic_expenditure", "gov_economic:501",
        "treasury_grant_income", "dept_economic:301", "gov_economic:502",
        "income_grand_total", *["expenditure_grand_total"] * 3,
    ]  # fmt: skip
    assert not [u for u in facts.unplaced if u.what == "cell"]


def test_a_total_in_a_list_of_several_quantities_is_that_of_its_heading() -> None:
    rows = [
        "项目|统计数", "一、“三公”经费支出|—", "（一）支出合计|7.00", "二、政府采购支出信息|—", "（一）合计|9.00",
    ]  # fmt: skip
    facts = understand(document(ACCOUNTS, "机构运行信息表", "单位：万元", rows))
    assert [(a.measure, a.value) for a in facts.amounts if a.value is not None] == [
        ("three_public", Decimal("7.00")),
        ("procurement", Decimal("9.00")),
    ]


def test_a_column_of_rates_or_pieces_is_not_the_money_of_its_line() -> None:
    rows = ["项目|2023年预算数|2024年预算数|增减率", "公务接待费|2.00|3.00|50", "合计|2.00|3.00|50"]
    facts = understand(document(BUDGET, "一般公共预算“三公”经费预算表", "单位：万元", rows))
    assert [(a.subject, a.measure, a.stage, a.unit) for a in facts.amounts[:3]] == [
        ("official_reception", "official_reception", "prior_budget", "万元"),
        ("official_reception", "official_reception", "initial_budget", "万元"),
        ("official_reception", "budget_change_rate", "initial_budget", "%"),
    ]


def test_the_total_of_a_form_with_meetings_and_training_is_no_total_of_the_three_public_expenses() -> None:
    rows = ["合计|“三公”经费|会议费|培训费", "10.00|4.00|3.00|3.00"]
    facts = understand(document(BUDGET, "一般公共预算“三公”经费预算表", "单位：万元", rows))
    assert [a.measure for a in facts.amounts] == ["public_and_meeting_expenses", "three_public", "meetings", "training"]


PURCHASES = {"name": "采购项目", "unit": "单位名称", "catalogue": "采购目录", "number": "采购数量", "total": "金额"}
figures = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.permutations(sorted(PURCHASES)), st.sampled_from(["万元", "元", "千元", "亿元"]), figures)
def test_lists_of_purchases_read_back_in_any_order_of_columns(order: list[str], unit: str, value: Decimal) -> None:
    factor = {"万元": 10_000, "元": 1, "千元": 1_000, "亿元": 100_000_000}[unit]
    row = {"name": "台式计算机", "unit": "青禾市财政局", "catalogue": "A02010104", "number": "3", "total": f"{value}"}
    rows = ["|".join(PURCHASES[name] for name in order), "|".join(row[name] for name in order)]
    facts = understand(document(BUDGET, "政府采购预算表", f"单位：{unit}", rows))
    assert {(a.subject, a.measure, a.amount_yuan) for a in facts.amounts} == {
        ("procurement:台式计算机", "procurement", value * factor),
        ("procurement:台式计算机", "quantity", None),
    }
    assert not [u for u in facts.unplaced if u.what == "cell"]
