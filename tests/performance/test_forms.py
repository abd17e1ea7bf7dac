"""Forms that slid, contradict themselves, or lack what others have."""

from decimal import Decimal

from pipelines.disclosures.performance import Performance, read_performance, rest_of
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document as grids
from tests.performance.typeset import document, read


def _levels(found: Performance) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(i.level1, i.level2, i.level3, i.target) for i in found.indicators]


HEAD = ["项目名称|某项目|<|<|<", "绩效指标|一级指标|二级指标|三级指标|指标值"]


def test_cost_stands_first_where_a_second_level_follows_and_second_below_output_elsewhere() -> None:
    first = [*HEAD, "|成本指标|经济成本|贴息金额|≤5万元"]
    second = [*HEAD, "|产出指标|数量指标|人数|5人", "||成本指标|贴息金额|≤5万元"]
    assert _levels(read_performance(grids(first))) == [("成本指标", "经济成本", "贴息金额", "≤5万元")]
    assert _levels(read_performance(grids(second)))[1] == ("产出指标", "成本指标", "贴息金额", "≤5万元")


def test_a_second_level_belongs_to_its_first_even_where_that_row_is_missing() -> None:
    rows = [*HEAD, "|产出指标（50）|数量指标|人数|5人", "||社会效益指标|保障|是"]
    found = read_performance(grids(rows))
    assert _levels(found)[1] == ("效益指标", "社会效益指标", "保障", "是")
    assert [indicator.level1_points for indicator in found.indicators] == [Decimal(50), None]


def test_labels_that_slid_down_hold_for_their_row_only() -> None:
    rows = [*HEAD, "|满意度指标|服务对象满意度指标|社会效益指标|提供服务", "办公人员满意度||||95%"]
    assert _levels(read_performance(grids(rows))) == [
        ("效益指标", "社会效益指标", "提供服务", None),
        ("满意度指标", "服务对象满意度指标", "办公人员满意度", "95%"),
    ]


def test_a_name_like_a_level_below_the_third_head_is_a_name() -> None:
    rows = [*HEAD, "|满意度指标|服务对象满意度指标|满意度指标|95%"]
    assert _levels(read_performance(grids(rows))) == [("满意度指标", "服务对象满意度指标", "满意度指标", "95%")]


def test_levels_with_words_of_their_own_are_known_by_their_heads() -> None:
    rows = [
        "部门整体绩效目标表|<|<|<|<",
        *HEAD[1:],
        "|履职效能(40分)|重点工作|服务企业|≥10家",
        "|||走访|5次",
        "||管理效率|预算编制|准确",
    ]
    found = read_performance(grids(rows))
    assert _levels(found) == [
        ("履职效能", "重点工作", "服务企业", "≥10家"),
        ("履职效能", "重点工作", "走访", "5次"),
        ("履职效能", "管理效率", "预算编制", "准确"),
    ]
    assert {(i.project, i.level1_points) for i in found.indicators} == {(None, Decimal(40))}


def test_an_explanation_before_the_target_is_no_target() -> None:
    head = ["项目名称|某项目|<|<|<|<|<", "四、|一级指标|二级指标|三级指标|预期指标值|实际完成值|自评得分"]
    found = read_performance(grids([*(row + "|<" for row in head), "|产出指标|数量指标|检查数|当年检查数|≥100%|72|9"]))
    [indicator] = found.indicators
    assert (indicator.explanation, indicator.target, indicator.actual) == ("当年检查数", "≥100%", "72")
    assert indicator.score == 9


def test_targets_are_split_into_sign_number_and_unit() -> None:
    targets = [">=600元/人/月", "≥13459.00(平方米)", "不低于50%", "每半年一次", "6 个", "≥"]
    found = read_performance(grids([*HEAD, *(f"|产出指标|数量指标|第{i}项|{t}" for i, t in enumerate(targets))]))
    assert [(i.operator, i.target_value, i.target_unit) for i in found.indicators] == [
        ("≥", Decimal(600), "元/人/月"),
        ("≥", Decimal("13459.00"), "平方米"),
        ("≥", Decimal(50), "%"),
        (None, None, None),
        (None, Decimal(6), "个"),
        ("≥", None, None),
    ]


def test_a_score_that_is_a_word_is_kept_as_text() -> None:
    rows = [
        "项目名称|某项目|<|<|<|<",
        "指标|一级指标|二级指标|三级指标|预期指标值|自评得分",
        "|产出指标|数量指标|批次|100|优",
    ]
    [indicator] = read_performance(grids(rows)).indicators
    assert (indicator.score, indicator.score_text) == (None, "优")


def test_one_budget_is_the_initial_one_unless_the_form_says_adjusted() -> None:
    rows = "\t项目名称\t某项目\n\n\t预算安排情况{}\n\t资金执行情况\n\n\t预算数：\n\t5\n\t执行数：\n\t4\n\n"
    tail = "\t绩效指标\n\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n\t\n\t产出指标\n\t数量指标\n\t人数\n\t5\n"
    title = "项目绩效自评表\n金额单位：万元\n"
    plain = read(title + rows.format("").replace("\t项目名称\t", "\t项目名称\n\t") + tail).projects[0]
    adjusted = read(title + rows.format("（调整后）").replace("\t项目名称\t", "\t项目名称\n\t") + tail).projects[0]
    assert (plain.initial_budget_yuan, plain.adjusted_budget_yuan) == (Decimal(50000), None)
    assert (adjusted.initial_budget_yuan, adjusted.adjusted_budget_yuan) == (None, Decimal(50000))


def test_a_row_that_no_field_explains_is_told() -> None:
    found = read_performance(
        grids(["项目名称|某项目|<|<|<", "车辆数|7|8|9|10", *HEAD[1:], "|产出指标|数量指标|人数|5"])
    )
    assert [(one.what, one.text) for one in found.unplaced] == [("performance_row", "车辆数 | 7 | 8 | 9 | 10")]


def test_a_score_table_that_lost_its_left_columns_reads_like_the_whole_one() -> None:
    head = "一级指标|二级指标|三级指标|满分|得分|得分率|"
    whole = [
        head,
        "过程(30分)|预算执行(6分)|预算完成率|2|2|100%|",
        "||预算调整率|2|1|50%|",
        "过程指标得分|||30|26|86.7%|",
    ]
    slid = [
        head,
        "|过程(30分)|预算执行(6分)|预算完成率|2|2|100%",
        "预算调整率|||2|1|50%|",
        "|过程指标得分|||30|26|86.7%",
    ]
    tables = [read_performance(grids(rows)).indicators for rows in (whole, slid)]
    meanings = [
        [(i.row_kind, i.level1, i.level2, i.level3, i.weight, i.score, i.score_rate) for i in t] for t in tables
    ]
    assert meanings[0] == meanings[1]
    assert meanings[0][2] == ("subtotal", "过程", None, None, 30, 26, Decimal("86.7"))


def test_points_on_a_line_of_their_own_belong_to_the_label_above() -> None:
    rows = ["一级指标|二级指标|三级指标|满分|得分", "产出(32分)|产出效果|质量达标率|4|4", "|（12分）|完成及时性|4|4"]
    found = read_performance(grids(rows)).indicators
    assert [(i.level2, i.level2_points) for i in found] == [("产出效果", 12)] * 2


def test_a_row_of_marks_in_a_summary_is_no_project() -> None:
    rows = [
        "序号|项目名称|单位名称|自评得分|自评等级",
        "区本级项目|<|<|<|<",
        "1|无|无|无|无",
        "2|网络费|某中心|98.6|优",
    ]
    found = read_performance(grids(rows))
    assert [(p.project, p.form_code, p.score, p.grade) for p in found.projects] == [
        ("网络费", "PF03", Decimal("98.6"), "优")
    ]
    assert not found.unplaced


def test_rows_of_performance_forms_are_not_left_over_and_other_tables_are() -> None:
    paper = grids([*HEAD, "|产出指标|数量指标|人数|5"], "车辆情况", ["车辆|数量", "轿车|3"])
    performance = read_performance(paper)
    assert [len(grid.cells) for grid in rest_of(paper, performance).grids()] == [0, 4]
    assert [(one.what, one.text) for one in understand(paper).unplaced] == [("row", "轿车 | 3")]


def test_a_table_without_words_of_performance_gives_nothing() -> None:
    found = read_performance(document("项目支出预算表\n\n项目名称\t合计\t财政拨款\n网络费\t5\t5\n"))
    assert found == Performance()


def test_merged_cells_with_the_whole_project_beside_its_year_read_as_two_stages() -> None:
    rows = [
        "财政项目支出绩效目标填报表|<|<|<|<|<",
        "项目名称|<|某项目|<|项目类别|特定目标类",
        "项目资金\\n（元）|<|项目资金总额|4,100.00|年度资金申请总额|3,000.00",
        "^|^|其中：财政资金|4,100.00|其中：当年财政拨款|2,000.00",
        "^|^|^|^|上年结转资金|1,000.00",
        "|一级指标|二级指标|三级指标|<|指标值",
        "绩效指标|产出指标|数量指标|面积|<|≥134.00(平方米)",
        "^|^|^|次数|<|=2(次)",
    ]
    found = read_performance(grids(rows))
    amounts = {(amount.stage, amount.source): amount.amount_yuan for amount in found.amounts}
    assert amounts == {
        ("whole_project", None): Decimal("4100.00"),
        ("whole_project", "财政资金"): Decimal("4100.00"),
        ("initial_budget", None): Decimal("3000.00"),
        ("initial_budget", "当年财政拨款"): Decimal("2000.00"),
        ("initial_budget", "上年结转资金"): Decimal("1000.00"),
    }
    assert _levels(found) == [
        ("产出指标", "数量指标", "面积", "≥134.00(平方米)"),
        ("产出指标", "数量指标", "次数", "=2(次)"),
    ]


def test_a_table_that_goes_on_after_a_page_break_goes_on() -> None:
    found = read_performance(grids([*HEAD, "|产出指标|数量指标|人数|5"], "- 3 -", ["||质量指标|合格率|≥90%"]))
    assert _levels(found)[1] == ("产出指标", "质量指标", "合格率", "≥90%")


def test_each_text_of_a_form_keeps_the_line_it_begins_on() -> None:
    rows = [
        "项目名称|某项目|<|<|<",
        "年度预期目标|<|实际完成情况|<|<",
        "修缮道路|<|道路已修缮|<|<",
        *HEAD[1:],
        "|产出指标|数量指标|道路|5公里",
        "存在问题|工期偏紧|<|<|<",
    ]
    found = read_performance(grids(rows))
    (project,) = found.projects
    lines = {cell.field: cell.line_no for cell in found.cells}
    assert (project.goal, project.result, project.problems) == ("修缮道路", "道路已修缮", "工期偏紧")
    assert {"goal": 3, "result": 3, "problems": 6}.items() <= lines.items()
