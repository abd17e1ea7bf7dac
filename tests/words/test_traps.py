"""What makes a checker cry wolf must not become a figure, and nothing that is one may vanish."""

import pytest

from tests.words.reading import read, rows


@pytest.mark.parametrize(
    "line",
    [
        "根据《关于2020年预算的通知》（鲁财绩〔2020〕4号）开展工作。",
        "截至2021年12月31日，2021年1月至12月工作已完成。",
        "单位价值50万元以上通用设备、单价100万元（含）以上设备均无。",
        "名称：公开01表，第3页，科目编码2080101。",
        "综合得分在80~90分（含80分）为良好；90分（含90分）以上为优秀。",
        "在职人员控制率=（在职人员数/编制数）×100%。",
    ],
)
def test_dates_document_numbers_thresholds_and_formulas_tell_nothing(line):
    claims, unplaced = read(line)
    assert [claim for claim in claims if claim.unit] == []
    assert unplaced == ()


def test_the_glossary_tells_nothing():
    claims, unplaced = read(
        "第四部分 名词解释", "一、基本支出：指单位50万元以下的支出，占10%。", "二、项目支出：5万元。"
    )
    assert (claims, unplaced) == ((), ())


def test_figures_after_the_glossary_are_told_again():
    claims, _ = read("第四部分 名词解释", "一、基本支出：指支出5万元。", "第五部分 附件", "基本支出9万元。")
    assert [str(claim.value) for claim in claims] == ["9"]


def test_an_unresolved_direction_without_an_amount_is_no_change():
    claims, _ = read("其他收入0万元。与上年相比增加（减少）0万元，增长（减少）0 %。")
    assert rows(claims, "figure", "value", "direction")[1:] == [
        ("change", "0", "unchanged"),
        ("growth_rate", "0", "unchanged"),
    ]


def test_an_unresolved_direction_follows_the_change_it_stands_beside():
    claims, _ = read("“三公”经费支出决算数比2020年度减少0.15万元，下降（增长）27.78%。")
    assert rows(claims, "figure", "value", "direction") == [
        ("change", "-0.15", "decrease"),
        ("growth_rate", "-27.78", "decrease"),
    ]


def test_a_number_without_its_unit_is_unplaced_not_guessed():
    claims, unplaced = read("与2020年度相比，本年支出合计增加1193.20万元，增长13.95。主要原因是涨价。")
    assert rows(claims, "figure") == [("change",)]
    assert unplaced[0].what == "sentence"
    assert "13.95" in unplaced[0].reason


def test_a_rule_of_marking_is_nobodys_figure():
    claims, unplaced = read("若该指标≤20%，得满分，每增加10%，扣去满分的十分之一，扣完为止。")
    assert claims == ()
    assert len(unplaced) == 1


def test_the_same_item_told_with_two_amounts_keeps_both():
    claims, _ = read(
        "“住房保障支出（类）住房改革支出（款）住房公积金（项）”350.35万元，主要用于住房公积金。2021年预算安排352.67万元。"
    )
    assert rows(claims, "subject", "value") == [("function:2210201", "350.35"), ("function:2210201", "352.67")]


def test_an_unnamed_quantity_gets_its_own_name():
    claims, unplaced = read("全年累计为2635名死亡人员遗属发放丧葬补助金158万元，发放率为100%。")
    assert not unplaced
    assert rows(claims, "subject", "measure", "figure", "value") == [
        ("told:死亡人员遗属发放丧葬补助金", None, "amount", "158"),
        ("told:发放率", None, "share", "100"),
    ]


def test_a_word_inside_a_longer_name_is_not_the_quantity():
    claims, _ = read("高层次人才培训费5万元。")
    assert [claim.subject for claim in claims] != ["training"]


def test_a_percentage_of_at_least_is_still_told():
    claims, _ = read("绩效评价小组通过现场随机访问，公众满意度达到90%以上。")
    assert rows(claims, "subject", "value") == [("told:公众满意度", "90")]
