"""Levels, shares, completion, items and counts: what a sentence tells of which quantity."""

import pytest

from pipelines.disclosures.paper import Paper
from pipelines.disclosures.words import paragraphs_of
from tests.words.reading import BUDGET_2023, document, read, rows

JIANGSU = Paper("budget", "department", "某办公厅", 2018)


@pytest.mark.parametrize(
    ("sentence", "subject", "fund", "value"),
    [
        ("2023年度本年收入合计978.11万元。", "income", "all", "978.11"),
        ("一般公共预算财政拨款收入958.15万元。", "income", "general_public_budget", "958.15"),
        ("财政拨款收入2114.07万元。", "income", "fiscal_appropriation", "2114.07"),
        ("某局机关运行经费支出79.43万元。", "agency_operating_costs", "all", "79.43"),
        ("财政拨款的机关运行经费预算为786.09万元。", "agency_operating_costs", "fiscal_appropriation", "786.09"),
        ("政府性基金拨款支出预算0万元。", "expenditure", "government_managed_fund_budget", "0"),
        ("本年支出合计2,136.17万元。", "expenditure", "all", "2136.17"),
        ("‘三公’经费预算数为22.91万元。", "three_public", "fiscal_appropriation", "22.91"),
        ("其他商品和服务支出1.25万元。", "dept_economic:30299", "all", "1.25"),
        ("一般公共服务支出124.63万元。", "function:201", "all", "124.63"),
        ("社会保障和就业（类）支出 2098.4 万元。", "function:208", "all", "2098.4"),
    ],
)
def test_a_level_finds_its_quantity_and_its_money(sentence, subject, fund, value):
    claims, unplaced = read(sentence)
    assert not unplaced
    assert rows(claims, "subject", "fund", "value", "figure") == [(subject, fund, value, "amount")]


def test_a_share_belongs_to_the_part_and_never_to_the_whole_it_names():
    claims, _ = read("一般公共预算财政拨款支出958.15万元，占本年支出合计的97.96%。")
    assert rows(claims, "subject", "fund", "figure", "value") == [
        ("expenditure", "general_public_budget", "amount", "958.15"),
        ("expenditure", "general_public_budget", "share", "97.96"),
    ]


def test_parts_follow_one_another_with_their_shares():
    claims, _ = read("本年收入合计10万元，其中：财政拨款收入9万元，占90%；事业收入0万元，占0%；其他收入1万元，占10%。")
    assert rows(claims, "subject", "fund", "figure", "value")[1:] == [
        ("income", "fiscal_appropriation", "amount", "9"),
        ("income", "fiscal_appropriation", "share", "90"),
        ("institutional_income", "all", "amount", "0"),
        ("institutional_income", "all", "share", "0"),
        ("other_income", "all", "amount", "1"),
        ("other_income", "all", "share", "10"),
    ]


def test_completion_is_measured_by_the_budget_told():
    claims, _ = read(
        "社会保障和就业支出（类）甲事务（款）乙（项）。年初预算为691.50万元，支出决算为838.69万元，完成年初预算的121.29%。"
    )
    assert rows(claims, "figure", "stage", "comparison_stage", "value") == [
        ("amount", "initial_budget", None, "691.50"),
        ("amount", "final", None, "838.69"),
        ("completion_rate", "final", "initial_budget", "121.29"),
    ]


def test_a_budget_no_sentence_has_named_is_not_guessed():
    claims, _ = read("1.卫生健康210（类）11（款）01（项）：支出决算为13.61万元，完成预算100%，决算数与预算数持平。")
    assert {claim.subject for claim in claims} == {"function:2101101"}
    assert rows(claims, "figure", "comparison_stage")[1:] == [("completion_rate", None), ("change", None)]


def test_an_item_without_a_known_code_keeps_its_names_until_a_table_prints_the_code():
    line = "社会保障和就业支出(类)就业补助(款)返乡农民工补贴(项)。年初预算为0.00万元。"
    path = "社会保障和就业支出/就业补助/返乡农民工补贴"
    assert read(line)[0][0].subject == f"function_name:{path}"
    names = {"20807": "就业补助", "2080788": "返乡农民工补贴"}
    assert read(line, names=names)[0][0].subject == "function:2080788"


def test_an_item_takes_the_class_of_the_heading_above():
    claims, _ = read(
        "（一）一般公共服务（类）",
        "1.人大事务（款）行政运行（项）支出6372.32万元，与上年相比增加1826.38万元。",
        paper=JIANGSU,
    )
    assert {claim.subject for claim in claims} == {"function:2010101"}


def test_money_of_the_section_holds_where_the_sentence_names_none():
    lines = ("七、一般公共预算财政拨款“三公”经费支出决算情况说明", "公务接待费年初预算为1.00万元。")
    assert read(*lines)[0][0].fund == "general_public_budget"


def test_counts_stand_with_the_quantity_they_count():
    claims, _ = read("国内公务接待20批次，330人次（不包括陪同人员），共计支出3.25万元。")
    assert rows(claims, "subject", "measure", "figure", "value", "unit") == [
        ("domestic_reception_batches", "domestic_reception_batches", "count", "20", "批次"),
        ("domestic_reception_person_times", "domestic_reception_person_times", "count", "330", "人次"),
        ("domestic_reception", "domestic_reception", "amount", "3.25", "万元"),
    ]


def test_nothing_is_zero_for_every_year_and_money_named():
    claims, _ = read("2022年、2023年本单位均未使用一般公共预算拨款安排‘三公’经费支出。", paper=BUDGET_2023)
    assert rows(claims, "subject", "fund", "fiscal_year", "value_yuan") == [
        ("three_public", "general_public_budget", "2022", "0"),
        ("three_public", "general_public_budget", "2023", "0"),
    ]
    claims, _ = read("本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。")
    assert rows(claims, "subject", "fund", "value") == [
        ("income", "government_managed_fund_budget", "0"),
        ("expenditure", "government_managed_fund_budget", "0"),
    ]


def test_figures_in_a_row_belong_to_the_names_in_a_row():
    claims, _ = read("人员经费和公用经费分别为810.81万元、27.88万元。")
    assert rows(claims, "subject", "value") == [("personnel_expenditure", "810.81"), ("operating_expenditure", "27.88")]


def test_units_are_turned_into_exact_yuan():
    claims, _ = read("公务接待费0.39万（含外宾接待支出0.00万元）。三公经费3165.74元。项目支出2.4859亿元。")
    assert rows(claims, "subject", "unit", "value_yuan", "quantum_yuan") == [
        ("official_reception", "万元", "3900.00", "100.00"),
        ("foreign_reception", "万元", "0.00", "100.00"),
        ("three_public", "元", "3165.74", "0.01"),
        ("project_expenditure", "亿元", "248590000.0000", "10000.0000"),
    ]


def test_a_claim_points_at_the_printed_figure():
    line = "1、“三公”经费　支出决算为 0.86 万元，比年初预算减少0.14万元。"
    claims, _ = read(line)
    assert [line[claim.char_start : claim.char_end] for claim in claims] == ["0.86 万元", "0.14万元"]
    assert all(claim.sentence == line for claim in claims)


def test_paragraphs_stand_under_the_path_of_headings():
    facts = paragraphs_of(
        document(
            "第三部分 决算情况说明",
            "一、收入决算情况说明",
            "（一）结构",
            "本年收入合计9万元。",
            "二、支出决算情况说明",
            "支出1元。",
        )
    )
    assert [fact.section for fact in facts][3] == "第三部分 决算情况说明 / 一、收入决算情况说明 / （一）结构"
    assert facts[-1].section == "第三部分 决算情况说明 / 二、支出决算情况说明"
    assert facts[0].paragraph_id == "ab" * 8 + "-p1"


def test_each_quantity_that_is_zero_keeps_its_own_money():
    claims, _ = read("本部门没有政府性基金收入和国有资本经营预算支出。")
    assert rows(claims, "subject", "fund") == [
        ("income", "government_managed_fund_budget"),
        ("expenditure", "state_capital_operating_budget"),
    ]


def test_what_is_left_over_has_no_budget_of_its_own():
    claims, unplaced = read("该单位上年结转0万元，2021年年初预算978.11万元。")
    assert rows(claims, "subject", "value") == [("brought_forward", "0")]
    assert "978.11万元" in unplaced[0].reason


@pytest.mark.parametrize(("told", "value", "direction"), [("0", "0", "unchanged"), ("-2.5", "-2.5", "decrease")])
def test_from_what_was_left_to_what_is_left_a_department_tells_its_budget_and_by_how_much_it_was_adjusted(
    told, value, direction
):
    claims, unplaced = read(f"我局上年结转0万元，2023年年初预算978.11万元，年中调整预算数为{told}万元，年末结余0万元。")
    assert not unplaced
    found = rows(claims, "subject", "figure", "stage", "comparison_stage", "value", "direction")
    assert found[1:3] == [
        ("expenditure", "amount", "initial_budget", None, "978.11", None),
        ("expenditure", "change", "adjusted_budget", "initial_budget", value, direction),
    ]


def test_elsewhere_an_adjusted_budget_is_the_whole_of_it():
    claims, _ = read("项目支出年初预算100万元，年中调整预算数为120万元。")
    assert ("project_expenditure", "amount", "adjusted_budget", "120") in rows(
        claims, "subject", "figure", "stage", "value"
    )


def test_a_total_that_holds_a_carry_over_is_the_grand_total_of_the_same_money():
    claims, unplaced = read(
        "2023年部门财政拨款收入370万元，其中：本年收入350万元，上年结转收入20万元。", paper=BUDGET_2023
    )
    assert not unplaced
    assert rows(claims, "subject", "fund", "value") == [
        ("income_grand_total", "fiscal_appropriation", "370"),
        ("income", "fiscal_appropriation", "350"),
        ("brought_forward", "fiscal_appropriation", "20"),
    ]


def test_a_total_told_twice_without_a_carry_over_stays_the_same_quantity():
    claims, _ = read("2023年部门财政拨款收入370万元，其中：财政拨款收入350万元。", paper=BUDGET_2023)
    assert {claim.subject for claim in claims} == {"income"}
