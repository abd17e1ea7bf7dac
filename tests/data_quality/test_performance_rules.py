"""Every rule of performance papers holds, breaks, rounds and abstains when it should."""

from collections.abc import Iterator

import pytest

from data_quality.catalogue import rules
from tests.data_quality.conftest import terms_of
from tests.data_quality.engine import Engine
from tests.data_quality.messages import unreadable
from tests.data_quality.performance_cases import EXPECTED, cases_of, figures

RULES = [rule for rule in rules() if rule.status == "active" and rule.family == "performance"]
PAIRS = [(rule, case) for rule in RULES for case in cases_of(rule, terms_of(rule))]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("performance"))
    filings = [f"{rule.rule_id}|{case}" for rule, case in PAIRS] + ["nothing"]
    engine.add("filing", [{"filing_id": name, "kind": "self_evaluation", "fiscal_year": 2023} for name in filings])
    engine.add("document", [{"document_id": name, "filing_id": name, "format": "text"} for name in filings])
    engine.put("performance_figure", [row for rule, case in PAIRS for row in figures(rule, terms_of(rule), case)])
    yield engine.build()
    engine.close()


def _outcomes(engine: Engine, rule_id: str, filing: str) -> list[str]:
    sql = f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND filing_id = '{filing}'"
    return [row[0] for row in engine.rows(sql)]


@pytest.mark.parametrize(("rule", "case"), PAIRS, ids=[f"{rule.rule_id}-{case}" for rule, case in PAIRS])
def test_a_rule_comes_out_as_its_case_says(judged: Engine, rule, case: str) -> None:
    assert _outcomes(judged, rule.rule_id, f"{rule.rule_id}|{case}") == [EXPECTED[case]]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_a_rule_is_not_applicable_to_a_paper_without_performance_forms(judged: Engine, rule) -> None:
    assert _outcomes(judged, rule.rule_id, "nothing") == ["not_applicable"]


def test_a_finding_tells_both_sides_and_where_they_stand(judged: Engine) -> None:
    ((message, evidence),) = judged.rows(
        "SELECT message_zh, evidence FROM quality.finding WHERE filing_id = 'PF01-P01|breaks' AND rule_id = 'PF01-P01'"
    )

    for told in ("预算执行率等于执行数除以预算数", "《自评表》路灯", "1025", "50 ÷ 200（25%）", "第1–3行"):
        assert told in message
    assert "{" not in message
    assert '"side":"lhs"' in evidence


def test_a_finding_says_what_the_relation_demands(judged: Engine) -> None:
    found = judged.rows("SELECT message_zh, message_en FROM quality.finding WHERE rule_id = 'PF01-P11'")

    assert found
    assert all("应不超过" in zh and "should not exceed" in en for zh, en in found)


def test_every_message_reads_well(judged: Engine) -> None:
    assert unreadable(judged.rows("SELECT message_zh, message_en FROM quality.finding")) == []


def test_no_finding_names_its_place_by_a_key_of_ours(judged: Engine) -> None:
    assert judged.rows("SELECT scope FROM quality.finding WHERE regexp_matches(scope, '·[a-z]')") == []
