"""Sums confirm recognised figures, and suggest the digit that was misread."""

from decimal import Decimal

from pipelines.documents.scan_sums import Figure, Identity, Suggestion, confirmed, suggest_correction

# total = a + b (row), total = c + d (column): only the total, or two figures at once, can break both
ROW = Identity({"total": -1, "a": 1, "b": 1})
COLUMN = Identity({"total": -1, "c": 1, "d": 1})
GOOD = {
    "total": Figure("1,608.51"), "a": Figure("1,000.00"), "b": Figure("608.51"),
    "c": Figure("8.51"), "d": Figure("1,600.00"),
}  # fmt: skip


def test_a_digit_that_breaks_two_sums_is_suggested():
    cells = {**GOOD, "total": Figure("1,808.51")}
    assert suggest_correction(cells, [ROW, COLUMN]) == Suggestion("total", "1,808.51", "1,608.51")


def test_nothing_is_suggested_where_all_sums_hold():
    assert suggest_correction(GOOD, [ROW, COLUMN]) is None


def test_nothing_is_suggested_where_several_figures_may_be_wrong():
    cells = {**GOOD, "b": Figure("698.51")}
    assert suggest_correction(cells, [ROW]) is None


def test_of_several_figures_the_doubtful_one_is_suggested():
    cells = {**GOOD, "b": Figure("618.51", 0.6)}
    assert suggest_correction(cells, [ROW, COLUMN]) == Suggestion("b", "618.51", "608.51")


def test_two_wrong_digits_are_not_suggested():
    assert suggest_correction({**GOOD, "total": Figure("1,898.52")}, [ROW, COLUMN]) is None


def test_a_figure_that_is_no_number_is_never_taken_for_one():
    cells = {**GOOD, "b": Figure("608:51", 0.3)}
    assert suggest_correction(cells, [ROW, COLUMN]) is None
    assert "b" not in confirmed(cells, [ROW, COLUMN])


def test_a_difference_within_the_allowance_breaks_nothing():
    cells = {**GOOD, "a": Figure("1,000.01")}
    assert suggest_correction(cells, [ROW._replace(allowance=Decimal("0.015"))]) is None


def test_figures_in_sums_that_hold_are_confirmed():
    assert confirmed({**GOOD, "d": Figure("1,600.01")}, [ROW, COLUMN]) == {"a", "b"}
    assert confirmed({**GOOD, "alone": Figure("1")}, [ROW, COLUMN]) == set(GOOD)
