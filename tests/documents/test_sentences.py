import pytest

from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.sentences import goes_on, rejoin


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("支出决算为139.87万元，完成年初预算", "的56.86%。决算数小于年初预算数。"),
        ("待遇资金，共发放", "13245 万元，8.65 万人。"),
        ("按照省、市统一部署，及时调整", "提高离退休人员养老金标准。"),
        ("（1）预算执行：以预算为基础，开展实际服务活动，辅以", "控制流程，对预算执行过程进行监督。"),
        ("由于未提供有关监督检查。根据", "评分标准，该指标扣 1 分。"),
    ],
)
def test_a_sentence_cut_by_a_page_break_goes_on(before, after):
    assert goes_on(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("支出决算为139.87万元。", "决算数小于年初预算数，主要是压减。"),
        ("反映社会保险业务管理，基金监督方面的支出", "十九、社会保障和就业支出：反映信息化，建设。"),
        ("反映社会保险业务管理，基金监督方面的支出", "2.社会保障和就业支出，减少。"),
        ("反映社会保险业务管理，基金监督方面的支出", "第五部分"),
        ("部门：某某中心", "金额单位：万元，保留两位"),
        ("二、机构设置", "本部门无纳入编制范围的单位，特此说明。"),
        ("（三）项目管理、资金使用，有待加强", "企业退休人员大幅增加，资金缺口越来越大。"),
        ("3.预算管理（指标分值 8 分，评价得分 6 分）", "预算管理制度健全性，是指制度是否健全。"),
        ("[image: image3]", "（图1：变动情况，柱状图）。"),
        ("如图所示，收入增加", "[image: image3]"),
    ],
)
def test_what_is_finished_or_begins_anew_stays_apart(before, after):
    assert not goes_on(before, after)


def test_paragraphs_on_both_sides_of_a_table_are_not_joined():
    grid = Grid(1, 0, 0, ())
    blocks = [Paragraph("支出为1元，完成预算"), grid, Paragraph("的56%，减少。"), Paragraph("另，见下")]
    assert list(rejoin(blocks)) == blocks


def test_more_than_two_pieces_are_joined():
    pieces = [Paragraph("支出为1元，完成"), Paragraph("预算的56%，减少"), Paragraph("2元，持平。")]
    assert [block.text for block in rejoin(pieces)] == ["支出为1元，完成预算的56%，减少2元，持平。"]
