"""Errors in self-evaluations: weights, rates, scores, grades, copied projects, and what the summary says of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.planting.evaluations import Evaluated, Evaluation, with_form
from tests.planting.model import Where

Found = tuple[Evaluation, Where]
Plant = Callable[[Evaluation, random.Random], Found | None]


def _in_form(change: Callable[[Evaluated], dict[str, object] | None]) -> Plant:
    """Change one project's form; the project's name tells the place."""

    def plant(paper: Evaluation, pick: random.Random) -> Found | None:
        number = pick.randrange(len(paper.projects))
        changed = change(paper.projects[number])
        where = Where(words=(paper.projects[number].listed.name,))
        return (with_form(paper, number, **changed), where) if changed else None

    return plant


def _goals(change: dict[str, str], number: int) -> Callable[[Evaluated], dict[str, object]]:
    def changed(project: Evaluated) -> dict[str, object]:
        goals = list(project.form.goals)
        goals[number] = replace(goals[number], **change)
        return {"goals": tuple(goals)}

    return changed


def _above_weight(project: Evaluated) -> dict[str, object]:
    """A score above its weight, in a total that adds up; the summary is not touched, nor is the total."""
    return _goals({"score": "25"}, 0)(project)


def _lower(figure: str, by: str) -> str:
    percent = "%" if figure.endswith("%") else ""
    return f"{Decimal(figure.rstrip('%')) - Decimal(by)}{percent}"


def _missed(project: Evaluated) -> dict[str, object]:
    """The first target is missed by far, and gets full marks."""
    goal = project.form.goals[0]
    reached = f"{int(goal.number) // 2}{goal.unit}"
    return _goals({"actual": reached, "score": goal.weight}, 0)(project) if goal.score == goal.weight else {}


def copied_form(paper: Evaluation, pick: random.Random) -> Found | None:
    """The second project's form repeats the first one's money, targets and scores under its own name."""
    first, second = paper.projects[:2]
    copy = replace(first.form, name=second.form.name, code=second.form.code)
    return replace(paper, projects=(first, replace(second, form=copy), *paper.projects[2:])), Where(
        words=(second.form.name,)
    )


def other_project(paper: Evaluation, pick: random.Random) -> Found | None:
    """The second project's form bears the first one's name."""
    first, second = paper.projects[:2]
    return with_form(paper, 1, name=first.form.name), Where(words=(first.form.name, second.form.name))


def _in_summary(change: Callable[[Evaluated, random.Random], Evaluated]) -> Plant:
    """Change what the summary says of one project; the project's name tells the place."""

    def plant(paper: Evaluation, pick: random.Random) -> Found | None:
        number = pick.randrange(len(paper.projects))
        project = change(paper.projects[number], pick)
        projects = (*paper.projects[:number], project, *paper.projects[number + 1 :])
        return replace(paper, projects=projects), Where(words=(project.listed.name,))

    return plant


def _other_grade(project: Evaluated, pick: random.Random) -> Evaluated:
    return replace(project, grade=pick.choice([grade for grade in "优良中" if grade != project.grade]))


def _other_score(project: Evaluated, pick: random.Random) -> Evaluated:
    return replace(project, listed=replace(project.listed, score=_lower(project.listed.score, "0.9")))


def _other_rate(project: Evaluated, pick: random.Random) -> Evaluated:
    return replace(project, listed=replace(project.listed, rate=_lower(project.listed.rate, "4.5")))


def wrong_count(paper: Evaluation, pick: random.Random) -> Found | None:
    """The words tell another number of projects than there are."""
    wrong = paper.count_told + pick.choice((1, 2, 3))
    return replace(paper, count_told=wrong), Where(words=(f"自评项目{wrong}个",))


def told_score_wrong(paper: Evaluation, pick: random.Random) -> Found | None:
    """A sentence tells another score of a project than its form."""
    project = pick.choice(paper.projects).form
    wrong = _lower(project.score, "2.5")
    words = f"{project.name}项目自评得分{wrong}分。"
    return replace(paper, remarks=(*paper.remarks, words)), Where(words=(wrong, project.name))


ERRORS: dict[str, Plant] = {
    "weights are not a hundred": _in_form(_goals({"weight": "26"}, 0)),
    "score above its weight": _in_form(_above_weight),
    "execution rate wrong": _in_form(lambda project: {"rate": _lower(project.form.rate, "3.1")}),
    "score of the rate wrong": _in_form(lambda project: {"rate_score": _lower(project.form.rate_score, "1.1")}),
    "total score wrong": _in_form(lambda project: {"score": _lower(project.form.score, "3.1")}),
    "more spent than planned": _in_form(
        lambda project: {"executed": f"{Decimal(project.form.adjusted) * Decimal('1.4'):.2f}"}
    ),
    "missed target with full marks": _in_form(_missed),
    "unit of another kind": _in_form(_goals({"unit": "个", "actual": "90个"}, 1)),
    "grade does not fit": _in_summary(_other_grade),
    "summary and form differ": _in_summary(_other_score),
    "rate of the summary wrong": _in_summary(_other_rate),
    "form of another project": copied_form,
    "name of another project": other_project,
    "number of projects wrong": wrong_count,
    "told score wrong": told_score_wrong,
}
