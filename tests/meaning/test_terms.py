"""Row labels that are the field's own terms have their meaning without a declared line."""

import pytest

from pipelines.disclosures import catalogue
from pipelines.disclosures.catalogue.terms import term_of
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document


@pytest.mark.parametrize(
    ("label", "side", "above", "measure"),
    [
        ("因公出国(境)费用", "expenditure", None, "overseas_travel"),
        ("公务用车购置", "expenditure", None, "vehicle_purchase"),
        ("公务用车购置数(辆)", "expenditure", None, "vehicles_purchased"),
        ("国内公务接待批次(个)", None, None, "domestic_reception_batches"),
        ("基本支出结转", "income", "opening_balance", "opening_basic_balance"),
        ("基本支出结转", "expenditure", "closing_balance", "closing_basic_balance"),
        ("转入事业基金", "expenditure", "surplus_distribution", "institutional_fund"),
        ("基本支出结转", "income", None, None),
        ("事业收入", "expenditure", None, None),
        ("公务接待费(批次)", "expenditure", None, None),
        ("其他", "expenditure", "surplus_distribution", None),
        ("费", None, None, None),
    ],
)
def test_a_label_means_the_measure_it_names(label: str, side: str | None, above: str | None, measure: str) -> None:
    assert term_of(label, side, above) == measure


def test_every_name_of_the_vocabulary_is_its_own_measure_or_none() -> None:
    for name, measure in catalogue.vocabulary().measures.items():
        unit = f"({measure.unit})" if measure.unit in ("个", "辆", "人次", "批次") else ""
        assert term_of(measure.zh.replace("（", "(").replace("）", ")") + unit, measure.side, None) in (name, None)


def test_an_economic_form_of_an_unknown_title_is_told_by_its_codes_and_columns() -> None:
    rows = ["科目编码|科目名称|金额", "301|工资福利支出|30.00", "30101|基本工资|20.00", "30102|津贴补贴|10.00"]
    title = "一般公共预算财政拨款支出按用途汇总表"
    facts = understand(document("2023年青禾市财政局部门决算", title, "单位：万元", rows))
    assert [(form.form_code, form.form_title) for form in facts.forms] == [("FA22", title)]
    assert {(a.subject, a.measure, a.fund) for a in facts.amounts} == {
        (f"dept_economic:{code}", "expenditure", "general_public_budget") for code in ("301", "30101", "30102")
    }


def test_a_table_of_the_basic_expenditure_is_not_taken_for_all_of_it() -> None:
    rows = ["科目编码|科目名称|金额", "301|工资福利支出|30.00", "30101|基本工资|20.00", "30102|津贴补贴|10.00"]
    facts = understand(document("2023年青禾市财政局部门决算", "基本支出按用途汇总表", "单位：万元", rows))
    assert "FA22" not in [form.form_code for form in facts.forms]
