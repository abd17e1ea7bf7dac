"""The indicators of a whole department's evaluation, printed twice: with criteria, and as a table of marks.

Does not belong here: what an evaluation tells of them (``reports``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from tests.typeset.evaluated import CENT, row
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
    rows = []
    for level, of_level in groupby(marks, lambda mark: mark.level):
        listed = list(of_level)
        head = (f"{level}（{sum(each.points for each in listed)}分）", 1, len(listed))
        for section, of_section in groupby(listed, lambda mark: mark.section):
            members = list(of_section)
            for number, each in enumerate(members):
                lead = [head] if each is listed[0] else []
                lead += [(f"{section}（{sum(m.points for m in members)}分）", 1, len(members))] if number == 0 else []
                rows.append(row(*lead, each.name, str(each.points), each.criteria, str(each.mark)))
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
