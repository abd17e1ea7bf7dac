"""What the numbers of form tables mean, layout by layout."""

from decimal import Decimal

from pipelines.disclosures.facts import AmountFact, Facts
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

COVER_FINAL = "2021年度青禾市清流区文化馆事务局部门决算"
COVER_BUDGET = "2023年青禾市清流区文化馆事务局部门预算"


def meaning(amount: AmountFact) -> tuple[str | None, str | None, str | None, str | None, int | None, str]:
    return amount.subject, amount.measure, amount.fund, amount.stage, amount.fiscal_year, amount.printed


def final(*blocks: str | list[str]) -> Facts:
    return understand(document(COVER_FINAL, *blocks))


def test_a_two_sided_form_tells_lines_and_leaves_line_numbers_alone() -> None:
    facts = final(
        "收入支出决算总表",
        "公开01表",
        "金额单位：万元",
        [
            "收入|<|<|支出|<|<",
            "项目|行次|金额|项目|行次|金额",
            "栏次||1|栏次||2",
            "一、一般公共预算财政拨款收入|1|2114.07|八、社会保障和就业支出|39|2098.4",
            "本年收入合计|27|2114.07|本年支出合计|58|2136.17",
            "年初结转和结余|29|22.54|年末结转和结余|60|0.44",
            "总计|31|2136.61|总计|62|2136.61",
        ],
    )
    assert [meaning(amount) for amount in facts.amounts] == [
        ("income", "income", "general_public_budget", "final", 2021, "2114.07"),
        ("function:208", "expenditure", "all", "final", 2021, "2098.4"),
        ("income", "income", "all", "final", 2021, "2114.07"),
        ("expenditure", "expenditure", "all", "final", 2021, "2136.17"),
        ("opening_balance", "opening_balance", "all", "final", 2021, "22.54"),
        ("closing_balance", "closing_balance", "all", "final", 2021, "0.44"),
        ("income_grand_total", "income_grand_total", "all", "final", 2021, "2136.61"),
        ("expenditure_grand_total", "expenditure_grand_total", "all", "final", 2021, "2136.61"),
    ]
    first = facts.amounts[0]
    assert (first.row_code, first.row_code_kind, first.row_label) == ("1", "line", "一、一般公共预算财政拨款收入")
    assert (first.amount_yuan, first.quantum_yuan) == (Decimal("21140700"), Decimal(100))
    assert {a.quantum_yuan for a in facts.amounts} == {Decimal(100)}, "2098.4 has lost its last zero"
    assert facts.unplaced == ()


def test_fund_lines_below_the_opening_balance_are_balances() -> None:
    facts = final(
        "财政拨款收入支出决算总表",
        "单位：万元",
        [
            "收入|<|支出|<|<|<",
            "项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款",
            "一、一般公共预算财政拨款|100.00|八、社会保障和就业支出|90.00|90.00|",
            "年初财政拨款结转和结余|5.00|年末财政拨款结转和结余|15.00|15.00|",
            "一、一般公共预算财政拨款|5.00||||",
        ],
    )
    assert [meaning(a)[:3] for a in facts.amounts] == [
        ("income", "income", "general_public_budget"),
        ("function:208", "expenditure", "fiscal_appropriation"),
        ("function:208", "expenditure", "general_public_budget"),
        ("opening_balance", "opening_balance", "fiscal_appropriation"),
        ("closing_balance", "closing_balance", "fiscal_appropriation"),
        ("closing_balance", "closing_balance", "general_public_budget"),
        ("opening_balance", "opening_balance", "general_public_budget"),
    ]


def test_three_code_columns_join_and_the_total_row_takes_the_measure_of_its_column() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "2023年部门支出预算总表",
            "编制部门：青禾市清流区文化馆事务局 单位：元",
            [
                "项目|<|<|<|支出预算|<|<",
                "功能分类科目编码|<|<|功能分类科目名称|合计|基本支出|项目支出",
                "类|款|项|^|^|^|^",
                "201|||一般公共服务支出|3,000|0|3,000",
                "201|05||统计信息事务|3,000|0|3,000",
                "201|05|06|统计管理|3,000|0|3,000",
                "合计|<|<|<|3,000|0|3,000",
            ],
        )
    )
    assert [(a.row_code, a.subject, a.measure, a.printed) for a in facts.amounts[6:]] == [
        ("2010506", "function:2010506", "expenditure", "3,000"),
        ("2010506", "function:2010506", "basic_expenditure", "0"),
        ("2010506", "function:2010506", "project_expenditure", "3,000"),
        (None, "expenditure", "expenditure", "3,000"),
        (None, "basic_expenditure", "basic_expenditure", "0"),
        (None, "project_expenditure", "project_expenditure", "3,000"),
    ]
    assert {a.unit for a in facts.amounts} == {"元"}
    assert {a.stage for a in facts.amounts} == {"initial_budget"}
    assert facts.amounts[6].column_label == "支出预算/合计"


def test_header_cells_printed_once_with_empty_cells_behind_cover_them() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "收入总体情况表",
            "单位：万元",
            [
                "科目编码|||科目名称|合计|财政拨款收入|||事业收入",
                "类|款|项|||小计|一般公共预算收入|政府性基金预算收入|",
                "|||合计|9.00|8.00|8.00||1.00",
                "208|||社会保障和就业支出|9.00|8.00|8.00||1.00",
            ],
        )
    )
    assert [(a.column_label, a.measure, a.fund) for a in facts.amounts[:4]] == [
        ("合计", "income", "all"),
        ("财政拨款收入/小计", "income", "fiscal_appropriation"),
        ("财政拨款收入/一般公共预算收入", "income", "general_public_budget"),
        ("事业收入", "institutional_income", "all"),
    ]


def test_side_by_side_groups_keep_their_rows_and_totals_reach_over_empty_cells() -> None:
    facts = final(
        "一般公共预算财政拨款基本支出决算表",
        "单位：万元",
        [
            "人员经费|||公用经费|||||",
            "科目编码|科目名称|金额|科目编码|科目名称|金额|科目编码|科目名称|金额",
            "301|工资福利支出|810.81|302|商品和服务支出|27.88|307|债务利息及费用支出|",
            "人员经费合计||810.81|公用经费合计|||||27.88",
        ],
    )
    assert [(a.subject, a.measure, a.printed) for a in facts.amounts] == [
        ("dept_economic:301", "basic_expenditure", "810.81"),
        ("dept_economic:302", "basic_expenditure", "27.88"),
        ("personnel_expenditure", "personnel_expenditure", "810.81"),
        ("operating_expenditure", "operating_expenditure", "27.88"),
    ]


def test_the_three_public_row_tells_budget_and_final_apart() -> None:
    facts = final(
        "一般公共预算财政拨款“三公”经费支出决算表",
        "单位：万元",
        [
            "预算数|||决算数||",
            "合计|因公出国（境）费|公务接待费|合计|因公出国（境）费|公务接待费",
            "1|2|3|4|5|6",
            "1||1|0.86||0.86",
        ],
    )
    assert [meaning(a)[:4] for a in facts.amounts] == [
        ("three_public", "three_public", "general_public_budget", "initial_budget"),
        ("official_reception", "official_reception", "general_public_budget", "initial_budget"),
        ("three_public", "three_public", "general_public_budget", "final"),
        ("official_reception", "official_reception", "general_public_budget", "final"),
    ]


def test_last_years_column_is_a_stage_and_year_of_its_own() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "一般公共预算“三公”经费支出情况表",
            "单位：万元",
            ["2022年预算数||2023年预算数|", "合计|公务接待费|合计|公务接待费", "2.00|2.00|1.50|1.50"],
        )
    )
    assert [(a.stage, a.fiscal_year) for a in facts.amounts] == [("prior_budget", 2022)] * 2 + [
        ("initial_budget", 2023)
    ] * 2


def test_several_forms_in_one_grid_are_cut_at_their_titles() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            [
                "收支预算总表\\n公开表一\\n部门：某厅 单位：万元|<|<|<",
                "收入|<|支出|<",
                "项目名称|金额|项目名称|金额",
                "一、财政拨款|13,649.07|一、基本支出|7,666.68",
                "收入合计|13,649.07|支出合计|13,649.07",
                "支出预算总表|<|<|<",
                "部门：|某厅|<|单位：元",
                "合计|基本支出|项目支出|单位预留机动经费",
                "136,490,700|76,666,800|58,539,600|1,284,300",
            ],
        )
    )
    assert [(f.form_code, f.unit, f.printed_no) for f in facts.forms] == [
        ("BG01", "万元", "公开表一"),
        ("BG03", "元", None),
    ]
    assert [(a.subject, a.amount_yuan) for a in facts.amounts if a.form_code == "BG03"] == [
        ("expenditure", Decimal(136490700)),
        ("basic_expenditure", Decimal(76666800)),
        ("project_expenditure", Decimal(58539600)),
        ("reserve_expenditure", Decimal(1284300)),
    ]


def test_unknown_lines_and_columns_are_kept_without_meaning_and_listed_as_unplaced() -> None:
    facts = final(
        "收入决算表",
        "单位：万元",
        ["项目|<|本年收入合计|神秘收入", "科目编码|科目名称|^|^", "208|社会保障和就业支出|5.00|1.00", "|神秘行|5.00|"],
    )
    strange, row = facts.amounts[1], facts.amounts[2]
    assert (strange.measure, strange.subject, strange.printed) == (None, "function:208", "1.00")
    assert (row.subject, row.measure) == (None, "income")
    assert [u.what for u in facts.unplaced] == ["cell", "cell"]
    assert "神秘收入" in facts.unplaced[0].reason
    assert "神秘行" in facts.unplaced[1].reason


def test_marks_are_rows_without_a_value_and_blanks_are_no_rows() -> None:
    facts = final(
        "收入决算表",
        "单位：万元",
        ["科目编码|科目名称|本年收入合计|其他收入", "208|社会保障和就业支出|—|", "合计|<|0.00|无"],
    )
    assert [(a.printed, a.value) for a in facts.amounts] == [("—", None), ("0.00", Decimal("0.00")), ("无", None)]


def test_a_column_word_may_carry_its_unit() -> None:
    facts = final("支出决算表", ["科目编码|科目名称|基本支出（万元）", "208|社会保障和就业支出|5.00"])
    assert facts.amounts[0].measure == "basic_expenditure"


def test_a_code_part_that_lost_its_leading_zero_gets_it_back() -> None:
    rows = ["科目编码|<|科目名称|合计", "类|款|^|^", "301||工资福利支出|2.00", "301|2|津贴补贴|2.00"]
    facts = understand(document(COVER_BUDGET, "一般公共预算基本支出预算表", "单位：元", rows))
    assert [a.row_code for a in facts.amounts] == ["301", "30102"]


def test_a_total_may_stand_in_the_row_that_ends_the_header() -> None:
    facts = final(
        "收入决算表",
        "单位：万元",
        ["科目编码|<|<|科目名称|本年收入合计", "类|款|项|合计|9.00", "208|||社会保障和就业支出|9.00"],
    )
    assert [(a.subject, a.row_code) for a in facts.amounts] == [("income", None), ("function:208", "208")]


def test_a_title_wrapped_over_two_paragraphs_is_found() -> None:
    facts = understand(
        document(COVER_BUDGET, "“三公”经费、会议费、培训费支出预算", "表", "单位：万元", ["合计|会议费", "3.00|1.00"])
    )
    assert [(a.measure, a.printed) for a in facts.amounts] == [
        ("public_and_meeting_expenses", "3.00"),
        ("meetings", "1.00"),
    ]


def test_a_figure_finer_than_its_table_keeps_its_own_last_place() -> None:
    rows = [
        "科目编码|科目名称|合计",
        "208|社会保障和就业支出|35.425",
        "213|农林水支出|1.20",
        "215|资源勘探工业信息等支出|7.00",
    ]
    facts = final("支出决算表", "单位：万元", rows)
    assert [a.quantum_yuan for a in facts.amounts] == [Decimal(10), Decimal(100), Decimal(100)]


def test_a_header_path_narrows_from_whole_to_part_and_combines_what_is_declared() -> None:
    rows = [
        "科目编码|科目名称|年初结转和结余|<|本年支出|<|<",
        "^|^|合计|基本支出结转|合计|基本支出|项目支出",
        "208|社会保障和就业支出|1.00|1.00|9.00|4.00|5.00",
    ]
    facts = final("一般公共预算财政拨款支出决算表", "单位：万元", rows)
    assert [a.measure for a in facts.amounts] == [
        "opening_balance",
        "opening_basic_balance",
        "expenditure",
        "basic_expenditure",
        "project_expenditure",
    ]


def test_a_header_path_nobody_declared_is_no_guess() -> None:
    rows = ["科目编码|科目名称|上级补助收入|<", "^|^|合计|项目支出", "208|社会保障和就业支出|1.00|1.00"]
    facts = final("收入决算表", "单位：万元", rows)
    assert [a.measure for a in facts.amounts] == ["superior_subsidy_income", None]
    assert len(facts.unplaced) == 1


def test_columns_named_by_economic_items_have_their_code() -> None:
    rows = ["科目编码|科目名称|合计|工资福利支出|<", "^|^|^|小计|基本工资", "2080101|行政运行|9.00|9.00|4.00"]
    facts = final("财政拨款支出决算明细表", "单位：万元", rows)
    assert [a.measure for a in facts.amounts] == ["expenditure", "dept_economic:301", "dept_economic:30101"]


def test_execution_of_last_year_and_its_change_are_not_this_years_budget() -> None:
    rows = [
        "功能分类科目|<|2022年执行数|2023年预算数|<|2023年预算数比2022年执行数|<",
        "科目编码|科目名称|^|小计|基本支出|增减额|增减%",
        "208|社会保障和就业支出|8.00|9.00|4.00|1.00|12.50",
    ]
    facts = understand(document(COVER_BUDGET, "一般公共预算支出表", "单位：万元", rows))
    assert [(a.measure, a.stage, a.fiscal_year) for a in facts.amounts] == [
        ("expenditure", "prior_execution", 2022),
        ("expenditure", "initial_budget", 2023),
        ("basic_expenditure", "initial_budget", 2023),
        ("budget_change", "initial_budget", 2023),
        ("budget_change_rate", "initial_budget", 2023),
    ]


def test_column_numbers_beside_header_words_are_no_data() -> None:
    rows = [
        "项目|<|<|<|年初结转和结余|本年收入|本年支出",
        "支出功能分类科目编码|<|<|科目名称|^|^|^",
        "类|款|项|栏次|1|2|3",
        "^|^|^|合计|1.00|2.00|3.00",
    ]
    facts = final("政府性基金预算财政拨款收入支出决算表", "单位：元", rows)
    assert [(a.measure, a.printed) for a in facts.amounts] == [
        ("opening_balance", "1.00"),
        ("income", "2.00"),
        ("expenditure", "3.00"),
    ]


def test_counts_among_the_money_have_the_unit_of_their_row() -> None:
    rows = [
        "项目|2021年度决算数",
        "（一）合计|9.00",
        "公务接待费|9.00",
        "（二）相关统计数|────",
        "1.公务用车保有量（辆）|16",
    ]
    facts = final("一般公共预算财政拨款“三公”经费支出决算表", "金额单位：元", rows)
    assert [(a.measure, a.unit, a.amount_yuan) for a in facts.amounts if a.value is not None] == [
        ("three_public", "元", Decimal("9.00")),
        ("official_reception", "元", Decimal("9.00")),
        ("vehicles_held", "辆", None),
    ]
    assert [a.printed for a in facts.amounts if a.value is None] == ["────"]


def test_a_header_inside_the_table_begins_a_block_of_its_own() -> None:
    rows = [
        "一、政府采购情况|<|<|<",
        "项目|行次|采购预算|采购金额",
        "合计|1|9.00|8.00",
        "货物|2|9.00|8.00",
        "二、机关运行经费|<|<|<",
        "项目||统计数|<",
        "（一）行政单位|5|7.00|<",
    ]
    facts = final("部门决算公开相关信息统计表", "单位：万元", rows)
    assert [(a.measure, a.stage) for a in facts.amounts] == [
        ("procurement", "initial_budget"),
        ("procurement", "final"),
        ("procurement_goods", "initial_budget"),
        ("procurement_goods", "final"),
        ("agency_operating_costs_administrative", "final"),
    ]


def test_an_economic_class_printed_with_five_digits_is_a_class() -> None:
    rows = ["科目编码|科目名称|金额", "30400|对企事业单位的补贴|1.00", "30401|企业政策性补贴|1.00"]
    facts = final("一般公共预算财政拨款基本支出决算表", "单位：元", rows)
    assert [a.row_code for a in facts.amounts] == ["304", "30401"]


def test_the_printed_number_may_stand_inside_the_table() -> None:
    rows = ["收入决算表||", "公开02表||", "金额单位：元||", "科目编码|科目名称|合计", "208|社会保障和就业支出|1.00"]
    facts = final(rows)
    assert [(f.form_code, f.printed_no, f.unit) for f in facts.forms] == [("FA02", "公开02表", "元")]
    assert [a.measure for a in facts.amounts] == ["income"]


def test_a_column_of_texts_without_a_header_word_carries_labels() -> None:
    rows = ["项目名称||金额|<", "收入总计||9.00|<", "一般公共预算资金|小计|9.00|<", "^|公共财政拨款(补助)资金|8.00|<"]
    facts = understand(document(COVER_BUDGET, "收入预算总表", "单位：万元", rows))
    assert [(a.row_label, a.measure) for a in facts.amounts] == [
        ("收入总计", "income"),
        ("一般公共预算资金/小计", "income"),
        ("一般公共预算资金/公共财政拨款(补助)资金", "treasury_grant_income"),
    ]


def test_rows_of_units_carry_their_names_and_sources_of_the_carry_over_are_funds() -> None:
    rows = [
        "部门（单位）代码|部门（单位）名称|合计|本年收入|<|<|上年结转结余|<|<",
        "^|^|^|小计|一般公共预算|事业收入|小计|一般公共预算|单位资金",
        "|合计|9.00|7.00|6.00|1.00|2.00|1.00|1.00",
        "101|青禾市财政局|9.00|7.00|6.00|1.00|2.00|1.00|1.00",
    ]
    facts = understand(document(COVER_BUDGET, "收入总表", "单位：万元", rows))
    assert [(a.subject, a.measure, a.fund) for a in facts.amounts[:7]] == [
        ("income_grand_total", "income_grand_total", "all"),
        ("income", "income", "all"),
        ("income", "income", "general_public_budget"),
        ("institutional_income", "institutional_income", "all"),
        ("brought_forward", "brought_forward", "all"),
        ("brought_forward", "brought_forward", "general_public_budget"),
        ("brought_forward", "brought_forward", "unit_funds"),
    ]
    assert {(a.subject, a.row_code) for a in facts.amounts[7:]} == {("unit:青禾市财政局", None)}


def test_carry_over_below_this_years_income_is_no_income_of_the_year() -> None:
    rows = [
        "收入|<|支出|<",
        "项目|预算数|项目|预算数",
        "一、本年收入|8.00|一、本年支出|9.00",
        "（一）一般公共预算拨款|8.00|（一）外交支出|9.00",
        "二、上年结转|1.00|二、结转下年|",
        "（一）一般公共预算拨款|1.00||",
        "收入总计|9.00|支出总计|9.00",
    ]
    facts = understand(document(COVER_BUDGET, "财政拨款收支总表", "单位：万元", rows))
    assert [(a.subject, a.fund, a.printed) for a in facts.amounts] == [
        ("income", "fiscal_appropriation", "8.00"),
        ("expenditure", "fiscal_appropriation", "9.00"),
        ("income", "general_public_budget", "8.00"),
        ("function:202", "fiscal_appropriation", "9.00"),
        ("brought_forward", "fiscal_appropriation", "1.00"),
        ("brought_forward", "general_public_budget", "1.00"),
        ("income_grand_total", "fiscal_appropriation", "9.00"),
        ("expenditure_grand_total", "fiscal_appropriation", "9.00"),
    ]


def test_rows_called_by_their_stage_tell_budget_and_final_of_every_column() -> None:
    facts = final(
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
        "单位：万元",
        [
            "项目|“三公”经费|<|<|<|会议费|培训费",
            "^|合计|公务接待费|公务用车购置及运行维护费|<|^|^",
            "^|^|^|小计|公务用车运行维护费|^|^",
            "预算数|5.00|1.00|4.00|4.00|0.50|0.80",
            "决算数|4.60|0.80|3.80|3.80|0.40|0.75",
        ],
    )
    told = {(a.subject, a.stage): a.printed for a in facts.amounts}
    assert all(a.subject == a.measure and a.fund == "general_public_budget" for a in facts.amounts)
    assert told["three_public", "initial_budget"] == "5.00"
    assert told["three_public", "final"] == "4.60"
    assert told["official_vehicles", "final"] == told["vehicle_running", "final"] == "3.80"
    assert told["meetings", "initial_budget"] == "0.50"
    assert not facts.unplaced


def test_rows_called_by_their_year_tell_both_years_and_what_changed() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "一般公共预算拨款“三公”经费及会议费、培训费支出预算表",
            "单位：万元",
            ["年度|合计|公务接待费|会议费", "2022年|6.40|5.00|1.40", "2023年|5.75|4.60|1.15",
             "增减额|-0.65|-0.40|-0.25", "增减率（%）|-10.16%|-8.00%|-17.86%"],
        )
    )  # fmt: skip
    receptions = [a for a in facts.amounts if a.subject == "official_reception"]
    assert [(a.measure, a.stage, a.fiscal_year) for a in receptions] == [
        ("official_reception", "prior_budget", 2022),
        ("official_reception", "initial_budget", 2023),
        ("budget_change", "initial_budget", 2023),
        ("budget_change_rate", "initial_budget", 2023),
    ]
    assert receptions[3].unit == "%"
    assert not facts.unplaced


def test_the_subtotal_of_a_unit_in_a_list_of_projects_is_no_project() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "专项业务经费支出表",
            "单位：万元",
            ["单位编码|单位（项目）名称|项目金额|项目简介", "|合计|30.00|", "125001|清流区群众文化中心|30.00|",
             "|展览中心|18.00|办展", "|送戏下乡|12.00|演出"],
        )
    )  # fmt: skip
    assert [a.subject for a in facts.amounts] == [
        "project_expenditure",
        "unit:清流区群众文化中心",
        "project:展览中心",
        "project:送戏下乡",
    ]


def test_the_total_beside_the_years_subtotal_and_a_carry_over_is_the_grand_total() -> None:
    facts = understand(
        document(
            COVER_BUDGET,
            "部门收入预算表",
            "单位：元",
            ["单位名称|合计|本年收入|<|<|<|<|上年结转结余|<", "^|^|小计|一般公共预算|单位资金|<|<|小计|一般公共预算",
             "^|^|^|^|小计|事业收入|上级补助收入|^|^",
             "清流区文化馆|380.00|360.00|350.00|10.00|4.00|6.00|20.00|20.00",
             "合计|380.00|360.00|350.00|10.00|4.00|6.00|20.00|20.00"],
        )
    )  # fmt: skip
    assert [(a.measure, a.fund) for a in facts.amounts if a.subject == a.measure] == [
        ("income_grand_total", "all"),
        ("income", "all"),
        ("income", "general_public_budget"),
        ("unit_funds_income", "all"),
        ("institutional_income", "all"),
        ("superior_subsidy_income", "all"),
        ("brought_forward", "all"),
        ("brought_forward", "general_public_budget"),
    ]
    assert not facts.unplaced


def test_a_header_of_two_rows_that_stands_in_the_table_again_is_read_as_one() -> None:
    header = ["科目编码|科目名称|合计|基本支出|<|项目支出", "科目编码|科目名称|合计|小计|人员经费|项目支出"]
    rows = ["208|社会保障和就业支出|9.00|8.00|7.00|1.00", "221|住房保障支出|3.00|2.00|2.00|1.00"]
    facts = understand(document(COVER_BUDGET, "一般公共预算支出表", "单位：万元", [*header, rows[0], *header, rows[1]]))
    assert [a.measure for a in facts.amounts] == [
        "expenditure",
        "basic_expenditure",
        "personnel_expenditure",
        "project_expenditure",
    ] * 2
