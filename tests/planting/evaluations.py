"""Invented self-evaluations whose every rate, weight, score and grade is right: project forms, a summary, and words.

Does not belong here: what they say of the department as a whole (``portraits``), and what is planted into them
(``errors_in_evaluations``).
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from tests.performance.typeset import Goal, Project, cell_lines, columns, operators, tab_lines
from tests.planting.portraits import Portrait, clean_portrait

CENT = Decimal("0.01")
NAMES = (
    "公共场馆设备更新", "乡村巡回演出", "图书文献购置", "古建筑修缮", "全民健身活动",
    "文化志愿服务", "传统工艺保护", "社区阅读点建设",
)  # fmt: skip
_GOALS: tuple[tuple[str, str, str, str, int], ...] = (
    ("产出指标", "数量指标", "服务人数", "人", 20),
    ("产出指标", "质量指标", "验收合格率", "%", 15),
    ("产出指标", "时效指标", "按时完成率", "%", 15),
    ("效益指标", "社会效益指标", "居民参与率", "%", 20),
    ("效益指标", "可持续影响指标", "设施完好率", "%", 10),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "%", 10),
)
_GRADES = (("优", 90), ("良", 80), ("中", 60), ("差", 0))
Rows = list[list[str]]
Shape = tuple[Callable[[Project], Rows], Callable[[Rows], str]]
"""The cells of a project's form, and how a converter sets the cells of all tables: a row or a cell a line."""


class _Straight(random.Random):
    """Dice that leave every row of a form below its head."""

    def choice(self, seq):  # type: ignore[no-untyped-def]
        return 0 if 0 in seq else seq[0]


def _columns(project: Project) -> list[list[str]]:
    return columns(project, _Straight())


SHAPES: tuple[Shape, ...] = ((_columns, tab_lines), (operators, cell_lines))


@dataclass(frozen=True)
class Evaluated:
    """One project: what its form says, and what the summary says of it."""

    form: Project
    listed: Project
    grade: str


@dataclass(frozen=True)
class Evaluation:
    """A department's self-evaluation of one year."""

    department: str
    year: int
    projects: tuple[Evaluated, ...]
    shape: Shape
    count_told: int
    portrait: Portrait
    remarks: tuple[str, ...] = ()

    def text(self) -> str:
        """The paper as a text conversion."""
        cells, lines = self.shape
        forms = (
            f"{self.year}年度部门预算项目支出绩效自评表\n\n金额单位：万元\n\n{lines(cells(each.form))}"
            for each in self.projects
        )
        parts = [
            f"\n{self.department}\n{self.year}年度部门预算项目支出绩效自评情况",
            f"{self.department}{self.year}年度自评项目{self.count_told}个，各项目的预算数、执行数、得分和等级见下表。",
            *self.remarks,
            _summary(self),
            *forms,
            self.portrait.text(self.department, self.year, lines),
        ]
        return "\n\n".join(parts) + "\n"


def _summary(paper: Evaluation) -> str:
    head = ["序号", "项目名称", "预算数", "执行数", "执行进度", "自评得分", "自评等级"]
    rows = [
        [str(number), each.listed.name, each.listed.adjusted, each.listed.executed, each.listed.rate,
         each.listed.score, each.grade]
        for number, each in enumerate(paper.projects, 1)
    ]  # fmt: skip
    title = f"{paper.year}年度项目支出绩效自评情况汇总表\n\n部门：{paper.department}\n\n金额单位：万元"
    return f"{title}\n\n{paper.shape[1]([head, *rows])}"


def clean_evaluation(department: str, year: int, seed: int) -> Evaluation:
    """Invent a self-evaluation, the same for the same seed."""
    dice = random.Random(seed)
    projects = tuple(_evaluated(dice, name) for name in dice.sample(NAMES, dice.randint(2, 4)))
    portrait = clean_portrait(random.Random(f"portrait-{seed}"))
    return Evaluation(department, year, projects, SHAPES[seed % len(SHAPES)], len(projects), portrait)


def _evaluated(dice: random.Random, name: str) -> Evaluated:
    adjusted = Decimal(dice.randrange(2_000, 90_000)) / 100
    executed = (adjusted * dice.randrange(70, 100) / 100).quantize(CENT)
    rate = (executed * 100 / adjusted).quantize(CENT, ROUND_HALF_UP)
    rate_score = (rate / 10).quantize(CENT, ROUND_HALF_UP)
    goals = tuple(_goals(dice))
    total = rate_score + sum(Decimal(goal.score) for goal in goals)
    money = (f"{adjusted}", f"{adjusted}", f"{executed}")
    code = f"51000023T{dice.randrange(10**12):012d}"
    project = Project(name, code, *money, "0", f"{rate}%", f"{rate_score}", f"{total}", goals)
    return Evaluated(project, project, grade_of(total))


def _goals(dice: random.Random) -> Iterator[Goal]:
    for level1, level2, name, unit, weight in _GOALS:
        target = dice.randrange(80, 100) if unit == "%" else dice.randrange(20, 900)
        short = dice.random() < 0.3
        reached = target - 3 if short else target
        score = weight - 1 if short else weight
        yield Goal(level1, level2, name, "≥", str(target), unit, f"{reached}{unit}", str(weight), str(score))


def grade_of(total: Decimal) -> str:
    """The usual grade of a total score."""
    return next(grade for grade, least in _GRADES if total >= least)


def with_form(paper: Evaluation, number: int, **changed: object) -> Evaluation:
    """The same paper with other words in one project's form; the summary stays."""
    one = paper.projects[number]
    other = replace(one, form=replace(one.form, **changed))  # type: ignore[arg-type]
    return replace(paper, projects=(*paper.projects[:number], other, *paper.projects[number + 1 :]))
