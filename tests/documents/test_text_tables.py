from pipelines.documents.model import Grid
from pipelines.documents.text import decode, read_blocks
from tests.documents.drawing import shape


def grids(text):
    return [block for block in read_blocks(text) if isinstance(block, Grid)]


def paragraphs(text):
    return [block.text for block in read_blocks(text) if not isinstance(block, Grid)]


FORM = "项目\t\t合计\n编码\t名称\t\n208\t社会保障\t12.5\n20801\t管理事务\t12.5"


def test_a_line_is_a_row_and_every_cell_keeps_its_line():
    (grid,) = grids(f"收入决算表\n\n{FORM}\n\n注：本表反映收入。")
    assert shape(grid) == [line.split("\t") for line in FORM.split("\n")]
    assert [cell.place.line_no for cell in grid.cells] == [3] * 3 + [4] * 3 + [5] * 3 + [6] * 3
    assert grid.place.line_no == 3


def test_a_table_goes_on_after_a_blank_line_without_its_repeated_header():
    header = "项目\t一般公共预算财政拨款\t合计"
    again = "项目\t一般公共预算 财政拨款\t合计"
    (grid,) = grids(f"{header}\n甲\t1\t2\n\n{again}\n乙\t3\t4")
    assert shape(grid) == [header.split("\t"), ["甲", "1", "2"], ["乙", "3", "4"]]
    assert grid.page_starts == (2,)


def test_rows_of_the_same_width_go_on_over_blank_lines():
    (grid,) = grids("甲\t1\t2\n\n\n　\n乙\t3\t4\n\n丙\t5\t6")
    assert shape(grid) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", "6"]]
    assert grid.page_starts == (1, 2)


def test_a_row_under_a_merged_cell_goes_on_though_a_column_was_added():
    (grid,) = grids("投入\t职能\t3\t\n\n\n\t目标\t2")
    assert shape(grid) == [["投入", "职能", "3", ""], ["", "目标", "2", ""]]


def test_text_between_separates_tables():
    first, second = grids(f"{FORM}\n\n支出决算表\n\n{FORM}")
    assert (first.table_no, second.table_no) == (1, 2)
    assert shape(first) == shape(second)


def test_another_width_after_a_blank_line_is_another_table():
    assert [grid.column_count for grid in grids("甲\t1\t2\n\n乙\t3")] == [3, 2]


def test_a_title_right_above_a_table_is_a_paragraph():
    text = f"收入决算表\n{FORM}\n注：本表反映收入。"
    assert paragraphs(text) == ["收入决算表", "注：本表反映收入。"]
    assert shape(grids(text)[0]) == [line.split("\t") for line in FORM.split("\n")]


def test_a_row_split_by_line_breaks_inside_cells_is_put_together():
    rows = ["项目\t说明\t合计", "甲\t第一行", "第二行\t3", "乙\t说明\t4"]
    (grid,) = grids("\n".join(rows))
    assert shape(grid) == [["项目", "说明", "合计"], ["甲", "第一行\n第二行", "3"], ["乙", "说明", "4"]]


def test_a_line_without_tabs_inside_a_table_belongs_to_the_cell_that_can_take_it():
    (grid,) = grids("项目\t说明\n甲\t第一行\n第二行\n乙\t说明")
    assert shape(grid) == [["项目", "说明"], ["甲", "第一行\n第二行"], ["乙", "说明"]]
    (grid,) = grids("项目\t合计\n甲\t3.00\n一般公共\n预算\t4.00")
    assert shape(grid) == [["项目", "合计"], ["甲", "3.00"], ["一般公共\n预算", "4.00"]]


def test_a_table_of_contents_is_no_table():
    text = "摘 要.....\t3\n一、概况.....\t14\n二、主要成效\t45"
    assert grids(text) == []
    assert paragraphs(text) == ["摘 要.....\t3", "一、概况.....\t14", "二、主要成效\t45"]


CELLS = """标题行
\t自评表

\t项目名称
 \t就业专项资金
\t　
\t

\t预算数：
\t1039
\t第一行
第二行
\t
接在空格后

结尾段落。
"""


def test_a_line_is_a_cell_and_a_blank_line_ends_the_row():
    (grid,) = grids(CELLS)
    assert [[cell.text for cell in row if cell] for row in grid.rows()] == [
        ["自评表"],
        ["项目名称", "就业专项资金", "", ""],
        ["预算数：", "1039", "第一行\n第二行", "接在空格后"],
    ]
    assert grid.column_count == 4
    assert grid.cells[1].place.line_no == 4
    assert paragraphs(CELLS) == ["标题行", "结尾段落。"]


def test_two_blank_lines_end_a_table_of_cells():
    assert [grid.row_count for grid in grids("\t甲\n\t1\n\n\t乙\n\t2\n\n\n\t丙\n\t3")] == [2, 1]


def test_a_blank_line_inside_a_long_cell_does_not_split_its_row():
    text = "\t甲\n\t10\n\t说明\n\t1\n\n\t乙\n\t10\n\t1.第一条。\n\n3.第三条。\n4.第四条。\n\t2\n\n\t丙\n\t9"
    (grid,) = grids(text)
    assert [[cell.text for cell in row if cell] for row in grid.rows()] == [
        ["甲", "10", "说明", "1"],
        ["乙", "10", "1.第一条。\n3.第三条。\n4.第四条。", "2"],
        ["丙", "9"],
    ]


def test_a_title_between_tables_of_cells_is_a_paragraph():
    text = "\t甲\n\t10\n\t1\n\n\t负责人\n\t某\n\n绩效自评表\n\t项目名称\n\t乙"
    assert [grid.row_count for grid in grids(text)] == [2, 1]
    assert paragraphs(text) == ["绩效自评表"]


def test_encodings_and_line_ends():
    for data in (text_bytes := [FORM.encode(), b"\xef\xbb\xbf" + FORM.encode(), FORM.encode("gb18030")]):
        assert decode(data) == FORM
    assert len(text_bytes) == 3
    assert decode(FORM.encode("utf-16")) == FORM
    assert decode(b"\x00\x01\x02\x03") is None
    assert decode(bytes(range(1, 32)) * 8) is None
    assert grids(FORM.replace("\n", "\r\n")) == grids(FORM)
