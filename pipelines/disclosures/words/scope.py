"""What the words read so far leave standing: the quantity spoken of, its money, year, stage and comparison.

Belongs here: these small values. Does not belong here: reading tokens.
"""

from dataclasses import dataclass, field
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

    @property
    def subject(self) -> str:
        """The first subject."""
        return self.pairs[0][0]


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
    project: str | None = None
    """Name of the project the section or the paragraph is about."""
    evaluated: Topic | None = None
    """What a mark without a name of its own is given to: the indicator, project or department of the heading."""


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


@dataclass
class Clause:
    """What one clause has told so far."""

    start: int = 0
    """Where in the plain text the words begin that may name an unknown quantity."""
    named: bool = False
    """A quantity is named in this clause."""
    topics: list[Topic] = field(default_factory=list)
    funds: list[str | None] = field(default_factory=list)
    """The money named with each of the topics."""
    unknown: str = ""
    """Words since the last name that mean nothing here."""
    fund: str | None = None
    years: list[int] = field(default_factory=list)
    staged: bool = False
    """A stage is told in this clause."""
    stage_before: str | None = None
    sign: str | None = None
    sign_at: tuple[int, int] = (0, 0)
    versus: bool = False
    pending: bool = False
    """A direction was told (决算数大于预算数) and no amount for it yet."""
    role: str | None = None
    """``share`` or ``completion``: what a percentage will be."""
    base: str | None = None
    """Stage a completion is measured by."""
    negated: tuple[int, int] | None = None
    mark: str | None = None
    """Measure of the mark that is told next (得分, 分值 …)."""
    mark_at: int = 0
    counted: str | None = None
    respectively: bool = False
    figures: int = 0


@dataclass
class State:
    """Where the reading of one sentence stands. ``base`` is the budget stage the paragraph told last."""

    text: str
    context: Context
    carried: Scope
    scope: Scope
    base: str | None = None
    last_against: Against | None = None
    told: list[Told] = field(default_factory=list)
    clause: Clause = field(default_factory=Clause)
    outer: list[tuple[Scope, Clause]] = field(default_factory=list)
    reasoning: bool = False
    explained: Scope | None = None
    """What a reason is given for."""
    main: Scope | None = None
    part_fund: str | None = None
    item: Topic | None = None
    """The functional item this sentence names."""
    coverage: str | None = None
    before: str = ""
    """Bare words of the clause before, which may name what this clause tells of."""
    counted_words: str = ""
    """Words before the last count, which a completion after it measures (新增就业10人，完成目标任务的98%)."""
    in_flow: bool = False
    """The sentence tells the money of the whole department from what was left over to what is."""
    figure_at: int = 0
    """Where the last figure stands."""
    as_of: bool = False
    """A date is told up to which the figures hold (截至2022年12月31日)."""
    counting: str | None = None
    """Measure of the last count told."""
    marked: Topic | None = None
    """Whose mark was told last in this sentence."""
    runs: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Start of a figure → its place and their number in a row of figures (1万元、2万元和3万元)."""
    row: list[Topic] = field(default_factory=list)
    """Quantities named for the figures of such a row."""

    @property
    def now(self) -> int | None:
        """The year spoken of."""
        return self.scope.year or self.context.year
