"""The performance forms of real disclosures, counted by hand and compared with known answers."""

import csv
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipelines.disclosures.facts import Facts, IndicatorFact
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document
from tests.performance.typeset import yuan


@cache
def _understand(path: Path) -> Facts:
    return understand(read_document(path, path.name))


def _facts(shared: Path, number: str) -> Facts:
    [path] = (shared / "disclosures").glob(f"{number}_*.txt")
    return _understand(path)


def _counts(facts: Facts, form_code: str | None = None) -> list[int]:
    """How many indicators each project of a kind of form has, in the order of the page."""
    per_project = Counter(i.project_id for i in facts.indicators if i.row_kind == "indicator")
    return [per_project[p.project_id] for p in facts.projects if form_code in (None, p.form_code)]


def _table(facts: Facts, table_no: int) -> list[IndicatorFact]:
    return [indicator for indicator in facts.indicators if indicator.table_no == table_no]


def test_22_self_evaluations_are_as_printed_contradictions_included(shared: Path) -> None:
    facts = _facts(shared, "001")
    with (shared / "truth" / "001" / "projects.csv").open(encoding="utf-8-sig") as file:
        truth = list(csv.DictReader(file))
    amounts = {(a.project_id, a.stage, a.source): a.amount_yuan for a in facts.project_amounts}
    assert len(facts.projects) == len(truth) == 22
    for project, row in zip(facts.projects, truth, strict=True):
        assert (project.project, project.implementing_unit or "") == (row["project"], row["unit"])
        assert (project.execution_rate_printed, project.grade) == (row["progress_printed"], row["grade"])
        assert project.score == Decimal(row["total_score"])
        stages = {"budget": "adjusted_budget", "received": "received", "executed": "final"}
        for column, stage in stages.items():
            assert amounts[project.project_id, stage, None] == yuan(row[column])
            assert amounts[project.project_id, stage, "财政资金"] == yuan(row[f"{column}_fiscal"])
        assert (project.adjusted_budget_yuan, project.executed_yuan) == (yuan(row["budget"]), yuan(row["executed"]))
        assert project.initial_budget_yuan is None
    assert _counts(facts) == [10, 15, 7, 7, 8, 7, 7, 8, 5, 9, 10, 10, 8, 7, 8, 9, 8, 9, 8, 6, 4, 6]


def test_five_forms_and_a_summary_of_38_projects(shared: Path) -> None:
    facts = _facts(shared, "000")
    assert Counter(project.form_code for project in facts.projects) == {"PF03": 38, "PF01": 5}
    assert _counts(facts, "PF01") == [14, 13, 9, 15, 9]
    summary = [project for project in facts.projects if project.form_code == "PF03"]
    assert (summary[4].project, summary[4].score, summary[4].grade) == (
        "(先创区) 社保稽核劳务费",
        Decimal("97.86"),
        "优",
    )
    assert Counter(project.grade for project in summary) == {"优": 37, "良": 1}


def test_forms_with_code_and_name_in_one_cell_and_the_index_of_the_department(shared: Path) -> None:
    facts = _facts(shared, "003")
    assert _counts(facts) == [6, 5, 9, 6, 9, 7, 6]
    first = facts.projects[0]
    assert (first.project_code, first.project) == ("51090422T000005836329", "人才发展资金")
    assert (first.initial_budget_yuan, first.adjusted_budget_yuan) == (Decimal(90000), Decimal(1336300))
    index = [indicator for indicator in facts.indicators if indicator.project is None]
    assert len(index) == 12
    assert (sum(i.weight or 0 for i in index), sum(i.score or 0 for i in index)) == (100, 89)


def test_ten_forms_of_targets(shared: Path) -> None:
    facts = _facts(shared, "004")
    assert {project.form_code for project in facts.projects} == {"PF02"}
    assert _counts(facts) == [9, 11, 11, 10, 10, 10, 14, 10, 9, 10]
    assert facts.projects[-1].initial_budget_yuan == Decimal("6900701.59")


def test_both_score_tables_and_the_index_system_of_an_evaluation(shared: Path) -> None:
    facts = _facts(shared, "002")
    first, second, system = _table(facts, 1), _table(facts, 3), _table(facts, 4)
    for table in (first, second):
        assert Counter(i.row_kind for i in table) == {"indicator": 34, "subtotal": 4, "total": 1}
        assert sum(i.score or 0 for i in table if i.row_kind == "indicator") == 81
    meaning = [(i.level1, i.level2, i.level3, i.weight, i.score) for i in first]
    assert meaning == [(i.level1, i.level2, i.level3, i.weight, i.score) for i in second]
    assert Counter(i.level1 for i in system) == {"投入": 7, "过程": 15, "产出": 7, "效益": 6}
    assert (len(system), facts.projects) == (35, ())


def test_forms_of_targets_in_a_pdf_are_in_yuan(shared: Path) -> None:
    facts = _understand(shared / "disclosures" / "real" / "普陀区万里街道办事处_2023_部门预算.pdf")
    assert _counts(facts, "PF02") == [5, 4, 4, 43, 9]
    last = facts.projects[-1]
    amounts = {(a.stage, a.source): a.amount_yuan for a in facts.project_amounts if a.project_id == last.project_id}
    assert amounts["initial_budget", None] == amounts["whole_project", None] == Decimal("10903043.00")
    assert amounts["initial_budget", "当年财政拨款"] == Decimal("11419043.00")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_nothing_of_a_performance_form_is_left_over(shared: Path, number: str) -> None:
    facts = _facts(shared, number)
    left = [one.text for one in facts.unplaced if one.what == "performance_row" or "绩效" in one.reason]
    assert left == []


def test_claims_of_a_report_know_the_project_its_heading_names(shared: Path) -> None:
    for number, expected in (("001", 13), ("003", 7), ("000", 1)):
        facts = _facts(shared, number)
        names = {project.project_id: project.project for project in facts.projects}
        told = {names[claim.project_id] for claim in facts.claims if claim.project_id}
        assert len(told) == expected
