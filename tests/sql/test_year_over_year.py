"""mart.year_over_year: which comparisons there are, what they rest on, and whether the sources agree."""

from decimal import Decimal
from typing import Any

import duckdb

from tests.sql.disagreements import disagreements

Connection = duckdb.DuckDBPyConnection
TEN_THOUSAND = Decimal(10000)


def comparisons(connection: Connection, department: str, where: str = "true") -> list[dict[str, Any]]:
    order = "level, subject, from_stage, to_stage, from_year, to_year, basis"
    query = f"from mart.year_over_year where department = ? and {where} order by {order}"
    found = connection.execute(query, [department])
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def levels(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """From year, to year, stage, both amounts in 万元."""
    years = ((row["from_year"], row["to_year"], row["to_stage"]) for row in found)
    amounts = ((row["from_yuan"] / TEN_THOUSAND, row["to_yuan"] / TEN_THOUSAND) for row in found)
    return [(*year, *amount) for year, amount in zip(years, amounts, strict=True)]


def test_papers_are_compared_final_with_final_and_budget_with_budget_for_all_pairs_of_years(
    invented: Connection,
) -> None:
    found = comparisons(invented, "系列局", "basis = 'both_papers' and level = 'headline'")
    assert levels(found) == [
        (2021, 2022, "final", 100, 110),
        (2021, 2023, "final", 100, 99),
        (2022, 2023, "final", 110, 99),
        (2022, 2023, "initial_budget", 105, 120),
    ]
    assert all(row["from_stage"] == row["to_stage"] for row in found)


def test_change_and_rate_are_exact(invented: Connection) -> None:
    found = comparisons(invented, "系列局", "to_stage = 'final' and level = 'headline'")
    assert [(row["change_yuan"], row["change_rate"]) for row in found] == [
        (Decimal(100000), Decimal("0.1")),
        (Decimal(-10000), Decimal("-0.01")),
        (Decimal(-110000), Decimal("-0.1")),
    ]


def test_codes_are_compared_by_their_expenditure_and_projects_not_at_all(invented: Connection) -> None:
    found = comparisons(invented, "系列局", "level != 'headline'")
    assert [(row["level"], row["code"], row["measure"]) for row in found] == [
        ("economic", "30101", "basic_expenditure"),
        ("function", "2010101", "expenditure"),
    ]
    assert [row["subject_zh"] for row in found] == ["基本工资", "行政运行"]


def test_an_amount_leads_back_to_where_it_was_printed(invented: Connection) -> None:
    [row] = comparisons(invented, "系列局", "level = 'function'")
    query = "select document_id, amount_yuan from core.amount where amount_id = ?"
    assert invented.execute(query, [row["from_amount_id"]]).fetchall() == [(row["from_document_id"], row["from_yuan"])]
    assert invented.execute(query, [row["to_amount_id"]]).fetchall() == [(row["to_document_id"], row["to_yuan"])]


def test_last_years_column_is_compared_with_this_years_and_differing_stages_stay_visible(invented: Connection) -> None:
    found = comparisons(invented, "上年局", "basis = 'prior_column'")
    assert [(r["subject"], r["from_stage"], r["to_stage"], r["from_yuan"], r["to_yuan"]) for r in found] == [
        ("basic_expenditure", "final", "initial_budget", 20000, 30000),
        ("expenditure", "initial_budget", "initial_budget", 100000, 120000),
        ("expenditure", "prior_execution", "initial_budget", 95000, 120000),
    ]


def test_difference_and_rate_told_give_last_years_amount(invented: Connection) -> None:
    found = comparisons(invented, "文字局", "subject = 'institutional_operating_costs'")
    assert [(r["basis"], r["from_year"], r["to_year"], r["from_yuan"], r["to_yuan"], r["agrees"]) for r in found] == [
        ("told_difference", 2022, 2023, Decimal("340800"), Decimal("507200"), True),
        ("told_rate", 2022, 2023, Decimal("340791.51"), Decimal("507200"), True),
    ]
    assert all(row["claim_id"] for row in found)


def test_a_difference_without_a_level_told_starts_from_the_forms_own_amount(invented: Connection) -> None:
    [row] = comparisons(invented, "文字局", "subject = 'project_expenditure'")
    assert (row["basis"], row["from_yuan"], row["to_yuan"]) == (
        "told_difference",
        Decimal("71605500"),
        Decimal("78255300"),
    )
    assert row["change_yuan"] == Decimal("6649800")
    assert row["to_amount_id"] is not None
    assert row["agrees"] is None


def test_two_levels_told_side_by_side_are_compared_in_the_stages_the_words_name(invented: Connection) -> None:
    [row] = comparisons(invented, "文字局", "subject = 'meetings'")
    assert (row["basis"], row["from_stage"], row["to_stage"]) == ("told_value", "prior_execution", "initial_budget")
    assert (row["from_yuan"], row["to_yuan"]) == (14800, 26300)


def test_a_comparison_with_the_budget_of_the_same_year_is_not_one_of_years(invented: Connection) -> None:
    assert comparisons(invented, "文字局", "subject = 'training'") == []


def test_a_fall_of_all_tells_nothing_of_the_year_before(invented: Connection) -> None:
    assert comparisons(invented, "文字局", "subject = 'official_reception'") == []


def test_a_rise_from_nothing_tells_nothing_of_the_year_before(invented: Connection) -> None:
    found = comparisons(invented, "文字局", "subject = 'other_income'")
    assert [(r["basis"], r["from_yuan"], r["to_yuan"], r["agrees"]) for r in found] == [("told_value", 0, 50000, None)]


def test_sources_that_contradict_each_other_do_not_agree(invented: Connection) -> None:
    found = comparisons(invented, "不符局")
    assert [(row["basis"], row["from_yuan"], row["agrees"]) for row in found] == [
        ("both_papers", 1000000, False),
        ("told_difference", 1100000, False),
        ("told_rate", 1000000, False),
    ]


def test_sources_of_equal_precision_agree_only_if_equal(invented: Connection) -> None:
    found = comparisons(invented, "上年局", "from_stage = 'initial_budget' and subject = 'expenditure'")
    assert [(row["basis"], row["from_yuan"], row["agrees"]) for row in found] == [
        ("both_papers", 100100, False),
        ("prior_column", 100000, False),
    ]


def test_a_contradiction_between_bases_is_a_finding(invented: Connection) -> None:
    found = {department: rules for department, _, rules in disagreements(invented)}
    assert found == {"上年局": ["PP-Y02"], "不符局": ["PP-Y02", "TX-T03"]}


def test_the_best_basis_of_each_comparison_is_kept_with_how_many_there_are(invented: Connection) -> None:
    query = "select basis, bases from mart.year_over_year_best where department = ? and subject = ? and from_stage = ?"
    best = invented.execute(query, ["不符局", "expenditure", "final"]).fetchall()
    assert best == [("both_papers", 3)]
    told = invented.execute(query, ["文字局", "institutional_operating_costs", "initial_budget"]).fetchall()
    assert told == [("told_difference", 2)]
    [(keys, kept)] = invented.execute(
        """select (select count(*) from (select distinct department_id, scope, subject, measure, fund, from_stage,
           to_stage, from_year, to_year from mart.year_over_year)), (select count(*) from mart.year_over_year_best)"""
    ).fetchall()
    assert keys == kept


def test_superseded_papers_are_not_compared(invented: Connection) -> None:
    documents = "select from_document_id from mart.year_over_year union select to_document_id from mart.year_over_year"
    superseded = "select document_id from core.document where superseded_by is not null"
    assert invented.execute(f"({documents}) intersect {superseded}").fetchall() == []
