"""Which forms a paper has, and which it only promises."""

from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

COVER = "2021年度青禾市清流区文化馆事务局部门决算"
CONTENTS = (
    "目 录",
    "一、收入支出决算总表",
    "二、收入决算表",
    "三、一般公共预算财政拨款“三公”经费、支出决算",
    "表",
    "第一部分 概况",
)


def test_a_promised_form_that_is_missing_is_listed_and_not_present() -> None:
    facts = understand(
        document(
            COVER,
            *CONTENTS[:3],
            "第一部分 概况",
            "收入决算表",
            "单位：万元",
            ["科目编码|科目名称|合计", "208|社会保障和就业支出|1.00"],
        )
    )
    states = {form.form_code: (form.listed, form.present, form.is_empty) for form in facts.forms}
    assert states == {"FA02": (True, True, False), "FA01": (True, False, False)}


def test_an_empty_form_keeps_the_note_that_says_why() -> None:
    note = "本部门没有政府性基金收入，故本表无数据。"
    facts = understand(
        document(COVER, "政府性基金预算财政拨款收入支出决算表", ["科目编码|科目名称|本年收入", "||"], note)
    )
    assert facts.forms[0].is_empty
    assert facts.forms[0].empty_note == note


def test_a_form_with_figures_that_is_called_empty_keeps_the_words() -> None:
    rows = ["科目编码|科目名称|合计", "208|社会保障和就业支出|1.00"]
    notes = ("注：本表反映各项收入。", "注：没有此项收入，故本表无数据。")
    facts = understand(document(COVER, "收入决算表", "单位：万元", rows, *notes))
    assert (facts.forms[0].is_empty, facts.forms[0].empty_note) == (False, notes[1])


def test_contents_items_may_have_bullets_or_years_instead_of_numbers() -> None:
    items = ("- 收入支出决算总表", "● 收入决算表", "2021年支出决算表", "- 12 -", "第一部分 概况")
    facts = understand(document(COVER, "目录", *items))
    assert [form.form_code for form in facts.forms] == ["FA01", "FA02", "FA03"]


def test_a_contents_item_wrapped_over_two_lines_is_one_promise() -> None:
    facts = understand(document(COVER, "目录", "十一、一般公共预算“三公”经费支", "出决算表", "第一部分 概况"))
    assert [form.form_code for form in facts.forms] == ["FA07"]


def test_rows_of_a_table_that_is_no_form_are_unplaced_where_they_hold_figures() -> None:
    facts = understand(document(COVER, "单位一览", ["序号|单位名称|备注", "1|某局（本级）|"]))
    assert facts.forms == ()
    assert [(u.what, u.text) for u in facts.unplaced] == [("row", "1 | 某局（本级） | ")]


def test_an_untitled_grid_goes_on_with_the_form_before() -> None:
    facts = understand(
        document(
            COVER,
            "收入决算表",
            "单位：万元",
            ["科目编码|科目名称|合计", "208|社会保障和就业支出|1.00"],
            ["213|农林水支出|2.00"],
        )
    )
    assert [(a.form_id, a.subject) for a in facts.amounts] == [
        (facts.forms[0].form_id, "function:208"),
        (facts.forms[0].form_id, "function:213"),
    ]
    assert len({a.amount_id for a in facts.amounts}) == 2


def income_table(title: str) -> list[str | list[str]]:
    return [
        title,
        "单位：万元",
        [
            "项目|<|本年收入合计|财政拨款收入|上级补助收入|事业收入",
            "科目编码|科目名称|^|^|^|^",
            "合计|<|9.00|8.00||1.00",
            "208|社会保障和就业支出|9.00|8.00||1.00",
        ],
    ]


def test_a_form_with_a_title_nobody_declared_is_told_by_its_columns_and_codes() -> None:
    facts = understand(document(COVER, *income_table("各类来款一览")))
    assert [(f.form_code, f.form_title) for f in facts.forms] == [("FA02", "各类来款一览")]
    assert {a.measure for a in facts.amounts} == {"income", "institutional_income"}


def test_a_table_below_a_row_of_figures_is_what_is_left_of_a_larger_one() -> None:
    facts = understand(document(COVER, *income_table("205 教育支出 5.00 4.00 1.00")))
    assert facts.forms == ()
    assert [(u.what, u.text) for u in facts.unplaced][-1] == ("row", "208 | 社会保障和就业支出 | 9.00 | 8.00 |  | 1.00")


def test_a_table_that_fits_two_forms_is_told_by_its_place_in_the_contents() -> None:
    contents = (
        "目录",
        "一、收入决算表",
        "二、一般公共预算财政拨款支出决算表",
        "三、国有资本经营预算财政拨款支出决算表",
        "第一部分",
    )
    table = ["科目编码|科目名称|合计|基本支出|项目支出", "208|社会保障和就业支出|9.00|8.00|1.00"]
    last = ["科目编码|科目名称|合计|基本支出|项目支出", "223|国有资本经营预算支出|2.00|1.00|1.00"]
    facts = understand(
        document(
            COVER, *contents, *income_table("收入决算表"), "拨款去向", table, "国有资本经营预算财政拨款支出决算表", last
        )
    )
    assert [f.form_code for f in facts.forms] == ["FA02", "FA05", "FA09"]


def test_a_table_that_fits_no_form_stays_unplaced() -> None:
    facts = understand(document(COVER, "车辆一览", ["科目编码|科目名称|辆数", "208|社会保障|3"]))
    assert facts.forms == ()
    assert len(facts.unplaced) == 1


def test_a_form_whose_rows_stand_below_in_other_columns_is_not_called_empty() -> None:
    blocks = ["支出决算表", "单位：万元", ["科目编码|科目名称|合计|基本支出"], "- 5 -"]
    facts = understand(document(COVER, *blocks, ["1|2|3|4|5", "208||社会保障和就业支出|9.00|9.00"]))
    assert [(form.form_code, form.is_empty) for form in facts.forms] == [("FA03", False)]
    assert facts.amounts == ()
    assert len(facts.unplaced) == 2

    titled = understand(document(COVER, *blocks, "说明情况的另一张表", ["甲|乙|丙|丁|戊", "1|9.00|9.00|3.00|2.00"]))
    assert [(form.form_code, form.is_empty) for form in titled.forms] == [("FA03", True)]


def test_a_figure_left_over_between_two_parts_of_a_form_is_no_title() -> None:
    first = ["科目编码|科目名称|合计", "208|社会保障和就业支出|9.00"]
    facts = understand(document(COVER, "支出决算表", "单位：万元", first, "100,000.00", ["221|住房保障支出|1.00"]))
    assert [a.subject for a in facts.amounts] == ["function:208", "function:221"]


def test_a_title_may_stand_in_one_line_with_its_unit() -> None:
    table = ["科目编码|科目名称|合计", "208|社会保障和就业支出|9.00"]
    for line in ("支出决算表 金额单位：万元", "支出决算表（单位：万元）"):
        facts = understand(document(COVER, line, table))
        assert [(form.form_code, form.form_title, form.unit) for form in facts.forms] == [
            ("FA03", "支出决算表", "万元")
        ]
    facts = understand(document(COVER, "支出决算表", "单位：万元", table))
    assert [form.form_title for form in facts.forms] == ["支出决算表"]
