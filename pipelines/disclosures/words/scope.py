"""What the words read so far leave standing: the quantity spoken of, its money, year, stage and comparison.

Belongs here: these small values and how they are completed. Does not belong here: reading tokens.
"""

from decimal import Decimal
from typing import NamedTuple

TOTALS = frozenset({"income", "expenditure", "income_grand_total", "expenditure_grand_total"})


class Topic(NamedTuple):
    """A quantity as told: (subject, measure) pairs, two where one figure tells both; ``fund`` by its definition."""

    pairs: tuple[tuple[str, str | None], ...]
    text: str
    fund: str | None = None

    @property
    def is_total(self) -> bool:
        """Whether it is a total of all income or expenditure, not one item of it."""
        return all(subject in TOTALS for subject, _ in self.pairs)


class Against(NamedTuple):
    """What a change or rate is told against; the stage is None where the words leave it open."""

    year: int | None
    stage: str | None


class Scope(NamedTuple):
    """The standing meaning at one point of a paragraph."""

    topic: Topic | None = None
    fund: str | None = None
    year: int | None = None
    stage: str | None = None
    against: Against | None = None


class Context(NamedTuple):
    """What holds for a paragraph before its first word."""

    year: int | None
    stage: str | None
    section_fund: str | None = None
    leading: Scope = Scope()
    """Of the paragraph that introduced this one (… 其中：)."""


class Told(NamedTuple):
    """One figure read: what it is about and where it stands in the plain text. ``why_not`` says why it has no topic."""

    topic: Topic | None
    figure: str
    value: Decimal | None
    unit: str | None
    quantum: Decimal | None
    factor: Decimal | None
    direction: str | None
    fund: str | None
    year: int | None
    stage: str | None
    against: Against | None
    start: int
    end: int
    why_not: str | None = None
