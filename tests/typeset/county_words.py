"""What a county's papers tell besides the usual explanation: balances, economic classes, projects, savings, assets.

Does not belong here: the explanation that all papers have (``words``).
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from tests.typeset.final_forms import ALL, GPB
from tests.typeset.model import Heading, Paper, Prose, project_subject
from tests.typeset.sheet import Filing
from tests.typeset.teller import Teller

PEOPLE = (("工资福利支出", "301"), ("对个人和家庭的补助", "303"))
"""The classes that only people are paid from, so that all of them is basic expenditure."""
CLASSES = (*PEOPLE, ("商品和服务支出", "302"))


def with_words(paper: Paper, told: Iterator[Heading | Prose]) -> Paper:
    """Put words before the last part, the glossary."""
    last = max(i for i, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.level == 0)
    return replace(paper, blocks=(*paper.blocks[:last], *told, *paper.blocks[last:]))


def final_words(filing: Filing) -> Iterator[Heading | Prose]:
    """Tell balances, what basic expenditure was used for, what procurement saved, vehicles and assets."""
    tell, year = Teller(filing), filing.year

    def amount(measure: str, fund: str = ALL, subject: str = "") -> str:
        return tell.amount(filing.key(subject or measure, measure, fund))

    yield Heading("十一、结转结余和资产情况说明")
    yield tell.paragraph(
        f"{filing.department}{year}年度收入总计{amount('income_grand_total')}，支出总计{amount('expenditure_grand_total')}。"
    )
    yield tell.paragraph(
        f"{year}年度年初结转和结余{amount('opening_balance')}，", f"年末结转和结余{amount('closing_balance')}。"
    )
    uses = (f"{name}{amount('basic_expenditure', GPB, f'dept_economic:{code}')}" for name, code in PEOPLE)
    basic = amount("basic_expenditure", GPB)
    yield tell.paragraph(f"{year}年度一般公共预算财政拨款基本支出{basic}，主要用于", "、".join(uses), "。")
    classes = (f"{name}{amount('expenditure', GPB, f'dept_economic:{code}')}" for name, code in CLASSES)
    yield tell.paragraph("一般公共预算财政拨款支出按经济分类，包括", "、".join(classes), "。")
    largest = sorted(filing.projects, key=lambda name: _spent(filing, name))[-2:]
    spent, basic = amount("expenditure"), amount("basic_expenditure")
    yield tell.paragraph(f"{year}年度本年支出{spent}，基本支出{basic}。")
    told = (f"{name}项目决算为{amount('project_expenditure', ALL, project_subject(name))}" for name in largest)
    yield tell.paragraph(f"{year}年度项目支出中，", "，".join(told), "。")
    yield Prose(saving(filing))
    yield Prose("截至年末，公务用车保有量3辆。车辆全部用于下乡演出，公务用车保有量3辆与上年相同。")
    yield tell.paragraph(f"截至{year}年末，固定资产{amount('fixed_assets')}、无形资产{amount('intangible_assets')}。")


def _spent(filing: Filing, name: str) -> Decimal:
    return filing.amount(filing.key(project_subject(name), "project_expenditure", ALL)) or Decimal(0)


def saving(filing: Filing) -> str:
    """Tell what procurement was to cost, what it cost and what was saved, in 万元."""
    paid = round((filing.amount(filing.key("procurement", "procurement", GPB)) or Decimal(0)) / 10_000, 2)
    saved = round(paid / 20, 2)
    rate = round(saved * 100 / (paid + saved), 2)
    return f"{filing.year}年完成政府采购项目12个，成交金额{paid}万元，节约金额{saved}万元，节资率{rate}%。"


def budget_words(filing: Filing) -> Iterator[Heading | Prose]:
    """Tell the budgets of the largest projects."""
    tell = Teller(filing)
    yield Heading("七、主要项目说明")
    for name in filing.projects[:3]:
        key = filing.key(project_subject(name), "project_expenditure", ALL)
        yield tell.paragraph(f"{name}项目预算{tell.amount(key)}。")
