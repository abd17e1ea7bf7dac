"""Invented facts are consistent: every identity holds to the fen, and rounding stays within its bound."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings

from tests.samples.strategies import YEAR, department, seeds
from tests.typeset.facts import Book, ledger
from tests.typeset.invented import invent
from tests.typeset.model import Key
from tests.typeset.style import rounded

Ledger = dict[Key, Decimal]


def _books(seed: int) -> list[tuple[Book, Ledger]]:
    found = []
    for year in department(seed).years:
        found.append((year.budget, ledger(year.budget, "initial_budget", year.year)))
        found.append((year.final, ledger(year.final, "final", year.year)))
    return found


def _total(amounts: Ledger, measure: str, fund: str = "all") -> Decimal:
    return sum((amount for key, amount in amounts.items() if key[:3] == (measure, measure, fund)), Decimal(0))


def _parents(amounts: Ledger) -> dict[Key, list[Decimal]]:
    """Return for each total, class and section the amounts of the rows right below it."""
    children = defaultdict(list)
    for key, amount in amounts.items():
        kind, _, code = key.subject.partition(":")
        if kind == "function":
            parent = f"function:{code[:-2]}" if len(code) > 3 else key.measure
            children[key._replace(subject=parent)].append(amount)
    return children


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_every_parent_is_the_sum_of_its_children(seed: int) -> None:
    for _, amounts in _books(seed):
        for parent, children in _parents(amounts).items():
            assert amounts.get(parent, Decimal(0)) == sum(children)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_printed_sums_differ_by_no_more_than_rounding_allows(seed: int) -> None:
    for _, amounts in _books(seed):
        for parent, children in _parents(amounts).items():
            printed = rounded(amounts.get(parent, Decimal(0)), "万元")
            gap = abs(printed - sum(rounded(child, "万元") for child in children))
            assert gap <= (len(children) + 1) * Decimal("0.005")


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_income_and_expenditure_balance_in_every_fund(seed: int) -> None:
    for _, amounts in _books(seed):
        for fund in ("all", "fiscal_appropriation", "general_public_budget", "government_managed_fund_budget"):
            totals = [_total(amounts, f"{side}_grand_total", fund) for side in ("income", "expenditure")]
            assert totals[0] == totals[1] == _total(amounts, "income_and_expenditure", fund)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_a_year_opens_with_what_the_last_one_closed_with(seed: int) -> None:
    before, after = (ledger(year.final, "final", year.year) for year in department(seed).years)
    for fund in ("all", "general_public_budget", "government_managed_fund_budget"):
        assert _total(after, "opening_balance", fund) == _total(before, "closing_balance", fund)


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_the_same_money_seen_from_two_sides_is_the_same(seed: int) -> None:
    for book, amounts in _books(seed):
        assert _total(amounts, "basic_expenditure") == sum(book.economics.values())
        assert _total(amounts, "project_expenditure") == sum(project.amount for project in book.projects)
        assert _total(amounts, "three_public", "general_public_budget") == sum(book.three_public.values())
        assert _total(amounts, "procurement") == sum(book.procurement.values())
        assert all(item.income >= 0 for item in book.items)


def test_the_same_seed_gives_the_same_department() -> None:
    assert invent(7, YEAR, 3) == invent(7, YEAR, 3)
    assert invent(7, YEAR, 3) != invent(8, YEAR, 3)
