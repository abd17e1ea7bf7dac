"""The generated suites find the broken rows, and tell an error of ours from a finding."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from data_quality import suites
from data_quality.asset_checks import family_outcomes
from data_quality.catalogue import FAMILIES, rules
from tests.data_quality.papers import figure, judge

BREAK = [figure("BG01", "income_grand_total", "1000.00"), figure("BG01", "expenditure_grand_total", "9000.00")]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine = judge(tmp_path_factory.mktemp("broken"), BREAK, kind="budget")
    engine.close()
    return engine.path


def test_a_suite_reports_each_broken_row_with_its_scope_and_both_sides(database: Path, tmp_path: Path) -> None:
    summary = suites.validate(database, tmp_path / "validations")

    assert summary.broken == {"BG01-S01": 1}
    assert summary.expectations == sum(rule.status == "active" for rule in rules())
    assert (summary.silent, summary.errors, summary.sound) == ((), (), True)
    results = {
        result["expectation_config"]["meta"]["rule_id"]: result
        for path in summary.files
        for result in json.loads(path.read_text(encoding="utf-8"))["results"]
    }
    (row,) = results["BG01-S01"]["result"]["unexpected_index_list"]
    assert (row["document_id"], row["scope"]) == ("f", "《BG01》")
    assert (row["lhs"], row["rhs"], row["difference"]) == ("1000.0000000000", "9000.0000000000", "-8000.0000000000")


def test_what_holds_is_one_row_a_rule_and_its_number_is_told(database: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(database, tmp_path / database.name))
    with duckdb.connect(str(copy)) as connection:
        connection.execute("""
            INSERT INTO quality."check" BY NAME
            SELECT one.* REPLACE (check_id || '-' || number AS check_id, 'holds' AS outcome)
            FROM quality."check" AS one, range(5) AS more (number) WHERE rule_id = 'BG01-S01'
        """)
        rows = connection.execute(suites._ROWS).fetchall()
    assert [row[1] for row in rows if row[0] == "BG01-S01"] == ["broken", "holds"]

    summary = suites.validate(copy, tmp_path)

    assert summary.broken == {"BG01-S01": 1}
    (told,) = [
        result["expectation_config"]["meta"]["checks"]
        for result in json.loads((tmp_path / "budget.json").read_text(encoding="utf-8"))["results"]
        if result["expectation_config"]["meta"]["rule_id"] == "BG01-S01"
    ]
    assert told == {"broken": 1, "holds": 5}


def test_an_exception_is_an_error_of_ours_and_not_a_finding(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        suites, "_ROWS", suites._ROWS.replace("rule_id, outcome, NULL", "rule_id, outcome AS result, NULL", 1)
    )
    monkeypatch.setattr(suites, "_checks", lambda rows: {})

    summary = suites.validate(database, tmp_path)

    assert summary.broken == {}
    assert len(summary.errors) == summary.expectations
    assert not summary.sound


def test_each_family_tells_its_counts_and_a_break_is_only_a_warning(database: Path) -> None:
    outcomes = {outcome.family: outcome for outcome in family_outcomes(database)}

    assert list(outcomes) == list(FAMILIES)
    assert outcomes["form_sum"].counts["broken"] == 1
    assert (outcomes["form_sum"].passed, outcomes["form_sum"].severity) == (False, "WARN")
    assert outcomes["hierarchy"].passed


def test_a_silent_rule_is_an_error_of_its_family(tmp_path: Path) -> None:
    engine = judge(tmp_path, [figure("FA01", "income", "1000.00"), figure("FA02", "function:201", "1.00", measure="x")])
    engine.close()

    (outcome,) = [o for o in family_outcomes(engine.path) if o.family == "same_quantity"]

    assert (outcome.severity, outcome.passed) == ("ERROR", False)
    assert outcome.counts["silent"] >= 1
