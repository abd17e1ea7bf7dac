import pytest

from pipelines.documents.continuation import is_rest_of_row
from pipelines.documents.model import Cell
from tests.documents.drawing import Drawing, read_drawing, shape, texts

pytestmark = pytest.mark.usefixtures("each_engine")

HEADER = [["科目编码", "科目名称", "合计", "基本支出"]]
FIRST = [["208", "社会保障和就业支出", "12.50", "10.00"], ["20801", "管理事务", "12.50", "10.00"]]
SECOND = [["213", "农林水支出", "3.00", ""], ["21308", "普惠金融发展支出", "3.00", ""]]
WIDTHS = [80, 150, 90, 90]
FOOT = 842 - 60 - 60


def pages(*tables, x=(60, 60), between=None, second_widths=None):
    """Two pages: a table at the foot of the first, another at the head of the second, and text between them."""
    drawing = Drawing()
    drawing.text(200, 100, "支出决算表", 16)
    drawing.table(x[0], FOOT, WIDTHS, tables[0])
    drawing.text(290, 815, "— 1 —")
    drawing.new_page()
    for number, line in enumerate(between or []):
        drawing.text(200, 30 + 14 * number, line)
    drawing.table(x[1], 80, second_widths or WIDTHS, tables[1])
    drawing.text(290, 815, "— 2 —")
    return drawing


def test_a_table_over_two_pages_is_one_and_its_repeated_header_is_removed(tmp_path):
    document = read_drawing(tmp_path, pages(HEADER + FIRST, HEADER + SECOND))
    (grid,) = document.grids()
    assert shape(grid) == HEADER + FIRST + SECOND
    assert grid.page_starts == (3,)
    assert {cell.place.page_no for cell in grid.cells if cell.row >= 3} == {2}
    assert texts(document) == ["支出决算表"]


def test_a_part_without_header_continues_too(tmp_path):
    (grid,) = read_drawing(tmp_path, pages(HEADER + FIRST, SECOND)).grids()
    assert shape(grid) == HEADER + FIRST + SECOND


def test_a_header_at_the_foot_of_a_page_joins_its_data(tmp_path):
    (grid,) = read_drawing(tmp_path, pages(HEADER, FIRST)).grids()
    assert shape(grid) == HEADER + FIRST
    assert grid.page_starts == (1,)


def test_a_lone_total_with_fewer_columns_is_aligned_by_its_edges(tmp_path):
    total = [["合计", "15.50", "10.00"]]
    (grid,) = read_drawing(tmp_path, pages(HEADER + FIRST, total, second_widths=[230, 90, 90])).grids()
    assert shape(grid) == [*HEADER, *FIRST, ["合计", "<", "15.50", "10.00"]]


def test_a_part_shifted_sideways_continues(tmp_path):
    (grid,) = read_drawing(tmp_path, pages(HEADER + FIRST, SECOND, x=(60, 75))).grids()
    assert shape(grid) == HEADER + FIRST + SECOND


def test_a_title_between_separates_two_tables(tmp_path):
    document = read_drawing(tmp_path, pages(HEADER + FIRST, HEADER + SECOND, between=["基本支出决算表"]))
    assert [shape(grid) for grid in document.grids()] == [HEADER + FIRST, HEADER + SECOND]


def test_other_borders_are_another_table(tmp_path):
    document = read_drawing(tmp_path, pages(HEADER + FIRST, SECOND, second_widths=[80, 150, 90, 60]))
    assert len(list(document.grids())) == 2


def test_a_title_row_inside_the_next_grid_begins_another_table(tmp_path):
    titled = [["项目支出绩效目标表", "<", "<", "<"], ["项目名称", "甲", "主管部门", "乙"]]
    document = read_drawing(tmp_path, pages(titled, [titled[0], ["项目名称", "丙", "主管部门", "丁"]]))
    assert len(list(document.grids())) == 2


def test_a_title_row_repeated_with_its_column_labels_is_a_repeated_header(tmp_path):
    titled = [["支出决算表", "<", "<", "<"], *HEADER]
    (grid,) = read_drawing(tmp_path, pages(titled + FIRST[:1], titled + SECOND)).grids()
    assert shape(grid) == titled + FIRST[:1] + SECOND


def test_a_heading_repeated_above_the_next_part_does_not_separate_it(tmp_path):
    drawing = Drawing()
    drawing.lines(200, FOOT - 40, ["支出决算表", "单位：万元"])
    drawing.table(60, FOOT, WIDTHS, HEADER + FIRST)
    drawing.new_page()
    drawing.lines(200, 40, ["支出决算表（续）", "单位：万元"])
    drawing.table(60, 80, WIDTHS, HEADER + SECOND)
    document = read_drawing(tmp_path, drawing)
    assert [shape(grid) for grid in document.grids()] == [HEADER + FIRST + SECOND]
    assert texts(document) == ["支出决算表", "单位：万元"]


def test_a_row_cut_inside_its_label_is_put_together(tmp_path):
    narrow = [80, 74, 90, 90]
    rest = [["213", "农林水支出", "3.00", ""]]
    drawing = Drawing()
    drawing.table(60, FOOT, narrow, [*HEADER, ["208", "社会保障和就", "12.50", "10.00"]])
    drawing.new_page()
    drawing.table(60, 80, narrow, [["", "业支出", "", ""], *rest])
    (grid,) = read_drawing(tmp_path, drawing).grids()
    assert shape(grid) == [*HEADER, ["208", "社会保障和就\n业支出", "12.50", "10.00"], *rest]
    assert grid.page_starts == (2,)


def cells(*texts):
    return [Cell(0, column, text) for column, text in enumerate(texts)]


def test_only_an_unmistakable_rest_is_put_back():
    above = cells("一般公共预算拨", "12.50", "基本支出", "10.00")
    full = {0}
    assert is_rest_of_row(above, cells("款", "", "", ""), full, ())
    assert not is_rest_of_row(above, cells("款", "1.00", "", ""), full, ())
    assert not is_rest_of_row(above, cells("二、上", "", "", ""), full, ())
    assert not is_rest_of_row(above, cells("208", "", "", ""), full, ())
    assert not is_rest_of_row(above, cells("款", "", "", ""), set(), ())
    assert not is_rest_of_row(above, cells("", "款", "", ""), full, ())
    assert not is_rest_of_row(cells("一般公共预算拨", "", "", ""), cells("款", "", "", ""), full, ())
    assert not is_rest_of_row(above, cells("", "", "", ""), full, ())


def test_a_long_rest_is_put_back_only_if_the_whole_label_stands_elsewhere():
    above, below = cells("专户管理教育", "12.50"), cells("其他非税收入", "")
    assert not is_rest_of_row(above, below, {0}, {"专户管理教育收费"})
    assert is_rest_of_row(above, below, {0}, {"专户管理教育其他非税收入"})


def test_running_headers_and_footers_neither_separate_a_table_nor_are_said_twice(tmp_path):
    drawing = Drawing()
    for number, rows in enumerate((HEADER + FIRST, HEADER + SECOND, FIRST)):
        drawing.text(200, 20, "本文件重新排版，并非原件。", 8)
        drawing.table(60, 80, WIDTHS, rows)
        drawing.text(200, 800, f"某局部门决算 第{number + 5}页", 8)
        drawing.new_page()
    document = read_drawing(tmp_path, drawing)
    assert [shape(grid) for grid in document.grids()] == [HEADER + FIRST + SECOND + FIRST]
    assert texts(document) == ["本文件重新排版，并非原件。", "某局部门决算 第7页"]


@pytest.mark.parametrize("line", ["项目支出绩效目标表", "编制部门：某局 单位：元"])
def test_the_title_and_unit_of_a_form_are_no_running_header_however_often_they_stand(tmp_path, line):
    drawing = Drawing()
    for project in "甲乙丙":
        drawing.text(200, 20, line)
        drawing.table(60, 80, WIDTHS, [["项目名称", project, "主管部门", "某局"]])
        drawing.new_page()
    document = read_drawing(tmp_path, drawing)
    assert len(list(document.grids())) == 3
    assert texts(document) == [line] * 3
