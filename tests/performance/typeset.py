"""Performance forms set from known facts in the shapes that publishers use, and read back.

Every shape gives rows of cells; ``tab_lines`` writes a row as one line, ``cell_lines`` a cell as one line.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.disclosures.performance import Performance, read_performance
from pipelines.documents.model import Document
from pipelines.documents.text import read_blocks

LEVELS = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
_LEVEL_HEADS = ("一级指标", "二级指标", "三级指标")
_SICHUAN_MONEY = ("年初预算", "调整后预算数", "预算执行数", "预算执行率")
_SICHUAN_FIELDS = ("指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析")
POINTS = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


@dataclass(frozen=True)
class Goal:
    """One indicator."""

    level1: str
    level2: str
    name: str
    operator: str
    number: str
    unit: str
    actual: str
    weight: str
    score: str


@dataclass(frozen=True)
class Project:
    """One project; money as printed in 万元."""

    name: str
    code: str
    initial: str
    adjusted: str
    executed: str
    other: str
    rate: str
    rate_score: str
    score: str
    goals: tuple[Goal, ...]


def pairs(project: Project) -> list[list[str]]:
    """Set a form whose amounts stand each after its label."""
    rows = [
        ["部门预算项目绩效自评表"],
        ["（2020年度）"],
        ["填报部门：", "", "", "", "", "", "", "金额单位：万元"],
        ["一、 基本情况", "项目名称", project.name, "实施预算单位", "某局"],
        ["二、预算执行情况", "预算安排情况（调整后）", "资金到位情况", "资金执行情况", "预算执行进度"],
        ["", "预算数：", project.adjusted, "到位数：", project.adjusted, "执行数：", project.executed, project.rate],
        [
            "",
            "其中：财政资金",
            project.adjusted,
            "其中：财政资金",
            project.adjusted,
            "其中：财政资金",
            project.executed,
            "",
        ],
        ["", "其他", project.other, "其他", project.other, "其他", project.other, ""],
        ["三、目标完成情况", "年度预期目标", "具体完成情况", "总体完成率"],
        ["", "做好各项工作。", "各项工作已做好。", "100%"],
        ["四、 年度绩效指标完成情况", "一级指标", "二级指标", "三级指标", "预期指标值", "实际完成值", "自评得分"],
    ]
    for goal, (first, second) in zip(project.goals, _labels(project.goals), strict=True):
        label = f"{first}（{POINTS[first]}）" if first else ""
        rows.append(["", label, second, goal.name, _target(goal), goal.actual, goal.score])
    rows += [["", "总分", project.score], ["", "评价等级", "优"], ["五、 存在问题、原因及下一步整改措施", "无。"]]
    return rows


def columns(project: Project, shifts: random.Random) -> list[list[str]]:
    """Set a form whose amounts follow a head row; its rows slide to the left or right as ``shifts`` says."""
    money = [project.initial, project.adjusted, project.executed]
    lead = [""] * shifts.choice((1, 2))
    rows = [
        ["项目名称", "", project.name, "", "主管部门", "某委"],
        [
            "项目预算执行情况 (10分)",
            "",
            "年初预算数",
            "全年预算数 (A)",
            "全年执行数 (B)",
            "分值",
            "执行率 (B/A)",
            "得分",
        ],
        [*lead, "年度资金总额", *money, "10", project.rate, project.rate_score],
        [*lead, "其中：当年财政拨款", *money, "-", "", "-"],
        [*lead, "其他资金", *[project.other] * 3, "", "", ""],
        ["年度总体目标", "", "年初预期目标", "", "目标实际完成情况"],
        ["", "", "做好各项工作。", "", "各项工作已做好。"],
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值 (A)",
            "实际完成 指标值 (B)",
            "分值",
            "得分",
            "偏差原因分析",
        ],
    ]
    for goal, (first, second) in zip(project.goals, _labels(project.goals), strict=True):
        label = f"{first} ({POINTS[first]}分)" if first else ""
        rows.append(_shifted([label, second], [goal.name, _target(goal), goal.actual, goal.weight, goal.score], shifts))
    rows.append(["总分", "", f"{project.score}分"])
    return [[*row, *[""] * (10 - len(row))] for row in rows]


def operators(project: Project) -> list[list[str]]:
    """Set a form with comparison and unit in columns of their own, and the code before the name."""
    sources = [
        ["", "其中：财政资金", *_sichuan_money(project), "/", "/", ""],
        ["", "其他资金", "", "", "", "", "/", "/", ""],
    ]
    rows = [
        ["部门预算项目支出绩效自评表（2023年度）"],
        ["项目名称", f"{project.code}-{project.name}"],
        ["主管部门", "某局部门", "实施单位 （盖章）", "某局"],
        ["项目基本情况", "1.项目年度目标完成情况", "项目年度目标", "年度目标完成情况"],
        ["", "", "做好各项工作。", "各项工作已做好。"],
        ["预算执行情况（10分）", "年度预算数（万元）", *_SICHUAN_MONEY, "权重", "得分", "原因"],
        ["", "总额", *_sichuan_money(project), "10", project.rate_score, "未达到90%的需说明原因"],
        *sources,
        ["绩效指标（90分）", *_LEVEL_HEADS, *_SICHUAN_FIELDS],
    ]
    for goal, (first, second) in zip(project.goals, _labels(project.goals), strict=True):
        values = [goal.operator or "定性", goal.number, goal.unit, goal.actual, goal.weight, goal.score, ""]
        rows.append(["", first, second, goal.name, *values])
    return [*rows, ["合计", "100", project.score, ""], ["评价结论", "总体良好。"], ["项目负责人：甲", "财务负责人：乙"]]


def targets(project: Project) -> list[list[str]]:
    """Set a form of targets only."""
    rows = [
        ["项目名称", "", project.name, "", ""],
        ["主管部门", "", "某局", "实施单位", "某中心"],
        ["项目资金 (万元)", "", "年度预算资金总额:", project.initial, ""],
        ["", "", "其中:财政拨款", project.initial, ""],
        ["", "", "其他资金", project.other, ""],
        ["年度总体 绩效目标", "做好各项工作。", "", "", ""],
        ["绩效 指标", "一级指标", "二级指标", "三级指标", "指标值"],
    ]
    for goal, (first, second) in zip(project.goals, _labels(project.goals), strict=True):
        rows.append(["", first, second, goal.name, _target(goal)])
    return rows


def tab_lines(rows: Sequence[Sequence[str]]) -> str:
    """A line a row."""
    return "\n".join("\t".join(row) for row in rows)


def cell_lines(rows: Sequence[Sequence[str]]) -> str:
    """A line a cell, a blank line after a row."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def document(text: str) -> Document:
    """A text file's document."""
    return Document("ab" * 32, "paper.txt", "text", "text", "1", None, read_blocks(text))


def read(text: str) -> Performance:
    """What the performance forms of a text say."""
    return read_performance(document(text))


def yuan(printed: str) -> Decimal:
    """万元 as yuan."""
    return (Decimal(printed) * 10000).quantize(Decimal("0.01"))


def _target(goal: Goal) -> str:
    return f"{goal.operator}{goal.number}{goal.unit}"


def _sichuan_money(project: Project) -> list[str]:
    return [project.initial, project.adjusted, project.executed, project.rate]


def _labels(goals: Sequence[Goal]) -> list[tuple[str, str]]:
    """The levels as they are printed: each only where it begins."""
    labels: list[tuple[str, str]] = []
    before = ("", "")
    for goal in goals:
        first = goal.level1 if goal.level1 != before[0] else ""
        second = goal.level2 if first or goal.level2 != before[1] else ""
        labels.append((first, second))
        before = (goal.level1, goal.level2)
    return labels


def _shifted(levels: list[str], values: list[str], shifts: random.Random) -> list[str]:
    """A row below its head, or one cell to the left or right of it."""
    move = shifts.choice((-1, 0, 0, 1))
    row = ["", *levels, *values] if move == 0 else ["", "", *levels, *values] if move > 0 else [*levels, *values]
    return row if any(levels) or move != 0 else ["", "", "", *values]
