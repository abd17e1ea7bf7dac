"""A department's true facts as the filings it publishes, year by year."""

import csv
from decimal import Decimal

from tests.typeset.facts import DATA, Department, Year, ledger, read_names
from tests.typeset.model import Key
from tests.typeset.sheet import Filing


def filing_of(department: Department, year: int, kind: str) -> Filing:
    """Return one year's budget or final accounts, with the figures of the year before for comparison.

    Raises:
        KeyError: the department has no such year.
    """
    years = {each.year: each for each in department.years}
    current = years[year]
    before = years.get(year - 1)
    amounts = _amounts(current) | (_amounts(before) | _prior_budget(before) if before else {})
    known = {(stage, each.year) for each in (current, before) if each for stage in ("initial_budget", "final")}
    return Filing(
        department=department.name,
        year=year,
        kind=kind,
        amounts=amounts,
        functions=read_names("functions.csv"),
        economics=read_names("economics.csv"),
        government=government_codes(),
        projects=tuple(project.name for project in (current.budget if kind == "budget" else current.final).projects),
        known=frozenset(known),
    )


def _amounts(year: Year) -> dict[Key, Decimal]:
    return ledger(year.budget, "initial_budget", year.year) | ledger(year.final, "final", year.year)


def _prior_budget(year: Year) -> dict[Key, Decimal]:
    return ledger(year.budget, "prior_budget", year.year)


def government_codes() -> dict[str, tuple[str, str]]:
    """Read the government's economic code and name for each departmental code."""
    with (DATA / "economics.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: (row["gov_code"], row["gov_name"]) for row in csv.DictReader(lines)}
