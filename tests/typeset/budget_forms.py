"""The twelve forms of a budget (收支总体情况表 … 政府采购预算情况表), filled from a filing.

Shanghai's and Jiangsu's forms stand in ``shanghai`` and ``jiangsu``.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tests.typeset.final_forms import ALL, APPROPRIATION, GMF, GPB, SCB, THREE_PUBLIC, Line, class_lines
from tests.typeset.model import Cell, Key, Row, Table, project_subject
from tests.typeset.sheet import Column, Filing, Path, Sheet, label, ordinal
from tests.typeset.style import Style


def plain_sides(sheet: Sheet, income: Sequence[Line], expenditure: Sequence[Line], breadth: int) -> list[Row]:
    """Set income lines beside expenditure lines, without 行次."""
    rows = []
    for (left, one), (right, many) in zip_longest(income, expenditure, fillvalue=("", ())):
        figures = [sheet.figure(key) for key in (*one, *many)]
        gap = [Cell(align="right")] * (1 - len(one))
        rest = [Cell(align="right")] * (breadth - len(many))
        rows.append((label(left), *figures[: len(one)], *gap, label(right), *figures[len(one) :], *rest))
    return rows


def class_line_list(sheet: Sheet, funds: Sequence[str], *, used_only: bool = False) -> list[Line]:
    """Return the functional classes as numbered lines; with ``used_only`` only those with an amount, renumbered."""
    filing = sheet.filing
    found = [
        (name, tuple(filing.key(f"function:{code}", "expenditure", fund) for fund in funds))
        for code, name in class_lines(filing.kind)
    ]
    if used_only:
        found = [(name, keys) for name, keys in found if filing.amount(keys[0], sheet.form_code)]
    return [(f"{ordinal(number)}、{name}", keys) for number, (name, keys) in enumerate(found, 1)]


def _overview(sheet: Sheet) -> Table:
    def total(measure: str, fund: str = ALL) -> tuple[Key, ...]:
        return (sheet.filing.key(measure, measure, fund),)

    classes = class_line_list(sheet, [ALL])
    sources: list[Line] = [
        ("一、财政拨款收入", total("income", APPROPRIATION)),
        ("一般公共预算收入", total("income", GPB)),
        ("政府性基金预算拨款收入", total("income", GMF)),
        ("国有资本经营预算拨款收入", total("income", SCB)),
        ("二、财政专户管理资金收入", total("special_account_income")),
        ("三、事业收入（不含教育收费）", total("institutional_income")),
        ("四、事业单位经营收入", total("business_income")),
        ("五、其他收入", total("other_income")),
    ]
    left = [*sources, *((("", ()),) * (len(classes) - len(sources)))]
    left += [
        ("本年收入合计", total("income")),
        ("上级补助收入", total("superior_subsidy_income")),
        ("附属单位上缴收入", total("affiliated_remittance_income")),
        ("使用非财政拨款结余", total("surplus_used")),
        ("上年结转", total("brought_forward")),
        ("收入总计", total("income_grand_total")),
    ]
    right = [
        *classes,
        ("本年支出合计", total("expenditure")),
        ("", ()),
        ("对附属单位的补助支出", total("subsidy_to_affiliated")),
        ("上缴上级支出", total("remittance_to_superior")),
        ("结转下年", total("carried_forward")),
        ("支出总计", total("expenditure_grand_total")),
    ]
    paths = [(side, word) for side in ("收入", "支出") for word in ("项目", "预算数")]
    return sheet.table(paths, plain_sides(sheet, left, right, 1))


def _income(sheet: Sheet) -> Table:
    columns = (
        Column(("合计",), "income", ALL),
        Column(("财政拨款收入", "小计"), "income", APPROPRIATION),
        Column(("财政拨款收入", "一般公共预算收入"), "income", GPB),
        Column(("财政拨款收入", "政府性基金预算收入"), "income", GMF),
        Column(("财政专户管理资金收入",), "special_account_income", ALL),
        Column(("事业收入",), "institutional_income", ALL),
        Column(("事业单位经营收入",), "business_income", ALL),
        Column(("其他收入",), "other_income", ALL),
        Column(("上级补助收入",), "superior_subsidy_income", ALL),
        Column(("附属单位上缴收入",), "affiliated_remittance_income", ALL),
        Column(("使用非财政拨款结余",), "surplus_used", ALL),
        Column(("上年结转",), "brought_forward", ALL),
    )
    return coded(sheet, columns)


def coded(sheet: Sheet, columns: Sequence[Column], empty_note: str = "注：本表无数据。") -> Table:
    """Lay out any form whose rows are function codes; without a row it is empty and says why."""
    rows = sheet.function_rows(columns)
    paths = [*sheet.code_paths(), *(column.path for column in columns)]
    return sheet.table(paths, rows, notes=[] if rows else [empty_note])


def _expenditure(sheet: Sheet) -> Table:
    columns = (
        Column(("合计",), "expenditure", ALL),
        Column(("基本支出",), "basic_expenditure", ALL),
        Column(("项目支出",), "project_expenditure", ALL),
        Column(("上缴上级支出",), "remittance_to_superior", ALL),
        Column(("对附属单位补助支出",), "subsidy_to_affiliated", ALL),
        Column(("事业单位经营支出",), "business_expenditure", ALL),
        Column(("结转下年",), "carried_forward", ALL),
    )
    return coded(sheet, columns)


def _appropriation(sheet: Sheet) -> Table:
    key = sheet.filing.key
    funds = (APPROPRIATION, GPB, GMF, SCB)

    def wide(measure: str) -> tuple[Key, ...]:
        return tuple(key(measure, measure, fund) for fund in funds)

    def single(measure: str, fund: str = APPROPRIATION) -> tuple[Key, ...]:
        return (key(measure, measure, fund),)

    classes = class_line_list(sheet, funds)
    sources: list[Line] = [
        ("一、一般公共预算收入", single("income", GPB)),
        ("二、政府性基金预算收入", single("income", GMF)),
        ("三、国有资本经营预算收入", single("income", SCB)),
    ]
    left = [
        *sources,
        *((("", ()),) * (len(classes) - 3)),
        ("本年收入合计", single("income")),
        ("上年结转", single("brought_forward")),
        ("其中：一般公共预算结转", single("brought_forward", GPB)),
        ("政府性基金预算结转", single("brought_forward", GMF)),
        ("国有资本经营预算结转", single("brought_forward", SCB)),
        ("收入总计", single("income_grand_total")),
    ]
    right = [
        *classes,
        ("本年支出合计", wide("expenditure")),
        ("结转下年", wide("carried_forward")),
        *((("", ()),) * 3),
        ("支出总计", wide("expenditure_grand_total")),
    ]
    words = ("总计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    paths: list[Path] = [("收入", "项目"), ("收入", "预算数"), ("支出", "项目")]
    paths += [("支出", "预算数", word) for word in words]
    return sheet.table(paths, plain_sides(sheet, left, right, 4))


def spending_of(sheet: Sheet, fund: str, name: str) -> Table:
    """Lay out the expenditure of one fund by function: basic, with its two parts, and projects."""
    columns = (
        Column(("合计",), "expenditure", fund),
        Column(("基本支出", "小计"), "basic_expenditure", fund),
        Column(("基本支出", "人员支出"), "personnel_expenditure", fund),
        Column(("基本支出", "日常公用支出"), "operating_expenditure", fund),
        Column(("项目支出",), "project_expenditure", fund),
    )
    return coded(sheet, columns, f"注：{sheet.filing.year}年没有使用{name}拨款安排的支出。")


def economic_rows(sheet: Sheet, columns: Sequence[Column]) -> list[Row]:
    """Make a row for each economic code in use, with the government's code beside it, and the total row."""
    rows: list[Row] = []
    for code, name in sheet.filing.economics.items():
        numbers = sheet.cells(f"dept_economic:{code}", columns)
        if any(cell.key for cell in numbers):
            second = sheet.filing.government.get(code, ("", ""))
            pair = (*_economic_cells(sheet, code, name), *_economic_cells(sheet, *second))
            rows.append((*pair, *numbers))
    if not rows:
        return []
    width = 4 if sheet.style.code_columns == 1 else 6
    total = (Cell("合计", column_span=width), *sheet.cells(None, columns))
    return [total, *rows] if sheet.style.total_first else [*rows, total]


def _economic_cells(sheet: Sheet, code: str, name: str) -> Row:
    if sheet.style.code_columns == 1:
        return label(code), label(name)
    return label(code[:3], align="center"), label(code[3:], align="center"), label(name)


def economic(sheet: Sheet, columns: Sequence[Column], empty_note: str) -> Table:
    """Lay out any form whose rows are economic codes, with those of the government beside them."""
    codes: list[Path] = [("科目编码",)]
    if sheet.style.code_columns == 3:
        codes = [("科目编码", part) for part in "类款"]
    paths = [*codes, ("部门预算支出经济分类科目",), *codes, ("政府预算支出经济分类科目",)]
    paths += [column.path for column in columns]
    rows = economic_rows(sheet, columns)
    return sheet.table(paths, rows, notes=[] if rows else [empty_note])


def _basic(sheet: Sheet) -> Table:
    columns = (
        Column(("基本支出预算", "小计"), "basic_expenditure", GPB),
        Column(("基本支出预算", "人员支出"), "personnel_expenditure", GPB),
        Column(("基本支出预算", "日常公用支出"), "operating_expenditure", GPB),
    )
    return economic(sheet, columns, f"注：{sheet.filing.year}年没有使用一般公共预算拨款安排的基本支出。")


def other_sources(*above: str, unit_funds: str = "") -> Iterator[Column]:
    """Yield the sources other than appropriations. All stay blank but 单位资金, which tells ``unit_funds`` if named."""
    measures = {"财政专户管理资金": "", "单位资金": unit_funds, "使用非财政拨款结余": "", "上年结转": ""}
    for name, measure in measures.items():
        yield Column((*above, name), measure, "unit_funds")


def _basic_all(sheet: Sheet) -> Table:
    columns = (
        Column(("合计",), "basic_expenditure", ALL),
        Column(("财政拨款", "小计"), "basic_expenditure", APPROPRIATION),
        Column(("财政拨款", "一般公共预算"), "basic_expenditure", GPB),
        Column(("财政拨款", "政府性基金预算"), "basic_expenditure", GMF),
        *other_sources(),
    )
    return economic(sheet, columns, f"注：{sheet.filing.department}{sheet.filing.year}年没有基本支出预算。")


def _three_public(sheet: Sheet) -> Table:
    paths, cells, year = [], [], sheet.filing.year
    for each in (year - 1, year):
        for path, measure in THREE_PUBLIC:
            stage = "initial_budget" if each == year else "prior_budget"
            paths.append((f"{each}年预算数", *path))
            cells.append(sheet.figure(sheet.filing.key(measure, measure, GPB, stage, each)))
    body = [tuple(cells)] if any(cell.key for cell in cells) else []
    return sheet.table(paths, body, notes=[] if body else [f"注：{year}年没有一般公共预算“三公”经费支出。"])


def _projects(sheet: Sheet) -> Table:
    measure = "project_expenditure"
    columns = (
        Column(("合计",), measure, ALL),
        Column(("财政拨款", "小计"), measure, APPROPRIATION),
        Column(("财政拨款", "一般公共预算"), measure, GPB),
        Column(("财政拨款", "政府性基金预算"), measure, GMF),
        *other_sources(unit_funds=measure),
    )
    paths: list[Path] = [("项目名称",), ("项目类型",), *(column.path for column in columns)]
    rows = [
        (label(name), label("特定目标类"), *sheet.cells(project_subject(name), columns))
        for name in sheet.filing.projects
    ]
    total = (Cell("合计", column_span=2), *sheet.cells(None, columns))
    body = [total, *rows] if sheet.style.total_first else [*rows, total]
    return sheet.table(paths, body if rows else [], notes=[] if rows else ["注：本部门没有项目支出预算。"])


def _procurement(sheet: Sheet) -> Table:
    columns = (
        Column(("资金来源", "合计"), "procurement", ALL),
        Column(("资金来源", "财政拨款", "小计"), "procurement", APPROPRIATION),
        Column(("资金来源", "财政拨款", "一般公共预算"), "procurement", GPB),
        Column(("资金来源", "财政拨款", "政府性基金预算"), "procurement", GMF),
        *other_sources("资金来源"),
    )
    return coded(sheet, columns, "注：本部门没有政府采购预算。")


def budget_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the twelve forms of a budget, as in Shandong."""
    forms = (
        ("BG01", "收支总体情况表", _overview),
        ("BG02", "收入总体情况表", _income),
        ("BG03", "支出总体情况表", _expenditure),
        ("BG04", "财政拨款收支总体情况表", _appropriation),
        ("BG05", "一般公共预算支出情况表", lambda sheet: spending_of(sheet, GPB, "一般公共预算")),
        ("BG06", "一般公共预算基本支出情况表", _basic),
        ("BG07", "一般公共预算“三公”经费支出情况表", _three_public),
        ("BG08", "政府性基金预算支出情况表", lambda sheet: spending_of(sheet, GMF, "政府性基金预算")),
        ("BG09", "国有资本经营预算支出情况表", lambda sheet: spending_of(sheet, SCB, "国有资本经营预算")),
        ("BG10", "基本支出预算情况表", _basic_all),
        ("BG11", "项目支出预算情况表", _projects),
        ("BG12", "政府采购预算情况表", _procurement),
    )
    return [
        build(Sheet(filing, style, code, title, f"表{number}")) for number, (code, title, build) in enumerate(forms, 1)
    ]
