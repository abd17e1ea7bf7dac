"""Loader of the crosswalk between government and departmental economic classification (partial, as far as known)."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "crosswalk_gov_dept_economic_partial.csv"


@cache
def economic_crosswalk() -> tuple[tuple[str, str], ...]:
    """Pairs of government code and departmental code that buy the same, each pair once, in order."""
    with _FILE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(sorted({(row["gov_code"], row["dept_code"]) for row in csv.DictReader(file)}))
