"""What to do when a rule is broken, and which rules to look at beside it.

Remedies are read from ``remedies.yaml``: by family, said anew for single rules. Related rules are those that look at
the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from data_quality.catalogue.model import Rule, RuleTerm
from pipelines.declarations import read_yaml

MOST = 6
"""So many rules are named beside one."""
_FILE = Path(__file__).with_name("remedies.yaml")


class Remedy(msgspec.Struct, frozen=True):
    """What to do, in Chinese and English."""

    zh: str
    en: str


class Remedies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The declared remedies."""

    families: dict[str, Remedy]
    usual: Remedy
    """Of a family that has none of its own."""
    rules: dict[str, Remedy]


@cache
def remedies() -> Remedies:
    """The remedies as declared. Raises ``msgspec.ValidationError`` for what is not well formed."""
    return msgspec.convert(read_yaml(_FILE), Remedies)


def remedy(rule_id: str, family: str) -> Remedy:
    """What to do when this rule is broken."""
    declared = remedies()
    return declared.rules.get(rule_id) or declared.families.get(family) or declared.usual


def related(rules: Iterable[tuple[Rule, tuple[RuleTerm, ...]]]) -> dict[str, tuple[str, ...]]:
    """For each rule the ids of others to look at: those it names, then those that share most of what it looks at."""
    looked = {rule.rule_id: (rule, _looked_at(rule, terms)) for rule, terms in rules if rule.status == "active"}
    users: dict[str, set[str]] = defaultdict(set)
    for rule_id, (_, things) in looked.items():
        for thing in things:
            users[thing].add(rule_id)
    return {rule_id: _nearest(rule, things, users) for rule_id, (rule, things) in looked.items()}


def _looked_at(rule: Rule, terms: tuple[RuleTerm, ...]) -> dict[str, int]:
    """What a rule looks at, and how much it counts that another looks at it too: its cells, its family, its form."""
    place = rule.rule_id.split("-")[0]
    cells = {f"{term.form}/{term.row}/{term.measure}/{term.fund}": 10 for term in terms}
    measures = {f"{rule.family}/{measure}": 10 for measure in rule.measures}
    return {place: 1, f"{place}/{rule.family}": 2, **cells, **measures}


def _nearest(rule: Rule, things: dict[str, int], users: dict[str, set[str]]) -> tuple[str, ...]:
    shared: dict[str, int] = defaultdict(int)
    for thing, weight in things.items():
        for other in users[thing] - {rule.rule_id, *rule.related}:
            shared[other] += weight
    ranked = sorted(shared, key=lambda other: (-shared[other], _apart(rule.rule_id, other), other))
    return (*rule.related, *ranked)[:MOST]


def _apart(one: str, other: str) -> tuple[bool, int]:
    """How far two ids lie apart: of the same place and family by their numbers."""
    numbers = [int("".join(letter for letter in each.split("-")[1] if letter.isdigit())) for each in (one, other)]
    return one.split("-")[0] != other.split("-")[0], abs(numbers[0] - numbers[1])
