"""A form set from known facts reads back exactly, in every shape, wherever its rows slid."""

import random
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosures.performance import Performance
from tests.performance import typeset
from tests.performance.strategies import projects
from tests.performance.typeset import Project, yuan

FEW = settings(max_examples=40, deadline=None)


def _indicators(found: Performance) -> list[tuple[object, ...]]:
    return [
        (i.level1, i.level2, i.level3, i.operator, i.target_value, i.target_unit, i.score)
        for i in found.indicators
        if i.row_kind == "indicator"
    ]


def _expected(project: Project, scored: bool = True, quality: str | None = None) -> list[tuple[object, ...]]:
    return [
        (
            g.level1,
            g.level2,
            g.name,
            g.operator or quality,
            Decimal(g.number),
            g.unit,
            Decimal(g.score) if scored else None,
        )
        for g in project.goals
    ]


def _money(found: Performance) -> list[tuple[str, str | None, str]]:
    return sorted((amount.stage, amount.source or "", amount.printed) for amount in found.amounts)


@FEW
@given(projects)
def test_amounts_after_their_labels_read_back(project: Project) -> None:
    found = typeset.read(typeset.cell_lines(typeset.pairs(project)))
    [fact] = found.projects
    assert (fact.project, fact.form_code, fact.implementing_unit, fact.grade) == (project.name, "PF01", "某局", "优")
    assert (fact.initial_budget_yuan, fact.adjusted_budget_yuan) == (None, yuan(project.adjusted))
    assert (fact.executed_yuan, fact.execution_rate_printed) == (yuan(project.executed), project.rate)
    assert (fact.goal, fact.result, fact.completion_printed) == ("做好各项工作。", "各项工作已做好。", "100%")
    assert (fact.form_title, fact.fiscal_year, fact.problems) == ("部门预算项目绩效自评表", 2020, "无。")
    assert fact.score == Decimal(project.score)
    other = [(stage, "其他", project.other) for stage in ("adjusted_budget", "received", "final")]
    assert _money(found) == sorted(
        other + [
            (stage, source, printed)
            for stage, printed in [
                ("adjusted_budget", project.adjusted), ("received", project.adjusted), ("final", project.executed),
            ]
            for source in ("", "财政资金")
        ]
    )  # fmt: skip
    assert _indicators(found) == _expected(project)
    assert not found.unplaced


@FEW
@given(projects, st.integers(0, 10**6))
def test_amounts_after_a_head_row_read_back_wherever_rows_slid(project: Project, seed: int) -> None:
    rows = typeset.columns(project, random.Random(seed))
    found = typeset.read(f"区级预算项目支出绩效自评表\n\n金额单位：万元\n\n{typeset.tab_lines(rows)}\n")
    [fact] = found.projects
    assert (fact.initial_budget_yuan, fact.adjusted_budget_yuan) == (yuan(project.initial), yuan(project.adjusted))
    assert (fact.rate_points, fact.rate_score) == (Decimal(10), Decimal(project.rate_score))
    assert (fact.goal, fact.result) == ("做好各项工作。", "各项工作已做好。")
    assert fact.score == Decimal(project.score)
    assert _indicators(found) == _expected(project)
    assert not found.unplaced
    weights = [indicator.weight for indicator in found.indicators if indicator.row_kind == "indicator"]
    assert weights == [Decimal(goal.weight) for goal in project.goals]


@FEW
@given(st.lists(projects, min_size=1, max_size=3))
def test_forms_below_one_another_in_one_table_are_cut_at_their_titles(several: list[Project]) -> None:
    rows = [row for project in several for row in typeset.operators(project)]
    found = typeset.read(typeset.cell_lines(rows))
    assert [(fact.project_code, fact.project) for fact in found.projects] == [(p.code, p.name) for p in several]
    assert [fact.executed_yuan for fact in found.projects] == [yuan(p.executed) for p in several]
    assert [fact.score for fact in found.projects] == [Decimal(p.score) for p in several]
    assert {(fact.fiscal_year, fact.department, fact.conclusion) for fact in found.projects} == {
        (2023, "某局部门", "总体良好。")
    }
    assert {fact.note for fact in found.projects} == {"未达到90%的需说明原因"}
    assert _indicators(found) == [row for p in several for row in _expected(p, quality="定性")]
    assert not found.unplaced


@FEW
@given(projects)
def test_targets_read_back(project: Project) -> None:
    found = typeset.read(f"项目支出绩效目标表\n\n{typeset.tab_lines(typeset.targets(project))}\n")
    [fact] = found.projects
    assert (fact.form_code, fact.implementing_unit, fact.goal) == ("PF02", "某中心", "做好各项工作。")
    assert (fact.initial_budget_yuan, fact.adjusted_budget_yuan) == (yuan(project.initial), None)
    assert _indicators(found) == _expected(project, scored=False)
    assert not found.unplaced


@FEW
@given(projects)
def test_each_figure_is_told_where_it_is_printed(project: Project) -> None:
    text = typeset.cell_lines(typeset.pairs(project))
    found = typeset.read(text)
    lines = text.split("\n")
    facts = {amount.project_amount_id: {"amount": amount.printed} for amount in found.amounts}
    facts |= {each.project_id: {"rate": each.execution_rate_printed} for each in found.projects}
    facts |= {each.indicator_id: {"score": each.score_text, "target": each.target} for each in found.indicators}
    cells = {(cell.fact_id, cell.field): cell for cell in found.cells}
    assert len(cells) == len(found.cells)
    for fact, fields in facts.items():
        for name, printed in fields.items():
            if printed:
                assert cells[fact, name].printed == printed
    for cell in found.cells:
        line = cell.line_no
        assert line is not None
        assert _squeezed(cell.printed)[:3] in _squeezed(lines[line - 1])


def _squeezed(text: str) -> str:
    return "".join(text.split())
