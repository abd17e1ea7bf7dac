"""Samples of an invented department that is paid from every fund: budget, accounts, reports on performance, a unit.

Does not belong here: what stands in the papers (``county``, ``county_words``, ``reports``).
"""

from collections.abc import Iterator
from dataclasses import replace

from tests.typeset.county_facts import county_department, unit_of, with_classes
from tests.typeset.county_reports import MARKS, WHOLE, by_pairs, project_of, untouched
from tests.typeset.county_words import budget_words, final_words, with_words
from tests.typeset.editions import filing_of
from tests.typeset.evaluated import form_by_columns
from tests.typeset.facts import Department
from tests.typeset.model import Heading, Paper, Prose
from tests.typeset.papers import Frame, compose
from tests.typeset.reports import evaluation, report_by_body, report_by_project
from tests.typeset.slips import Edit, Slip, miswrite, swapped, tenth
from tests.typeset.style import Style

SEED, FIRST_YEAR, YEARS = 34, 2021, 4
BUDGET = Style(code_columns=3, unit_word="单位", landscape=True, rows_per_page=26)
FINAL = Style(zero="0.00", rows_per_page=30)
Made = tuple[str, Paper, tuple[Slip, ...]]
"""The path of a file, what it says, and its slips."""


def county_papers(notice: str) -> Iterator[Made]:
    """Set the papers of the department and its unit."""
    department = county_department(SEED, FIRST_YEAR, YEARS)
    name = department.name
    about = (
        f"{name}是演示用的虚构单位，设想的职责是组织群众文艺演出、管理社区健身场地。",
        f"纳入{name}编制范围的有本级和两个所属单位。",
    )
    yield f"{name}/2022/2022年度专项资金绩效自评报告.txt", _by_body(department, notice), ()
    accounts, slips = _edited(_accounts(department, Frame((notice,), about)), _slips())
    yield f"{name}/2023/2023年度部门决算.docx", accounts, slips
    yield f"{name}/2023/2023年度项目绩效自评情况.pdf", _by_project(department, notice), ()
    yield f"{name}/2023/2023年部门整体支出绩效评价报告.docx", evaluation(name, 2023, notice, MARKS), ()
    yield f"{name}/2024/2024年度部门预算.pdf", _budget(department, Frame((notice,), about)), ()
    unit = unit_of(department)
    filing = replace(filing_of(unit, 2024, "budget"), scope="单位")
    yield f"{unit.name}/2024/2024年度单位预算.xlsx", compose(filing, BUDGET, "county_budget", Frame((notice,))), ()


def _accounts(department: Department, frame: Frame) -> Paper:
    filing = with_classes(filing_of(department, 2023, "final_accounts"))
    paper = with_words(compose(filing, FINAL, "county_final", frame), final_words(filing))
    forms = [
        form_by_columns(project_of(filing, name, number), 2023) for number, name in enumerate(filing.projects[4:6])
    ]
    return with_words(paper, iter([Heading("十二、重点项目绩效自评表"), *forms]))


def _budget(department: Department, frame: Frame) -> Paper:
    filing = filing_of(department, 2024, "budget")
    return with_words(compose(filing, BUDGET, "county_budget", frame), budget_words(filing))


def _by_project(department: Department, notice: str) -> Paper:
    filing = filing_of(department, 2023, "final_accounts")
    projects = [project_of(filing, name, number) for number, name in enumerate(filing.projects[:4])]
    return report_by_project(department.name, 2023, notice, projects, once=1)


def _by_body(department: Department, notice: str) -> Paper:
    filing = filing_of(department, 2022, "final_accounts")
    projects = [by_pairs(project_of(filing, name, n), n) for n, name in enumerate(filing.projects[:4])]
    bodies = {"群众文化科": projects[:3], "活动中心": projects[3:], "电影管理站": [untouched(department.name, 2022)]}
    paper = report_by_body(department.name, 2022, notice, bodies)
    whole = (Heading("部门整体绩效情况"), *(Prose(text.format(year=2022)) for text in WHOLE))
    return replace(paper, blocks=(*paper.blocks[:2], *whole, *paper.blocks[2:]))


def _edited(paper: Paper, edits: tuple[Edit, ...]) -> tuple[Paper, tuple[Slip, ...]]:
    slips = []
    for edit in edits:
        paper, slip = edit(paper)
        slips.append(slip)
    return paper, tuple(slips)


def _slips() -> tuple[Edit, ...]:
    return (
        miswrite("主要用于工资福利支出", tenth, "“主要用于”所列各项合计超过基本支出的一半；正文 = 表"),
        miswrite("，基本支出", lambda _, before: before, "另有项目支出时，基本支出小于支出总额；正文 = 表"),
        miswrite("节资率", lambda right, _: swapped(right), "节资率 = 节约金额 ÷（成交金额 + 节约金额）"),
    )
