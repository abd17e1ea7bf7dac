"""Shares and rates in percent: exact to ten places, however their quotient is found."""

from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest

from tests.data_quality.engine import expression

PERCENT = expression("{{ percent_of('part', 'whole') }}")
PAIRS = [
    ("25", "100"), ("1", "3"), ("-2", "3"), ("2", "-3"), ("0", "7"), ("0.01", "99999999999.99"),
    ("123456789.01", "0.03"), ("9999999999999.99", "9999999999999.98"), ("30000000000000", "30000000000000.01"),
]  # fmt: skip
HALVES = [("1", "2000000000000"), ("-1", "2000000000000"), ("3", "2000000000000"), ("5000000000001", "20000000000000")]
"""Quotients that lie just between two numbers of ten places of percent."""


@pytest.mark.parametrize(("part", "whole"), PAIRS + HALVES)
def test_a_percentage_is_rounded_half_away_from_zero_at_its_tenth_place(part: str, whole: str) -> None:
    assert _percent(part, whole) == _expected(part, whole)


@pytest.mark.parametrize(("part", "whole"), [("5", "0"), ("0", "0"), ("90000000000", "0.0000001")])
def test_no_percentage_of_nothing_nor_beyond_what_a_number_can_be(part: str, whole: str) -> None:
    assert _percent(part, whole) is None


def test_many_percentages_are_the_exact_ones() -> None:
    pairs = [(part, whole) for part in range(-30, 120) for whole in range(-30, 120) if whole]
    values = ", ".join(f"({part}::DECIMAL(28, 10), {whole}::DECIMAL(28, 10))" for part, whole in pairs)
    found = duckdb.sql(f"SELECT {PERCENT} FROM (VALUES {values}) AS t(part, whole)")
    assert [row[0] for row in found.fetchall()] == [_expected(str(part), str(whole)) for part, whole in pairs]


def test_a_rate_may_lie_as_far_off_as_rounding_of_its_figures_takes_it() -> None:
    sql = expression("{{ percent_allowance('part', 'part_half', 'whole', 'whole_half') }}")
    given = "SELECT 50::DECIMAL(28, 10) AS part, 1::DECIMAL(28, 10) AS part_half, 100::DECIMAL(28, 10) AS whole, "
    assert _value(f"SELECT {sql} FROM ({given} 2::DECIMAL(28, 10) AS whole_half)") == Decimal("2.040816327")
    assert _value(f"SELECT {sql} FROM ({given} 100::DECIMAL(28, 10) AS whole_half)") is None


def _percent(part: str, whole: str) -> Decimal | None:
    given = f"SELECT CAST('{part}' AS DECIMAL(28, 10)) AS part, CAST('{whole}' AS DECIMAL(28, 10)) AS whole"
    return _value(f"SELECT {PERCENT} FROM ({given})")


def _value(sql: str) -> Decimal | None:
    row = duckdb.sql(sql).fetchone()
    assert row is not None
    return row[0]


def _expected(part: str, whole: str) -> Decimal:
    places = Fraction(part) * 100 * 10**10 / Fraction(whole)
    rounded = (2 * abs(places.numerator) + places.denominator) // (2 * places.denominator)
    return Decimal(rounded if places > 0 else -rounded).scaleb(-10)
