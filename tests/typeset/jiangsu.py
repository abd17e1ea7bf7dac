"""The twelve forms of a budget as Jiangsu prints them: income as a list, two classifications side by side in the first.

Jiangsu's thirteenth to fifteenth kinds of form (appropriation by function, by economic code, agency operating costs)
stand among its twelve; its project list is published elsewhere.
"""

from dataclasses import replace
from itertools import zip_longest

from tests.typeset.budget_forms import class_line_list
from tests.typeset.final_forms import ALL, APPROPRIATION, GMF, GPB
from tests.typeset.model import Cell, Key, Row, Table
from tests.typeset.sheet import Column, Filing, Path, Sheet, label, ordinal
from tests.typeset.style import Style

ListLine = tuple[str, str, str]
"""A label, its measure (empty for lines that stay blank) and its fund."""
INCOME_LIST: tuple[tuple[str, tuple[ListLine, ...]], ...] = (
    ("一般公共预算资金", (("小计", "income", GPB), ("公共财政拨款（补助）资金", "", ""), ("专项收入", "", ""))),
    ("政府性基金", (("小计", "income", GMF),)),
    ("财政专户管理资金", (("小计", "", ""), ("专户管理教育收费", "", ""), ("其他非税收入", "", ""))),
    (
        "其他资金",
        (
            ("小计", "other_funds_income", ALL),
            ("事业收入", "institutional_income", ALL),
            ("经营收入", "business_income", ALL),
            ("其他收入", "other_income", ALL),
            ("债务资金（银行贷款）", "", ""),
        ),
    ),
    ("上年结转和结余资金", (("小计", "", ""), ("其中：动用上年结转和结余资金", "", ""))),
)
"""Jiangsu's list of income: there is no line for state capital operating budgets."""


def _uses(sheet: Sheet, fund: str) -> list[tuple[str, Key]]:
    measures = ("basic_expenditure", "project_expenditure", "reserve_expenditure")
    names = ("基本支出", "项目支出", "单位预留机动经费")
    return [
        (f"{ordinal(number)}、{name}", sheet.filing.key(measure, measure, fund))
        for number, (name, measure) in enumerate(zip(names, measures, strict=True), 1)
    ]


def _overview(sheet: Sheet) -> Table:
    key = sheet.filing.key
    income = [
        ("一、财政拨款", key("income", "income", APPROPRIATION)),
        ("1. 一般公共预算", key("income", "income", GPB)),
        ("2. 政府性基金预算", key("income", "income", GMF)),
        ("二、财政专户管理资金", key("special_account_income", "special_account_income", ALL)),
        ("三、其他资金", key("other_funds_income", "other_funds_income", ALL)),
    ]
    classes = [(name, keys[0]) for name, keys in class_line_list(sheet, [ALL])]
    sides = zip_longest(income, classes, _uses(sheet, ALL))
    body: list[Row] = [tuple(cell for line in lines for cell in _pair(sheet, line)) for lines in sides]
    for left, one, right, other in (
        ("当年收入小计", "income", "当年支出小计", "expenditure"),
        ("上年结转资金", "brought_forward", "结转下年资金", "carried_forward"),
        ("收入合计", "income_grand_total", "支出合计", "expenditure_grand_total"),
    ):
        figures = (sheet.figure(key(measure, measure, ALL)) for measure in (one, other))
        body.append((Cell(left), next(figures), Cell(right, column_span=3), next(figures)))
    paths: list[Path] = [("收入", "项目名称"), ("收入", "金额"), ("支出", "功能分类", "功能科目名称")]
    paths += [("支出", "功能分类", "金额"), ("支出", "支出用途", "项目名称"), ("支出", "支出用途", "金额")]
    return sheet.table(paths, body)


def _pair(sheet: Sheet, line: tuple[str, Key] | None) -> Row:
    return (label(line[0]), sheet.figure(line[1])) if line else (Cell(), Cell(align="right"))


def _income(sheet: Sheet) -> Table:
    key = sheet.filing.key
    body: list[Row] = [(Cell("收入总计", column_span=2), sheet.figure(key("income", "income", ALL)))]
    for group, lines in INCOME_LIST:
        for number, (text, measure, fund) in enumerate(lines):
            figure = sheet.figure(key(measure, measure, fund)) if measure else Cell(align="right")
            head = (Cell(group, row_span=len(lines)),) if number == 0 else ()
            body.append((*head, label(text), figure))
    return sheet.table([("项目名称",), ("项目名称",), ("金额",)], body)


def _expenditure(sheet: Sheet) -> Table:
    columns = (
        ("合计", "expenditure"),
        ("基本支出", "basic_expenditure"),
        ("项目支出", "project_expenditure"),
        ("单位预留机动经费", "reserve_expenditure"),
        ("结转下年资金", "carried_forward"),
    )
    cells = tuple(sheet.figure(sheet.filing.key(measure, measure, ALL)) for _, measure in columns)
    return sheet.table([(word,) for word, _ in columns], [cells])


def _appropriation(sheet: Sheet) -> Table:
    key = sheet.filing.key
    income = [
        ("一、一般公共预算", key("income", "income", GPB)),
        ("二、政府性基金预算", key("income", "income", GMF)),
    ]
    body = [
        (*_pair(sheet, left), *_pair(sheet, right)) for left, right in zip_longest(income, _uses(sheet, APPROPRIATION))
    ]
    left, right = (
        sheet.figure(key(measure, measure, APPROPRIATION))
        for measure in ("income_grand_total", "expenditure_grand_total")
    )
    body.append((Cell("收入合计"), left, Cell("支出合计"), right))
    paths: list[Path] = [("收入", "项目名称"), ("收入", "金额")]
    return sheet.table([*paths, ("支出", "支出用途", "项目名称"), ("支出", "支出用途", "金额")], body)


def _function_list(sheet: Sheet, fund: str, words: tuple[str, str] = ("功能科目代码", "功能科目名称")) -> Table:
    columns = [Column(("金额",), "expenditure", fund)]
    rows = sheet.function_rows(columns)
    paths = [*sheet.code_paths(words=words), ("金额",)]
    if rows:
        return sheet.table(paths, rows)
    return sheet.table(
        paths, [(Cell("合计", column_span=2), Cell(align="right"))], notes=["注：本部门无相关收支项目。"]
    )


def _economic_list(sheet: Sheet, measure: str, fund: str, word: str = "金额") -> Table:
    rows: list[Row] = []
    for code, name in sheet.filing.economics.items():
        cell = sheet.figure(sheet.filing.key(f"dept_economic:{code}", measure, fund))
        if cell.key and sheet.filing.amount(cell.key):
            rows.append((label(code), label(name), cell))
    total = (Cell("合计", column_span=2), sheet.figure(sheet.filing.key(measure, measure, fund)))
    return sheet.table([("科目编码",), ("科目名称",), (word,)], [total, *rows])


def _three_public(sheet: Sheet) -> Table:
    group, vehicles = "“三公”经费", "公务用车购置及运行维护费"
    columns: tuple[tuple[Path, str], ...] = (
        (("合计",), "public_and_meeting_expenses"),
        ((group, "小计"), "three_public"),
        ((group, "因公出国（境）费"), "overseas_travel"),
        ((group, vehicles, "小计"), "official_vehicles"),
        ((group, vehicles, "公务用车购置费"), "vehicle_purchase"),
        ((group, vehicles, "公务用车运行维护费"), "vehicle_running"),
        ((group, "公务接待费"), "official_reception"),
        (("会议费",), "meetings"),
        (("培训费",), "training"),
    )
    cells = tuple(sheet.figure(sheet.filing.key(measure, measure, GPB)) for _, measure in columns)
    return sheet.table([path for path, _ in columns], [cells])


def _procurement(sheet: Sheet) -> Table:
    words = ("采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计")
    key = sheet.filing.key
    body: list[Row] = [(Cell("合计", column_span=5), sheet.figure(key("procurement", "procurement", ALL)))]
    for name, part in (("一、货物A", "goods"), ("二、工程B", "works"), ("三、服务C", "services")):
        cell = sheet.figure(key(f"procurement_{part}", f"procurement_{part}", ALL))
        if cell.key and sheet.filing.amount(cell.key):
            body.append((label(name), Cell(), Cell(), Cell(), Cell("分散自行组织"), cell))
    return sheet.table([(word,) for word in words], body)


def jiangsu_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the twelve forms of a provincial department's budget; codes stand in one column whatever the style says."""
    code_name = ("功能科目编码", "功能科目名称")
    forms = (
        ("BG01", "收支预算总表", _overview),
        ("BG02", "收入预算总表", _income),
        ("BG03", "支出预算总表", _expenditure),
        ("BG04", "财政拨款收支预算总表", _appropriation),
        ("BG13", "财政拨款支出预算表（功能科目）", lambda s: _function_list(s, APPROPRIATION)),
        ("BG14", "财政拨款基本支出预算表（经济科目）", lambda s: _economic_list(s, "basic_expenditure", APPROPRIATION)),
        ("BG05", "一般公共预算支出预算表（功能科目）", lambda s: _function_list(s, GPB)),
        ("BG06", "一般公共预算基本支出预算表（经济科目）", lambda s: _economic_list(s, "basic_expenditure", GPB)),
        ("BG07", "“三公”经费、会议费、培训费支出预算表", _three_public),
        ("BG08", "政府性基金预算财政拨款支出预算表", lambda s: _function_list(s, GMF, code_name)),
        ("BG15", "一般公共预算机关运行经费支出预算表",
         lambda s: _economic_list(s, "agency_operating_costs", GPB, "机关运行经费支出")),
        ("BG12", "政府采购支出预算表", _procurement),
    )  # fmt: skip
    one_column = replace(style, code_columns=1)
    return [
        build(Sheet(filing, one_column, code, title, f"公开{number:02}表"))
        for number, (code, title, build) in enumerate(forms, 1)
    ]
