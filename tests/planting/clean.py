"""Clean papers by the hundred: departments that publish a budget, final accounts of two years, and a self-evaluation.

Every department has a number, from which its facts, its layout and its habits of setting follow. Does not belong here:
errors (``errors`` and the ``errors_in_…`` beside).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tests.planting.evaluations import Evaluation, clean_evaluation
from tests.typeset.editions import filing_of
from tests.typeset.facts import Department
from tests.typeset.invented import SCB, invent
from tests.typeset.model import Paper
from tests.typeset.papers import Frame, compose
from tests.typeset.style import Style
from tests.typeset.text import set_text

YEAR = 2023
LAYOUTS = ("shandong", "shanghai", "jiangsu")
"""The layout of a department's budget; Shanghai's alone has a place for state capital in every form."""
_LETTERS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Clean:
    """One paper without an error, and what its text is called."""

    department: str
    year: int
    kind: str
    content: Paper | Evaluation

    def text(self) -> bytes:
        """The paper as a text conversion."""
        return self.content.text().encode() if isinstance(self.content, Evaluation) else set_text(self.content)


def department_name(number: int) -> str:
    """An invented name that no other number has."""
    letters = "".join(_LETTERS[int(digit)] for digit in f"{number:04d}")
    return f"青禾市{letters}区文化事务局"


def layout_of(number: int) -> str:
    """The layout of this department's budget."""
    return LAYOUTS[number % len(LAYOUTS)]


@lru_cache(maxsize=64)
def department(number: int) -> Department:
    """A department and its three years. Its budget has a place for all its money."""
    seed = number
    while True:
        found = invent(seed, YEAR - 2, 3)
        has_capital = any(item.fund == SCB for year in found.years for item in year.budget.items)
        if not has_capital or layout_of(number) == "shanghai":
            return replace(found, name=department_name(number))
        seed += 100_000


def style_of(number: int, kind: str) -> Style:
    """The habits of setting of this department's papers of a kind."""
    dice = random.Random(f"{number}-{kind}")
    shanghai = kind == "budget" and layout_of(number) == "shanghai"
    return Style(
        unit="元" if shanghai and dice.random() < 0.7 else "万元",
        code_columns=dice.choice((1, 3)),
        thousands=dice.random() < 0.4,
        zero=dice.choice(("", "", "0.00")),
        total_first=dice.random() < 0.6,
        line_numbers=dice.random() < 0.6,
        rows_per_page=dice.randrange(18, 45),
        repeat_header=dice.random() < 0.6,
        full_economics=dice.random() < 0.4,
        drop_trailing_zeros=dice.random() < 0.2,
        printed_numbers=dice.random() < 0.7,
        caption_order=tuple(dice.sample(("number", "department", "unit"), 3)),
    )


def clean_paper(number: int, kind: str, year: int = YEAR) -> Clean:
    """One paper of a department: ``budget``, ``final_accounts`` or ``self_evaluation``."""
    if kind == "self_evaluation":
        return Clean(department_name(number), year, kind, clean_evaluation(department_name(number), year, number))
    layout = kind if kind == "final_accounts" else layout_of(number)
    paper = compose(filing_of(department(number), year, kind), style_of(number, kind), layout, Frame())
    return Clean(department_name(number), year, kind, paper)


def shelf(number: int) -> Iterator[Clean]:
    """All papers of one department: they are compared with one another."""
    yield clean_paper(number, "final_accounts", YEAR - 1)
    yield clean_paper(number, "budget")
    yield clean_paper(number, "final_accounts")
    yield clean_paper(number, "self_evaluation")


def clean_papers(count: int) -> Iterator[Clean]:
    """``count`` papers, shelf by shelf."""
    made = 0
    for number in range(count):
        for paper in shelf(number):
            if made == count:
                return
            yield paper
            made += 1
