"""Told comparisons: what changed, by how much, against which year and stage."""

from tests.words.reading import BUDGET_2023, read, rows

FIELDS = ("subject", "figure", "value", "fund", "stage", "fiscal_year", "comparison_stage", "comparison_year")


def test_a_change_of_totals_is_told_of_both_sides():
    claims, unplaced = read("2021年度收、支总计2,136.61万元。与2020年度相比，收、支总计各增加2,136.61万元，增长5%。")
    both = ("income_grand_total", "expenditure_grand_total")
    assert not unplaced
    assert rows(claims, *FIELDS) == [
        *((side, "amount", "2136.61", "all", "final", "2021", None, None) for side in both),
        *((side, "change", "2136.61", "all", "final", "2021", "final", "2020") for side in both),
        *((side, "growth_rate", "5", "all", "final", "2021", "final", "2020") for side in both),
    ]


def test_a_decrease_is_negative_and_keeps_its_quantum():
    claims, _ = read("“三公”经费支出决算为0.86万元，比年初预算减少0.14万元。")
    change = claims[-1]
    assert (str(change.value), str(change.value_yuan), str(change.quantum_yuan)) == ("-0.14", "-1400.00", "100.00")
    assert change.direction == "decrease"
    assert (change.comparison_stage, change.comparison_year, change.stage) == ("initial_budget", 2021, "final")


def test_no_change_is_a_change_of_zero():
    claims, _ = read("2、上级补助收入0.00万元。与上年决算数一致。")
    assert rows(claims, *FIELDS, "direction")[-1] == (
        "superior_subsidy_income", "change", "0", "all", "final", "2021", "final", "2020", "unchanged",
    )  # fmt: skip


def test_about_no_change_has_a_direction_and_no_value():
    claims, _ = read("公务接待费年初预算为1.00万元，支出决算为0.99万元，与2021年预算基本持平。")
    assert rows(claims, "figure", "value", "direction", "comparison_stage", "comparison_year")[-1] == (
        "change", None, "unchanged", "initial_budget", "2021",
    )  # fmt: skip


def test_a_growth_rate_is_told_against_execution():
    claims, _ = read(
        "1. “一般公共服务支出（类）统计信息事务（款）统计管理（项）”2.63万元，主要用于统计管理。"
        "2022年当年预算执行数为1.48万元，2023年预算安排2.63万元，比2022年预算执行数增加77.70 %。",
        paper=BUDGET_2023,
    )
    assert {claim.subject for claim in claims} == {"function:2010506"}
    assert rows(claims, "figure", "value", "stage", "fiscal_year", "comparison_stage", "comparison_year") == [
        ("amount", "2.63", "initial_budget", "2023", None, None),
        ("amount", "1.48", "prior_execution", "2022", None, None),
        ("amount", "2.63", "initial_budget", "2023", None, None),
        ("growth_rate", "77.70", "initial_budget", "2023", "prior_execution", "2022"),
    ]


def test_parts_of_a_told_change_inherit_its_comparison():
    claims, _ = read(
        "（三）增减变化情况：2023年收支预算7,825.53万元，较上年预算增加664.98万元，其中：",
        "1. 收入预算增加664.98万元，其中一般公共预算收入增加664.98万元。",
        paper=BUDGET_2023,
    )
    assert rows(claims[4:], *FIELDS) == [
        ("income", "change", "664.98", "all", "initial_budget", "2023", "initial_budget", "2022"),
        ("income", "change", "664.98", "general_public_budget", "initial_budget", "2023", "initial_budget", "2022"),
    ]


def test_a_reason_never_takes_the_quantity_it_explains():
    claims, unplaced = read("基本支出838.69万元，比2020年增加10万元，主要原因是购买某设备5万元。")
    assert [str(claim.value) for claim in claims if claim.subject == "basic_expenditure"] == ["838.69", "10"]
    assert "5万元" in unplaced[0].reason if unplaced else claims[-1].subject != "basic_expenditure"


def test_an_amount_of_an_unknown_quantity_is_not_taken_for_the_last_one():
    claims, unplaced = read("基本支出838.69万元。慰问困难职工花了12万元。")
    assert [claim.subject for claim in claims if str(claim.value) == "12"] != ["basic_expenditure"]
    assert unplaced or claims[-1].subject != "basic_expenditure"
