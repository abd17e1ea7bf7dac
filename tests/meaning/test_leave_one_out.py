"""What is lost of a paper by a catalogue written without it, and what is never guessed instead."""

from pathlib import Path

import pytest

from benchmarks.leave_one_out import alternatives, losses, read_folder
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

BUDGET_ROWS = [
    "科目编码|科目名称|合计|基本支出|项目支出",
    "|合计|9.00|4.00|5.00",
    "208|社会保障和就业支出|9.00|4.00|5.00",
]


def test_a_pattern_counts_as_its_alternatives() -> None:
    assert alternatives("(合计|小计(数|额)?)") == ["合计", "小计(数|额)?"]
    assert alternatives("本年(收入|支出)") == ["本年(收入|支出)"]
    assert alternatives("(甲|乙)(丙)?") == ["(甲|乙)(丙)?"]


def test_a_declaration_only_one_paper_needs_is_lost_with_it_and_a_shared_one_is_not() -> None:
    shared: list[str | list[str]] = ["收支预算总表", ["项目|预算数", "事业收入|1.00", "收入总计|1.00"]]
    alone = [*shared, "政府购买服务预算表", ["项目|预算数", "合计|3.00"]]
    papers = [("甲乙市_2020", document("2020年甲市财政局部门预算", *shared))]
    papers += [("丙丁市_2020", document("2020年乙市财政局部门预算", *alone))]
    by_paper, by_publisher = losses(papers)
    assert [(loss.name, loss.lost > 0) for loss in by_paper] == [("甲乙市_2020", False), ("丙丁市_2020", True)]
    assert [loss.name for loss in by_publisher] == ["甲乙市", "丙丁市"]


@pytest.mark.parametrize(
    "title",
    ["财政拨款支出明细安排表", "基本支出明细安排表", "政府性基金支出明细安排表", "一般公共预算项目支出明细安排表"],
)
def test_an_undeclared_title_that_names_another_fund_or_topic_is_not_taken_for_the_form(title: str) -> None:
    facts = understand(document("2023年青禾市财政局部门预算", title, "单位：万元", BUDGET_ROWS))
    assert [(form.form_code) for form in facts.forms if form.form_code == "BG05"] == []


def test_an_undeclared_title_of_the_right_fund_is_still_recognised_by_its_rows_and_columns() -> None:
    title = "一般公共预算支出明细安排表"
    facts = understand(document("2023年青禾市财政局部门预算", title, "单位：万元", BUDGET_ROWS))
    assert [form.form_code for form in facts.forms] == ["BG05"]


@pytest.mark.slow
def test_no_paper_of_a_known_publisher_loses_more_than_two_percent(shared: Path) -> None:
    by_paper, _ = losses(read_folder(shared / "disclosures"))
    several = [loss for loss in by_paper if loss.name.startswith(("普陀区", "江苏省"))]
    assert sum(loss.cells for loss in several) > 2000
    assert all(loss.share <= 0.02 for loss in several)
