"""The cause of a break in a PDF is what two independent readers make of its figures."""

from pathlib import Path

import pytest

from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import Engine
from tests.data_quality.papers import figure

LINES = [
    figure("BG01", "income_grand_total", "1000.00"),
    figure("BG01", "expenditure_grand_total", "9000.00"),
]


def causes(folder: Path, again: list[str | None]) -> set[str | None]:
    """Causes of what is broken in a PDF whose figures the second reader sees so."""
    engine = Engine(folder)
    add_filing(engine, "f", "budget", LINES, ["BG01"], format_="pdf")
    rows = [{"amount_id": f"f/{number}", "document_id": "f", "printed": text} for number, text in enumerate(again)]
    engine.add("second_reading", rows)
    found = engine.build().rows("SELECT rule_id, cause FROM quality.check WHERE outcome = 'broken'")
    assert [rule for rule, _ in found] == ["BG01-S01"]
    return {cause for _, cause in found}


def printed(folder: Path) -> list[str]:
    engine = Engine(folder)
    add_filing(engine, "f", "budget", LINES, ["BG01"], format_="pdf")
    found = engine.build().rows("SELECT printed FROM core.amount ORDER BY amount_id")
    engine.close()
    return [text for (text,) in found]


@pytest.fixture
def first(tmp_path: Path) -> list[str]:
    (tmp_path / "first").mkdir()
    return printed(tmp_path / "first")


def test_agreeing_readings_put_a_break_down_to_the_source(tmp_path: Path, first: list[str]) -> None:
    assert causes(tmp_path, [f" {first[0]}", first[1]]) == {"source"}


@pytest.mark.parametrize("other", ["9008.00", None])
def test_differing_readings_put_a_break_down_to_reading(tmp_path: Path, first: list[str], other: str | None) -> None:
    assert causes(tmp_path, [first[0], other]) == {"reading"}


def test_a_break_that_nobody_looked_at_again_has_no_known_cause(tmp_path: Path) -> None:
    assert causes(tmp_path, []) == {"unknown"}
