"""Loaders of the code lists, and the way from printed names to a functional code.

Belongs here: reading ``data/*.csv`` and comparing names as printed. Does not belong here: any decision on which year's
list a paper uses.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

_DATA = Path(__file__).parent / "data"
_BRACKETS = str.maketrans("（）", "()")
_NOTE = re.compile(r"\([^()]*\)")
_NO_NOTES: Mapping[str, str] = {}


class Code(msgspec.Struct, frozen=True):
    """One code of a classification as a list gives it. Years are None where the list does not limit them."""

    code: str
    name: str
    evidence: str
    first_year: int | None = None
    last_year: int | None = None

    @property
    def parent(self) -> str | None:
        """The code one level up (2080101 → 20801 → 208), None for a class."""
        return self.code[:-2] if len(self.code) > 3 else None


@cache
def function_classes() -> tuple[Code, ...]:
    """The three-digit functional classes; a renamed class stands once for each name."""
    return tuple(
        Code(row["code"], row["name"], row["evidence"], _year(row["first_year"]), _year(row["last_year"]))
        for row in _rows("function_classes_by_era")
    )


@cache
def function_codes() -> tuple[Code, ...]:
    """Functional classes, sections and items; a code stands once for each name it was seen with."""
    observed = tuple(
        Code(row["code"], row["name"], f"observed {row['years_seen']}") for row in _rows("function_codes_observed")
    )
    return _distinct((*function_classes(), *observed))


@cache
def general_function_codes() -> tuple[Code, ...]:
    """Functional sections and items from general knowledge, none of which was seen printed yet.

    They help to find the code of a name told in words; nobody is accused by them.
    """
    return tuple(Code(row["code"], row["name"], row["evidence"]) for row in _rows("function_codes_general"))


@cache
def economic_codes(kind: Literal["dept", "gov"]) -> tuple[Code, ...]:
    """Economic classification of departments (301…399) or of the government (501…599), of every era."""
    if kind == "gov":
        return tuple(Code(row["code"], row["name"], row["evidence"]) for row in _rows("gov_economic_2018plus"))
    listed = [Code(row["code"], row["name"], row["evidence"], 2018) for row in _rows("dept_economic_2018plus")]
    observed = [Code(row["code"], row["name"], row["years_seen"]) for row in _rows("dept_economic_codes_observed")]
    older = [
        Code(row["code"], row["name"], row["years_seen"], None, 2017) for row in _rows("dept_economic_pre2018_observed")
    ]
    return _distinct((*listed, *observed, *older))


def plain_name(name: str) -> str:
    """A name as it is compared: no blanks, half-width brackets, no trailing 支出 (其他支出 stays as it is)."""
    text = re.sub(r"\s+", "", name).translate(_BRACKETS)
    return text[:-2] if text.endswith("支出") and len(text) > 4 else text


def function_name_to_code(path: Sequence[str], printed: Mapping[str, str] = _NO_NOTES) -> str | None:
    """Find the code of a class, section and item told by name, ``path`` in this order (one to three names).

    ``printed`` holds code → name as the document's own tables print them, and is believed first. A note in brackets
    (行政运行（人力资源和社会保障管理事务）) is ignored where the name with it is unknown. None when no code, or more
    than one, has these names.
    """
    own = {code for code in printed if _fits(code, path, _names_of(printed.items()))}
    if len(own) == 1:
        return own.pop()
    names = _known_names()
    found = {code for code in names if _fits(code, path, names)}
    return found.pop() if len(found) == 1 else None


def economic_name_to_code(name: str, under: str | None = None) -> str | None:
    """Find the departmental economic code of a name, below the class ``under`` where a name occurs in several.

    None when nothing has this name, or more than one code has.
    """
    found = _economic_names().get(plain_name(name), frozenset())
    within = {code for code in found if under and code.startswith(under)}
    chosen = within or found
    return min(chosen) if len(chosen) == 1 else None


def gov_economic_name_to_code(name: str) -> str | None:
    """The code of a name of the government's economic classification; None where nothing, or several, have it."""
    found = _gov_economic_names().get(plain_name(name), frozenset())
    return min(found) if len(found) == 1 else None


@cache
def _gov_economic_names() -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for row in economic_codes("gov"):
        codes.setdefault(plain_name(row.name), set()).add(row.code)
    return {name: frozenset(of_name) for name, of_name in codes.items()}


@cache
def _economic_names() -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = {}
    for row in economic_codes("dept"):
        codes.setdefault(plain_name(row.name), set()).add(row.code)
    return {name: frozenset(of_name) for name, of_name in codes.items()}


def _fits(code: str, path: Sequence[str], names: Mapping[str, frozenset[str]]) -> bool:
    if len(code) != 1 + 2 * len(path):
        return False
    known = _known_names()
    for depth, name in enumerate(path):
        part = code[: 3 + 2 * depth]
        of_part = names.get(part, frozenset()) | known.get(part, frozenset())
        if not of_part & {plain_name(name), plain_name(_NOTE.sub("", name.translate(_BRACKETS)))}:
            return False
    return True


@cache
def _known_names() -> Mapping[str, frozenset[str]]:
    return _names_of((row.code, row.name) for row in (*function_codes(), *general_function_codes()))


def _names_of(pairs: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for code, name in pairs:
        names.setdefault(code, set()).add(plain_name(name))
    return {code: frozenset(of_code) for code, of_code in names.items()}


def _distinct(codes: Iterable[Code]) -> tuple[Code, ...]:
    first: dict[tuple[str, str], Code] = {}
    for code in codes:
        first.setdefault((code.code, plain_name(code.name)), code)
    return tuple(sorted(first.values(), key=lambda row: row.code))


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _year(text: str) -> int | None:
    digits = re.match(r"\d{4}", text)
    return int(digits[0]) if digits else None
