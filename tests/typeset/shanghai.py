"""The nine forms of a budget as Shanghai's districts print them: in 元, 三公 in 万元, codes in three columns."""

from collections.abc import Sequence
from dataclasses import replace

from tests.typeset.budget_forms import class_line_list, plain_sides
from tests.typeset.final_forms import ALL, APPROPRIATION, GMF, GPB, SCB, Line
from tests.typeset.model import Cell, Row, Table
from tests.typeset.sheet import Column, Filing, Path, Sheet, label
from tests.typeset.style import Style

EMPTY_ROWS = 3
"""Blank rows before the total of a two-sided form."""


def _foot(sheet: Sheet, left: list[Line], right: list[Line], breadth: int) -> list[Row]:
    key = sheet.filing.key
    fund = ALL if sheet.form_code == "BG01" else APPROPRIATION
    measure = "expenditure_grand_total"
    spent = [key(measure, measure, each) for each in ((fund,) if breadth == 1 else (fund, GPB, GMF, SCB))]
    height = max(len(left), len(right)) + EMPTY_ROWS
    blank: Line = ("", ())
    left = [
        *left,
        *[blank] * (height - len(left)),
        ("收入总计", (key("income_grand_total", "income_grand_total", fund),)),
    ]
    right = [*right, *[blank] * (height - len(right)), ("支出总计", tuple(spent))]
    return plain_sides(sheet, left, right, breadth)


def _overview(sheet: Sheet) -> Table:
    key = sheet.filing.key
    left: list[Line] = [
        ("一、财政拨款收入", (key("income", "income", APPROPRIATION),)),
        ("1. 一般公共预算资金", (key("income", "income", GPB),)),
        ("2. 政府性基金", (key("income", "income", GMF),)),
        ("3. 国有资本经营预算", (key("income", "income", SCB),)),
        ("二、事业收入", (key("institutional_income", "institutional_income", ALL),)),
        ("三、事业单位经营收入", (key("business_income", "business_income", ALL),)),
        ("四、其他收入", (key("other_income", "other_income", ALL),)),
    ]
    paths = [(side, word) for side in ("本年收入", "本年支出") for word in ("项目", "预算数")]
    return sheet.table(paths, _foot(sheet, left, class_line_list(sheet, [ALL], used_only=True), 1))


def _appropriation(sheet: Sheet) -> Table:
    key = sheet.filing.key
    left: list[Line] = [
        ("一、一般公共预算资金", (key("income", "income", GPB),)),
        ("二、政府性基金", (key("income", "income", GMF),)),
        ("三、国有资本经营预算", (key("income", "income", SCB),)),
    ]
    right = class_line_list(sheet, [APPROPRIATION, GPB, GMF, SCB], used_only=True)
    words = ("项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    paths: list[Path] = [
        ("财政拨款收入", "项目"),
        ("财政拨款收入", "预算数"),
        *(("财政拨款支出", word) for word in words),
    ]
    return sheet.table(paths, _foot(sheet, left, right, 4))


def _functional(sheet: Sheet, group: str, columns: Sequence[tuple[str, str, str]]) -> Table:
    found = [Column((group, word), measure, fund) for word, measure, fund in columns]
    rows = sheet.function_rows(found)
    paths = [
        *(("项目", "功能分类科目编码", part) for part in "类款项"),
        ("项目", "功能分类科目名称"),
        *(column.path for column in found),
    ]
    if rows:
        return sheet.table(paths, rows)
    blank = tuple(Cell(align="right") for _ in found)
    notes = [f"注：本{sheet.filing.scope}{sheet.filing.year}年无{group.removesuffix('支出')}安排的预算，故本表为空表。"]
    return sheet.table(paths, [(Cell("合计", column_span=4), *blank)], notes=notes)


def _income(sheet: Sheet) -> Table:
    columns = (
        ("合计", "income", ALL),
        ("财政拨款收入", "income", APPROPRIATION),
        ("事业收入", "institutional_income", ALL),
        ("事业单位经营收入", "business_income", ALL),
        ("其他收入", "other_income", ALL),
    )
    return _functional(sheet, "收入预算", columns)


def _spending(sheet: Sheet, group: str, fund: str) -> Table:
    columns = (
        ("合计", "expenditure", fund),
        ("基本支出", "basic_expenditure", fund),
        ("项目支出", "project_expenditure", fund),
    )
    return _functional(sheet, group, columns)


def _economic(sheet: Sheet) -> Table:
    measures = (
        ("合计", "basic_expenditure"),
        ("人员经费", "personnel_expenditure"),
        ("公用经费", "operating_expenditure"),
    )
    columns = [Column(("一般公共预算基本支出", word), measure, GPB) for word, measure in measures]
    paths: list[Path] = [
        *(("项目", "部门预算经济分类科目编码", part) for part in "类款"),
        ("项目", "经济分类科目名称"),
        *(column.path for column in columns),
    ]
    rows: list[Row] = []
    for code, name in sheet.filing.economics.items():
        numbers = sheet.cells(f"dept_economic:{code}", columns)
        if sheet.filing.amount(sheet.filing.key(f"dept_economic:{code}", "basic_expenditure", GPB)):
            rows.append((label(code[:3], align="center"), label(code[3:], align="center"), label(name), *numbers))
    total = (Cell("合计", column_span=3), *sheet.cells(None, columns))
    return sheet.table(paths, [*rows, total])


def _three_public(sheet: Sheet) -> Table:
    group, vehicles = "“三公”经费预算数", "公务用车购置及运行费"
    columns = (
        ((group, "合计"), "three_public", APPROPRIATION),
        ((group, "因公出国(境)费"), "overseas_travel", APPROPRIATION),
        ((group, "公务接待费"), "official_reception", APPROPRIATION),
        ((group, vehicles, "小计"), "official_vehicles", APPROPRIATION),
        ((group, vehicles, "购置费"), "vehicle_purchase", APPROPRIATION),
        ((group, vehicles, "运行费"), "vehicle_running", APPROPRIATION),
        (("机关运行经费预算数",), "agency_operating_costs", GPB),
    )
    cells = tuple(sheet.figure(sheet.filing.key(measure, measure, fund)) for _, measure, fund in columns)
    return sheet.table([path for path, _, _ in columns], [cells])


def shanghai_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the nine forms of a district's budget; codes stand in three columns whatever the style says."""
    forms = (
        ("BG01", "财务收支预算总表", _overview, ""),
        ("BG02", "收入预算总表", _income, ""),
        ("BG03", "支出预算总表", lambda sheet: _spending(sheet, "支出预算", ALL), ""),
        ("BG04", "财政拨款收支预算总表", _appropriation, ""),
        ("BG05", "一般公共预算支出功能分类预算表", lambda sheet: _spending(sheet, "一般公共预算支出", GPB), ""),
        ("BG08", "政府性基金预算支出功能分类预算表", lambda sheet: _spending(sheet, "政府性基金预算支出", GMF), ""),
        ("BG09", "国有资本经营预算支出功能分类预算表", lambda sheet: _spending(sheet, "国有资本经营预算支出", SCB), ""),
        ("BG06", "一般公共预算基本支出部门预算经济分类预算表", _economic, ""),
        ("BG07", "“三公”经费和机关运行经费预算表", _three_public, "万元"),
    )
    three_columns = replace(style, code_columns=3)
    return [
        build(Sheet(filing, three_columns, code, f"{filing.year}年{filing.scope}{title}", None, unit))
        for code, title, build, unit in forms
    ]
