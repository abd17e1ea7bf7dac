"""Every variant of a form, typeset from known amounts, reads back to exactly those amounts.

Varied: the words of the header, the order and the presence of columns, extra columns, the unit, one or three code
columns, the title, the place of the total row.
"""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

INCOME = {
    "income": (["本年收入合计", "合计", "收入合计"], "all"),
    "appropriation": (["财政拨款收入", "财政拨款", "财政拨款（补助）收入"], "fiscal_appropriation"),
    "superior_subsidy_income": (["上级补助收入", "上级补助"], "all"),
    "institutional_income": (["事业收入", "事业收入（含教育收费）"], "all"),
    "business_income": (["经营收入", "事业单位经营收入", "事业经营收入"], "all"),
    "affiliated_remittance_income": (["附属单位上缴收入", "附属单位\\n上缴收入", "下级单位上缴收入"], "all"),
    "other_income": (["其他收入", "其他收入（万元）"], "all"),
}
EXPENDITURE = {
    "expenditure": (["本年支出合计", "合计", "总计"], "all"),
    "basic_expenditure": (["基本支出", "基本支出预算", "基本支出（元）"], "all"),
    "project_expenditure": (["项目支出", "项目支出预算"], "all"),
    "remittance_to_superior": (["上缴上级支出", "上缴上级单位支出"], "all"),
    "business_expenditure": (["经营支出", "事业单位经营支出"], "all"),
    "subsidy_to_affiliated": (["对附属单位补助支出", "对附属单位的补助支出"], "all"),
}
FORMS = {
    "FA02": ("final_accounts", INCOME, ["收入决算表", "二、收入决算总表", "部门收入决算表", "公开02表 收入决算表"]),
    "FA03": ("final_accounts", EXPENDITURE, ["支出决算表", "部门支出决算总表"]),
    "BG02": ("budget", INCOME, ["收入预算总表", "部门收入总表", "2023年部门收入预算表", "收入总体情况表"]),
    "BG03": ("budget", EXPENDITURE, ["支出预算总表", "部门支出总表", "支出总体情况表"]),
}
COVERS = {"final_accounts": "2022年度青禾市财政局部门决算", "budget": "2023年青禾市财政局部门预算"}
ITEMS = [
    ("208", "社会保障和就业支出"),
    ("20801", "人力资源和社会保障管理事务"),
    ("2080101", "行政运行"),
    ("213", "农林水支出"),
]

figures = st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100)


@st.composite
def typeset(draw: st.DrawFn) -> tuple[str, str, list[str], str, set[tuple[str, str, str, Decimal]]]:
    code = draw(st.sampled_from(sorted(FORMS)))
    kind, columns, titles = FORMS[code]
    chosen = draw(st.permutations(sorted(columns)))[: draw(st.integers(2, len(columns)))]
    unit, factor = draw(st.sampled_from([("万元", 10_000), ("元", 1), ("千元", 1_000)]))
    three = draw(st.booleans())
    extra = draw(st.booleans())
    words = [draw(st.sampled_from(columns[name][0])) for name in chosen] + (["备注"] if extra else [])
    header = ["功能分类科目编码|<|<|科目名称" if three else "科目编码|科目名称", *words]
    lines = ["|".join(header)]
    if three:
        lines.append("|".join(["类|款|项|^", *["^" for _ in words]]))
    rows = [("", "合计"), *ITEMS] if draw(st.booleans()) else [*ITEMS, ("", "合计")]
    expected = set()
    for item, name in rows:
        values = [draw(st.none() | figures) for _ in chosen]
        printed = ["" if value is None else f"{value:,.2f}" for value in values] + [""] * extra
        codes = f"{item[:3]}|{item[3:5]}|{item[5:7]}" if three else item
        lines.append("|".join([codes, name, *printed]))
        for column, value in zip(chosen, values, strict=True):
            if value is not None:
                measure = "income" if column == "appropriation" else column
                subject = f"function:{item}" if item else measure
                expected.add((subject, measure, columns[column][1], value * factor))
    return COVERS[kind], draw(st.sampled_from(titles)), lines, unit, expected


@settings(max_examples=150, deadline=None)
@given(typeset())
def test_variants_of_classified_forms_read_back(
    paper: tuple[str, str, list[str], str, set[tuple[str, str, str, Decimal]]],
) -> None:
    cover, title, lines, unit, expected = paper
    facts = understand(document(cover, title, f"金额单位：{unit}", lines))
    assert {(a.subject, a.measure, a.fund, a.amount_yuan) for a in facts.amounts} == expected
    assert not [u for u in facts.unplaced if u.what == "cell"]


LINES = {
    "income": [
        ("一、一般公共预算财政拨款收入", "income", "general_public_budget"),
        ("二、政府性基金预算财政拨款收入", "income", "government_managed_fund_budget"),
        ("四、上级补助收入", "superior_subsidy_income", "all"),
        ("五、事业收入", "institutional_income", "all"),
        ("八、其他收入", "other_income", "all"),
        ("本年收入合计", "income", "all"),
        ("使用非财政拨款结余（含专用结余）", "surplus_used", "all"),
        ("年初结转和结余", "opening_balance", "all"),
        ("总计", "income_grand_total", "all"),
    ],
    "expenditure": [
        ("一、一般公共服务支出", "function:201", "all"),
        ("七、文化旅游体育与传媒支出", "function:207", "all"),
        ("九、医疗卫生与计划生育支出", "function:210", "all"),
        ("十八、自然资源海洋气象等支出", "function:220", "all"),
        ("二十三、其他支出", "function:229", "all"),
        ("本年支出合计", "expenditure", "all"),
        ("结余分配", "surplus_distribution", "all"),
        ("年末结转和结余", "closing_balance", "all"),
        ("总计", "expenditure_grand_total", "all"),
    ],
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.none() | figures, st.none() | figures), min_size=9, max_size=9), st.booleans(), st.booleans()
)
def test_two_sided_forms_read_back_with_and_without_line_numbers(
    values: list[tuple[Decimal | None, Decimal | None]], numbered: bool, spaced: bool
) -> None:
    rows = (
        ["收入|<|<|支出|<|<", "项目|行次|金额|项目|行次|金额"]
        if numbered
        else ["收入|<|支出|<", "项目|决算数|项目|决算数"]
    )
    expected = set()
    for index, ((left, _, left_fund), (right, _, right_fund), pair) in enumerate(
        zip(LINES["income"], LINES["expenditure"], values, strict=True)
    ):
        cells = []
        for label, value, number, fund, side in (
            (left, pair[0], index + 1, left_fund, "income"),
            (right, pair[1], index + 32, right_fund, "expenditure"),
        ):
            shown = " ".join(label) if spaced and label == "总计" else label
            cells += [shown, *([str(number)] if numbered else []), "" if value is None else str(value)]
            if value is not None:
                expected.add((LINES[side][index][1], fund, value * 10_000))
        rows.append("|".join(cells))
    facts = understand(document(COVERS["final_accounts"], "收入支出决算总表", "单位：万元", rows))
    assert {(a.subject, a.fund, a.amount_yuan) for a in facts.amounts} == expected


def test_a_made_up_provinces_form_takes_only_catalogue_rows(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from pipelines.disclosures import catalogue

    title = catalogue.Title("对口支援支出预算表")
    form = catalogue.Form(
        "BG99", "budget", "对口支援支出预算表", "Aid", "function", "expenditure", "all", "initial_budget", (title,)
    )
    column = catalogue.Column(match="援助物资折价", measure="project_expenditure")
    known_forms, known_columns = catalogue.forms(), catalogue.columns()
    monkeypatch.setattr(catalogue, "forms", lambda: (*known_forms, form))
    monkeypatch.setattr(catalogue, "columns", lambda: (*known_columns, column))
    rows = ["科目编码|科目名称|合计|援助物资折价", "219|援助其他地区支出|5.00|2.00"]
    facts = understand(document(COVERS["budget"], "对口支援支出预算表", "单位：万元", rows))
    assert [(a.form_code, a.subject, a.measure) for a in facts.amounts] == [
        ("BG99", "function:219", "expenditure"),
        ("BG99", "function:219", "project_expenditure"),
    ]
