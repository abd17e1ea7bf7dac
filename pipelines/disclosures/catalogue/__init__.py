"""The declared catalogue: forms, columns, lines, words and vocabulary, as typed rows read from the YAML files beside.

Belongs here: loading the declarations and looking words up in them. Does not belong here: any knowledge of its own; a
province's variant is a row in a file, never a branch in code.
"""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pipelines.declarations import read_yaml

FOLDER = Path(__file__).parent


class Title(msgspec.Struct, frozen=True):
    """One way a form is titled; it may change the measure or the fund of its form."""

    match: str
    measure: str | None = None
    fund: str | None = None


class Form(msgspec.Struct, frozen=True):
    """A statutory form: its titles and what its plain rows and columns are about."""

    code: str
    kind: str
    zh: str
    en: str
    rows: str
    """``lines``, ``function``, ``dept_economic``, ``single``, ``project`` or ``procurement``."""
    measure: str | None
    """What the plain amount column tells; None where the lines tell it."""
    fund: str
    stage: str
    titles: tuple[Title, ...]
    signs: tuple[str, ...] = ()
    """Measures or funds of which one at least is told where this is the form; empty: only its title tells it."""
    never: tuple[str, ...] = ()
    """Measures that are not told in it."""
    is_other: bool = False
    """Whether it stands for all forms of its kind that no other row declares."""


class Column(msgspec.Struct, frozen=True):
    """What one header word gives: a role, or a part of the meaning (measure, fund or stage)."""

    match: str
    role: str | None = None
    neutral: bool = False
    measure: str | None = None
    fund: str | None = None
    stage: str | None = None
    forms: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """What one row label of a two-sided or list form means."""

    match: str
    measure: str
    """``inherit``: the measure of the line it stands below."""
    side: str | None = None
    fund: str | None = None
    after: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class Word(msgspec.Struct, frozen=True):
    """One word that titles, headers and labels are put together from, and what it says."""

    text: str
    measure: str | None = None
    fund: str | None = None
    stage: str | None = None
    rows: str | None = None
    source: str | None = None
    """The fund it is where it stands beside expenditure, as the source of the money."""
    head: bool = False
    """Only says income or expenditure, where no narrower word does."""
    part: bool = False
    """Means something below a balance line only."""


class Measure(msgspec.Struct, frozen=True):
    """A measure of the vocabulary; ``side`` is income, expenditure or balance."""

    zh: str
    en: str
    side: str
    part_of: str | None = None
    """The measure this one is a part of."""
    unit: str | None = None
    """The unit of what is no money: 辆, 人次, % …"""
    of_any: bool = False
    """Whether a column may tell it of any line, whatever the line is (增减率 of 公务接待费)."""


class Combination(msgspec.Struct, frozen=True):
    """What two measures in one header path say together, where neither is a part of the other."""

    whole: str
    part: str
    gives: str
    fund: str | None = None
    """The fund the two tell, where the lower one is a source of money."""


class Fund(msgspec.Struct, frozen=True):
    """A fund of the vocabulary and the wider one it is part of."""

    zh: str
    en: str
    parent: str | None


class Stage(msgspec.Struct, frozen=True):
    """A stage of the vocabulary."""

    zh: str
    en: str


class Vocabulary(msgspec.Struct, frozen=True):
    """The words that amounts, claims, rules and marts share."""

    measures: dict[str, Measure]
    combined: tuple[Combination, ...]
    funds: dict[str, Fund]
    stages: dict[str, Stage]


def _load(name: str) -> Any:
    return read_yaml(FOLDER / name)


@cache
def forms() -> tuple[Form, ...]:
    """All declared forms, in the order of the file."""
    rows = _load("forms.yaml")
    for row in rows:
        row["titles"] = [{"match": t} if isinstance(t, str) else t for t in row["titles"]]
    return msgspec.convert(rows, tuple[Form, ...])


@cache
def columns() -> tuple[Column, ...]:
    """All declared header words, in the order of the file."""
    return msgspec.convert(_load("columns.yaml"), tuple[Column, ...])


@cache
def lines() -> tuple[Line, ...]:
    """All declared row labels, in the order of the file."""
    return msgspec.convert(_load("lines.yaml"), tuple[Line, ...])


@cache
def words() -> dict[str, list[Word]]:
    """All declared words by their first sign, the longest first."""
    found: dict[str, list[Word]] = {}
    for row in _load("words.yaml"):
        for text in row.pop("words"):
            found.setdefault(text[0], []).append(msgspec.convert({"text": text, **row}, Word))
    return {first: sorted(group, key=lambda word: -len(word.text)) for first, group in found.items()}


@cache
def vocabulary() -> Vocabulary:
    """The shared vocabulary of measures, funds and stages."""
    return msgspec.convert(_load("vocabulary.yaml"), Vocabulary)


def narrowed(whole: str | None, part: str) -> tuple[str | None, str | None]:
    """The measure (and fund) of a header path whose words tell ``whole`` and, below it, ``part``.

    The measure is None where nobody declared what the two say together.
    """
    if whole is None or whole == part or whole in _wholes(part):
        return part, None
    given = ((row.gives, row.fund) for row in vocabulary().combined if (row.whole, row.part) == (whole, part))
    return next(given, (None, None))


@cache
def wider_funds(fund: str) -> tuple[str, ...]:
    """The funds ``fund`` is a part of, nearest first."""
    found: list[str] = []
    above = vocabulary().funds[fund].parent
    while above is not None:
        found.append(above)
        above = vocabulary().funds[above].parent
    return tuple(found)


@cache
def _wholes(measure: str) -> tuple[str, ...]:
    """The measures ``measure`` is a part of, nearest first."""
    found: list[str] = []
    above = vocabulary().measures[measure].part_of
    while above is not None:
        found.append(above)
        above = vocabulary().measures[above].part_of
    return tuple(found)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """The compiled form of a declared pattern."""
    return re.compile(text)


def column_of(word: str, form_code: str) -> Column | None:
    """The declared meaning of one normalised header word in a form, or None when nobody declared it."""
    for column in columns():
        if (not column.forms or form_code.startswith(column.forms)) and pattern(column.match).fullmatch(word):
            return column
    return None


def line_of(label: str, side: str | None, form_code: str, above: str | None) -> Line | None:
    """The declared meaning of a normalised row label.

    ``above`` is the measure of the last balance line in the same columns, for lines that only have a meaning below it.
    """
    for line in lines():
        if line.side and side and line.side != side:
            continue
        if line.forms and form_code not in line.forms:
            continue
        if line.after and above not in line.after:
            continue
        if pattern(line.match).fullmatch(label):
            return line
    return None


@cache
def fingerprint() -> str:
    """A short hash of all declarations, so that a changed catalogue is noticed."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
