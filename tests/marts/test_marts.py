"""What the marts say of invented papers whose answers are known."""

import datetime
from decimal import Decimal
from typing import Any

import duckdb

from pipelines.warehouse.declared import declared_tables

Connection = duckdb.DuckDBPyConnection


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def test_a_figure_is_what_most_forms_of_its_own_paper_print_and_contradictions_show(marts: Connection) -> None:
    query = "select amount_yuan, basis, statements, least_yuan, most_yuan, agrees from mart.figure where department = ?"
    found = marts.execute(query, ["矛盾局"]).fetchall()
    assert found == [(100000, "own_form", 3, 100000, 110000, False)]


def test_execution_runs_from_the_budgets_own_paper_over_the_adjusted_to_the_outturn(marts: Connection) -> None:
    [row] = rows(
        marts,
        """select initial_yuan, adjusted_yuan, final_yuan, initial_basis, adjusted_basis, deviation_from_initial_yuan,
           completion_of_initial, told_completion, told_completion_of
           from mart.budget_execution where department = '执行局' and subject = 'expenditure'""",
    )
    assert row[:6] == (2000000, 1800000, 1500000, "own_form", "other_form", -500000)
    assert row[6:] == (Decimal("0.75"), Decimal("0.8333"), "adjusted_budget")


def test_counts_of_domestic_and_foreign_receptions_add_up_beside_the_money(marts: Connection) -> None:
    query = "select three_public_yuan, reception_batches, len(count_source_ids) from mart.three_public"
    assert rows(marts, f"{query} where department = '执行局'") == [(20000, 4, 2)]


def test_contributions_add_up_to_the_growth_and_renamed_codes_are_carried_over(marts: Connection) -> None:
    found = rows(
        marts,
        """select code, presence, from_yuan, to_yuan, carried_codes, contribution from mart.item_change
           where department = '青山县增减局' order by code""",
    )
    assert [row[:5] for row in found] == [
        ("2010101", "both", 600000, 660000, None),
        ("2011199", "ended", 100000, None, None),
        ("2060101", "new", None, 200000, None),
        ("2080501", "both", 300000, 340000, ["2080504"]),
    ]
    assert sum(row[5] for row in found) == Decimal("0.2")


def test_balances_roll_forward_and_show_where_they_do_not(marts: Connection) -> None:
    found = rows(
        marts,
        """select fiscal_year, expected_closing_yuan, roll_forward_difference_yuan, rolls_forward, carried_over
           from mart.balances where department = '青山县增减局' order by fiscal_year""",
    )
    assert found == [(2019, 30000, 0, True, None), (2020, 40000, 50000, False, True)]


def test_a_fixed_panel_leaves_out_who_published_one_year_only(marts: Connection) -> None:
    found = rows(
        marts,
        """select panel, from_departments, to_departments, change_rate from mart.panel_change
           where region_code = '420000' and subject = 'expenditure' order by panel""",
    )
    assert found == [("all", 1, 2, Decimal("5.1")), ("fixed", 1, 1, Decimal("0.1"))]


def test_peers_are_ranked_within_function_and_level_of_government(marts: Connection) -> None:
    found = rows(
        marts,
        """select department, rank, peers, percentile, median_yuan from mart.peers
           where fiscal_year = 2022 and subject = 'expenditure' order by rank""",
    )
    assert found == [
        ("湖北省样本二局", 1, 2, 1, 305000),
        ("湖北省样本一局", 2, 2, Decimal("0.5"), 305000),
    ]


def test_full_marks_at_low_execution_are_listed_unless_rounding_explains_them(marts: Connection) -> None:
    query = "select project, execution_rate, points_too_many from mart.full_marks_at_low_execution"
    assert rows(marts, query) == [("低", Decimal("0.2"), 8)]
    printed = "select project, execution_rate_difference, full_marks_below_full_execution from mart.project_performance"
    assert rows(marts, f"{printed} order by 1") == [("低", 0, True), ("满", 0, False), ("近", 0, True)]


def test_papers_are_expected_from_those_that_are_there(marts: Connection) -> None:
    query = "select fiscal_year, kind, status from mart.disclosure_coverage where department = '公开局' order by all"
    assert rows(marts, query) == [
        (2021, "budget", "published"),
        (2021, "final_accounts", "missing"),
        (2022, "budget", "missing"),
        (2022, "final_accounts", "partial"),
        (2023, "budget", "missing"),
        (2024, "budget", "published"),
    ]


def test_a_paper_is_late_by_the_date_it_prints(marts: Connection) -> None:
    query = """select fiscal_year, kind, timeliness, published_on from mart.disclosure_coverage
        where department = '迟到局' and status != 'missing' order by all"""
    assert rows(marts, query) == [
        (2021, "budget", "on_time", datetime.date(2021, 5, 31)),
        (2021, "final_accounts", "late", datetime.date(2022, 12, 1)),
        (2022, "budget", "unknown", None),
    ]


def test_shares_are_of_the_same_fund_stage_and_year(marts: Connection) -> None:
    query = "select part, part_yuan, share from mart.structure_share where department = '湖北省样本一局'"
    assert set(rows(marts, query)) == {("function:201", 100000, 1), ("function:201", 110000, 1)}


def test_the_score_of_a_filing_counts_causes_by_severity(tables: Connection) -> None:
    wrong = """select filing_id from mart.filing_quality
        where score is distinct from case
            when evaluated > 0 then greatest(0, 100 - 10 * critical - 5 * warning - info) end
        or evaluated != holds + rounding + broken or critical + warning + info > broken"""
    assert rows(tables, wrong) == []
    assert rows(tables, "select count(*) from mart.filing_quality where critical > 0") != [(0,)]


SOURCES = [
    (table, column)
    for table in declared_tables()
    if table.schema == "mart"
    for column in table.columns
    if column.endswith(("_source_id", "_source_ids")) or column in ("source_id", "amount_id", "claim_id")
]


def test_every_source_of_every_mart_stands_in_provenance(tables: Connection) -> None:
    assert len(SOURCES) > 40
    for table, column in SOURCES:
        ids = f"unnest({column})" if column.endswith("_ids") else column
        lost = f"""select id from (select {ids} as id from {table.full_name}) anti join provenance.source
            on id = source_id where id is not null limit 1"""
        assert rows(tables, lost) == [], (table.full_name, column)


def test_the_chinese_views_say_the_same_as_the_marts(tables: Connection) -> None:
    assert rows(tables, 'select sum("决算") from analysis.预算执行') == rows(
        tables, "select sum(final_yuan) from mart.budget_execution"
    )
    values = {value for (value,) in rows(tables, 'select distinct "资金" from analysis.收支总表')}
    assert "全部资金" in values
    assert "all" not in values
