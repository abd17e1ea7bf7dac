"""Planted errors are found and put down to their place, and clean papers raise no alarm."""

from typing import Any

import pytest

from benchmarks.planted import Finding, Outcome, is_placed, measure
from tests.planting.clean import clean_paper, clean_papers
from tests.planting.model import Where
from tests.planting.papers import KINDS, planted_papers
from tests.typeset.model import Key

CELL = ("FA03", Key("expenditure", "expenditure", "all", "final", 2023))
NAMED = "FA03|expenditure|expenditure|all|final|2023"


def _finding(accused: str = "", cells: tuple[str, ...] = (), words: str = "") -> Finding:
    return Finding("FA03-H01", "critical", words, accused, list(cells))


def test_there_are_at_least_thirty_kinds_of_errors_and_papers_for_each() -> None:
    planted = list(planted_papers(1))
    assert len(KINDS) >= 30
    assert {each.error for each in planted} == set(KINDS)
    assert all(each.where.cells or each.where.words for each in planted)


def test_a_planted_paper_differs_from_the_clean_one() -> None:
    for each in planted_papers(1):
        number = next(
            n for n in range(1_000, 9_000) if clean_paper(n, "self_evaluation").department == each.paper.department
        )
        assert each.paper.text() != clean_paper(number, each.paper.kind).text()


def test_clean_papers_are_of_every_kind_and_layout() -> None:
    texts = [paper.text().decode() for paper in clean_papers(12)]
    assert len(set(texts)) == 12
    for title in ("收入支出决算总表", "收支总体情况表", "财务收支预算总表", "收支预算总表", "项目支出绩效自评表"):
        assert any(title in text for text in texts)


def test_an_error_is_placed_where_its_cell_is_accused_or_nobody_is() -> None:
    where = Where(cells=(CELL,))
    assert is_placed(where, [_finding(accused=NAMED)])
    assert is_placed(where, [_finding(cells=(NAMED,))])
    assert not is_placed(where, [_finding(accused="FA03|income", cells=(NAMED,))])
    assert not is_placed(where, [_finding()])


def test_an_error_in_words_is_placed_where_they_are_quoted_and_no_cell_is_accused() -> None:
    where = Where(words=("增加1,234.50万元",))
    assert is_placed(where, [_finding(words="“收、支总计各增加 1234.50万元”")])
    assert not is_placed(where, [_finding(accused=NAMED, words="增加1234.50万元")])


@pytest.fixture(scope="module")
def measured() -> tuple[dict[str, Any], list[Outcome]]:
    return measure(clean=30, each=2)


@pytest.mark.slow
def test_nearly_all_planted_errors_are_found_and_put_down_to_their_place(
    measured: tuple[dict[str, Any], list[Outcome]],
) -> None:
    report, outcomes = measured
    missed = [each for each in outcomes if not each.placed]
    assert report["planted"] == 2 * len(KINDS)
    assert report["found"] >= report["goal"], missed
    assert report["put_down_to_the_right_place"] >= report["goal"] - 0.01, missed


@pytest.mark.slow
def test_clean_papers_raise_no_alarm(measured: tuple[dict[str, Any], list[Outcome]]) -> None:
    assert measured[0]["false_alarms_by_rule"] == {}
