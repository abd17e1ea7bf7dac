"""The invented papers that the tests of the marts share; each department serves one behaviour."""

from decimal import Decimal

import msgspec

from pipelines.disclosures.facts import ProjectFact
from tests.lake.facts import Paper


def _two_years() -> list[Paper]:
    """Items that grow, end, begin and go over into another code; balances that roll forward and are carried over."""
    earlier = Paper("增减局/2019.txt", year=2019, department="青山县增减局").form("FA03")
    earlier.amount("expenditure", "100.00").amount("function:2010101", "60.00", "expenditure")
    earlier.amount("function:2080504", "30.00", "expenditure").amount("function:2011199", "10.00", "expenditure")
    earlier.amount("opening_balance", "5.00").amount("income", "98.00").amount("closing_balance", "3.00")
    later = Paper("增减局/2020.txt", year=2020, department="青山县增减局").form("FA03")
    later.amount("expenditure", "120.00").amount("function:2010101", "66.00", "expenditure")
    later.amount("function:2080501", "34.00", "expenditure").amount("function:2060101", "20.00", "expenditure")
    later.amount("opening_balance", "3.00").amount("income", "121.00").amount("closing_balance", "9.00")
    return [earlier, later]


def _execution() -> list[Paper]:
    budget = Paper("执行局/预算.txt", "budget", 2023, "执行局").form("BG03").amount("expenditure", "200.00")
    final = Paper("执行局/决算.txt", year=2023, department="执行局").form("FA03").amount("expenditure", "150.00")
    final.amount("expenditure", "180.00", stage="adjusted_budget")
    final.paragraph("全年预算180.00万元，完成83.33%。公务接待3批次、20人次；外事接待1批次。")
    final.claim("expenditure", "83.33%", "completion_rate", comparison_stage="adjusted_budget", comparison_year=2023)
    final.amount("three_public", "2.00").amount("official_reception", "2.00")
    count = {"figure": "count", "unit": "批次", "value_yuan": None, "quantum_yuan": None, "comparison_year": None}
    final.claim("domestic_reception_batches", "3", **count)
    final.claim("foreign_reception_batches", "1", **count)
    return [budget, final]


def _contradiction() -> Paper:
    paper = Paper("矛盾局.txt", department="矛盾局").form("FA01").amount("income", "10.00").form("FA02")
    return paper.amount("income", "10.00").form("FA04").amount("income", "11.00")


def _panels() -> list[Paper]:
    """One department that published both years, one that published the later only."""
    papers = []
    for department, year, value in (
        ("样本一局", 2021, "10.00"),
        ("样本一局", 2022, "11.00"),
        ("样本二局", 2022, "50.00"),
    ):
        paper = Paper(f"{department}/{year}.txt", year=year, department=f"湖北省{department}")
        papers.append(paper.form("FA03").amount("expenditure", value).amount("function:201", value, "expenditure"))
    return papers


def _projects() -> Paper:
    paper = Paper("项目局.txt", "self_evaluation", 2023, "项目局").form("PF01")
    marks = {"rate_points": Decimal(10), "rate_score": Decimal(10)}
    for name, executed, printed in (("低", 20, "20%"), ("满", 100, "100%"), ("近", "99.6", "99.60%")):
        paper.project(name)
        money = {"adjusted_budget_yuan": Decimal(100), "executed_yuan": Decimal(executed)}
        paper.projects[-1] = msgspec.structs.replace(
            paper.projects[-1], execution_rate_printed=printed, **money, **marks
        )
    assert isinstance(paper.projects[-1], ProjectFact)
    return paper


def _coverage() -> list[Paper]:
    """A budget of 2021 and one of 2024: between them six papers are due, and the final accounts of 2022 are there."""
    budgets = [Paper(f"公开局/{year}.txt", "budget", year, "公开局").form("BG01") for year in (2021, 2024)]
    final = Paper("公开局/决算.txt", year=2022, department="公开局").form("FA01").form("FA02", present=False)
    return [*budgets, final]


def _dates() -> list[Paper]:
    """A budget published on the last day, final accounts a day after it, and a budget that prints no date."""
    budget = Paper("迟到局/2021预算.txt", "budget", 2021, "迟到局").form("BG01").paragraph("公开日期：2021年5月31日")
    final = Paper("迟到局/决算.txt", year=2021, department="迟到局").form("FA01")
    final.paragraph("来源：迟到局 发布时间：2022-12-01 16:08:34")
    undated = Paper("迟到局/2022预算.txt", "budget", 2022, "迟到局").form("BG01").paragraph("公开时间见网页。")
    return [budget, final, undated]


PAPERS: list[Paper] = [
    *_two_years(), *_execution(), _contradiction(), *_panels(), _projects(), *_coverage(), *_dates(),
]  # fmt: skip
