"""Every rule of the catalogue: its columns exist, and it holds, breaks, rounds and abstains when it should."""

from functools import cache

import pytest

from data_quality.catalogue import Rule, rules
from pipelines.disclosures.catalogue import forms, vocabulary
from tests.data_quality.cases import CASES, EXPECTED
from tests.data_quality.conftest import ABSENT, terms_of
from tests.data_quality.engine import Engine

ALL = [rule for rule in rules() if rule.status == "active"]
ACTIVE = [rule for rule in ALL if rule.relation is None]
PAIRS = [(rule, case) for rule in ACTIVE for case in CASES]


@cache
def outcomes(engine: Engine) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for rule_id, filing_id, outcome in engine.rows('SELECT rule_id, filing_id, outcome FROM quality."check"'):
        found.setdefault((rule_id, filing_id), []).append(outcome)
    return found


@pytest.mark.parametrize(("rule", "case"), PAIRS, ids=[f"{rule.rule_id}-{case}" for rule, case in PAIRS])
def test_a_rule_comes_out_as_its_case_says(evaluated: Engine, rule: Rule, case: str) -> None:
    found = outcomes(evaluated)[rule.rule_id, f"{rule.rule_id}|{case}"]

    assert EXPECTED[case] in found
    if EXPECTED[case] != "broken":
        assert "broken" not in found


@pytest.mark.parametrize("rule", ACTIVE, ids=lambda rule: rule.rule_id)
def test_a_rule_names_forms_columns_and_funds_that_exist(rule: Rule) -> None:
    known = {form.code: form.kind for form in forms()}
    for term in terms_of(rule):
        assert known[term.form] == rule.kind
        assert term.measure is None or term.measure in vocabulary().measures
        assert term.fund is None or term.fund in vocabulary().funds
        assert term.stage is None or term.stage in vocabulary().stages


@pytest.mark.parametrize("rule", ACTIVE, ids=lambda rule: rule.rule_id)
def test_a_rule_whose_forms_are_absent_is_not_applicable(evaluated: Engine, rule: Rule) -> None:
    assert outcomes(evaluated)[rule.rule_id, f"{rule.kind}|{ABSENT}"] == ["not_applicable"]


def test_every_active_rule_has_every_case(evaluated: Engine) -> None:
    covered = {(rule_id, filing_id.split("|")[1]) for rule_id, filing_id in outcomes(evaluated)}

    assert len(ACTIVE) >= 40
    assert {(rule.rule_id, case) for rule in ACTIVE for case in (*CASES, ABSENT)} <= covered


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.rule_id)
def test_a_rule_is_told_in_both_languages(rule: Rule) -> None:
    for text in (rule.title_zh, rule.title_en, rule.formula, rule.formula_en, rule.basis, rule.basis_en):
        assert text.strip()
        assert "<" not in text
    assert "{lhs_text}" in rule.message_zh
    assert "{lhs_text}" in rule.message_en
