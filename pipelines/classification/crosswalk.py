"""Loaders of the crosswalks (partial, as far as known): between government and departmental economic classification,
and from codes to those that took their place in a later year.
"""

import csv
from functools import cache
from pathlib import Path

import msgspec

_DATA = Path(__file__).parent / "data"


class CodeChange(msgspec.Struct, frozen=True):
    """A code that another one took the place of."""

    kind: str
    """``function | dept_economic | gov_economic``."""
    from_code: str
    to_code: str
    effective_year: int
    """The first year of the new code."""
    relation: str
    """``renamed`` (one for one), ``moved`` (to another class) or ``merged`` (into a code that was there before)."""
    evidence: str


@cache
def economic_crosswalk() -> tuple[tuple[str, str], ...]:
    """Pairs of government code and departmental code that buy the same, each pair once, in order."""
    with (_DATA / "crosswalk_gov_dept_economic_partial.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(sorted({(row["gov_code"], row["dept_code"]) for row in csv.DictReader(file)}))


@cache
def code_changes() -> tuple[CodeChange, ...]:
    """Codes that went over whole into another one, in the order of the list; a code that was split is not there."""
    with (_DATA / "code_changes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(msgspec.convert(list(csv.DictReader(file)), tuple[CodeChange, ...], strict=False))
