"""The indicators of a whole department's evaluation, printed twice: with criteria, and as a table of marks.

Does not belong here: what an evaluation tells of them (``reports``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from tests.typeset.evaluated import CENT, below_levels, row
from tests.typeset.model import Table


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

    def points(marks: Sequence[Mark]) -> str:
        return f"（{sum(each.points for each in marks)}分）"

    led = below_levels(marks, lambda own: own[0].level + points(own), lambda own: own[0].section + points(own))
    rows = [row(*lead, each.name, str(each.points), each.criteria, str(each.mark)) for lead, each in led]
    caption = (f"预算单位：{department}", "单位：分")
    return Table(
        "PF04", f"{year}年部门整体支出绩效评价指标体系", "分", caption, (row(*words),), (), tuple(rows), len(words)
    )


def score_table(marks: Sequence[Mark], department: str, year: int) -> Table:
    """The marks once more, with rates, subtotals and the total."""
    words = ("一级指标", "二级指标", "三级指标", "满分", "得分", "得分率")
    rows = []
    for level, of_level in groupby(marks, lambda mark: mark.level):
        listed = list(of_level)
        for each in listed:
            rows.append(row(each.level, each.section, each.name, *_rated([each])))
        rows.append(row((f"{level}指标得分", 3), *_rated(listed)))
    rows.append(row(("合计", 3), *_rated(marks)))
    caption = (f"预算单位：{department}", "单位：分")
    return Table(
        "PF04", f"{year}年部门整体支出绩效评价指标得分表", "分", caption, (row(*words),), (), tuple(rows), len(words)
    )


def _rated(marks: Sequence[Mark]) -> tuple[str, str, str]:
    points, mark = (sum(getattr(each, name) for each in marks) for name in ("points", "mark"))
    return str(points), str(mark), f"{(Decimal(mark) * 100 / points).quantize(CENT, ROUND_HALF_UP)}%"
