"""What rules see of a performance paper: money, marks and grades of a form, its summary, and what is told of it."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.data_quality.engine import Engine

PROJECT = {
    "project_id": "p", "form_code": "PF01", "form_title": "自评表", "project": "路灯维护费", "table_no": 1,
    "execution_rate_printed": "50.0%", "rate_points": 10, "rate_score": 5, "score": 95, "grade": "优", "line_no": 1,
}  # fmt: skip
MONEY = [("adjusted_budget", None, 200), ("final", None, 100)]
ROWS = [("产出指标", 50, 30, 30), ("产出指标", 50, 20, 20), ("效益指标", 40, 40, 40)]


def _judge(
    folder: Path,
    *,
    projects: Iterable[Mapping[str, Any]] = (PROJECT,),
    money: Iterable[tuple[str, str | None, int]] = MONEY,
    rows: Iterable[tuple[str, int | None, int | None, int]] = ROWS,
    claims: Iterable[Mapping[str, Any]] = (),
    paragraphs: Iterable[str] = (),
    cells: Iterable[Mapping[str, Any]] = (),
    **indicator: Any,
) -> Engine:
    engine = Engine(folder)
    common = {"filing_id": "f", "document_id": "d"}
    engine.add("filing", [{"filing_id": "f", "kind": "self_evaluation", "fiscal_year": 2023}])
    engine.add("document", [common | {"format": "text"}])
    engine.add("project", [common | project for project in projects])
    engine.add("project_amount", [
        common | {"project_amount_id": f"{stage}{source}", "project_id": "p", "stage": stage, "source": source,
                  "amount_yuan": amount * 10_000, "quantum_yuan": 100, "printed": str(amount)}
        for stage, source, amount in money
    ])  # fmt: skip
    engine.add("indicator", [
        common | {"indicator_id": f"i{no}", "project_id": "p", "table_no": 1, "row_kind": "indicator", "level1": level,
                  "level1_points": points, "level2": "数量指标", "level3": f"路灯{no}", "weight": weight,
                  "score": score,
                  "score_text": str(score), "line_no": no} | indicator
        for no, (level, points, weight, score) in enumerate(rows)
    ])  # fmt: skip
    engine.add(
        "claim", [common | {"claim_id": f"c{no}", "sentence": "所述"} | claim for no, claim in enumerate(claims)]
    )
    engine.add("performance_cell", [common | cell for cell in cells])
    engine.add("paragraph", [common | {"paragraph_id": f"t{no}", "text": text} for no, text in enumerate(paragraphs)])
    return engine.build()


def _broken(engine: Engine) -> list[str]:
    return [row[0] for row in engine.rows("SELECT rule_id FROM quality.finding ORDER BY rule_id")]


def _cell(fact: str, field: str, printed: str, page: int) -> dict[str, Any]:
    """A cell whose left edge tells which fact it is of."""
    return {"fact_id": fact, "field": field, "printed": printed, "page_no": page, "x0": page * 100 + len(fact), "y0": 1,
            "x1": 2, "y1": 3}  # fmt: skip


def test_evidence_stands_in_the_cell_of_each_figure_on_its_own_page(tmp_path: Path) -> None:
    cells = [_cell("p", "rate", "51.0%", 2), _cell("finalNone", "amount", "100", 3)]
    engine = _judge(tmp_path, projects=[PROJECT | {"execution_rate_printed": "51.0%"}], cells=cells)
    [(told,)] = engine.rows("SELECT evidence FROM quality.finding")
    places = {fact["id"]: (fact["page_no"], fact["bbox"]) for fact in json.loads(told)}
    assert places == {"p": (2, [201, 1, 2, 3]), "finalNone": (3, [309, 1, 2, 3]), "adjusted_budgetNone": (None, None)}


def test_the_evidence_of_a_sum_is_every_figure_it_is_made_of(tmp_path: Path) -> None:
    rows = [("产出指标", 50, 30, 30), ("产出指标", 50, 10, 10), ("效益指标", 40, 40, 40)]
    cells = [_cell("i0", "weight", "30", 1), _cell("i1", "weight", "10", 2), _cell("i0", "level1_points", "50", 1)]
    engine = _judge(tmp_path, rows=rows, cells=cells)
    found = engine.rows("SELECT evidence FROM quality.finding WHERE scope LIKE '%产出指标'")
    assert found
    sides = [{(fact["id"], fact["printed"], fact["page_no"]) for fact in json.loads(told)} for (told,) in found]
    assert {("i0", "30", 1), ("i1", "10", 2), ("i0", "50", 1)} in sides


def test_a_form_whose_figures_agree_has_no_finding(tmp_path: Path) -> None:
    engine = _judge(tmp_path)

    assert _broken(engine) == []
    assert (
        engine.rows("SELECT count(*) FROM quality.\"check\" WHERE rule_id LIKE 'PF%' AND outcome = 'holds'")[0][0] > 10
    )


def test_a_rate_that_is_not_executed_by_budget_is_broken(tmp_path: Path) -> None:
    assert _broken(_judge(tmp_path, projects=[PROJECT | {"execution_rate_printed": "51.0%"}])) == ["PF01-P01"]


def test_figures_are_compared_to_the_last_place_that_is_printed(tmp_path: Path) -> None:
    printed = {"operator": "≤", "target": "≤35.4251万元", "target_value": "35.4251", "target_unit": "万元",
               "actual": "35.4254万元"}  # fmt: skip
    engine = _judge(tmp_path, **printed)

    assert set(_broken(engine)) == {"PF01-P32"}
    assert engine.rows("SELECT DISTINCT lhs, rhs FROM quality.finding") == [(Decimal("35.4254"), Decimal("35.4251"))]


def test_full_marks_for_half_the_budget_need_an_explanation(tmp_path: Path) -> None:
    assert _broken(_judge(tmp_path, projects=[PROJECT | {"rate_score": 10, "score": 100}])) == ["PF01-P03"]


def test_a_rate_score_rounded_to_the_places_it_shows_is_no_break(tmp_path: Path) -> None:
    project = PROJECT | {"execution_rate_printed": "85.80%", "rate_score": "8.6", "score": "98.6"}
    money = [("adjusted_budget", None, 1000), ("final", None, 858)]

    assert _broken(_judge(tmp_path, projects=[project], money=money)) == []


def test_a_missing_weight_breaks_level_and_form_with_one_root(tmp_path: Path) -> None:
    engine = _judge(tmp_path, rows=[("产出指标", 50, 30, 30), ("产出指标", 50, 10, 20), ("效益指标", 40, 40, 40)])

    assert _broken(engine) == ["PF01-P05", "PF01-P07", "PF01-P11"]
    assert engine.rows("SELECT DISTINCT root.rule_id FROM quality.finding JOIN quality.finding AS root "
                       "ON finding.root_id = root.finding_id") == [("PF01-P11",)]  # fmt: skip


def test_scores_that_do_not_add_up_to_the_total_are_broken(tmp_path: Path) -> None:
    assert _broken(_judge(tmp_path, projects=[PROJECT | {"score": 96}])) == ["PF01-P13"]


def test_a_level_without_weights_is_held_to_its_heading(tmp_path: Path) -> None:
    rows = [("产出指标", 50, None, 50), ("效益指标", 40, None, 45)]

    assert _broken(_judge(tmp_path, rows=rows, projects=[PROJECT | {"score": 100}])) == ["PF01-P12"]


def test_a_source_larger_than_the_total_shares_its_root_with_the_sum(tmp_path: Path) -> None:
    money = [*MONEY, ("final", "财政资金", 110), ("final", "其他资金", 0)]
    engine = _judge(tmp_path, money=money)

    assert _broken(engine) == ["PF01-P24", "PF01-P25"]
    assert len(engine.rows("SELECT DISTINCT root_id FROM quality.finding")) == 1


def test_the_papers_own_scale_goes_before_the_usual_one(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    own = tmp_path / "own"
    usual.mkdir()
    own.mkdir()
    project = PROJECT | {"grade": "良"}
    scale = "自评得分在 90（含）-100 为“优”，80（含）-90 为“良”，60（含）-80 为“中”，60 分以下为“差”；"

    assert _broken(_judge(usual, projects=[project])) == ["PF01-P18"]
    assert _broken(_judge(own, projects=[project], paragraphs=[scale])) == ["PF01-P16"]


def test_full_marks_for_a_missed_target_need_an_explanation(tmp_path: Path) -> None:
    target = {"operator": "≥", "target": "≥95%", "target_value": 95, "target_unit": "%"}

    missed = tmp_path / "missed"
    other = tmp_path / "other"
    missed.mkdir()
    other.mkdir()
    assert set(_broken(_judge(missed, actual="90%", **target))) == {"PF01-P31"}
    assert _broken(_judge(other, actual="90家", **target)) == []


def test_a_score_told_otherwise_than_printed_is_broken(tmp_path: Path) -> None:
    claim = {"subject": "project:路灯维护费", "figure": "score", "measure": "score", "value": 96, "unit": "分"}

    assert _broken(_judge(tmp_path, claims=[claim])) == ["PF01-P20"]


def test_a_told_budget_may_be_the_initial_or_the_adjusted_one(tmp_path: Path) -> None:
    money = [("initial_budget", None, 0), *MONEY]
    claim = {"subject": "project:路灯", "figure": "amount", "measure": "project_expenditure", "unit": "万元",
             "stage": "initial_budget", "value": 200, "value_yuan": 2_000_000, "quantum_yuan": 10_000}  # fmt: skip

    assert _broken(_judge(tmp_path, money=money, claims=[claim])) == []


def test_a_summary_with_another_score_than_the_form_is_broken(tmp_path: Path) -> None:
    row = {"project_id": "s", "form_code": "PF03", "form_title": "汇总表", "project": "（高新区）路灯维护费",
           "score": 94,
           "grade": "优", "table_no": 2}  # fmt: skip

    assert _broken(_judge(tmp_path, projects=[PROJECT, row])) == ["PF01-P19"]


def test_fewer_forms_than_projects_told_need_an_explanation(tmp_path: Path) -> None:
    claim = {"subject": "performance:self_evaluation", "figure": "count", "measure": "performance_projects", "value": 3,
             "unit": "个"}  # fmt: skip

    assert _broken(_judge(tmp_path, claims=[claim])) == ["PF01-P28"]


def test_a_label_that_slid_over_a_page_break_wrongs_no_weight(tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    common = {"filing_id": "f", "document_id": "d", "table_no": 1, "row_kind": "indicator", "level1": "过程",
              "level1_points": 14}  # fmt: skip
    sections = [("预算管理", 8, 2), ("预算管理", 8, 4), ("资产管理", 6, 2), ("资产管理", 6, 6)]
    engine.add("filing", [{"filing_id": "f", "kind": "evaluation", "fiscal_year": 2023}])
    engine.add("document", [{"document_id": "d", "filing_id": "f", "format": "text"}])
    engine.add("indicator", [
        common | {"indicator_id": f"i{no}", "level2": name, "level2_points": points, "level3": str(no),
                  "weight": weight}
        for no, (name, points, weight) in enumerate(sections)
    ])  # fmt: skip

    outcomes = engine.build().rows("SELECT outcome FROM quality.\"check\" WHERE rule_id = 'PF01-P08'")

    assert outcomes == [("not_evaluable",), ("not_evaluable",)]
