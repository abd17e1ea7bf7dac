"""Errors that a paper alone does not show: it agrees with itself, and not with what the department said before."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.planting import model
from tests.planting.clean import YEAR, Clean, clean_paper, department, layout_of, style_of
from tests.planting.model import Planted, Where, in_words
from tests.typeset.editions import filing_of
from tests.typeset.facts import Book, Department, Year
from tests.typeset.model import Key, Paper
from tests.typeset.papers import Frame, compose

MORE = Decimal(123_400)
Change = Callable[[Department], Department]
Plant = Callable[[int, random.Random], Planted | None]
_N = r"[\d,]*\d\.\d\d"


def _in_year(year: int, change: Callable[[Year], Year]) -> Change:
    return lambda known: replace(
        known, years=tuple(change(each) if each.year == year else each for each in known.years)
    )


def _kept_more(book: Book) -> Book:
    """More was there when the year began, and when it ended."""
    first = next(item for item in book.items if item.project)
    other = replace(first, opening=first.opening + MORE, closing=first.closing + MORE)
    return replace(book, items=tuple(other if item is first else item for item in book.items))


def _received_more_guests(book: Book) -> Book:
    public = book.three_public
    return replace(book, three_public=public | {"official_reception": public["official_reception"] + MORE})


def _spent_more(book: Book) -> Book:
    first = next(item for item in book.items if item.project)
    other = replace(first, project=first.project + 7 * MORE)
    return replace(book, items=tuple(other if item is first else item for item in book.items))


def _against(kind: str, year: int, change: Change, where: Callable[[Paper], Where]) -> Plant:
    """Final accounts set from changed facts, beside an unchanged paper."""

    def plant(number: int, pick: random.Random) -> Planted:
        known = change(department(number))
        paper = compose(
            filing_of(known, YEAR, "final_accounts"), style_of(number, "final_accounts"), "final_accounts", Frame()
        )
        clean = Clean(known.name, YEAR, "final_accounts", paper)
        return Planted("", clean, where(paper), (clean_paper(number, kind, year),))

    return plant


def _beside_last_year(change: model.Plant) -> Plant:
    """An error in one paper, beside the department's paper of the same kind of the year before."""

    def plant(number: int, pick: random.Random) -> Planted | None:
        kind = ("final_accounts", "budget")[number % 2]
        clean = clean_paper(number, kind)
        assert isinstance(clean.content, Paper)
        found = change(clean.content, pick)
        beside = (clean_paper(number, kind, YEAR - 1),)
        return Planted("", replace(clean, content=found[0]), found[1], beside) if found else None

    return plant


def _same_fund_in_both(plant: Plant) -> Plant:
    """Only where budget and final accounts tell the three public expenses of one fund: not in Shanghai's layout."""
    return lambda number, pick: plant(number, pick) if layout_of(number) != "shanghai" else None


def _cells(measure: str, stage: str) -> Callable[[Paper], Where]:
    def where(paper: Paper) -> Where:
        found = (
            (table.form_code, cell.key) for table in paper.tables() for row in table.body for cell in row if cell.key
        )
        return Where(cells=tuple(place for place in found if _is(place[1], measure, stage)))

    return where


def _is(key: Key, measure: str, stage: str) -> bool:
    return key.measure == measure and key.stage == stage


ERRORS: dict[str, Plant] = {
    "opening is not last year's closing": _against(
        "final_accounts",
        YEAR - 1,
        _in_year(YEAR, lambda year: replace(year, final=_kept_more(year.final))),
        _cells("opening_balance", "final"),
    ),
    "budget is not the published one": _same_fund_in_both(
        _against(
            "budget",
            YEAR,
            _in_year(YEAR, lambda year: replace(year, budget=_received_more_guests(year.budget))),
            _cells("official_reception", "initial_budget"),
        )
    ),
    "level with a difference": _beside_last_year(
        in_words(rf"(增加|减少){_N}万元，(增长|下降){_N}%", lambda match: "持平")
    ),
    "told last year is not last year's": _against(
        "final_accounts",
        YEAR - 1,
        _in_year(YEAR - 1, lambda year: replace(year, final=_spent_more(year.final))),
        lambda _: Where(words=("与2022年度",)),
    ),
}
