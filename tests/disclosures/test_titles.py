import pytest

from pipelines.disclosures.titles import match_title, match_title_in, printed_number


@pytest.mark.parametrize(
    ("kind", "title", "code", "measure", "fund"),
    [
        ("final_accounts", "收入支出决算总表", "FA01", None, "all"),
        (
            "final_accounts",
            "七、一般公共预算财政拨款“三公”经费支出决算表",
            "FA07",
            "three_public",
            "general_public_budget",
        ),
        ("final_accounts", "财政拨款“三公”经费支出决算表", "FA07", "three_public", "fiscal_appropriation"),
        (
            "final_accounts",
            "国有资本经营预算财政拨款收入支出决算表",
            "FA09",
            "expenditure",
            "state_capital_operating_budget",
        ),
        ("budget", "4．2023年部门财政拨款收支预算总表", "BG04", None, "fiscal_appropriation"),
        ("budget", "财政拨款支出预算表（功能科目）", "BG13", "expenditure", "fiscal_appropriation"),
        (
            "budget",
            "十一、一般公共预算“三公”经费、会议费、培训费支出预算表",
            "BG07",
            "public_and_meeting_expenses",
            "general_public_budget",
        ),
        (
            "budget",
            "5．2023年部门一般公共预算支出功能分类预算表 ………… 12",
            "BG05",
            "expenditure",
            "general_public_budget",
        ),
        ("budget", "2017 年政府采购预算表", "BG12", "procurement", "all"),
        ("budget", "基本支出预算情况表", "BG10", "basic_expenditure", "all"),
        ("budget", "某市财政局部门收支总体情况表", "BG01", None, "all"),
        (
            "final_accounts",
            "一般公共预算财政拨款“三公”经费及培训费、会议费支出决算表",
            "FA07",
            "public_and_meeting_expenses",
            "general_public_budget",
        ),
        ("budget", "某县审计局部门综合预算专项业务经费支出表", "BG11", "project_expenditure", "all"),
        ("budget", "部门综合预算财政拨款结转资金支出表", "BG21", "expenditure", "carried_over_funds"),
        ("budget", "政府采购（资产配置、购买服务）预算表", "BG12", "procurement", "all"),
        ("budget", "部门项目支出预算表（其他运转类、特定目标类项目）", "BG11", "project_expenditure", "all"),
        ("budget", "部门基本支出预算表（人员类、运转类公用经费项目）", "BG30", "basic_expenditure", "all"),
    ],
)
def test_a_title_is_recognised_with_what_it_changes(
    kind: str, title: str, code: str, measure: str | None, fund: str
) -> None:
    match = match_title(title, kind)
    assert match is not None
    assert (match.form.code, match.measure, match.fund) == (code, measure, fund)


@pytest.mark.parametrize(
    "text",
    [
        "项目支出绩效目标表",
        "一、收支预算总表情况说明",
        "本表反映部门年度财政拨款收支情况",
        "某项目支出决算表",
        "单位名称",
    ],
)
def test_other_lines_are_no_titles(text: str) -> None:
    assert match_title(text) is None


def test_a_title_wrapped_in_its_cell_is_put_together() -> None:
    match = match_title_in("“三公”经费、会议费、培训费支出预算\n表", "budget")
    assert match is not None
    assert match.form.code == "BG07"


def test_a_title_at_the_end_of_a_cover_line_is_found() -> None:
    match = match_title_in("某市财政局 2024 年度部门决算表\n收入支出决算总表", "final_accounts")
    assert match is not None
    assert match.form.code == "FA01"


@pytest.mark.parametrize(
    ("text", "number"), [("公开01表", "公开01表"), ("公开表十一", "公开表十一"), ("单位：万元", None), ("表", None)]
)
def test_the_printed_number_is_kept(text: str, number: str | None) -> None:
    assert printed_number(text) == number


@pytest.mark.parametrize(
    ("kind", "title", "code"),
    [
        ("budget", "部门收支总表", "BG01"),
        ("budget", "部门收入总表", "BG02"),
        ("budget", "部门支出总表", "BG03"),
        ("budget", "财政拨款收支总表", "BG04"),
        ("budget", "一般公共预算支出表", "BG05"),
        ("budget", "一般公共预算基本支出表", "BG06"),
        ("budget", "一般公共预算“三公”经费支出表", "BG07"),
        ("budget", "政府性基金预算支出表", "BG08"),
        ("budget", "国有资本经营预算支出表", "BG09"),
        ("budget", "财政拨款支出预算表（部门经济分类科目）", "BG18"),
        ("budget", "政府性基金预算“三公”经费支出预算表", "BG17"),
        ("budget", "一般公共预算项目支出预算表", "BG16"),
        ("final_accounts", "财政拨款支出决算明细表", "FA10"),
        ("final_accounts", "一般公共预算财政拨款支出决算明细表", "FA11"),
        ("final_accounts", "一般公共预算财政拨款项目支出决算表", "FA12"),
        ("final_accounts", "政府性基金预算财政拨款“三公”经费支出决算表", "FA13"),
        ("final_accounts", "一般公共预算财政拨款基本支出决算明细表", "FA06"),
        ("final_accounts", "政府性基金预算财政拨款收入支出决算表", "FA08"),
        ("final_accounts", "国有资产使用情况表", "FA17"),
        ("final_accounts", "三公经费支出决算表", "FA07"),
    ],
)
def test_titles_of_other_provinces_are_recognised(kind: str, title: str, code: str) -> None:
    match = match_title(title, kind)
    assert match is not None
    assert match.form.code == code


@pytest.mark.parametrize(
    "title",
    [
        "表1：收入支出决算总表",
        "附表1 收入支出决算总表",
        "公开01表 收入支出决算总表",
        "收入支出决算总表（公开01表）",
        "收入支出决算总表（续）",
        "表1-1 收入支出决算总表",
    ],
)
def test_table_numbers_and_remarks_are_no_part_of_a_title(title: str) -> None:
    match = match_title(title, "final_accounts")
    assert match is not None
    assert match.form.code == "FA01"
