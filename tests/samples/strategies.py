"""Hypothesis strategies for invented filings and the habits of publishers."""

from dataclasses import dataclass
from functools import lru_cache

from hypothesis import strategies as st

from tests.typeset.county_facts import county_department
from tests.typeset.editions import filing_of
from tests.typeset.facts import Department
from tests.typeset.invented import invent
from tests.typeset.model import Paper
from tests.typeset.papers import Frame, compose
from tests.typeset.sheet import Filing
from tests.typeset.style import Style

YEAR = 2022
seeds = st.integers(0, 10_000)


@lru_cache(maxsize=256)
def department(seed: int) -> Department:
    """Return two years of one invented department."""
    return invent(seed, YEAR - 1, 2)


def filing(seed: int, layout: str) -> Filing:
    """Return the later year's filing for a layout."""
    years = county_department(seed, YEAR - 1, 2) if layout.startswith("county") else department(seed)
    return filing_of(years, YEAR, "final_accounts" if "final" in layout else "budget")


@st.composite
def styles(draw: st.DrawFn, layout: str) -> Style:
    """Draw the habits of a publisher who prints the forms of a layout."""
    return Style(
        unit="元" if layout == "shanghai" else "万元",
        code_columns=draw(st.sampled_from((1, 3))),
        thousands=draw(st.booleans()),
        zero=draw(st.sampled_from(("", "0.00"))),
        total_first=draw(st.booleans()),
        line_numbers=draw(st.booleans()),
        landscape=draw(st.booleans()),
        rows_per_page=draw(st.integers(12, 45)),
        repeat_header=draw(st.booleans()),
        full_economics=draw(st.booleans()),
        caption_order=tuple(draw(st.permutations(("number", "department", "unit")))),
        printed_numbers=draw(st.booleans()),
    )


@dataclass(frozen=True)
class Case:
    """One paper that a publisher with these habits would set of one invented department."""

    layout: str
    seed: int
    style: Style

    def paper(self) -> Paper:
        """Compose the paper, without explanations."""
        return compose(filing(self.seed, self.layout), self.style, self.layout, Frame(with_words=False))


@st.composite
def cases(draw: st.DrawFn, layouts: tuple[str, ...]) -> Case:
    """Draw a paper of one of the layouts."""
    layout = draw(st.sampled_from(layouts))
    return Case(layout, draw(seeds), draw(styles(layout)))
