"""The allowance is computed from what was printed, never chosen."""

from decimal import Decimal
from pathlib import Path

from tests.data_quality.papers import checks, figure, judge


def _class(form: str, code: str, value: str, **given) -> object:
    return figure(form, f"function:{code}", value, measure="expenditure", **given)


def test_a_total_of_n_parts_may_be_off_by_n_plus_one_half_quanta(tmp_path: Path) -> None:
    parts = [_class("FA01", code, "1000.00") for code in ("201", "208", "210")]
    engine = judge(tmp_path, [figure("FA01", "expenditure", "3200.00"), *parts])

    (check,) = checks(engine, "FA01-S02")

    assert check["allowance"] == Decimal(200)  # four figures, half of 100 yuan each
    assert check["outcome"] == "rounding"


def test_a_quantity_printed_twice_may_be_off_by_half_the_coarser_quantum(tmp_path: Path) -> None:
    engine = judge(tmp_path, [figure("FA01", "expenditure", "100000.00"), figure("FA03", "expenditure", "100100.00")])

    (check,) = checks(engine, "FA01-X04")

    assert (check["allowance"], check["outcome"]) == (Decimal(50), "broken")


def test_a_printed_sum_of_n_rounded_parts_may_be_off_by_more(tmp_path: Path) -> None:
    items = [_class("FA03", code, "1000.00", row_no=n) for n, code in enumerate(("2080501", "2080502", "2080506"), 3)]
    section = _class("FA03", "20805", "3000.00", row_no=2)
    engine = judge(tmp_path, [_class("FA01", "208", "2900.00"), _class("FA03", "208", "3000.00"), section, *items])

    (check,) = checks(engine, "FA01-X05")

    assert check["allowance"] == Decimal(200)  # three parts added after rounding, and the other figure
    assert check["outcome"] == "rounding"


def test_a_total_that_is_not_the_sum_of_its_parts_gets_no_more_than_its_own_rounding(tmp_path: Path) -> None:
    items = [_class("FA03", code, "1000.00", row_no=n) for n, code in enumerate(("2080501", "2080502", "2080506"), 3)]
    engine = judge(tmp_path, [_class("FA01", "208", "3000.00"), _class("FA03", "208", "3100.00"), *items])

    (check,) = checks(engine, "FA01-X05")

    assert (check["allowance"], check["outcome"]) == (Decimal(50), "broken")


def test_equal_sides_hold(tmp_path: Path) -> None:
    engine = judge(tmp_path, [figure("FA01", "expenditure", "100000.00"), figure("FA03", "expenditure", "100000.00")])

    (check,) = checks(engine, "FA01-X04")

    assert (check["outcome"], check["difference"], check["lhs_text"]) == ("holds", Decimal(0), None)
