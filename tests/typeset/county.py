"""Forms as a county prints them that shows every fund in full: what the other layouts leave out.

Budgets have a place for state capital in every form, and appropriations by function and by economic code with
personnel and operating costs. Final accounts show what balances are kept for, basic expenditure as a list with its
total, the flow of state capital, and assets. Does not belong here: forms that counties share with others
(``budget_forms``, ``final_forms``).
"""

from collections.abc import Sequence
from dataclasses import replace

from tests.typeset.budget_forms import budget_forms, coded, economic, other_sources, spending_of
from tests.typeset.final_forms import (
    ALL,
    APPROPRIATION,
    GMF,
    GPB,
    SCB,
    by_function,
    final_accounts_forms,
    income_and_expenditure,
    spent_columns,
)
from tests.typeset.model import Cell, Row, Table, project_subject
from tests.typeset.sheet import Column, Filing, Sheet, label
from tests.typeset.style import Style

BASIC = (
    Column(("基本支出", "小计"), "basic_expenditure", APPROPRIATION),
    Column(("基本支出", "人员经费"), "personnel_expenditure", APPROPRIATION),
    Column(("基本支出", "公用经费"), "operating_expenditure", APPROPRIATION),
)
BY_FUND = (
    (("财政拨款", "小计"), APPROPRIATION),
    (("财政拨款", "一般公共预算"), GPB),
    (("财政拨款", "政府性基金预算"), GMF),
    (("财政拨款", "国有资本经营预算"), SCB),
)
INCOME = (
    Column(("合计",), "income_grand_total", ALL),
    Column(("本年收入", "小计"), "income", ALL),
    Column(("本年收入", "一般公共预算"), "income", GPB),
    Column(("本年收入", "政府性基金预算"), "income", GMF),
    Column(("本年收入", "国有资本经营预算"), "income", SCB),
    Column(("本年收入", "单位资金", "事业收入"), "institutional_income", ALL),
    Column(("本年收入", "单位资金", "其他收入"), "other_income", ALL),
    Column(("上年结转结余", "小计"), "brought_forward", ALL),
)
FLOW = (
    Column(("年初结转和结余",), "opening_balance", SCB),
    Column(("本年收入",), "income", SCB),
    *spent_columns(SCB),
    Column(("年末结转和结余",), "closing_balance", SCB),
)
ASSETS = (
    ("资产总额", "assets"),
    ("流动资产", "current_assets"),
    ("固定资产", "fixed_assets"),
    ("无形资产", "intangible_assets"),
)


def _income(sheet: Sheet) -> Table:
    """Income of the year and what was brought forward beside it, for all units together."""
    row = (Cell("合计"), *sheet.cells(None, INCOME))
    return sheet.table([("部门（单位）名称",), *(column.path for column in INCOME)], [row])


def _projects(sheet: Sheet) -> Table:
    measure = "project_expenditure"
    columns = (
        Column(("合计",), measure, ALL),
        *(Column(path, measure, fund) for path, fund in BY_FUND),
        *other_sources(unit_funds=measure),
    )
    rows = [(label(name), *sheet.cells(project_subject(name), columns)) for name in sheet.filing.projects]
    body = [(Cell("合计"), *sheet.cells(None, columns)), *rows] if rows else []
    return sheet.table([("项目名称",), *(column.path for column in columns)], body)


def _economic_list(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """Every economic class and code in use, the total first."""
    rows: list[Row] = []
    for code, name in sheet.filing.economics.items():
        cells = sheet.cells(f"dept_economic:{code}", columns)
        if any(cell.key for cell in cells):
            rows.append((label(code), label(name), *cells))
    total = (Cell("合计", column_span=2), *sheet.cells(None, columns))
    body = [total, *rows] if rows else []
    paths = [("科目编码",), ("科目名称",), *(column.path for column in columns)]
    return sheet.table(paths, body, notes=[] if rows else ["注：本表无数据。"])


def _basic_list(sheet: Sheet) -> Table:
    """FA06 as a list: personnel and operating costs in columns."""
    total, *parts = (column._replace(fund=GPB, path=column.path[-1:]) for column in BASIC)
    return _economic_list(sheet, (total._replace(path=("合计",)), *parts))


def _by_class(sheet: Sheet) -> Table:
    return _economic_list(sheet, (Column(("合计",), "expenditure", GPB),))


def _assets(sheet: Sheet) -> Table:
    cells = tuple(sheet.figure(sheet.filing.key(measure, measure, ALL)) for _, measure in ASSETS)
    body = [(label("合计", align="center"), *cells)] if any(cell.key for cell in cells) else []
    paths = [("项目",), *((word,) for word, _ in ASSETS)]
    return sheet.table(paths, body, notes=[] if body else ["注：本表无数据。"])


def county_budget_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the thirteen forms of a county's budget."""
    style = replace(style, printed_numbers=False)
    shared = {table.form_code: table for table in budget_forms(filing, style)}
    by_code = (BASIC[0]._replace(path=("合计",), measure="expenditure"), *BASIC)
    own = {
        "BG02": ("收入总体情况表", _income),
        "BG13": (
            "财政拨款支出预算表",
            lambda sheet: coded(sheet, (*by_code, Column(("项目支出",), "project_expenditure", APPROPRIATION))),
        ),
        "BG14": ("财政拨款基本支出预算表", lambda sheet: economic(sheet, BASIC, "注：没有财政拨款安排的基本支出。")),
        "BG09": (
            "国有资本经营预算支出情况表",
            lambda sheet: spending_of(sheet, SCB, "国有资本经营预算"),
        ),
        "BG11": ("项目支出预算情况表", _projects),
    }
    made = {code: build(Sheet(filing, style, code, title)) for code, (title, build) in own.items()}
    order = ("01", "02", "03", "04", "13", "14", "05", "06", "07", "08", "09", "11", "12")
    return [(shared | made)[f"BG{number}"] for number in order]


def county_final_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the eleven forms of a county's final accounts."""
    style = replace(style, printed_numbers=False)
    own = {
        "FA01": ("收入支出决算总表", lambda sheet: income_and_expenditure(sheet, with_parts=True)),
        "FA06": ("一般公共预算财政拨款基本支出决算表", _basic_list),
        "FA09": (
            "国有资本经营预算财政拨款收入支出决算表",
            lambda sheet: by_function(sheet, FLOW, "注：本表反映国有资本经营预算财政拨款收支情况。", "本表无数据。"),
        ),
        "FA22": ("一般公共预算财政拨款支出决算表（按经济分类）", _by_class),
        "FA17": ("国有资产占有使用情况表", _assets),
    }
    made = {code: build(Sheet(filing, style, code, title)) for code, (title, build) in own.items()}
    shared = {table.form_code: table for table in final_accounts_forms(filing, style)}
    return list((shared | made).values())
