"""Every kind of form, typeset in the variants papers print, reads back to exactly its amounts.

Varied: titles, header words, which columns there are and in which order, the unit, where the total stands,
what is blank. The classified forms of all income and expenditure stand in ``tests/disclosures/test_variants.py``.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document
from tests.disclosures.test_variants import COVERS, ITEMS, figures

Expected = set[tuple[str, str, str, Decimal]]
Words = Mapping[str, Sequence[str]]

UNITS = (("万元", 10_000), ("元", 1), ("千元", 1_000), ("亿元", 100_000_000))
SPENT: Words = {
    "expenditure": ("合计", "本年支出合计", "小计"),
    "basic_expenditure": ("基本支出",),
    "project_expenditure": ("项目支出",),
}
FUND_FORMS = {
    "FA05": (
        "final_accounts",
        "general_public_budget",
        ("一般公共预算财政拨款支出决算表", "五、一般公共预算财政拨款支出决算表"),
    ),
    "FA09": ("final_accounts", "state_capital_operating_budget", ("国有资本经营预算财政拨款支出决算表",)),
    "BG05": ("budget", "general_public_budget", ("一般公共预算支出表", "2023年一般公共预算支出预算表")),
    "BG08": ("budget", "government_managed_fund_budget", ("政府性基金预算支出表", "政府性基金支出预算表")),
    "BG09": ("budget", "state_capital_operating_budget", ("国有资本经营预算支出表", "国有资本经营预算支出预算表")),
}
ECONOMIC = [
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("303", "对个人和家庭的补助"),
]
ECONOMIC_COLUMNS: Words = {
    "basic_expenditure": ("合计", "基本支出"),
    "personnel_expenditure": ("人员经费",),
    "operating_expenditure": ("公用经费", "日常公用经费"),
}
ECONOMIC_FORMS = {
    "BG06": ("budget", "general_public_budget", ("一般公共预算基本支出表", "一般公共预算基本支出预算表")),
    "BG10": ("budget", "all", ("基本支出预算表",)),
}
THREE_PUBLIC = {
    "overseas_travel": "因公出国（境）费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "official_reception": "公务接待费",
}
FUND_FLOWS = {
    "opening_balance": "年初结转和结余",
    "income": "本年收入",
    "expenditure": "本年支出",
    "closing_balance": "年末结转和结余",
}

few = settings(max_examples=40, deadline=None)


def _shown(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def _read(cover: str, title: str, unit: str, lines: list[str]) -> tuple[set[str | None], Expected]:
    facts = understand(document(COVERS[cover], title, f"单位：{unit}", lines))
    assert not [left for left in facts.unplaced if left.what == "cell"]
    amounts = {(a.subject, a.measure, a.fund, a.amount_yuan) for a in facts.amounts}
    return {form.form_code for form in facts.forms}, amounts  # type: ignore[return-value]


@st.composite
def coded(
    draw: st.DrawFn, forms: Mapping[str, tuple[str, str, Sequence[str]]], columns: Words, rows: list[tuple[str, str]],
    kind: str,
) -> tuple[str, str, str, str, list[str], Expected]:  # fmt: skip
    """A form of coded rows: its code, cover, title, unit, lines and amounts."""
    code = draw(st.sampled_from(sorted(forms)))
    cover, fund, titles = forms[code]
    unit, factor = draw(st.sampled_from(UNITS))
    chosen = draw(st.permutations(sorted(columns)))[: draw(st.integers(2, len(columns)))]
    lines = ["|".join(["科目编码", "科目名称", *(draw(st.sampled_from(columns[name])) for name in chosen)])]
    expected: Expected = set()
    ordered = [("", "合计"), *rows] if draw(st.booleans()) else [*rows, ("", "合计")]
    for item, name in ordered:
        values = [draw(st.none() | figures) for _ in chosen]
        lines.append("|".join([item, name, *map(_shown, values)]))
        for column, value in zip(chosen, values, strict=True):
            if value is not None:
                expected.add((f"{kind}:{item}" if item else column, column, fund, value * factor))
    return code, cover, draw(st.sampled_from(titles)), unit, lines, expected


@few
@given(coded(FUND_FORMS, SPENT, ITEMS, "function"))
def test_forms_of_one_fund_by_function(paper: tuple[str, str, str, str, list[str], Expected]) -> None:
    code, cover, title, unit, lines, expected = paper
    forms, amounts = _read(cover, title, unit, lines)
    assert (forms, amounts) == ({code}, expected)


@few
@given(coded(ECONOMIC_FORMS, ECONOMIC_COLUMNS, ECONOMIC, "dept_economic"))
def test_forms_of_basic_expenditure_by_economic_class(paper: tuple[str, str, str, str, list[str], Expected]) -> None:
    code, cover, title, unit, lines, expected = paper
    forms, amounts = _read(cover, title, unit, lines)
    assert (forms, amounts) == ({code}, expected)


@few
@given(st.lists(st.tuples(figures, figures), min_size=3, max_size=3), st.sampled_from(UNITS))
def test_basic_expenditure_in_groups_side_by_side(values: list[tuple[Decimal, Decimal]], unit: tuple[str, int]) -> None:
    groups = (("301", "工资福利支出", "30101", "基本工资"), ("302", "商品和服务支出", "30201", "办公费"))
    head = ["人员经费|<|<|公用经费|<|<", "|".join(["经济分类科目编码|科目名称|决算数"] * 2)]
    first = "|".join(f"{group[0]}|{group[1]}|{_shown(value)}" for group, value in zip(groups, values[0], strict=True))
    second = "|".join(f"{group[2]}|{group[3]}|{_shown(value)}" for group, value in zip(groups, values[1], strict=True))
    codes = (("301", "302"), ("30101", "30201"))
    expected = {
        (f"dept_economic:{code}", "basic_expenditure", "general_public_budget", value * unit[1])
        for row, pair in zip(codes, values, strict=False) for code, value in zip(row, pair, strict=True)
    }  # fmt: skip
    title = "一般公共预算财政拨款基本支出决算表"
    assert _read("final_accounts", title, unit[0], [*head, first, second]) == ({"FA06"}, expected)


@few
@given(st.lists(figures, min_size=6, max_size=6), st.sampled_from(UNITS), st.booleans())
def test_three_public_expenses_across_and_down(values: list[Decimal], unit: tuple[str, int], down: bool) -> None:
    total, vehicles, *parts = values
    names = list(THREE_PUBLIC.values())
    if down:
        labels = ["合计", names[0], "公务用车购置及运行维护费", names[1], names[2], names[3]]
        shown = [total, parts[0], vehicles, *parts[1:]]
        lines = ["项目|预算数", *(f"{label}|{_shown(value)}" for label, value in zip(labels, shown, strict=True))]
    else:
        lines = [
            f"“三公”经费合计|{names[0]}|公务用车购置及运行维护费|<|<|{names[3]}",
            f"^|^|小计|{names[1]}|{names[2]}|^",
            "|".join(map(_shown, (total, parts[0], vehicles, parts[1], parts[2], parts[3]))),
        ]
    told = {"three_public": total, "official_vehicles": vehicles, **dict(zip(THREE_PUBLIC, parts, strict=True))}
    expected = {(name, name, "general_public_budget", value * unit[1]) for name, value in told.items()}
    assert _read("budget", "一般公共预算“三公”经费支出表", unit[0], lines) == ({"BG07"}, expected)


@few
@given(st.lists(figures, min_size=8, max_size=8), st.sampled_from(UNITS))
def test_the_form_of_managed_funds_with_balances(values: list[Decimal], unit: tuple[str, int]) -> None:
    lines = ["科目编码|科目名称|" + "|".join(FUND_FLOWS.values())]
    lines += ["|合计|" + "|".join(map(_shown, values[:4])), "229|其他支出|" + "|".join(map(_shown, values[4:]))]
    fund = "government_managed_fund_budget"
    expected = {(name, name, fund, value * unit[1]) for name, value in zip(FUND_FLOWS, values[:4], strict=True)}
    expected |= {
        ("function:229", name, fund, value * unit[1]) for name, value in zip(FUND_FLOWS, values[4:], strict=True)
    }
    title = "政府性基金预算财政拨款收入支出决算表"
    assert _read("final_accounts", title, unit[0], lines) == ({"FA08"}, expected)


@few
@given(
    st.lists(figures, min_size=2, max_size=2),
    st.sampled_from(UNITS),
    st.sampled_from(["项目支出表", "部门项目支出预算表"]),
)
def test_lists_of_projects(values: list[Decimal], unit: tuple[str, int], title: str) -> None:
    lines = ["项目名称|合计", f"路灯维护|{_shown(values[0])}", f"合计|{_shown(values[1])}"]
    expected = {
        ("project:路灯维护", "project_expenditure", "all", values[0] * unit[1]),
        ("project_expenditure", "project_expenditure", "all", values[1] * unit[1]),
    }
    assert _read("budget", title, unit[0], lines) == ({"BG11"}, expected)
