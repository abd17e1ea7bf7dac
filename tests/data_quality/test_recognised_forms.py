"""A form recognised in a picture is trusted where its sums hold."""

from pathlib import Path

import pytest

from tests.data_quality.cases import Figure
from tests.data_quality.papers import figure, judge

FORMS = "SELECT figures, confirmed, in_broken, is_trusted FROM quality.recognised_form"


def lines(expenditure: str, confidence: float | None = 0.9) -> list[Figure]:
    return [
        figure("BG01", "income_grand_total", "1000.00", confidence=confidence),
        figure("BG01", "expenditure_grand_total", expenditure, confidence=confidence),
        figure("BG01", "assets", "5.00", confidence=confidence),
    ]


@pytest.mark.parametrize(("expenditure", "expected"), [("1000.00", (3, 2, 0, True)), ("9000.00", (3, 0, 2, False))])
def test_sums_confirm_a_form_or_cast_doubt_on_it(
    tmp_path: Path, expenditure: str, expected: tuple[int, int, int, bool]
) -> None:
    assert judge(tmp_path, lines(expenditure), kind="budget").rows(FORMS) == [expected]


def test_a_form_without_a_sum_is_not_trusted(tmp_path: Path) -> None:
    assert judge(tmp_path, lines("1000.00")[2:], kind="budget").rows(FORMS) == [(1, 0, 0, False)]


def test_what_was_read_as_characters_is_left_out(tmp_path: Path) -> None:
    assert judge(tmp_path, lines("9000.00", None), kind="budget").rows(FORMS) == []
