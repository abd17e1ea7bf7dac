"""Names, stages and years that sentences tell in other words than tables: told figures join what tables print."""

from pipelines.disclosures.paper import Paper
from tests.words.reading import read, rows

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
