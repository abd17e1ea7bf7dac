"""The declared words of performance papers, as typed rows read from ``catalogue/performance.yaml``.

Belongs here: looking a cell's text up in the declarations. Does not belong here: where the cell stands.
"""

import re
from functools import cache

import msgspec

from pipelines.declarations import read_yaml
from pipelines.disclosures.catalogue import FOLDER, pattern
from pipelines.disclosures.printed import narrow

_ORDINAL = re.compile(r"^(第?[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、](?!\d))")
_POINTS = re.compile(r"\s*[（(]\s*(\d+(?:\.\d+)?)\s*分?\s*[)）]$")
_SPACE_BETWEEN = re.compile(r"(?<=[一-鿿、，]) (?=[一-鿿])|\n")


class Word(msgspec.Struct, frozen=True):
    """One pattern and the role of the cells that match it."""

    match: str
    role: str


class Total(msgspec.Struct, frozen=True):
    """A label of all a project's money; ``whole``: of all its years, where the row also tells the year's."""

    match: str
    whole: bool


class Money(msgspec.Struct, frozen=True):
    """The words of the part that tells the money."""

    section: str
    columns: tuple[Word, ...]
    totals: tuple[Total, ...]
    source: str


class Level(msgspec.Struct, frozen=True):
    """A first level of project indicators, and the second levels below it."""

    zh: str
    match: str
    children: str


class Words(msgspec.Struct, frozen=True):
    """All words of the catalogue file, under the names they have there."""

    titles: tuple[str, ...]
    labels: tuple[Word, ...]
    tail: tuple[Word, ...]
    goals: tuple[Word, ...]
    money: Money
    indicator_columns: tuple[Word, ...]
    levels: tuple[Level, ...]
    also_second: dict[str, str]
    total: str
    subtotal: str
    grade: str
    summary_columns: tuple[Word, ...]
    operators: dict[str, tuple[str, ...]]
    heading_words: str
    evaluation: str


@cache
def words() -> Words:
    """The declared words."""
    return msgspec.convert(read_yaml(FOLDER / "performance.yaml"), Words)


@cache
def plain(text: str) -> str:
    """A cell as it is compared: narrow, without ordinal and closing colon."""
    return _ORDINAL.sub("", narrow(text)).rstrip(":")


def tidy(text: str) -> str:
    """A cell as it is kept: as printed, without line breaks and without a blank inside a Chinese word."""
    return " ".join(_SPACE_BETWEEN.sub("", text.strip()).split())


def matches(declared: str, text: str) -> bool:
    """Whether a whole cell is what a pattern describes."""
    return bool(pattern(declared).fullmatch(plain(text)))


def role_of(declared: tuple[Word, ...], text: str) -> str | None:
    """The role of a cell by the first word that matches it, or None."""
    return next((word.role for word in declared if matches(word.match, text)), None)


def is_title(text: str) -> bool:
    """Whether a line is the title of a performance form, with or without the year behind it."""
    line = re.sub(r"\((19|20)\d\d年?度?\)$", "", plain(text))
    return len(line) <= 60 and any(pattern(f".*(?:{title})").fullmatch(line) for title in words().titles)


def split_points(text: str) -> tuple[str, str | None]:
    """A level without its stated points, and the points as printed: ``产出指标（50）`` is 产出指标 and 50."""
    printed = tidy(text)
    found = _POINTS.search(printed)
    return (printed[: found.start()], found.group(1)) if found else (printed, None)


def only_points(text: str) -> bool:
    """Whether a cell holds nothing but points in brackets, the second line of a wrapped label."""
    return bool(_POINTS.fullmatch(tidy(text)))
