"""What an evaluation says of its department as a whole: offices, money, work done, sources, a system of indicators.

All of it is right and the department's own. Does not belong here: what is planted into it (``errors_in_portraits``),
and the projects (``evaluations``).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

OFFICES = (
    "办公室", "计划财务科", "公共服务科", "艺术管理科", "文物保护科", "产业发展科", "市场管理科", "政策法规科",
    "人事教育科", "对外交流科",
)  # fmt: skip
BUREAU = "文化和旅游局"
"""How the text calls the department's kind of bureau."""
SUBJECT = "文化和旅游部门"
WORK = (
    "1.履职效能。公共图书馆全年接待读者{a}万人次，文化馆举办公益培训{b}期，送戏下乡{c}场，农家书屋更新图书{d}册；"
    "新增非物质文化遗产代表性项目{b}项，完成{b}处文物保护单位的日常巡查；开展文艺演出{c}场，群众参与率持续提高。"
    "各科室按照年度工作计划推进重点任务，按季度通报进度，对进度偏慢的事项逐项分析原因、明确责任人和完成时限，"
    "年末组织了全面检查，各项任务按期完成，服务对象总体满意，群众反映的问题得到及时处理，全年没有发生安全责任事故。"
)
CENT = Decimal("0.01")
Criteria = tuple[str, str, str, str, str]
"""An indicator of the system: second level, name, points, what it is about, what its marks rest on."""
SYSTEM: tuple[tuple[str, tuple[Criteria, ...]], ...] = (
    ("投入", (
        ("预算配置", "预算编制合理性", "10", "反映预算编制是否合理。", "查阅预算批复和编制说明。"),
        ("预算配置", "财政供养人员控制率", "10", "反映人员编制的控制情况。", "查阅编制批复和工资名册。"),
    )),
    ("过程", (
        ("预算执行", "支付进度率", "10", "反映预算执行的及时程度。", "查阅国库支付记录。"),
        ("预算管理", "管理制度健全性", "10", "反映管理制度是否健全。", "查阅制度汇编。"),
    )),
    ("产出", (
        ("职责履行", "文化惠民工作完成率", "20", "反映文化惠民任务的完成情况。", "查阅文化活动台账和演出记录。"),
        ("职责履行", "文物保护工作质量", "20", "反映文物保护工作的质量。", "查阅文物巡查日志，抽查修缮档案。"),
    )),
    ("效益", (
        ("履职效益", "社会效益", "10", "反映履职对社会发展的影响。", "查阅年度工作总结。"),
        ("履职效益", "社会公众满意度", "10", "反映社会公众的满意程度。", "查阅满意度问卷。"),
    )),
)  # fmt: skip


@dataclass(frozen=True)
class Portrait:
    """What is told of the department; money in 万元."""

    offices: tuple[str, ...]
    offices_again: tuple[str, ...]
    budget: Decimal
    adjustment: Decimal
    basic_adjustment: Decimal
    public_budget: Decimal
    public_outturn: Decimal
    completion: Decimal
    work: str
    filled_in_by: str = BUREAU
    suits: str = SUBJECT
    system: tuple[tuple[str, tuple[Criteria, ...]], ...] = SYSTEM

    def text(self, department: str, year: int, lines: Callable[[list[list[str]]], str]) -> str:
        """The sections on the department, with its system of indicators as a table set by ``lines``."""
        basic = (self.budget * Decimal("0.6")).quantize(CENT)
        paragraphs = (
            "一、部门概况",
            f"{department}设{'、'.join(self.offices)}{len(self.offices)}个内设机构。",
            "二、部门资金收支情况",
            f"我局上年结转0万元，{year}年年初预算{self.budget}万元，年中调整预算数为{self.adjustment}万元，年末结余0万元。",
            f"基本支出年初预算{basic}万元，年度调增预算{self.basic_adjustment}万元。",
            f"{year}年度“三公”经费财政拨款支出决算为{self.public_outturn}万元，完成预算{self.completion}%。",
            f"{year}年“三公”经费预算数为{self.public_budget}万元。",
            "三、部门预算绩效分析",
            self.work,
            "四、评价方法",
            f"基础数据表由{self.filled_in_by}相关科室负责人填报，数据由{'、'.join(self.offices_again)}分别核对。",
            f"参阅共性指标体系框架，构建全面并适合{self.suits}的指标体系。",
            f"{year}年部门整体支出绩效评价指标体系",
            lines(self._table()),
        )
        return "\n\n".join(paragraphs)

    def _table(self) -> list[list[str]]:
        rows = [["一级指标", "二级指标", "三级指标", "分值", "指标解释", "评价标准", "数据来源", "得分"]]
        for level1, criteria in self.system:
            for number, (level2, name, points, about, source) in enumerate(criteria):
                marks = "达到要求得满分，未达到的按比例扣分。"
                rows.append([level1 if number == 0 else "", level2, name, points, about, marks, source, points])
        return rows


def clean_portrait(dice: random.Random) -> Portrait:
    """Invent what is told of a department: half of the budgets were adjusted in the year."""
    budget = Decimal(dice.randrange(50_000, 900_000)) / 100
    adjusted = dice.random() < 0.5
    basic = (budget * dice.randrange(3, 15) / 100).quantize(CENT) if adjusted else Decimal("0.00")
    whole = basic + Decimal(dice.randrange(0, 9_000)) / 100 if adjusted else Decimal("0.00")
    public = Decimal(dice.randrange(800, 9_000)) / 100
    outturn = (public * dice.randrange(40, 95) / 100).quantize(CENT)
    completion = (outturn * 100 / public).quantize(CENT, ROUND_HALF_UP)
    offices = tuple(dice.sample(OFFICES, dice.randint(6, 8)))
    work = WORK.format(
        a=dice.randrange(3, 90), b=dice.randrange(3, 30), c=dice.randrange(31, 300), d=dice.randrange(900, 9_000)
    )
    return Portrait(offices, offices, budget, whole, basic, public, outturn, completion, work)
