import pytest

from pipelines.documents import ocr
from pipelines.documents.pdf_paragraphs import is_page_number
from tests.documents.drawing import Drawing, read_drawing, texts

pytestmark = pytest.mark.usefixtures("each_engine")

FULL = "本年收入合计二千一百一十四万元其中财政拨款收入二千一百一十四万元占百分之一百无其他收入来源如下"


def body(*lines):
    """Lines of running text between margins of 60 and 535 points: full ones, and short ones at the end."""
    drawing = Drawing()
    drawing.lines(60, 80, lines)
    return drawing


def test_lines_that_reach_the_margin_are_one_paragraph(tmp_path):
    drawing = Drawing()
    drawing.text(80, 80, FULL[:45])
    drawing.text(60, 98, FULL)
    drawing.text(60, 116, "合计增加。")
    drawing.text(80, 134, "支出情况如下：" + FULL[:38])
    drawing.text(60, 152, "没有变化。")
    assert texts(read_drawing(tmp_path, drawing)) == [
        FULL[:45] + FULL + "合计增加。",
        "支出情况如下：" + FULL[:38] + "没有变化。",
    ]


def test_a_paragraph_goes_on_over_a_page_break_and_page_numbers_are_left_out(tmp_path):
    drawing = Drawing()
    drawing.text(80, 760, FULL[:45])
    drawing.text(60, 778, FULL)
    drawing.text(290, 815, "- 1 -")
    drawing.new_page()
    drawing.text(60, 80, FULL)
    drawing.text(60, 98, "合计增加。")
    drawing.text(290, 815, "2")
    document = read_drawing(tmp_path, drawing)
    assert texts(document) == [FULL[:45] + FULL * 2 + "合计增加。"]
    assert next(document.paragraphs()).place.page_no == 1


def test_contents_lines_stay_apart(tmp_path):
    leaders = ["一、收入决算表" + "." * 150 + "3", "二、支出决算表" + "." * 150 + "12"]
    document = read_drawing(tmp_path, body(FULL, *leaders))
    assert len(texts(document)) == 3


def test_a_title_that_did_not_fit_on_one_line_is_put_together(tmp_path):
    drawing = body(FULL, FULL + "。")
    drawing.text(60, 160, FULL[:29] + "预算", 15)
    drawing.text(290, 184, "总表", 15)
    assert FULL[:29] + "预算总表" in texts(read_drawing(tmp_path, drawing))


def test_numbered_lines_begin_new_paragraphs(tmp_path):
    first, second = "1." + FULL[:44] + "结余。", "2." + FULL[:44] + "结余。"
    assert texts(read_drawing(tmp_path, body(FULL + "。", first, second))) == [FULL + "。", first, second]


def test_what_is_a_page_number():
    for text in ("1", "- 3 -", "— 12 —", "─ 1 ─", "第 3 页 共 9 页", "3/9"):
        assert is_page_number(text), text
    for text in ("2021年", "1.5万元", "一", "第三部分", "208 社会保障"):
        assert not is_page_number(text), text


def test_a_page_that_is_only_a_picture_is_a_problem_where_nothing_can_recognise_it(tmp_path, monkeypatch):
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    drawing = Drawing()
    drawing.text(60, 80, "部门决算")
    drawing.new_page()
    drawing.picture()
    document = read_drawing(tmp_path, drawing)
    (problem,) = document.problems
    assert problem.startswith("page 2 is a picture without text: ")
    assert document.page_count == 2


def test_a_full_heading_does_not_swallow_the_indented_paragraph_below_it(tmp_path):
    heading = "十、一般公共预算支出" + FULL[:36] + "说明"
    drawing = body(heading)
    drawing.text(80, 98, FULL[:45])
    drawing.text(60, 116, FULL)
    drawing.text(60, 134, "合计增加。")
    assert texts(read_drawing(tmp_path, drawing)) == [heading, FULL[:45] + FULL + "合计增加。"]


def test_a_line_wrapped_before_the_margin_goes_on(tmp_path):
    drawing = body(FULL)
    drawing.text(80, 98, FULL[:38])
    drawing.text(60, 116, "2021年度合计增加。")
    assert texts(read_drawing(tmp_path, drawing)) == [FULL, FULL[:38] + "2021年度合计增加。"]


def test_text_in_another_size_is_another_paragraph(tmp_path):
    drawing = body(FULL)
    drawing.text(60, 98, FULL[:30], 12)
    assert texts(read_drawing(tmp_path, drawing)) == [FULL, FULL[:30]]
