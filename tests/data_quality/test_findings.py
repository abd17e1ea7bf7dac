"""What is broken is told with both sides, the difference and the cells, under an id that survives republication."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.data_quality.papers import figure, judge

BREAK = [
    figure("BG01", "income_grand_total", "78255300.00", row_no=3),
    figure("BG01", "expenditure_grand_total", "207309400.00", row_no=4),
]


def test_a_finding_names_both_sides_the_difference_and_the_cells(tmp_path: Path) -> None:
    engine = judge(tmp_path, BREAK, kind="budget")

    ((severity, difference, message, evidence),) = engine.rows(
        "SELECT severity, difference, message_zh, evidence FROM quality.finding WHERE rule_id = 'BG01-S01'"
    )

    assert (severity, difference) == ("critical", Decimal(-129054100))
    for told in (
        "收入总计等于支出总计",
        "78255300.00 元 应等于",
        "相差 129,054,100 元",
        "的 100 元",
        "第3行第1列、第4行第2列",
    ):
        assert told in message
    assert "{" not in message
    assert [(cell["side"], cell["printed"], cell["kind"]) for cell in json.loads(evidence)] == [
        ("lhs", "78255300.00", "amount"),
        ("rhs", "207309400.00", "amount"),
    ]


def test_the_id_of_a_check_does_not_depend_on_the_place_it_was_read_from(tmp_path: Path) -> None:
    ids = []
    for number, row in enumerate((3, 30)):
        folder = tmp_path / str(number)
        folder.mkdir()
        moved = [figure("BG01", f.subject, str(f.value), row_no=f.row_no + row) for f in BREAK]
        ids.append(judge(folder, moved, kind="budget").rows("SELECT check_id FROM quality.finding ORDER BY 1"))

    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    ("format_", "recurs", "cause"), [("text", False, "unknown"), ("text", True, "source"), ("pdf", True, "unknown"),
                                     ("xlsx", False, "source")]
)  # fmt: skip
def test_the_cause_is_the_source_where_the_reading_is_exact_or_every_figure_recurs(
    tmp_path: Path, format_: str, recurs: bool, cause: str
) -> None:
    again = [figure("BG04", None, str(f.value), measure=None, row_no=f.row_no) for f in BREAK] if recurs else []
    engine = judge(tmp_path, [*BREAK, *again], kind="budget", format_=format_)

    assert engine.rows("SELECT cause FROM quality.finding WHERE rule_id = 'BG01-S01'") == [(cause,)]


def test_a_rule_that_was_silent_where_its_forms_are_is_a_coverage_failure(tmp_path: Path) -> None:
    engine = judge(tmp_path, [figure("FA01", "income", "1000.00"), figure("FA02", "function:201", "1.00", measure="x")])

    failures = dict(engine.rows("SELECT rule_id, reason FROM quality.coverage_failure"))

    assert failures["FA01-X01"] == "nothing_evaluated"
    assert "FA04-S01" not in failures


def test_coverage_counts_every_outcome_of_a_rule_in_a_filing(tmp_path: Path) -> None:
    engine = judge(tmp_path, BREAK, kind="budget")

    assert engine.rows(
        "SELECT forms_present, evaluated, holds, broken FROM quality.coverage WHERE rule_id = 'BG01-S01'"
    ) == [(True, 1, 0, 1)]
