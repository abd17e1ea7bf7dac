"""Departments as people declare them: confirmed aliases, regions, superiors; and which names they might confirm next.

Belongs here: the two files people edit (``data/department_aliases.csv``, ``data/departments.csv``), and suggestions for
the first. A suggestion never merges anything: only a row with decision ``same`` does, and one with ``different`` keeps
a pair from being suggested again. Does not belong here: which names the papers print (``reference.department``).
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import msgspec
from rapidfuzz import fuzz

_DATA = Path(__file__).parent / "data"
_ENOUGH = 82.0
"""The likeness, of 100, from which a pair is worth a person's look."""
_REGION = re.compile(r"[一-鿿]{1,6}?(?:特别行政区|自治[区州县旗]|[省市县区州旗盟])")
_REMARK = re.compile(r"\(([^()]*)\)")
_NUMERAL = re.compile(r"[一二三四五六七八九十\d]")
_BODY = re.compile(r"(中心|管理委员会|委员会|办公室|办公厅|办事处|政府|[一-鿿])$")


class Alias(msgspec.Struct, frozen=True):
    """A name and the department it stands for, as people decided; years None: at all times."""

    alias: str
    department: str
    decision: str
    """``same`` or ``different``."""
    first_year: int | None
    last_year: int | None
    evidence: str


class Declared(msgspec.Struct, frozen=True):
    """What people declared of one department beside its name."""

    department: str
    region_code: str | None
    superior: str | None
    first_year: int | None
    last_year: int | None
    evidence: str


class Suggestion(msgspec.Struct, frozen=True):
    """Two names that may be one department's, and how much alike they are (0–100)."""

    alias: str
    department: str
    likeness: float


def aliases(path: Path = _DATA / "department_aliases.csv") -> tuple[Alias, ...]:
    """The decisions on aliases.

    Raises:
        ValueError: a decision is neither ``same`` nor ``different``, a year no number, or an alias stands for two
            departments in one year.
    """
    rows = tuple(
        Alias(r["alias"], r["department"], r["decision"], _year(r["first_year"]), _year(r["last_year"]), r["evidence"])
        for r in _rows(path)
    )
    wrong = [row.alias for row in rows if row.decision not in ("same", "different")]
    if wrong:
        raise ValueError(f"{path.name}: the decision on {wrong[0]} is neither same nor different")
    for one, other in combinations((row for row in rows if row.decision == "same"), 2):
        if plain(one.alias) == plain(other.alias) and _overlap(one, other):
            raise ValueError(f"{path.name}: {one.alias} stands for two departments in one year")
    return rows


def declared(path: Path = _DATA / "departments.csv") -> tuple[Declared, ...]:
    """What people declared of departments: region and superior, with the years it holds for."""
    return tuple(
        Declared(
            row["department"], row["region_code"] or None, row["superior"] or None, _year(row["first_year"]),
            _year(row["last_year"]), row["evidence"],
        )
        for row in _rows(path)
    )  # fmt: skip


def suggestions(names: Sequence[str], decided: Iterable[Alias] = ()) -> list[Suggestion]:
    """Pairs of names that may be one department's, likeliest first; pairs already decided are left out.

    Names whose regions contradict each other, whose kinds of body differ (局, 中心), whose numerals (第一, 第二) or
    whose remarks in brackets (（本级）, （先创）) differ are never paired. The longer name is taken for the department.
    """
    known = {frozenset((plain(row.alias), plain(row.department))) for row in decided}
    found = []
    for one, other in combinations(sorted(set(names), key=lambda name: (len(name), name)), 2):
        if plain(one) == plain(other) or frozenset((plain(one), plain(other))) in known:
            continue
        likeness = _likeness(one, other)
        if likeness >= _ENOUGH:
            found.append(Suggestion(one, other, round(likeness, 1)))
    return sorted(found, key=lambda pair: (-pair.likeness, pair.alias, pair.department))


def plain(name: str) -> str:
    """A name as it is compared: half-width, without blanks and quotation marks."""
    return re.sub(r"[\s\"'“”‘’「」『』《》]", "", unicodedata.normalize("NFKC", name)).lower()


def _likeness(one: str, other: str) -> float:
    (regions, body, remark), (other_regions, other_body, other_remark) = _parts(one), _parts(other)
    alike = remark == other_remark and _kind(body) == _kind(other_body)
    alike = alike and _NUMERAL.findall(body) == _NUMERAL.findall(other_body)
    return fuzz.ratio(body, other_body) if alike and _same_place(regions, other_regions) else 0.0


@cache
def _parts(name: str) -> tuple[tuple[str, ...], str, str]:
    """Regions in front, the body's own name in full words, the remark in brackets."""
    text = plain(name)
    remark = "".join(_REMARK.findall(text))
    text, regions = _REMARK.sub("", text), []
    while (found := _REGION.match(text)) and len(text) - found.end() > 1:
        regions.append(found.group())
        text = text[found.end() :]
    for short, long in _abbreviations():
        if long not in text:
            text = text.replace(short, long)
    return tuple(regions), text.removeprefix("人民政府") or text, remark


def _same_place(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the shorter list of regions ends the longer one; a name without any may be anywhere."""
    count = min(len(one), len(other))
    return count == 0 or one[-count:] == other[-count:]


def _kind(body: str) -> str:
    found = _BODY.search(body)
    return found.group() if found else body[-1:]


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    return tuple((row["short"], row["long"]) for row in _rows(_DATA / "department_abbreviations.csv"))


def _overlap(one: Alias, other: Alias) -> bool:
    return max(one.first_year or 0, other.first_year or 0) <= min(one.last_year or 9999, other.last_year or 9999)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _year(text: str) -> int | None:
    return int(text) if text.strip() else None
