"""Forms of an invented self-evaluation: one project each, its money, goals, marks and grade, with everything right.

Two shapes: ``form_by_columns`` prints every stage of the money, points and marks of each indicator; ``form_by_pairs``
prints one budget, and marks without points. Does not belong here: the reports that introduce the forms (``reports``).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, groupby
from typing import Protocol, TypeVar

from tests.typeset.model import Cell, Row, Table

CENT = Decimal("0.01")
GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
_STAGES = ("年初预算数", "全年预算数(A)", "全年执行数(B)")
_PAIRS = ("预算安排情况（调整后）", "资金到位情况", "资金执行情况")
_LEVELS = ("一级指标", "二级指标", ("三级指标", 2))
LEVEL_POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10, "预算执行率": 10}


class _Levelled(Protocol):
    @property
    def level(self) -> str: ...

    @property
    def section(self) -> str: ...


Levelled = TypeVar("Levelled", bound=_Levelled)
"""What stands below a level and a section of it."""


@dataclass(frozen=True)
class Goal:
    """One indicator: its level, name, target, what was reached, its points and its mark."""

    level: str
    section: str
    name: str
    target: str
    actual: str
    points: int
    mark: str
    """A number, or a word for all the points."""

    @property
    def given(self) -> Decimal:
        """The mark as a number."""
        return Decimal(self.mark) if self.mark.isdigit() or "." in self.mark else Decimal(self.points)


@dataclass(frozen=True)
class Evaluated:
    """One project as its form tells of it; money in 万元."""

    name: str
    body: str
    initial: Decimal
    adjusted: Decimal
    executed: Decimal
    goal: str
    result: str
    goals: tuple[Goal, ...]
    other: str = ""
    """What is printed of other money: nothing, or ``0.00``."""

    @property
    def rate(self) -> Decimal:
        """Executed of the budget, in percent."""
        return (self.executed * 100 / self.adjusted).quantize(CENT, ROUND_HALF_UP)

    @property
    def rate_mark(self) -> Decimal:
        """The mark of the rate, of ten points."""
        return (self.rate / 10).quantize(CENT, ROUND_HALF_UP)

    @property
    def score(self) -> Decimal:
        """All marks together, that of the rate among them, whether it is an indicator or not."""
        marks = sum((goal.given for goal in self.goals), Decimal(0))
        return marks if any(goal.level == "预算执行率" for goal in self.goals) else marks + self.rate_mark

    @property
    def grade(self) -> str:
        """The grade of the score."""
        return next(grade for grade, least in GRADES if self.score >= least)


def row(*cells: str | tuple[str, int] | tuple[str, int, int]) -> Row:
    """Make a row of cells given as texts, or as text, columns and rows."""
    made = [(cell,) if isinstance(cell, str) else cell for cell in cells]
    return tuple(Cell(each[0], None, *(reversed((*each[1:], 1, 1)[:2]))) for each in made)


def below_levels(
    rows: Sequence[Levelled],
    level: Callable[[Sequence[Levelled]], str],
    section: Callable[[Sequence[Levelled]], str],
) -> Iterator[tuple[list[tuple[str, int, int]], Levelled]]:
    """Yield rows with the cells before them: levels and sections stand before their first row, over all of them.

    ``level`` and ``section`` name one by its rows.
    """
    for _, of_level in groupby(rows, lambda each: each.level):
        listed = list(of_level)
        lead = [(level(listed), 1, len(listed))]
        for _, of_section in groupby(listed, lambda each: each.section):
            members = list(of_section)
            lead.append((section(members), 1, len(members)))
            for each in members:
                yield lead, each
                lead = []


def _goal_rows(goals: Sequence[Goal], cells: int, *, with_points: bool) -> Iterator[Row]:
    def level(goals: Sequence[Goal]) -> str:
        return f"{goals[0].level}（{LEVEL_POINTS[goals[0].level]}分）"

    for lead, goal in below_levels(goals, level, lambda goals: goals[0].section):
        marks = (str(goal.points), goal.mark) if with_points else (goal.mark,)
        yield row(*lead, (goal.name, 2), goal.target, goal.actual, *marks, *[""] * cells)


def form_by_columns(project: Evaluated, year: int) -> Table:
    """The form with a column for every stage of the money."""
    money = [str(amount) for amount in (project.initial, project.adjusted, project.executed)]
    other = [project.other] * 3
    body = [
        row(("项目名称", 2), (project.name, 4), ("主管部门", 2), (project.body, 2)),
        row(("项目预算执行情况（10分）", 1, 4), "", *_STAGES, "分值", "执行率(B/A)", ("得分", 3)),
        row("年度资金总额", *money, "10", f"{project.rate}%", (str(project.rate_mark), 3)),
        row("其中：当年财政拨款", *money, "-", "", ("-", 3)),
        row("其他资金", *other, "-", "", ("-", 3)),
        row(("年度总体目标", 1, 2), ("年初预期目标", 4), ("目标实际完成情况", 5)),
        row((project.goal, 4), (project.result, 5)),
        row(("绩效指标", 1, len(project.goals) + 1), *_LEVELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
        *_goal_rows(project.goals, 1, with_points=True),
        row(("总分", 7), "100", str(project.score), ""),
    ]  # fmt: skip
    return _form(project, year, body, 10)


def form_by_pairs(project: Evaluated, year: int, completion: str = "100%") -> Table:
    """The form whose amounts stand each behind its label, and whose marks have no points."""
    one, spent = str(project.adjusted), str(project.executed)
    labels = ("预算数：", "到位数：", "执行数：")
    body = [
        row(("一、基本情况", 1), "项目名称", (project.name, 3), ("实施预算单位", 2), project.body),
        row(("二、预算执行情况", 1, 4), *((word, 2) for word in _PAIRS), "预算执行进度"),
        row(*chain(*zip(labels, (one, one, spent), strict=True)), (f"{project.rate}%", 1, 3)),
        row(*[cell for amount in (one, one, spent) for cell in ("其中：财政资金", amount)]),
        row(*[cell for _ in range(3) for cell in ("其他", project.other)]),
        row(("三、目标完成情况", 1, 2), ("年度预期目标", 3), ("具体完成情况", 3), "总体完成率"),
        row((project.goal, 3), (project.result, 3), completion),
        row(("四、年度绩效指标完成情况", 1, len(project.goals) + 3), *_LEVELS, "预期指标值", "实际完成值", "自评得分"),
        *_goal_rows(project.goals, 0, with_points=False),
        row(("总分", 6), str(project.score)),
        row(("评价等级", 6), project.grade),
    ]  # fmt: skip
    return _form(project, year, body, 8)


def _form(project: Evaluated, year: int, body: Sequence[Row], width: int) -> Table:
    caption = (f"（{year}年度）", "金额单位：万元")
    return Table("PF01", "项目支出绩效自评表", "万元", caption, (), (), tuple(body), width)


def summary(projects: Sequence[Evaluated], department: str, year: int) -> Table:
    """The list of all projects with money, score and grade."""
    words = ("序号", "项目名称", "预算数", "执行数", "执行进度", "自评得分", "自评等级")
    rows = [
        row(str(number), each.name, *map(str, (each.adjusted, each.executed, f"{each.rate}%", each.score, each.grade)))
        for number, each in enumerate(projects, 1)
    ]  # fmt: skip
    caption = (f"部门：{department}", "金额单位：万元")
    header = (row(*words),)
    return Table("PF03", f"{year}年度项目支出绩效自评情况汇总表", "万元", caption, header, (), tuple(rows), len(words))
