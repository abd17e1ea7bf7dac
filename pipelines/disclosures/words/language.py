"""The declared words of the explanations (``catalogue/sentences.yaml``), ready for the tokeniser.

Belongs here: loading and indexing words. Does not belong here: the order in which words make sense (the grammar).
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipelines.classification import economic_codes, function_classes, function_codes
from pipelines.declarations import read_yaml
from pipelines.disclosures.words.plain import plain_word

_CATALOGUE = Path(__file__).parent.parent / "catalogue" / "sentences.yaml"
_SIMPLE = (
    "share",
    "completion",
    "completion_rates",
    "among",
    "respectively",
    "reason",
    "resume",
    "negations",
    "coverage_funds",
)
_NO_CLASS_WORDS = ("国有资本经营预算支出", "其他支出", "预备费", "转移性支出")


class FundWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name the money."""

    fund: str
    words: tuple[str, ...]


class StageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name a stage."""

    stage: str
    words: tuple[str, ...]


class HeadWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name a quantity only where nothing else does."""

    measure: str
    stage: str | None
    words: tuple[str, ...]


class SubjectWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name one quantity, or two at once."""

    measures: tuple[str, ...]
    words: tuple[str, ...]
    fund: str | None = None


class Comparison(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around what a figure is compared with."""

    openers: tuple[str, ...]
    closers: tuple[str, ...]
    last_year: tuple[str, ...]


class Flat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for no change, exactly or about."""

    exact: tuple[str, ...]
    about: tuple[str, ...]


class MeasureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that name what is counted, or which mark is told."""

    measure: str
    words: tuple[str, ...]


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a count in these units tells where the quantity ``of`` is spoken of."""

    of: str
    measure: str
    units: tuple[str, ...]


class CoverageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say which part of performance management a sentence is about."""

    kind: str
    words: tuple[str, ...]


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole catalogue as declared."""

    funds: tuple[FundWords, ...]
    stages: tuple[StageWords, ...]
    opening_stages: tuple[StageWords, ...]
    heads: tuple[HeadWords, ...]
    subjects: tuple[SubjectWords, ...]
    comparison: Comparison
    changes: dict[str, tuple[str, ...]]
    flat: Flat
    versus: dict[str, tuple[str, ...]]
    share: tuple[str, ...]
    completion: tuple[str, ...]
    completion_rates: tuple[str, ...]
    among: tuple[str, ...]
    respectively: tuple[str, ...]
    reason: tuple[str, ...]
    resume: tuple[str, ...]
    negations: tuple[str, ...]
    counts: tuple[MeasureWords, ...]
    counted: tuple[Counted, ...]
    scores: tuple[MeasureWords, ...]
    coverage: tuple[CoverageWords, ...]
    coverage_funds: tuple[str, ...]
    overall: tuple[str, ...]
    project_endings: tuple[str, ...]
    project_words: tuple[str, ...]
    all_projects: tuple[str, ...]
    target_signs: tuple[str, ...]
    procured: dict[str, str]
    full_marks: tuple[str, ...]
    budgeted: tuple[str, ...]
    spent: tuple[str, ...]
    report_endings: tuple[str, ...]
    marking_rules: tuple[str, ...]
    leads: tuple[str, ...]
    tails: tuple[str, ...]
    fillers: tuple[str, ...]
    owners: tuple[str, ...]
    plain_words: tuple[str, ...]
    glossary: tuple[str, ...]


class Entry(NamedTuple):
    """What one word means: its kind and the declaration it comes from."""

    kind: str
    meaning: object


@cache
def sentences() -> Sentences:
    """Load the catalogue. Raises msgspec.ValidationError when it does not have the declared shape."""
    return msgspec.convert(read_yaml(_CATALOGUE), Sentences)


@cache
def lexicon() -> dict[str, Entry]:
    """Every plain word with what it means; a word declared twice keeps its first meaning."""
    entries: dict[str, Entry] = {}
    for word, entry in [*_quantities(), *_class_names(), *_economic_names(), *_roles()]:
        entries.setdefault(plain_word(word), entry)
    return entries


@cache
def lengths_by_first() -> dict[str, tuple[int, ...]]:
    """First character of a word → the lengths of the words that begin with it, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in lexicon():
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@cache
def filler_pattern() -> re.Pattern[str]:
    """Matches text that says nothing between a quantity's name and its figure."""
    return re.compile("(?:" + "|".join(map(re.escape, _by_length(sentences().fillers))) + ")*")


@cache
def owner_pattern() -> re.Pattern[str]:
    """Matches text after which a quantity's name may stand."""
    return re.compile("(?:" + "|".join(map(re.escape, _by_length(sentences().owners))) + r")$|^$")


def _quantities() -> list[tuple[str, Entry]]:
    words = sentences()
    found = [(word, Entry("subject", row)) for row in words.subjects for word in row.words]
    found += [(word, Entry("fund", row.fund)) for row in words.funds for word in row.words]
    found += [(word, Entry("head", row)) for row in words.heads for word in row.words]
    found += [(word, Entry("opening_stage", row.stage)) for row in words.opening_stages for word in row.words]
    return found + [(word, Entry("stage", row.stage)) for row in words.stages for word in row.words]


def _class_names() -> list[tuple[str, Entry]]:
    return [(row.name, Entry("class", row.code)) for row in function_classes() if row.name not in _NO_CLASS_WORDS]


def _economic_names() -> list[tuple[str, Entry]]:
    """Economic names that stand for one code only, and for no functional item."""
    codes: dict[str, set[str]] = {}
    for row in economic_codes("dept"):
        codes.setdefault(row.name, set()).add(row.code)
    taken = {row.name for row in function_codes()}
    return [
        (name, Entry("economic", min(of_name)))
        for name, of_name in codes.items()
        if len(of_name) == 1 and name not in taken and len(name) > 2
    ]


def _roles() -> list[tuple[str, Entry]]:
    words = sentences()
    found = [(word, Entry("text", None)) for word in words.plain_words]
    found += [(word, Entry("change", sign)) for sign, row in words.changes.items() for word in row]
    found += [(word, Entry("versus", sign)) for sign, row in words.versus.items() for word in row]
    found += [(word, Entry("flat", True)) for word in words.flat.exact]
    found += [(word, Entry("flat", False)) for word in words.flat.about]
    found += [(word, Entry("count_name", row.measure)) for row in words.counts for word in row.words]
    found += [(word, Entry("score_name", row.measure)) for row in words.scores for word in row.words]
    found += [(word, Entry("coverage", row.kind)) for row in words.coverage for word in row.words]
    for kind in _SIMPLE:
        found += [(word, Entry(kind.removesuffix("s"), None)) for word in getattr(words, kind)]
    return found


def _by_length(words: tuple[str, ...]) -> list[str]:
    return sorted(map(plain_word, words), key=len, reverse=True)
