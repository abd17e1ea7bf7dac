"""Told figures stand in their sentences, rounded from the true ones, and every comparison has the right year."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.samples.strategies import YEAR, filing, seeds
from tests.typeset.model import Paper, Prose, Told, expected_claims
from tests.typeset.papers import Frame, compose
from tests.typeset.published import published_filing
from tests.typeset.style import Style, rounded


def _paper(seed: int, layout: str) -> Paper:
    return compose(filing(seed, layout), Style(thousands=seed % 2 == 0), layout, Frame(with_forms=False))


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_told_figures_stand_in_their_sentences_in_order(seed: int) -> None:
    for layout in ("final_accounts", "shandong"):
        for prose in _paper(seed, layout).prose():
            start = 0
            for told in prose.told:
                start = prose.text.index(told.printed, start) + len(told.printed)


@settings(max_examples=15, deadline=None)
@given(seeds)
def test_told_figures_are_the_true_ones(seed: int) -> None:
    for layout in ("final_accounts", "shandong"):
        facts = filing(seed, layout)
        for told in expected_claims(_paper(seed, layout)):
            value = facts.amounts.get(told.key, Decimal(0))
            other = facts.amounts.get(told.compared_with, Decimal(0)) if told.compared_with else Decimal(0)
            if told.figure in ("amount", "change"):
                assert told.value == rounded(value - other, "万元") * 10_000 or told.figure == "amount"
            else:
                difference = value - other if told.figure == "growth_rate" else value
                assert abs(told.value - difference / other * 100) <= Decimal("0.005")


def _figures(prose: Prose) -> list[str]:
    return [told.figure for told in prose.told]


def test_a_change_is_told_against_the_year_before() -> None:
    changes = [told for told in expected_claims(_paper(2, "final_accounts")) if told.figure == "change"]
    assert changes
    assert {told.compared_with.fiscal_year for told in changes if told.compared_with} == {YEAR - 1}
    told = next(prose for prose in _paper(2, "final_accounts").prose() if "change" in _figures(prose))
    assert f"与{YEAR - 1}年度决算相比" in told.text


def test_a_decrease_is_told_as_one() -> None:
    for seed in range(20):
        for prose in _paper(seed, "final_accounts").prose():
            for told in prose.told:
                if told.figure == "change":
                    word = "增加" if told.value > 0 else "减少"
                    assert f"{word}{told.printed}万元" in prose.text


@pytest.mark.parametrize(("number", "year", "kind", "scope"), [("000", 2021, "final_accounts", "部门")])
def test_what_nobody_knows_is_not_told(number: str, year: int, kind: str, scope: str) -> None:
    paper = compose(published_filing(number, "-", year, kind, scope), Style(), kind, Frame())
    text = "".join(prose.text for prose in paper.prose())
    assert "机关运行经费决算" not in text
    assert "2,136.61" not in text
    assert "与2020年度决算相比，收、支总计各增加2136.61万元。" in text


def test_no_reason_is_put_into_a_real_departments_mouth() -> None:
    for number, year, kind, layout in (
        ("000", 2021, "final_accounts", "final_accounts"),
        ("003", 2023, "final_accounts", "final_accounts"),
        ("004", 2023, "budget", "shandong"),
    ):
        paper = compose(published_filing(number, "-", year, kind, "部门"), Style(), layout, Frame())
        assert not any("原因" in prose.text for prose in paper.prose())


def test_published_comparisons_come_out_with_the_published_rates() -> None:
    paper = compose(published_filing("003", "-", 2023, "final_accounts", "部门"), Style(), "final_accounts", Frame())
    rates = {_named(told): told.value for told in expected_claims(paper) if told.figure == "growth_rate"}
    assert rates["income_grand_total", "all"] == Decimal("6.58")
    assert rates["expenditure", "general_public_budget"] == Decimal("17.31")
    assert rates["three_public", "fiscal_appropriation"] == Decimal("98.17")
    assert rates["agency_operating_costs", "general_public_budget"] == Decimal("27.54")


def _named(told: Told) -> tuple[str, str]:
    return told.key.subject, told.key.fund
