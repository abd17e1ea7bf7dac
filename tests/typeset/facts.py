"""The facts of a disclosure: what a department planned, received, spent and kept, in exact yuan.

A :class:`Book` is one year's budget or one year's outcome, item by item; a :class:`Department` is several years of
both. :func:`ledger` sums a book up into the quantities that the statutory forms print. Does not belong here: how facts
are invented (``invented``), rounded or laid out.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tests.typeset.model import Key, project_subject

DATA = Path(__file__).parent / "data"
PARENT_FUND = {
    "general_public_budget": "fiscal_appropriation",
    "government_managed_fund_budget": "fiscal_appropriation",
    "state_capital_operating_budget": "fiscal_appropriation",
    "fiscal_appropriation": "all",
}
ZERO = Decimal(0)


@dataclass(frozen=True)
class Item:
    """One functional item of one fund in one year. ``fund`` may be ``all``: money that is no appropriation."""

    code: str
    fund: str
    personnel: Decimal = ZERO
    operating: Decimal = ZERO
    project: Decimal = ZERO
    opening: Decimal = ZERO
    closing: Decimal = ZERO
    source: str = "income"
    """The measure of the income that pays it: ``income`` for appropriations, ``other_income`` …"""
    surplus_used: Decimal = ZERO
    surplus_distribution: Decimal = ZERO
    opening_basic: Decimal = ZERO
    """Of the opening balance what is kept for basic expenditure; the rest is kept for projects."""
    closing_basic: Decimal = ZERO

    @property
    def basic(self) -> Decimal:
        """Personnel and operating expenditure together."""
        return self.personnel + self.operating

    @property
    def expenditure(self) -> Decimal:
        """Basic and project expenditure together."""
        return self.basic + self.project

    @property
    def income(self) -> Decimal:
        """The year's income of the item: what was spent and kept, less what was there."""
        return self.expenditure + self.closing - self.opening - self.surplus_used + self.surplus_distribution


@dataclass(frozen=True)
class Project:
    """One project, paid from one functional item."""

    name: str
    item: str
    fund: str
    amount: Decimal


@dataclass(frozen=True)
class Book:
    """One year's budget or outcome."""

    items: tuple[Item, ...]
    economics: dict[str, Decimal]
    """Departmental economic code (5 digits) → basic expenditure of the general public budget."""
    three_public: dict[str, Decimal]
    """overseas_travel, vehicle_purchase, vehicle_running, official_reception."""
    procurement: dict[str, Decimal]
    """procurement_goods, procurement_works, procurement_services."""
    procured_by: str
    """The functional item that procures."""
    projects: tuple[Project, ...]
    events: dict[str, Decimal] = field(default_factory=dict)
    """meetings and training."""
    other_economics: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    """Fund and departmental economic code → basic expenditure of funds other than the general public budget."""
    assets: dict[str, Decimal] = field(default_factory=dict)
    """current_assets, fixed_assets, intangible_assets at the end of the year."""


@dataclass(frozen=True)
class Year:
    """One fiscal year of a department: what it planned and what came of it."""

    year: int
    budget: Book
    final: Book


@dataclass(frozen=True)
class Department:
    """A department and its years, oldest first."""

    name: str
    region: str
    years: tuple[Year, ...]


def read_names(file_name: str) -> dict[str, str]:
    """Read a code list of this package: code → name, in the order of the file."""
    with (DATA / file_name).open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def funds_above(fund: str) -> Iterator[str]:
    """Yield the fund and every fund that contains it."""
    current: str | None = fund
    while current:
        yield current
        current = PARENT_FUND.get(current)


class _Sums:
    """Adds amounts up under the row they stand for and under every row and fund above it."""

    def __init__(self, stage: str, year: int) -> None:
        self.stage, self.year = stage, year
        self.totals: dict[Key, Decimal] = defaultdict(Decimal)

    def add(self, subjects: tuple[str, ...], measure: str, fund: str, amount: Decimal) -> None:
        """Add to coded rows and to the total row (whose subject is the measure)."""
        for each in funds_above(fund):
            for subject in (*subjects, measure):
                self.totals[Key(subject, measure, each, self.stage, self.year)] += amount


def _add_item(sums: _Sums, item: Item) -> None:
    rows = tuple(f"function:{item.code[:length]}" for length in (3, 5, 7))
    before, after = (
        ("brought_forward", "carried_forward")
        if sums.stage == "initial_budget"
        else ("opening_balance", "closing_balance")
    )
    for measure, amount in {
        "expenditure": item.expenditure,
        "basic_expenditure": item.basic,
        "personnel_expenditure": item.personnel,
        "operating_expenditure": item.operating,
        "project_expenditure": item.project,
        "income": item.income,
        before: item.opening,
        after: item.closing,
        "surplus_used": item.surplus_used,
        "surplus_distribution": item.surplus_distribution,
        "income_grand_total": item.income + item.opening + item.surplus_used,
        "expenditure_grand_total": item.expenditure + item.closing + item.surplus_distribution,
    }.items():
        sums.add(rows, measure, item.fund, amount)
    sums.add((), "income_and_expenditure", item.fund, item.income + item.opening + item.surplus_used)
    if sums.stage == "final":
        for name, balance, basic in (
            ("opening", item.opening, item.opening_basic),
            ("closing", item.closing, item.closing_basic),
        ):
            sums.add((), f"{name}_basic_balance", item.fund, basic)
            sums.add((), f"{name}_project_balance", item.fund, balance - basic)
    if item.source != "income":
        for measure in (item.source, "other_funds_income"):
            sums.add(rows, measure, item.fund, item.income)


def _add_economics(sums: _Sums, book: Book) -> None:
    general = {("general_public_budget", code): amount for code, amount in book.economics.items()}
    for (own_fund, code), amount in (general | book.other_economics).items():
        part = "personnel_expenditure" if code[:3] in ("301", "303") else "operating_expenditure"
        is_agency = part == "operating_expenditure" and own_fund == "general_public_budget"
        measures = ("basic_expenditure", part, *(("agency_operating_costs",) if is_agency else ()))
        for fund in funds_above(own_fund):
            for row in (f"dept_economic:{code[:3]}", f"dept_economic:{code}"):
                for measure in measures:
                    sums.totals[Key(row, measure, fund, sums.stage, sums.year)] += amount
        if is_agency:
            sums.add((), "agency_operating_costs", own_fund, amount)


def _add_three_public(sums: _Sums, book: Book) -> None:
    for measure, amount in (*book.three_public.items(), *book.events.items()):
        sums.add((), measure, "general_public_budget", amount)
        sums.add((), "public_and_meeting_expenses", "general_public_budget", amount)
    for measure, amount in book.three_public.items():
        sums.add((), "three_public", "general_public_budget", amount)
        if measure.startswith("vehicle"):
            sums.add((), "official_vehicles", "general_public_budget", amount)


def ledger(book: Book, stage: str, year: int) -> dict[Key, Decimal]:
    """Sum a book up: every quantity the forms may print, in exact yuan. Zeros are left out."""
    sums = _Sums(stage, year)
    for item in book.items:
        _add_item(sums, item)
    _add_economics(sums, book)
    _add_three_public(sums, book)
    for project in book.projects:
        for fund in funds_above(project.fund):
            key = Key(project_subject(project.name), "project_expenditure", fund, stage, year)
            sums.totals[key] += project.amount
        if project.fund == "all":
            for subject in (project_subject(project.name), "project_expenditure"):
                sums.totals[Key(subject, "project_expenditure", "unit_funds", stage, year)] += project.amount
    rows = tuple(f"function:{book.procured_by[:length]}" for length in (3, 5, 7))
    for measure, amount in book.assets.items():
        for name in (measure, "assets"):
            sums.totals[Key(name, name, "all", stage, year)] += amount
    for measure, amount in book.procurement.items():
        sums.add(rows, "procurement", "general_public_budget", amount)
        sums.add((), measure, "general_public_budget", amount)
    return {key: amount for key, amount in sums.totals.items() if amount}
