"""Counted over all families: every active rule has the cases it needs, wherever they stand.

A case is what the tests of its family run and hold against its outcome. Does not belong here: running them.
"""

from collections import defaultdict

import pytest

from data_quality.catalogue import Rule, rules
from tests.data_quality import (
    cases,
    performance_cases,
    place_cases,
    sheet_cases,
    test_statements,
    test_words_tables,
)
from tests.data_quality.conftest import terms_of

ACTIVE = [rule for rule in rules() if rule.status == "active"]
PLACES = ("completeness", "dictionary", "slip")
"""Families that ask whether something stands there: no rounding, and nothing to add up that could be missing."""


def _outcomes() -> dict[str, set[str]]:
    """The outcomes that a rule's cases must have: rule → outcomes."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule in ACTIVE:
        if rule.family == "performance":
            made = performance_cases.cases_of(rule, terms_of(rule))
            found[rule.rule_id] |= {performance_cases.EXPECTED[case] for case in made}
        elif rule.relation is None:
            found[rule.rule_id] |= set(cases.EXPECTED.values())
        elif rule.relation == "told_printed":
            found[rule.rule_id] |= {outcome for *_, outcome in test_words_tables.CASES.values()}
    for (rule_id, *_), outcome in test_statements.CASES.values():
        found[rule_id].add(outcome)
    for listed in (place_cases.ALL, sheet_cases.CASES):
        for rule_id, own in listed.items():
            found[rule_id] |= {case.outcome or "not_applicable" for case in own.values()}
    return found


OUTCOMES = _outcomes()


def _needed(rule: Rule) -> set[str]:
    """What a rule's cases must come to: the edge of rounding where it can decide, silence where a term is missing."""
    needed = {"holds", "broken"}
    exact = rule.family in PLACES or rule.relation in (*test_statements.EXACT, "below")
    needed |= set() if exact else {"rounding"}
    required = any(term.need == "required" for term in terms_of(rule)) and rule.family == "performance"
    abstains = required or rule.relation is None or rule.rule_id in place_cases.ABSTAINING
    return needed | ({"not_evaluable"} if abstains else set())


@pytest.mark.parametrize("rule", ACTIVE, ids=lambda rule: rule.rule_id)
def test_a_rule_has_every_case_it_needs(rule: Rule) -> None:
    assert _needed(rule) - OUTCOMES[rule.rule_id] == set()


def test_no_case_is_of_a_rule_that_is_not_there() -> None:
    assert set(OUTCOMES) - {rule.rule_id for rule in rules()} == set()
