import pytest
from reportlab.lib.colors import CMYKColor, Color

from tests.documents.drawing import HEIGHT, WIDTH, Drawing, read_drawing, shape, texts

pytestmark = pytest.mark.usefixtures("each_engine")

HEADER = [
    ["科目", "<", "本年支出", "<", "<"],
    ["编码", "名称", "合计", "基本支出", "项目支出"],
]
BODY = [
    ["208", "社会保障支出", "12.50", "10.00", "2.50"],
    ["20801", "管理事务", "12.50", "10.00", "2.50"],
]
WIDTHS = [60, 120, 80, 80, 80]


def grids(folder, drawing):
    return list(read_drawing(folder, drawing).grids())


def test_merged_headers_stand_once_with_their_spans(tmp_path):
    rows = [
        ["项目", "<", "合计", "三公经费", "<", "<"],
        ["编码", "名称", "^", "小计", "公务用车", "<"],
        ["^", "^", "^", "^", "购置费", "运行费"],
        ["208", "社会保障", "3.00", "3.00", "1.00", "2.00"],
    ]
    drawing = Drawing()
    drawing.table(50, 100, [60, 90, 60, 60, 60, 60], rows)
    (grid,) = grids(tmp_path, drawing)
    assert shape(grid) == rows
    total = grid.rows()[0][2]
    assert (total.text, total.row_span, total.column_span) == ("合计", 3, 1)
    assert [round(edge) for edge in total.place.box] == [200, 100, 260, 160]
    assert total.place.page_no == 1


def test_lines_inside_a_cell_are_separated_and_in_order(tmp_path):
    rows = [["机关事业单位\n基本养老保险", "1.00"], ["公务接待费", "2.00"]]
    drawing = Drawing()
    drawing.table(50, 100, [100, 60], rows, height=30)
    assert shape(grids(tmp_path, drawing)[0]) == rows


def test_double_rules_make_no_phantom_rows_or_columns(tmp_path):
    drawing = Drawing()
    drawing.table(50, 100, WIDTHS, HEADER + BODY, double=True)
    (grid,) = grids(tmp_path, drawing)
    assert shape(grid) == HEADER + BODY


def test_white_areas_shading_and_the_page_clip_are_not_rules(tmp_path):
    drawing = Drawing()
    drawing.area(0, 0, WIDTH, HEIGHT, "white")
    drawing.area(30, 60, 560, 95, "white")
    drawing.area(50, 100, 470, 120, "lightgrey")
    drawing.canvas.rect(0, 0, WIDTH, HEIGHT)
    drawing.text(200, 70, "支出决算表", 14)
    drawing.table(50, 100, WIDTHS, HEADER + BODY)
    document = read_drawing(tmp_path, drawing)
    assert [shape(grid) for grid in document.grids()] == [HEADER + BODY]
    assert texts(document) == ["支出决算表"]


def test_text_and_rules_off_the_page_do_not_appear(tmp_path):
    drawing = Drawing()
    drawing.table(50, 100, WIDTHS, HEADER + BODY)
    drawing.table(50, HEIGHT + 50, WIDTHS, HEADER + BODY)
    drawing.text(50, HEIGHT + 20, "页外的文字")
    document = read_drawing(tmp_path, drawing)
    assert [shape(grid) for grid in document.grids()] == [HEADER + BODY]
    assert texts(document) == []


def test_a_table_that_runs_off_the_page_does_not_join_the_clip_of_the_page(tmp_path):
    drawing = Drawing()
    drawing.canvas.rect(0, 0, WIDTH, HEIGHT)
    drawing.text(50, 60, "支出决算表")
    drawing.table(50, HEIGHT - 50, WIDTHS, HEADER + BODY)
    document = read_drawing(tmp_path, drawing)
    row_cut_off = ["", "", "", "", ""]
    assert [shape(grid) for grid in document.grids()] == [[*HEADER, row_cut_off]]
    assert texts(document) == ["支出决算表"]


def test_lines_across_the_whole_page_make_no_table_with_the_page_s_frame(tmp_path):
    drawing = Drawing()
    drawing.canvas.rect(0, 0, WIDTH, HEIGHT)
    drawing.rule(0, 50, WIDTH, 50)
    drawing.rule(40, 0, 40, HEIGHT)
    drawing.text(60, 100, "收入决算情况说明")
    document = read_drawing(tmp_path, drawing)
    assert list(document.grids()) == []
    assert texts(document) == ["收入决算情况说明"]


def test_a_white_line_is_not_seen(tmp_path):
    drawing = Drawing()
    drawing.table(50, 100, WIDTHS, HEADER + BODY)
    for color in ("white", Color(1, 1, 1), CMYKColor(0, 0, 0, 0), Color(0.99, 0.99, 0.99)):
        drawing.area(50, 129, 470, 131, color)
        drawing.area(90, 100, 92, 180, color)
    assert [shape(grid) for grid in grids(tmp_path, drawing)] == [HEADER + BODY]


def test_text_drawn_twice_is_read_once(tmp_path):
    drawing = Drawing()
    for shift in (0, 0.4):
        drawing.text(200 + shift, 70, "收入决算表11", 14)
    assert texts(read_drawing(tmp_path, drawing)) == ["收入决算表11"]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_displayed(tmp_path, rotation):
    drawing = Drawing()
    drawing.canvas.setPageRotation(rotation)
    to_paper = {90: (0, 1, -1, 0, HEIGHT, 0), 180: (-1, 0, 0, -1, WIDTH, HEIGHT), 270: (0, -1, 1, 0, 0, WIDTH)}
    drawing.canvas.transform(*to_paper.get(rotation, (1, 0, 0, 1, 0, 0)))
    drawing.table(50, 100, WIDTHS, HEADER + BODY)
    (grid,) = grids(tmp_path, drawing)
    assert shape(grid) == HEADER + BODY
    assert [round(edge) for edge in grid.place.box] == [50, 100, 470, 180]


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_a_missing_outer_border_loses_no_cell(tmp_path, side):
    rows = [["一", "1.00", "3.00"], ["二", "2.00", "4.00"], ["合计", "3.00", "7.00"]]
    drawing = Drawing()
    drawing.table(50, 100, [80, 80, 80], rows, omit=(side,))
    assert shape(grids(tmp_path, drawing)[0]) == rows


def test_text_where_rules_leave_a_corner_open_gets_a_cell(tmp_path):
    drawing = Drawing()
    drawing.table(50, 100, [80, 80], [["一", "1.00"], ["二", "2.00"]])
    drawing.table(210, 120, [80], [["备注"]])
    drawing.text(215, 104, "角上")
    (grid,) = grids(tmp_path, drawing)
    assert shape(grid) == [["一", "1.00", "角上"], ["二", "2.00", "备注"]]


def test_a_frame_around_text_is_text(tmp_path):
    drawing = Drawing()
    drawing.table(50, 100, [300], [["一、收入决算情况"], ["二、支出决算情况"]])
    document = read_drawing(tmp_path, drawing)
    assert list(document.grids()) == []
    assert texts(document) == ["一、收入决算情况", "二、支出决算情况"]


def test_tables_and_text_come_in_reading_order(tmp_path):
    drawing = Drawing()
    drawing.text(200, 60, "收入决算表", 14)
    bottom = drawing.table(50, 100, WIDTHS, HEADER + BODY)
    drawing.text(50, bottom + 10, "注：本表反映本年度收入情况。")
    drawing.text(200, bottom + 60, "支出决算表", 14)
    drawing.table(50, bottom + 100, WIDTHS, HEADER + BODY)
    document = read_drawing(tmp_path, drawing)
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Grid", "Paragraph", "Paragraph", "Grid"]
    assert [grid.table_no for grid in document.grids()] == [1, 2]
