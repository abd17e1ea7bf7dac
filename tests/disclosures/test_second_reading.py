"""What a second reader saw stands beside the first amounts, by place."""

import msgspec

from pipelines.disclosures.facts import AmountFact
from pipelines.disclosures.second_reading import second_readings
from tests.lake.facts import Paper


def amounts(*printed: str) -> list[AmountFact]:
    """Amounts below each other on one page, 20 points high."""
    paper = Paper("a").form("FA03")
    for number, text in enumerate(printed):
        box = {"x0": 100.0, "y0": 20.0 * number, "x1": 180.0, "y1": 20.0 * number + 20.0}
        paper.amount(f"function:20{number}", text, page_no=1, **box)
    return paper.amounts


def told(first: list[AmountFact], second: list[AmountFact]) -> list[tuple[str, str | None]]:
    return [(row.amount_id[-2:], row.printed) for row in second_readings(first, second, "pdfplumber")]


def test_every_amount_gets_what_stands_in_its_place() -> None:
    assert told(amounts("1.00", "2.00"), amounts("1.00", "7.00")) == [("a1", "1.00"), ("a2", "7.00")]


def test_rows_that_the_second_reader_counts_otherwise_are_met_by_their_place_on_the_page() -> None:
    first = amounts("1.00", "2.00")
    second = [msgspec.structs.replace(a, amount_id=f"x{a.amount_id}", row_no=a.row_no + 1, y0=a.y0 + 2) for a in first]
    assert told(first, second) == [("a1", "1.00"), ("a2", "2.00")]


def test_an_amount_that_only_the_first_reader_saw_has_an_empty_second_reading() -> None:
    (_, missing) = second_readings(amounts("1.00", "2.00"), amounts("1.00"), "pdfplumber")
    assert (missing.value, missing.printed, missing.page_no, missing.row_no) == (None, None, None, None)


def test_an_amount_that_only_the_second_reader_saw_is_kept_under_its_own_id() -> None:
    assert told(amounts("1.00"), amounts("1.00", "2.00")) == [("a1", "1.00"), ("a2", "2.00")]


def test_figures_recognised_in_a_picture_have_no_second_reading() -> None:
    one, other = amounts("1.00", "2.00")
    first = [msgspec.structs.replace(one, confidence=0.9), other]
    assert told(first, [one, other]) == [("a2", "2.00"), ("a1", "1.00")]
    assert told(first, first) == [("a2", "2.00")]
