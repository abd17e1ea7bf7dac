"""One cause, one finding: breaks are put down to the cell whose change mends most, and a tie is left open."""

from decimal import Decimal
from pathlib import Path

from tests.data_quality.papers import figure, judge

ROOTS = "SELECT rule_id, root_id = finding_id, suspect_id, suggested_value FROM quality.finding ORDER BY rule_id"


def test_breaks_of_one_wrong_total_share_their_root(tmp_path: Path) -> None:
    lines = [
        figure("BG01", "income_grand_total", "7000.00", row_no=9),
        figure("BG01", "expenditure", "7000.00", row_no=5),
        figure("BG01", "expenditure_grand_total", "20000.00", row_no=9),
        figure("BG03", "expenditure", "7000.00"),
    ]
    found = judge(tmp_path, lines, kind="budget").rows(ROOTS)

    assert [row[0] for row in found] == ["BG01-S01", "BG01-S06", "BG01-X02"]
    assert [row[1] for row in found] == [True, False, False]
    assert {row[2] for row in found} == {"f/2"}
    assert {row[3] for row in found} == {Decimal(7000)}


def test_a_tie_between_two_cells_gives_no_root(tmp_path: Path) -> None:
    lines = [figure("BG01", "income_grand_total", "1000.00"), figure("BG01", "expenditure_grand_total", "9000.00")]

    assert judge(tmp_path, lines, kind="budget").rows(ROOTS) == [("BG01-S01", None, None, None)]


def test_a_cell_that_other_checks_confirm_is_not_the_suspect(tmp_path: Path) -> None:
    lines = [
        figure("FA01", "expenditure", "5000.00"),
        figure("FA03", "expenditure", "5000.00"),
        figure("FA01", "function:201", "9000.00", measure="expenditure"),
    ]

    assert judge(tmp_path, lines).rows(ROOTS) == [("FA01-S02", True, "f/2", Decimal(5000))]


def test_no_amount_is_suspected_of_having_to_be_negative(tmp_path: Path) -> None:
    lines = [
        figure("FA01", "income_grand_total", "5000.00"),
        figure("FA01", "income", "4000.00"),
        figure("FA01", "surplus_used", "10.00"),
        figure("FA01", "opening_balance", "9000.00"),
        figure("FA01", "expenditure", "5000.00"),
        figure("FA01", "expenditure_grand_total", "5000.00"),
        figure("FA02", "income", "4000.00"),
    ]
    found = judge(tmp_path, lines).rows(ROOTS)

    assert [(row[0], row[2], row[3]) for row in found] == [
        ("FA01-S03", "f/3", Decimal(990)),
        ("FA01-S06", "f/3", Decimal(990)),
    ]


def test_a_check_with_a_blank_side_accuses_nobody(tmp_path: Path) -> None:
    rows = [
        figure("FA03", "function:201", "1000.00", measure="expenditure", row_no=1),
        figure("FA03", "function:201", "1000.00", measure="basic_expenditure", row_no=1),
        figure("FA03", "function:208", "9000.00", measure="expenditure", row_no=2),
    ]

    assert judge(tmp_path, rows).rows(ROOTS) == [("FA03-R01", None, None, None)]


def test_a_change_that_spoils_as_much_as_it_mends_accuses_nobody(tmp_path: Path) -> None:
    rows = [
        figure("FA03", subject, value, measure=measure, row_no=number)
        for measure in ("expenditure", "basic_expenditure")
        for number, (subject, value) in enumerate((("function:21011", "9900.00"), ("function:2101101", "4200.00")), 1)
    ]
    found = judge(tmp_path, rows).rows(ROOTS)

    assert [row[0] for row in found] == ["FA03-H03", "FA03-H03"]
    assert {row[2] for row in found} == {None}


PICTURE = [
    figure("BG01", "income_grand_total", "16085.10", confidence=0.99),
    figure("BG01", "expenditure_grand_total", "18085.10", confidence=0.6),
]


def test_of_recognised_figures_the_doubtful_one_is_suspected_with_its_misread_digit(tmp_path: Path) -> None:
    assert judge(tmp_path, PICTURE, kind="budget").rows(ROOTS) == [("BG01-S01", True, "f/1", Decimal("16085.10"))]


def test_of_recognised_figures_that_are_equally_certain_none_is_suspected(tmp_path: Path) -> None:
    lines = [figure("BG01", each.subject, str(each.value), confidence=0.99) for each in PICTURE]
    assert judge(tmp_path, lines, kind="budget").rows(ROOTS) == [("BG01-S01", None, None, None)]


def test_two_wrong_digits_of_a_recognised_figure_are_not_suggested(tmp_path: Path) -> None:
    lines = [PICTURE[0], figure("BG01", "expenditure_grand_total", "18985.10", confidence=0.6)]
    assert judge(tmp_path, lines, kind="budget").rows(ROOTS) == [("BG01-S01", None, None, None)]
