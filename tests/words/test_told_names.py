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
