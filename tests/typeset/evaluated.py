"""Forms of an invented self-evaluation: one project each, its money, goals, marks and grade, with everything right.

Two shapes: ``form_by_columns`` prints every stage of the money, points and marks of each indicator; ``form_by_pairs``
prints one budget, and marks without points. Does not belong here: the reports that introduce the forms (``reports``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from tests.typeset.model import Cell, Row, Table

CENT = Decimal("0.01")
GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
LEVEL_POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10, "预算执行率": 10}


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


def _row(*cells: str | tuple[str, int] | tuple[str, int, int]) -> Row:
    """Cells as texts, or as text, columns and rows."""
    made = [(cell,) if isinstance(cell, str) else cell for cell in cells]
    return tuple(Cell(each[0], None, *(reversed((*each[1:], 1, 1)[:2]))) for each in made)


def _goal_rows(goals: Sequence[Goal], cells: int, *, with_points: bool) -> list[Row]:
    """Rows of indicators; a level and a section stand before the first row of theirs, over all of them."""
    rows = []
    for level, of_level in groupby(goals, lambda goal: goal.level):
        listed = list(of_level)
        head = (f"{level}（{LEVEL_POINTS[level]}分）", 1, len(listed))
        for section, of_section in groupby(listed, lambda goal: goal.section):
            members = list(of_section)
            for number, goal in enumerate(members):
                lead = [head] if goal is listed[0] else []
                lead += [(section, 1, len(members))] if number == 0 else []
                marks = (str(goal.points), goal.mark) if with_points else (goal.mark,)
                rows.append(_row(*lead, (goal.name, 2), goal.target, goal.actual, *marks, *[""] * cells))
    return rows


def form_by_columns(project: Evaluated, year: int) -> Table:
    """The form with a column for every stage of the money."""
    money = [str(amount) for amount in (project.initial, project.adjusted, project.executed)]
    other = [project.other] * 3
    body = [
        _row(("项目名称", 2), (project.name, 4), ("主管部门", 2), (project.body, 2)),
        _row(("项目预算执行情况（10分）", 1, 4), "", "年初预算数", "全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)", ("得分", 3)),
        _row("年度资金总额", *money, "10", f"{project.rate}%", (str(project.rate_mark), 3)),
        _row("其中：当年财政拨款", *money, "-", "", ("-", 3)),
        _row("其他资金", *other, "-", "", ("-", 3)),
        _row(("年度总体目标", 1, 2), ("年初预期目标", 4), ("目标实际完成情况", 5)),
        _row((project.goal, 4), (project.result, 5)),
        _row(("绩效指标", 1, len(project.goals) + 1), "一级指标", "二级指标", ("三级指标", 2), "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"),
        *_goal_rows(project.goals, 1, with_points=True),
        _row(("总分", 7), "100", str(project.score), ""),
    ]  # fmt: skip
    return _form(project, year, body, 10)


def form_by_pairs(project: Evaluated, year: int, completion: str = "100%") -> Table:
    """The form whose amounts stand each behind its label, and whose marks have no points."""
    one, spent = str(project.adjusted), str(project.executed)
    labels = ("预算数：", "到位数：", "执行数：")
    body = [
        _row(("一、基本情况", 1), "项目名称", (project.name, 3), ("实施预算单位", 2), project.body),
        _row(("二、预算执行情况", 1, 4), ("预算安排情况（调整后）", 2), ("资金到位情况", 2), ("资金执行情况", 2), "预算执行进度"),
        _row(*[cell for pair in zip(labels, (one, one, spent), strict=True) for cell in pair], (f"{project.rate}%", 1, 3)),
        _row(*[cell for amount in (one, one, spent) for cell in ("其中：财政资金", amount)]),
        _row(*[cell for _ in range(3) for cell in ("其他", project.other)]),
        _row(("三、目标完成情况", 1, 2), ("年度预期目标", 3), ("具体完成情况", 3), "总体完成率"),
        _row((project.goal, 3), (project.result, 3), completion),
        _row(("四、年度绩效指标完成情况", 1, len(project.goals) + 3), "一级指标", "二级指标", ("三级指标", 2), "预期指标值", "实际完成值", "自评得分"),
        *_goal_rows(project.goals, 0, with_points=False),
        _row(("总分", 6), str(project.score)),
        _row(("评价等级", 6), project.grade),
    ]  # fmt: skip
    return _form(project, year, body, 8)


def _form(project: Evaluated, year: int, body: Sequence[Row], width: int) -> Table:
    caption = (f"（{year}年度）", "金额单位：万元")
    return Table("PF01", "项目支出绩效自评表", "万元", caption, (), (), tuple(body), width)


def summary(projects: Sequence[Evaluated], department: str, year: int) -> Table:
    """The list of all projects with money, score and grade."""
    words = ("序号", "项目名称", "预算数", "执行数", "执行进度", "自评得分", "自评等级")
    rows = [
        _row(str(number), each.name, str(each.adjusted), str(each.executed), f"{each.rate}%", str(each.score), each.grade)
        for number, each in enumerate(projects, 1)
    ]  # fmt: skip
    caption = (f"部门：{department}", "金额单位：万元")
    header = (_row(*words),)
    return Table("PF03", f"{year}年度项目支出绩效自评情况汇总表", "万元", caption, header, (), tuple(rows), len(words))


@dataclass(frozen=True)
class Mark:
    """One indicator of a whole department: its levels, name, criteria, points and mark."""

    level: str
    section: str
    name: str
    criteria: str
    points: int
    mark: int


def index_system(marks: Sequence[Mark], department: str, year: int) -> Table:
    """The system of indicators with its criteria."""
    words = ("一级指标", "二级指标", "三级指标", "分值", "评分标准", "得分")
    rows = []
    for level, of_level in groupby(marks, lambda mark: mark.level):
        listed = list(of_level)
        head = (f"{level}（{sum(each.points for each in listed)}分）", 1, len(listed))
        for section, of_section in groupby(listed, lambda mark: mark.section):
            members = list(of_section)
            for number, each in enumerate(members):
                lead = [head] if each is listed[0] else []
                lead += [(f"{section}（{sum(m.points for m in members)}分）", 1, len(members))] if number == 0 else []
                rows.append(_row(*lead, each.name, str(each.points), each.criteria, str(each.mark)))
    caption = (f"预算单位：{department}", "单位：分")
    return Table("PF04", f"{year}年部门整体支出绩效评价指标体系", "分", caption, (_row(*words),), (), tuple(rows), len(words))


def score_table(marks: Sequence[Mark], department: str, year: int) -> Table:
    """The marks once more, with rates, subtotals and the total."""
    words = ("一级指标", "二级指标", "三级指标", "满分", "得分", "得分率")
    rows = []
    for level, of_level in groupby(marks, lambda mark: mark.level):
        listed = list(of_level)
        for each in listed:
            rows.append(_row(each.level, each.section, each.name, *_rated([each])))
        rows.append(_row((f"{level}指标得分", 3), *_rated(listed)))
    rows.append(_row(("合计", 3), *_rated(marks)))
    caption = (f"预算单位：{department}", "单位：分")
    return Table("PF04", f"{year}年部门整体支出绩效评价指标得分表", "分", caption, (_row(*words),), (), tuple(rows), len(words))


def _rated(marks: Sequence[Mark]) -> tuple[str, str, str]:
    points, mark = (sum(getattr(each, name) for each in marks) for name in ("points", "mark"))
    return str(points), str(mark), f"{(Decimal(mark) * 100 / points).quantize(CENT, ROUND_HALF_UP)}%"
