"""Names, stages and years that sentences tell in other words than tables: told figures join what tables print."""

import pytest

from pipelines.disclosures.paper import Paper
from tests.words.reading import BUDGET_2023, FINAL_2021, read, rows

SELF_2020 = Paper("self_evaluation", "department", "某局", 2020)


def test_a_rate_of_targets_met_is_no_completion_of_expenditure():
    claims, _ = read("部门整体绩效目标完成率为100%。", paper=SELF_2020)
    assert rows(claims, "subject", "measure", "figure") == [
        ("told:部门整体绩效目标完成率", None, "completion_rate"),
    ]


def test_money_spent_is_final_also_in_a_paper_without_a_stage():
    claims, _ = read("年度预算完成率为98%。", paper=SELF_2020)
    assert rows(claims, "subject", "stage") == [("expenditure", "final")]


def test_the_rate_of_an_evaluated_part_is_of_its_projects():
    claims, _ = read("一、监察大队绩效评价", "确保了部门预算资金的实施，资金执行率达到99%。", paper=SELF_2020)
    assert rows(claims, "subject", "measure", "stage") == [("told:监察大队", "project_expenditure", "final")]


def test_guests_from_abroad_are_counted_by_themselves():
    claims, _ = read("国（境）外接待费0万元，共计接待2批次、6人次。")
    assert rows(claims, "subject", "measure", "value")[1:] == [
        ("foreign_reception_batches", "foreign_reception_batches", "2"),
        ("foreign_reception_person_times", "foreign_reception_person_times", "6"),
    ]


def test_members_of_a_list_of_projects_are_projects():
    claims, _ = read("同时包含各种项目支出，其中，工伤保险为88万元，教师待遇为35.87万元。", paper=SELF_2020)
    assert rows(claims, "subject", "measure") == [
        ("project:工伤保险", "project_expenditure"),
        ("project:教师待遇", "project_expenditure"),
    ]


def test_a_list_of_arranged_projects_is_their_budget():
    claims, _ = read(
        "2020年安排我局档案工作10万元、党建工作经费20万元、老干部资金15万元、档案室建设50万元。", paper=SELF_2020
    )
    assert rows(claims, "subject", "stage") == [
        ("project:档案工作", "initial_budget"),
        ("project:党建工作经费", "initial_budget"),
        ("project:老干部资金", "initial_budget"),
        ("project:档案室建设", "initial_budget"),
    ]


def test_what_was_paid_out_is_no_list_of_projects():
    claims, _ = read("为20名教师代发生活补助551万元，为39名医生代发生活补助575万元，为52名放映员代发生活补助16万元。")
    assert {claim.measure for claim in claims} == {None}


def test_what_is_left_of_a_project_is_not_its_expenditure():
    claims, _ = read("专网维护费项目绩效自评综述：预算资金35万元，实际支出35万元，结转0万元，预算执行率为100%。")
    assert rows(claims, "subject", "measure", "stage") == [
        ("project:专网维护费", "project_expenditure", "initial_budget"),
        ("project:专网维护费", "project_expenditure", "final"),
        ("project:专网维护费", "project_carried_over", "final"),
        ("project:专网维护费", "project_expenditure", "final"),
    ]


def test_money_involved_where_projects_are_spoken_of_is_that_of_all_projects():
    claims, _ = read("该类项目总数4个，涉及预算总金额222.96万元。", "处理举报投诉173件，涉及金额2704万元。")
    money = [row for row in rows(claims, "subject", "stage", "figure") if row[2] == "amount"]
    assert money == [
        ("project_expenditure", "initial_budget", "amount"),
        ("told:涉及金额", "final", "amount"),
    ]


def test_marks_after_criticism_are_those_of_the_indicator():
    heading = "（1）绩效指标明确性（指标分值 3 分，评价得分 1 分）"
    claims, _ = read(heading, "目标细化为具体任务的程度不够，扣 1 分；评价得分为 1 分。", paper=SELF_2020)
    assert {claim.subject for claim in claims} == {"indicator:绩效指标明确性"}


def test_what_gets_full_marks_is_a_rule_and_no_figure():
    heading = "（1）信息丰富度（指标分值 5 分，评价得分 4 分）"
    claims, unplaced = read(heading, "信息覆盖 100%记满分，根据评分标准，该指标酌情扣 1 分。", paper=SELF_2020)
    assert [claim.figure for claim in claims] == ["score"] * len(claims) != []
    assert [row.reason for row in unplaced] == ["a rule of marking: 100%"]


def test_what_stands_on_a_day_has_its_year_and_no_budget():
    claims, _ = read("截至2022年12月31日，本单位共有车辆3辆。", paper=BUDGET_2023)
    assert rows(claims, "subject", "fiscal_year", "stage") == [("vehicles", "2022", "final")]


def test_a_target_has_no_stage():
    claims, _ = read("服务对象满意度≥95%。", paper=FINAL_2021)
    assert rows(claims, "stage", "value") == [(None, "95")]


def test_money_paid_is_final_after_a_budget():
    claims, _ = read("年初预算20万元，合同已支付80.4万元。", paper=SELF_2020)
    assert claims[-1].stage == "final"


def test_budget_funds_are_the_budget_of_their_parts():
    claims, _ = read("2020年预算资金为47213.5万元。其中，基本支出47213.5万元。", paper=SELF_2020)
    assert [claim.stage for claim in claims] == ["initial_budget", "initial_budget"]


def test_names_of_the_classification_are_known_with_small_variants():
    claims, _ = read("包括个人和家庭补助支出1163.48万元、其他社会保障和就业支出6003.7万元。", paper=SELF_2020)
    assert [claim.subject for claim in claims] == ["dept_economic:303", "function:20899"]


def test_kinds_of_procurement_follow_procurement():
    claims, _ = read("政府采购支出总额452.42万元，其中：货物117.97万元，服务334.45万元。")
    assert [claim.subject for claim in claims] == ["procurement", "procurement_goods", "procurement_services"]


def test_assets_and_running_costs_have_the_measures_of_tables():
    claims, _ = read("流动资产448.82万元。固定资产3149.52万元。机关运行费用5万元。")
    assert [claim.subject for claim in claims] == ["current_assets", "fixed_assets", "agency_operating_costs"]


def test_kinds_of_vehicles_are_counted_by_themselves():
    claims, _ = read("共有车辆9辆，其中：主要领导干部用车1辆、执法执勤用车5辆、特种专业技术用车0辆、其他用车3辆。")
    assert rows(claims, "measure", "value") == [
        ("vehicles", "9"),
        ("vehicles_leaders", "1"),
        ("vehicles_law_enforcement", "5"),
        ("vehicles_special", "0"),
        ("vehicles_other", "3"),
    ]


def test_kinds_of_vehicles_to_be_bought_are_not_held():
    claims, _ = read("安排购置车辆1辆，其中：部级领导干部用车0辆、其他用车1辆。", paper=BUDGET_2023)
    assert claims == ()


def test_ten_thousands_before_their_use_are_money():
    claims, _ = read("培训费209万用于干部轮训。")
    assert rows(claims, "subject", "value_yuan") == [("training", "2090000")]


@pytest.mark.parametrize(
    ("sentence", "subject", "value"),
    [
        ("在建工程1项12277.73万元。", "construction_in_progress", "12277.73"),
        ("无形资产471项234.37万元。", "intangible_assets", "234.37"),
        ("全年更新购置公务用车，其中：越野车2辆、金额30.5万元。", "told:越野车", "30.5"),
        ("社会保险经办机构支出656.77万元。", "function:2080109", "656.77"),
        ("财政对城乡居民基本养老保险基金的补助支出14535.8万元。", "function:2082602", "14535.8"),
        ("医疗救助600元。", "told:医疗救助", "600"),
    ],
)
def test_a_count_beside_a_name_is_no_part_of_it_and_names_of_codes_find_their_code(
    sentence: str, subject: str, value: str
) -> None:
    claims, _ = read(sentence)
    assert [(claim.subject, str(claim.value)) for claim in claims if claim.unit in ("元", "万元")] == [(subject, value)]
