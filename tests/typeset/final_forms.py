"""The nine forms of final accounts (公开01–09), filled from a filing."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

from tests.typeset.facts import DATA
from tests.typeset.model import Cell, Key, Row, Table
from tests.typeset.sheet import Column, Filing, Path, Sheet, label, ordinal
from tests.typeset.style import Style

ALL, APPROPRIATION = "all", "fiscal_appropriation"
GPB, GMF, SCB = "general_public_budget", "government_managed_fund_budget", "state_capital_operating_budget"
THREE_FUNDS = (("一般公共预算财政拨款", GPB), ("政府性基金预算财政拨款", GMF), ("国有资本经营预算财政拨款", SCB))
CODE_WORDS = ("功能分类科目编码", "科目名称")
Line = tuple[str, tuple[Key, ...]]
"""A label and the keys of its amounts."""
Builder = Callable[[Sheet], Table]


def class_lines(kind: str) -> list[tuple[str, str]]:
    """Return code and name of the functional classes that a two-sided form lists, in order."""
    rows = (line.split(",") for line in (DATA / "classes.csv").read_text(encoding="utf-8").splitlines()[1:])
    column = 2 if kind == "final_accounts" else 3
    return [(row[0], row[1]) for row in rows if row[column]]


def two_sided(sheet: Sheet, income: Sequence[Line], expenditure: Sequence[Line], breadth: int) -> list[Row]:
    """Set income lines beside expenditure lines, with running 行次 when the style has them.

    Income lines have one amount, expenditure lines ``breadth``. A missing line is blank, its 行次 is printed.
    """
    rows, count = [], max(len(income), len(expenditure))
    for number, (left, right) in enumerate(zip_longest(income, expenditure, fillvalue=("", ())), 1):
        cells = [*_side(sheet, left, number, 1), *_side(sheet, right, count + number, breadth)]
        rows.append(tuple(cells))
    return rows


def _side(sheet: Sheet, line: Line, number: int, breadth: int) -> list[Cell]:
    text, keys = line
    numbers = [sheet.figure(key) for key in keys]
    numbers += [Cell(align="right") for _ in range(breadth - len(numbers))]
    line_no = [Cell(str(number))] if sheet.style.line_numbers else []
    return [label(text), *line_no, *numbers]


def side_paths(sheet: Sheet, side: str, *amounts: Path) -> list[Path]:
    """Return the header paths of one side of a two-sided form."""
    line_no: list[Path] = [(side, "行次")] if sheet.style.line_numbers else []
    return [(side, "项目"), *line_no, *((side, *path) for path in amounts)]


def side_numbers(sheet: Sheet, *counts: int) -> Row:
    """Make the 栏次 row of a two-sided form with one or more amounts on each side."""
    if not sheet.style.line_numbers:
        return ()
    cells, number = [], 0
    for count in counts:
        cells += [Cell("栏次"), Cell(), *(Cell(str(number + each)) for each in range(1, count + 1))]
        number += count
    return tuple(cells)


def _spread(lines: list[Line], before: int, foot: Sequence[Line]) -> list[Line]:
    """Pad lines to ``before`` blanks-included lines, then add those of the foot."""
    return [*lines, *((("", ()),) * (before - len(lines))), *foot]


def income_and_expenditure(sheet: Sheet, *, with_parts: bool = False) -> Table:
    """FA01: income by source beside expenditure by class, with balances, ``with_parts`` by what they are kept for."""
    key = sheet.filing.key

    def total(measure: str, fund: str = ALL) -> tuple[Key, ...]:
        return (key(measure, measure, fund),)

    def parts(when: str) -> list[Line]:
        return [
            ("其中：基本支出结转", total(f"{when}_basic_balance")),
            ("项目支出结转和结余", total(f"{when}_project_balance")),
        ]

    sources: list[Line] = [
        ("一、一般公共预算财政拨款收入", total("income", GPB)),
        ("二、政府性基金预算财政拨款收入", total("income", GMF)),
        ("三、国有资本经营预算财政拨款收入", total("income", SCB)),
        ("四、上级补助收入", total("superior_subsidy_income")),
        ("五、事业收入", total("institutional_income")),
        ("六、经营收入", total("business_income")),
        ("七、附属单位上缴收入", total("affiliated_remittance_income")),
        ("八、其他收入", total("other_income")),
    ]
    classes: list[Line] = [
        (f"{ordinal(number)}、{name}", (key(f"function:{code}", "expenditure", ALL),))
        for number, (code, name) in enumerate(class_lines(sheet.filing.kind), 1)
    ]
    income = _spread(sources, len(classes), [
        ("本年收入合计", total("income")),
        ("使用非财政拨款结余", total("surplus_used")),
        ("年初结转和结余", total("opening_balance")),
        *(parts("opening") if with_parts else [("", ())]),
        ("总计", total("income_grand_total")),
    ])  # fmt: skip
    spent = [
        *classes,
        ("本年支出合计", total("expenditure")),
        ("结余分配", total("surplus_distribution")),
        ("年末结转和结余", total("closing_balance")),
        *(parts("closing") if with_parts else [("", ())]),
        ("总计", total("expenditure_grand_total")),
    ]
    paths = [*side_paths(sheet, "收入", ("金额",)), *side_paths(sheet, "支出", ("金额",))]
    notes = ["注：本表反映部门本年度的总收支和年末结转结余情况。"]
    return sheet.table(paths, two_sided(sheet, income, spent, 1), notes=notes, numbers=side_numbers(sheet, 1, 1))


def by_function(sheet: Sheet, columns: Sequence[Column], note: str, empty_note: str) -> Table:
    """Lay out any form whose rows are function codes; without a row it is empty and says why."""
    paths = [*sheet.code_paths("项目", words=CODE_WORDS), *(column.path for column in columns)]
    rows = sheet.function_rows(columns)
    numbers = sheet.column_numbers(sheet.style.code_columns + 1, len(columns)) if rows else ()
    return sheet.table(paths, rows, notes=[note] if rows else [note, empty_note], numbers=numbers)


def appropriation(sheet: Sheet) -> Table:
    """FA04: income and expenditure of the three funds."""
    key = sheet.filing.key
    funds = (APPROPRIATION, GPB, GMF, SCB)

    def wide(subject: str, measure: str) -> tuple[Key, ...]:
        return tuple(key(subject, measure, fund) for fund in funds)

    def income(measure: str, fund: str = APPROPRIATION) -> tuple[Key, ...]:
        return (key(measure, measure, fund),)

    classes: list[Line] = [
        (f"{ordinal(number)}、{name}", wide(f"function:{code}", "expenditure"))
        for number, (code, name) in enumerate(class_lines(sheet.filing.kind), 1)
    ]
    sources: list[Line] = [
        (f"{ordinal(number)}、{name}", income("income", fund)) for number, (name, fund) in enumerate(THREE_FUNDS, 1)
    ]
    left = _spread(sources, len(classes), [
        ("本年收入合计", income("income")),
        ("年初财政拨款结转和结余", income("opening_balance")),
        *((name, income("opening_balance", fund)) for name, fund in THREE_FUNDS),
        ("总计", income("income_grand_total")),
    ])  # fmt: skip
    right = [
        *classes,
        ("本年支出合计", wide("expenditure", "expenditure")),
        ("年末财政拨款结转和结余", wide("closing_balance", "closing_balance")),
        *((("", ()),) * 3),
        ("总计", wide("expenditure_grand_total", "expenditure_grand_total")),
    ]
    amounts: list[Path] = [("合计",), *((name,) for name, _ in THREE_FUNDS)]
    paths = [*side_paths(sheet, "收入", ("金额",)), *side_paths(sheet, "支出", *amounts)]
    notes = ["注：本表反映部门本年度三本预算财政拨款的总收支和年末结转结余情况。"]
    return sheet.table(paths, two_sided(sheet, left, right, 4), notes=notes, numbers=side_numbers(sheet, 1, 4))


def economic_groups(sheet: Sheet) -> Table:
    """FA06: basic expenditure by economic code, personnel beside two groups of operating costs."""
    groups: list[list[Row]] = [[], [], []]
    for code, name in sheet.filing.economics.items():
        cell = sheet.figure(sheet.filing.key(f"dept_economic:{code}", "basic_expenditure", GPB))
        if cell.key or sheet.style.full_economics:
            place = {"301": 0, "303": 0, "302": 1}.get(code[:3], 2)
            groups[place].append((label(code), label(name), cell))
    blank = (Cell(), Cell(), Cell(align="right"))
    body = [(*a, *b, *c) for a, b, c in zip_longest(*groups, fillvalue=blank)]
    parts = ("personnel_expenditure", "operating_expenditure")
    people, running = (sheet.figure(sheet.filing.key(measure, measure, GPB)) for measure in parts)
    if not body:
        return sheet.table(_group_paths(), [], notes=["注：本部门没有一般公共预算财政拨款基本支出，故本表无数据。"])
    foot = (Cell("人员经费合计", column_span=2), people, Cell("公用经费合计", column_span=5), running)
    return sheet.table(
        _group_paths(), [*body, foot], notes=["注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"]
    )


def _group_paths() -> list[Path]:
    words = ("科目编码", "科目名称", "金额")
    return [(group, word) for group in ("人员经费", "公用经费", "公用经费") for word in words]


def three_public(sheet: Sheet) -> Table:
    """FA07: the budget and the outcome of the three public expenses in one row."""
    paths, cells = [], []
    for word, stage in (("预算数", "initial_budget"), ("决算数", "final")):
        for path, measure in THREE_PUBLIC:
            paths.append((word, *path))
            cells.append(sheet.figure(sheet.filing.key(measure, measure, GPB, stage)))
    numbers = tuple(Cell(str(number)) for number in range(1, 13)) if sheet.style.line_numbers else ()
    body = [tuple(cells)] if any(cell.key for cell in cells) else []
    notes = ["注：预算数为年初预算数，决算数包括当年财政拨款和以前年度结转资金安排的实际支出。"]
    if not body:
        notes.append("本部门没有一般公共预算财政拨款“三公”经费支出，故本表无数据。")
    return sheet.table(paths, body, notes=notes, numbers=numbers)


VEHICLES = "公务用车购置及运行维护费"
THREE_PUBLIC: tuple[tuple[Path, str], ...] = (
    (("合计",), "three_public"),
    (("因公出国（境）费",), "overseas_travel"),
    ((VEHICLES, "小计"), "official_vehicles"),
    ((VEHICLES, "公务用车购置费"), "vehicle_purchase"),
    ((VEHICLES, "公务用车运行维护费"), "vehicle_running"),
    (("公务接待费",), "official_reception"),
)
INCOME = (
    Column(("本年收入合计",), "income", ALL),
    Column(("财政拨款收入",), "income", APPROPRIATION),
    Column(("上级补助收入",), "superior_subsidy_income", ALL),
    Column(("事业收入",), "institutional_income", ALL),
    Column(("经营收入",), "business_income", ALL),
    Column(("附属单位上缴收入",), "affiliated_remittance_income", ALL),
    Column(("其他收入",), "other_income", ALL),
)
EXPENDITURE = (
    Column(("本年支出合计",), "expenditure", ALL),
    Column(("基本支出",), "basic_expenditure", ALL),
    Column(("项目支出",), "project_expenditure", ALL),
    Column(("上缴上级支出",), "remittance_to_superior", ALL),
    Column(("经营支出",), "business_expenditure", ALL),
    Column(("对附属单位补助支出",), "subsidy_to_affiliated", ALL),
)


def spent_columns(fund: str) -> tuple[Column, ...]:
    """Return the columns 小计, 基本支出, 项目支出 of one fund."""
    return (
        Column(("本年支出", "小计"), "expenditure", fund),
        Column(("本年支出", "基本支出"), "basic_expenditure", fund),
        Column(("本年支出", "项目支出"), "project_expenditure", fund),
    )


FUND_COLUMNS = (
    Column(("年初结转和结余",), "opening_balance", GMF),
    Column(("本年收入",), "income", GMF),
    *spent_columns(GMF),
    Column(("年末结转和结余",), "closing_balance", GMF),
)
NO_FUND = "本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。"
NO_CAPITAL = "本部门没有使用国有资本经营预算安排的支出，故本表无数据。"


def _function_form(columns: Sequence[Column], about: str, empty_note: str = "本表无数据。") -> Builder:
    return lambda sheet: by_function(sheet, columns, f"注：本表反映部门本年度{about}情况。", empty_note)


FORMS: tuple[tuple[str, str, Builder], ...] = (
    ("FA01", "收入支出决算总表", income_and_expenditure),
    ("FA02", "收入决算表", _function_form(INCOME, "取得的各项收入")),
    ("FA03", "支出决算表", _function_form(EXPENDITURE, "各项支出")),
    ("FA04", "财政拨款收入支出决算总表", appropriation),
    ("FA05", "一般公共预算财政拨款支出决算表", _function_form(spent_columns(GPB), "一般公共预算财政拨款支出")),
    ("FA06", "一般公共预算财政拨款基本支出决算表", economic_groups),
    ("FA07", "一般公共预算财政拨款“三公”经费支出决算表", three_public),
    (
        "FA08",
        "政府性基金预算财政拨款收入支出决算表",
        _function_form(FUND_COLUMNS, "政府性基金预算财政拨款收支及结转结余", NO_FUND),
    ),
    (
        "FA09",
        "国有资本经营预算财政拨款支出决算表",
        _function_form(spent_columns(SCB), "国有资本经营预算财政拨款支出", NO_CAPITAL),
    ),
)


def final_accounts_forms(filing: Filing, style: Style) -> list[Table]:
    """Fill the nine forms of final accounts."""
    return [
        build(Sheet(filing, style, code, title, f"公开{number:02}表", "万元" if code == "FA07" else ""))
        for number, (code, title, build) in enumerate(FORMS, 1)
    ]
