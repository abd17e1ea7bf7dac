"""Words against tables: every rule of the family, and what must not be called a break."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from data_quality.catalogue import Rule, rules
from pipelines.disclosures.catalogue import vocabulary
from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import Engine
from tests.data_quality.papers import checks, figure, outcomes
from tests.data_quality.telling import add_words, judge_words, told

RULES = [rule for rule in rules() if rule.relation == "told_printed" and rule.status == "active"]
SUBJECTS = {
    "function:.*": "function:2080101",
    "(dept|gov)_economic:.*": "dept_economic:301",
    "project:.*": "project:路灯",
}
GENERAL = "general_public_budget"
CASES = {
    "holds": ("100.00", "1000000.00", "holds"),
    "breaks": ("120.00", "1000000.00", "broken"),
    "half_a_quantum": ("100.00", "1000050.00", "rounding"),
    "a_penny_more": ("100.00", "999949.99", "broken"),
    "not_told": (None, "1000000.00", "not_applicable"),
}


def _subject(rule: Rule) -> tuple[str, str]:
    if rule.subject_pattern:
        return SUBJECTS[rule.subject_pattern], "expenditure"
    return rule.measures[0], rule.measures[0]


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("words"))
    for rule in RULES:
        subject, measure = _subject(rule)
        for case, (words, printed, _) in CASES.items():
            cells = [figure("BG05", subject, printed, measure=measure, fund=GENERAL)]
            add_filing(engine, f"{rule.rule_id}|{case}", "budget", cells, ["BG05"])
            add_words(engine, f"{rule.rule_id}|{case}", [told(subject, words, measure=measure)] if words else [])
    yield engine.build()
    engine.close()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_a_rule_comes_out_as_its_case_says(evaluated: Engine, rule: Rule, case: str) -> None:
    filing = f"{rule.rule_id}|{case}"
    found = evaluated.rows(
        f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule.rule_id}' AND filing_id = '{filing}'"
    )

    assert found == [(CASES[case][2],)]


def test_every_measure_of_money_belongs_to_at_most_one_rule() -> None:
    looked_at = [measure for rule in RULES for measure in rule.measures]

    assert len(looked_at) == len(set(looked_at))
    assert set(looked_at) <= vocabulary().measures.keys()


def test_a_power_of_ten_is_named_as_the_likely_slip(tmp_path: Path) -> None:
    cells = [figure("BG05", "expenditure", "1234500.00", fund=GENERAL)]
    engine = judge_words(tmp_path, [told("expenditure", "1234500.00")], cells)

    ((zh, en),) = engine.rows("SELECT message_zh, message_en FROM quality.finding WHERE rule_id = 'TX-W01'")

    assert "10000 倍" in zh
    assert "10000 times" in en
    assert "{" not in zh + en


def test_a_figure_cut_off_instead_of_rounded_is_a_rounding(tmp_path: Path) -> None:
    cells = [figure("BG05", "expenditure", "877080.00", fund=GENERAL, quantum=Decimal("0.01"))]
    engine = judge_words(tmp_path, [told("expenditure", "87.70")], cells)

    (check,) = checks(engine, "TX-W01")

    assert (check["outcome"], check["hint"]) == ("rounding", "truncated")


FUNDS = [
    figure("BG01", "expenditure", "2000000.00", fund="all"),
    figure("BG05", "expenditure", "1000000.00", fund=GENERAL),
]


@pytest.mark.parametrize(
    ("words", "sentence", "outcome"),
    [
        ("200.00", "支出预算200.00万元", "holds"),
        ("150.00", "支出预算150.00万元", "not_evaluable"),
        ("200.00", "一般公共预算支出200.00万元", "broken"),
    ],
    ids=["another_fund_holds", "several_funds_accuse_nobody", "a_told_fund_counts"],
)
def test_words_that_leave_the_fund_open_may_mean_any(tmp_path: Path, words: str, sentence: str, outcome: str) -> None:
    engine = judge_words(tmp_path, [told("expenditure", words, sentence=sentence)], FUNDS)

    assert outcomes(engine, "TX-W01") == [outcome]


def test_all_money_told_may_be_more_than_the_part_that_is_printed(tmp_path: Path) -> None:
    cells = [figure("BG06", "dept_economic:301", "1000000.00", measure="expenditure", fund=GENERAL)]
    claim = told("dept_economic:301", "120.00", measure="expenditure", fund="all", sentence="工资福利支出120.00万元")

    assert outcomes(judge_words(tmp_path, [claim], cells), "TX-W06") == ["not_evaluable"]


def test_a_class_and_its_section_of_one_name_may_be_meant_for_each_other(tmp_path: Path) -> None:
    cells = [
        figure("BG06", f"dept_economic:{code}", value, measure="expenditure", fund=GENERAL, label="其他资本性支出")
        for code, value in (("310", "1983200.00"), ("31099", "1912500.00"))
    ]
    claim = told("dept_economic:31099", "198.32", measure="expenditure")

    assert outcomes(judge_words(tmp_path, [claim], cells), "TX-W06") == ["holds"]


def test_words_and_tables_meet_across_the_files_of_a_filing(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    add_filing(engine, "f", "budget", [figure("BG05", "expenditure", "1000000.00", fund=GENERAL)], ["BG05"])
    add_words(engine, "f", [{**told("expenditure", "90.00"), "document_id": "words"}])

    assert outcomes(engine.build(), "TX-W01") == ["broken"]


def test_the_same_figure_told_again_is_one_check_and_two_figures_are_two(tmp_path: Path) -> None:
    claims = [told("expenditure", "100.00"), told("expenditure", "100.00"), told("expenditure", "90.00")]
    engine = judge_words(tmp_path, claims, [figure("BG05", "expenditure", "1000000.00", fund=GENERAL)])

    assert sorted(outcomes(engine, "TX-W01")) == ["broken", "holds"]


def test_a_break_is_told_with_the_sentence_and_the_cell(tmp_path: Path) -> None:
    engine = judge_words(
        tmp_path, [told("expenditure", "90.00")], [figure("BG05", "expenditure", "1000000.00", fund=GENERAL)]
    )

    ((difference, evidence),) = engine.rows("SELECT difference, evidence FROM quality.finding")

    assert difference == Decimal(-100_000)
    assert '"kind":"claim"' in evidence
    assert '"kind":"amount"' in evidence
