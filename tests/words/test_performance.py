"""Performance management in words: projects, marks, and how much of the budget is covered."""

from pipelines.disclosures.paper import Paper
from tests.words.reading import read, rows

SELF_2020 = Paper("self_evaluation", "department", "某局", 2020)


def test_a_review_tells_of_the_project_it_opens_with():
    claims, unplaced = read(
        "3. 人社专网费项目绩效自评综述：根据年初设定的绩效目标，项目自评得分为98.29分。"
        "全年预算数为8.22万元，执行数为6.82万元，完成预算的82.91%。"
    )
    assert not unplaced
    assert {claim.subject for claim in claims} == {"project:人社专网费"}
    assert rows(claims, "measure", "figure", "stage", "comparison_stage", "value") == [
        ("score", "score", "final", None, "98.29"),
        ("project_expenditure", "amount", "adjusted_budget", None, "8.22"),
        ("project_expenditure", "amount", "final", None, "6.82"),
        ("project_expenditure", "completion_rate", "final", "adjusted_budget", "82.91"),
    ]


def test_a_figure_in_a_projects_name_is_no_figure():
    claims, unplaced = read(
        "5. 退休企业人员40元补贴项目绩效自评综述：项目自评得分为99.7分。退休企业人员40元补贴覆盖率100%。"
    )
    assert not unplaced
    assert rows(claims, "subject", "value") == [
        ("project:退休企业人员40元补贴", "99.7"),
        ("told:退休企业人员40元补贴覆盖率", "100"),
    ]


def test_a_report_belongs_to_the_project_its_title_names():
    claims, _ = read(
        "预算项目绩效评价报告",
        "（人才发展资金）",
        "一、项目概况",
        "（三）预算安排。年初预算安排9万元，使用133.63万元。",
        "四、评价结论",
        "人才发展资金项目绩效总体评价良好,自评得分95分。",
        paper=SELF_2020,
    )
    assert rows(claims, "subject", "measure", "stage", "value") == [
        ("project:人才发展资金", "project_expenditure", "initial_budget", "9"),
        ("project:人才发展资金", "project_expenditure", "final", "133.63"),
        ("project:人才发展资金", "score", None, "95"),
    ]


def test_a_section_of_an_evaluation_belongs_to_the_project_it_is_named_after():
    claims, _ = read(
        "四、组织部绩效评价", "（一）建国前老党员生活补贴", "2.项目资金来源", "2020年财政预算安排3万元。",
        "4.项目绩效分析及评价结果", "经过自评，自评总分为91分，评价等级优秀。", paper=SELF_2020,
    )  # fmt: skip
    assert rows(claims, "subject", "figure", "value") == [
        ("project:建国前老党员生活补贴", "amount", "3"),
        ("project:建国前老党员生活补贴", "score", "91"),
    ]


def test_projects_listed_with_their_budgets_each_keep_their_own():
    claims, _ = read(
        "工伤保险项目全年预算数88万元，全面执行数88万元，执行率100%；丧葬费项目全年预算数158万元。", paper=SELF_2020
    )
    assert rows(claims, "subject", "figure", "stage", "value") == [
        ("project:工伤保险", "amount", "adjusted_budget", "88"),
        ("project:工伤保险", "amount", "final", "88"),
        ("project:工伤保险", "completion_rate", "final", "100"),
        ("project:丧葬费", "amount", "adjusted_budget", "158"),
    ]


def test_marks_belong_to_the_indicator_of_the_heading():
    claims, _ = read(
        "(2) 绩效目标合理性（指标分值 3 分，评价得分 1 分）", "根据评分标准，该项指标酌情扣 2 分。", paper=SELF_2020
    )
    assert rows(claims, "subject", "measure", "value") == [
        ("indicator:绩效目标合理性", "full_score", "3"),
        ("indicator:绩效目标合理性", "score", "1"),
        ("indicator:绩效目标合理性", "score_deduction", "2"),
    ]


def test_marks_of_a_level_are_its_own():
    claims, _ = read("决策指标总分10分，得分9.5分，得分率95%。", paper=SELF_2020)
    assert rows(claims, "subject", "measure", "figure", "value") == [
        ("indicator:决策", "full_score", "score", "10"),
        ("indicator:决策", "score", "score", "9.5"),
        ("indicator:决策", "score_rate", "share", "95"),
    ]


def test_coverage_says_which_part_of_the_management_it_is_about():
    claims, _ = read(
        "编报绩效目标的2021年度项目39个，涉及预算金额4415.48万元；绩效自评的2021年度项目38个，涉及预算金额4400万元，平均得分99.33分。"
    )
    assert rows(claims, "subject", "measure", "value") == [
        ("performance:targets", "performance_projects", "39"),
        ("performance:targets", "performance_funds", "4415.48"),
        ("performance:self_evaluation", "performance_projects", "38"),
        ("performance:self_evaluation", "performance_funds", "4400"),
        ("overall_performance", "score", "99.33"),
    ]


def test_the_whole_department_has_its_own_mark():
    claims, _ = read("部门整体支出绩效自评结果为99.88分，等级为优。")
    assert rows(claims, "subject", "measure", "value") == [("overall_performance", "score", "99.88")]


def test_a_report_on_projects_in_general_names_no_project():
    for title in ("2020年度项目支出绩效自评报告", "青禾市财政局2020年度项目支出绩效自评报告"):
        claims, _ = read(title, "自评得分为95分。", paper=SELF_2020)
        assert rows(claims, "subject", "value") == [("overall_performance", "95")]
    claims, _ = read("信息化建设项目绩效自评报告", "自评得分为95分。", paper=SELF_2020)
    assert rows(claims, "subject", "value") == [("project:信息化建设", "95")]
