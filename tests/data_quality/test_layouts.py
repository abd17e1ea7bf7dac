"""The rules read the layouts of different provinces without counting anything twice or crying wolf."""

from pathlib import Path

import pytest

from tests.data_quality.papers import checks, figure, judge, outcomes

GENERAL, STATE = "general_public_budget", "state_capital_operating_budget"


def _income(value: str, fund: str, row: int, form: str = "BG01"):
    return figure(form, "income", value, fund=fund, row_no=row)


def test_an_of_which_line_is_part_of_the_line_before_and_not_added_again(tmp_path: Path) -> None:
    lines = [
        _income("9000.00", "fiscal_appropriation", 1),
        _income("9000.00", GENERAL, 2),
        _income("9000.00", "all", 5),
    ]
    engine = judge(tmp_path, lines, kind="budget")

    assert outcomes(engine, "BG01-S02") == ["holds"]
    assert outcomes(engine, "BG01-S09") == ["holds"]


def test_funds_stand_for_the_appropriation_line_where_that_is_not_printed(tmp_path: Path) -> None:
    lines = [_income("9000.00", GENERAL, 1, "FA01"), _income("500.00", STATE, 2, "FA01")]
    engine = judge(tmp_path, [*lines, _income("9500.00", "all", 5, "FA01")])

    assert outcomes(engine, "FA01-S01") == ["holds"]


@pytest.mark.parametrize(("row", "subtotal"), [(3, "9100.00"), (7, "9000.00")], ids=["above", "below"])
def test_a_source_counts_towards_the_subtotal_only_when_it_stands_above_it(
    tmp_path: Path, row: int, subtotal: str
) -> None:
    lines = [
        _income("9000.00", "fiscal_appropriation", 1),
        figure("BG01", "superior_subsidy_income", "100.00", row_no=row),
        _income(subtotal, "all", 5),
        figure("BG01", "income_grand_total", "9100.00", row_no=9),
    ]
    engine = judge(tmp_path, lines, kind="budget")

    assert outcomes(engine, "BG01-S02") == ["holds"]
    assert outcomes(engine, "BG01-S03") == ["holds"]
    assert outcomes(engine, "BG01-S04") == ["not_applicable"]


def test_a_layout_with_grand_totals_only_is_judged_by_them(tmp_path: Path) -> None:
    lines = [_income("9000.00", "fiscal_appropriation", 1), figure("BG01", "income_grand_total", "9000.00", row_no=9)]
    engine = judge(tmp_path, lines, kind="budget")

    assert outcomes(engine, "BG01-S04") == ["holds"]
    assert outcomes(engine, "BG01-S03") == ["not_applicable"]


def test_a_form_without_the_columns_of_a_rule_is_another_layout(tmp_path: Path) -> None:
    rows = [figure("BG05", "function:201", "9000.00", measure="expenditure"), figure("BG05", "expenditure", "9000.00")]
    (check,) = checks(judge(tmp_path, rows, kind="budget"), "BG05-R01")

    assert (check["outcome"], check["reason"]) == ("not_applicable", "other_layout")


def test_last_years_column_without_its_parts_is_another_layout_beside_this_years(tmp_path: Path) -> None:
    rows = [
        figure("BG05", "function:205", "9000.00", measure="expenditure", stage="prior_execution", fiscal_year=2022),
        figure("BG05", "function:205", "9500.00", measure="expenditure", stage="initial_budget"),
        figure("BG05", "function:205", "9500.00", measure="basic_expenditure", stage="initial_budget"),
    ]

    assert outcomes(judge(tmp_path, rows, kind="budget"), "BG05-R01") == ["holds"]


def test_an_item_without_its_section_row_belongs_to_the_class(tmp_path: Path) -> None:
    rows = [
        figure("FA03", "function:208", "3000.00", measure="expenditure", row_no=1),
        figure("FA03", "function:20801", "1000.00", measure="expenditure", row_no=2),
        figure("FA03", "function:2080501", "2000.00", measure="expenditure", row_no=3),
    ]
    engine = judge(tmp_path, rows)

    assert outcomes(engine, "FA03-H02") == ["holds"]
    assert outcomes(engine, "FA03-H03") == ["not_applicable"]


def test_every_column_of_a_parent_is_checked_on_its_own(tmp_path: Path) -> None:
    rows = [
        figure("FA03", f"function:{code}", value, measure=measure, row_no=row)
        for row, (code, measure, value) in enumerate(
            [("208", "expenditure", "3000.00"), ("20801", "expenditure", "3000.00"),
             ("208", "basic_expenditure", "2000.00"), ("20801", "basic_expenditure", "1000.00")]
        )
    ]  # fmt: skip

    assert sorted(outcomes(judge(tmp_path, rows), "FA03-H02")) == ["broken", "holds"]


def test_a_total_printed_twice_with_different_figures_is_not_guessed(tmp_path: Path) -> None:
    lines = [figure("FA01", "income_grand_total", "1000.00"), figure("FA01", "expenditure_grand_total", "1000.00")]
    (check,) = checks(judge(tmp_path, [*lines, figure("FA01", "income_grand_total", "2000.00")]), "FA01-S05")

    assert (check["outcome"], check["reason"]) == ("not_evaluable", "term_ambiguous")


def test_budget_and_final_columns_are_never_mixed(tmp_path: Path) -> None:
    columns = [figure("FA07", "three_public", "1000.00"), figure("FA07", "official_reception", "1000.00")]
    engine = judge(tmp_path, columns)

    assert outcomes(engine, "FA07-S01") == ["holds"]
    assert engine.rows("SELECT DISTINCT key_stage FROM quality.form_part") == [("final",)]


def test_a_figure_that_nobody_understood_keeps_a_sum_from_being_called_broken(tmp_path: Path) -> None:
    parts = [figure("FA01", "expenditure", "9000.00"), figure("FA01", "function:201", "1000.00", measure="expenditure")]
    unknown = figure("FA01", None, "8000.00", measure="expenditure", row_no=3)
    (check,) = checks(judge(tmp_path, [*parts, unknown]), "FA01-S02")

    assert (check["outcome"], check["reason"]) == ("not_evaluable", "row_not_understood")


def test_an_empty_form_is_not_applicable_and_an_unread_one_is_not_evaluable(tmp_path: Path) -> None:
    unread = judge(tmp_path, [figure("FA03", None, "8000.00", measure=None), figure("FA01", "income", "1.00")])

    assert {check["reason"] for check in checks(unread, "FA03-H01")} == {"form_not_understood"}
    assert outcomes(unread, "FA03-H01") == ["not_evaluable"]
    assert outcomes(unread, "FA08-H01") == ["not_applicable"]


def test_a_blank_column_is_zero_where_other_rows_print_it(tmp_path: Path) -> None:
    rows = [
        figure("FA03", "function:201", "1000.00", measure="expenditure", row_no=1),
        figure("FA03", "function:201", "1000.00", measure="basic_expenditure", row_no=1),
        figure("FA03", "function:208", "9000.00", measure="expenditure", row_no=2),
    ]

    assert sorted(outcomes(judge(tmp_path, rows), "FA03-R01")) == ["broken", "holds"]


def test_a_printed_zero_beside_a_row_that_is_not_printed_says_nothing(tmp_path: Path) -> None:
    rows = [
        figure("FA01", "function:201", "0.00", measure="expenditure"),
        figure("FA01", "function:208", "1000.00", measure="expenditure"),
        figure("FA03", "function:208", "1000.00", measure="expenditure"),
    ]

    assert outcomes(judge(tmp_path, rows), "FA01-X05") == ["holds"]


def test_a_total_row_printed_again_is_the_same_total(tmp_path: Path) -> None:
    total = [figure("FA03", m, "9000.00", row_no=row) for row in (1, 9) for m in ("expenditure", "basic_expenditure")]

    assert outcomes(judge(tmp_path, total[:3]), "FA03-R01") == ["holds"]


def test_two_rows_of_one_code_are_added_up(tmp_path: Path) -> None:
    rows = [
        figure("FA03", "function:201", value, measure=measure, row_no=row)
        for row, value in ((1, "1000.00"), (2, "500.00"))
        for measure in ("expenditure", "basic_expenditure")
    ]

    assert [check["lhs"] for check in checks(judge(tmp_path, rows), "FA03-R01")] == [1500]
