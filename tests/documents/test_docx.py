import pytest

from pipelines.documents.docx import read_docx
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Grid, Paragraph
from tests.typeset import xlsx
from tests.typeset.docx import W, grid, package, paragraph, relations, run, zipped
from tests.typeset.model import Cell
from tests.typeset.workbook import grid_sheet

MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="wps"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TABLE = grid(((Cell("甲"), Cell("1")), (Cell("乙"), Cell("2"))), 2)


def read(body, parts=None, namespaces=""):
    return read_docx(package(body, parts, namespaces), "a.docx")


def words(content):
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def tables(content):
    return [
        [[cell and cell.text for cell in row] for row in block.rows()]
        for block in content.blocks
        if isinstance(block, Grid)
    ]


def test_paragraphs_and_tables_stand_in_reading_order():
    content = read(paragraph("表一") + TABLE + paragraph("注：无") + TABLE)
    assert [type(block).__name__ for block in content.blocks] == ["Paragraph", "Grid", "Paragraph", "Grid"]
    assert [block.table_no for block in content.blocks if isinstance(block, Grid)] == [1, 2]


def test_two_tables_without_a_paragraph_between_stay_two():
    assert len(tables(read(TABLE + TABLE))) == 2


def test_deleted_moved_and_hidden_text_is_out_and_inserted_text_is_in():
    body = (
        "<w:p><w:r><w:t>收入</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>12.00</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>万元</w:t></w:r></w:p>'
    )
    assert words(read(body)) == ["收入12.00万元"]


def test_deleted_rows_and_cells_are_out():
    kept = (
        "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>"
    )
    gone = kept.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>").replace("甲", "删")
    assert tables(read(f"<w:tbl>{kept}{gone}{kept}</w:tbl>")) == [[["甲", "1"], ["甲", "1"]]]


def test_tabs_breaks_fields_and_symbols_are_read_as_displayed():
    body = (
        "<w:p><w:r><w:t>部门：某局</w:t><w:tab/><w:t>单位：万元</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>"
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGEREF _Toc1</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r></w:p>'
    )
    assert words(read(body)) == ["部门：某局\t单位：万元", "第二行", "7☑-"]


def test_a_sentence_cut_by_a_line_break_is_one_paragraph():
    assert words(read(paragraph("2022年度收入总计100万元，与上年相比\n增加2万元，增长2%。"))) == [
        "2022年度收入总计100万元，与上年相比增加2万元，增长2%。"
    ]


def test_a_cell_keeps_its_lines():
    cell = f"<w:tc>{paragraph('基本支出')}{paragraph('其中：人员经费')}</w:tc><w:tc>{paragraph('1')}</w:tc>"
    assert tables(read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == [[["基本支出\n其中：人员经费", "1"]]]


def test_rows_that_begin_later_leave_blank_cells():
    cell = "<w:tc>{}</w:tc>".format
    one, two, three = (cell(paragraph(text)) for text in "一二三")
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>'
    body = f"<w:tbl><w:tr>{one}{two}</w:tr><w:tr>{late}{three}</w:tr></w:tbl>"
    assert tables(read(body)) == [[["一", "二"], ["", "三"]]]


def test_a_table_in_a_cell_follows_the_table_it_stands_in():
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('外一')}{TABLE}<w:p/></w:tc><w:tc>{paragraph('外二')}</w:tc></w:tr></w:tbl>"
    assert tables(read(outer)) == [[["外一", "外二"]], [["甲", "1"], ["乙", "2"]]]


def test_a_table_that_only_frames_is_not_a_table():
    frame = f"<w:tbl><w:tr><w:tc>{paragraph('表一')}{TABLE}{paragraph('注')}</w:tc></w:tr></w:tbl>"
    content = read(frame)
    assert words(content) == ["表一", "注"]
    assert tables(content) == [[["甲", "1"], ["乙", "2"]]]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('公开01表')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>标题</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert words(read(body, namespaces=MC)) == ["标题", "公开01表"]


def test_footnotes_come_last():
    note = f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{paragraph("线")}</w:footnote>'
    parts = {
        "word/_rels/document.xml.rels": relations({"rId1": ("footnotes", "footnotes.xml")}),
        "word/footnotes.xml": f"{note}<w:footnote>{paragraph('脚注')}</w:footnote></w:footnotes>",
    }
    assert words(read(paragraph("正文"), parts)) == ["正文", "脚注"]


def numbered(levels, paragraphs):
    made = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    parts = {
        "word/_rels/document.xml.rels": relations({"rId1": ("numbering", "numbering.xml")}),
        "word/numbering.xml": (
            f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        ),
    }
    body = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{run(text)}</w:p>'
        for level, text in paragraphs
    )
    return words(read(body, parts))


def test_list_numbers_are_counted_as_word_counts_them():
    levels = (("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    paragraphs = [(0, "收入"), (1, "拨款"), (1, "其他"), (2, "利息"), (0, "支出"), (1, "基本"), *[(0, "x")] * 9]
    read_back = numbered(levels, paragraphs)
    assert read_back[:6] == ["一、收入", "（一）拨款", "（二）其他", "1.利息", "二、支出", "（一）基本"]
    assert read_back[-1] == "十一、x"


def test_a_list_number_without_punctuation_keeps_its_gap():
    assert numbered((("chineseCounting", "第%1部分"),), [(0, "部门概况")]) == ["第一部分 部门概况"]


def picture(width, height):
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{width}" cy="{height}"/><a:blip/></wp:inline></w:drawing>'
        "</w:r></w:p>"
    )


def test_a_picture_large_enough_for_a_form_is_a_problem_that_says_where():
    content = read(paragraph("公开01表") + picture(5_000_000, 6_000_000), namespaces=DRAWING)
    (problem,) = content.problems
    assert problem.startswith("picture 1, after “公开01表” is a picture without text")


def test_a_seal_is_no_problem():
    assert read(paragraph("某局") + picture(1_000_000, 1_000_000), namespaces=DRAWING).problems == ()


def test_a_workbook_shown_as_a_picture_is_read_cell_by_cell():
    book = xlsx.workbook([grid_sheet(((Cell("收入"), Cell("1,608.50")), (Cell("支出"), Cell("0.00"))), 2)])
    shape = '<v:shape style="width:500pt;height:600pt"><v:imagedata/></v:shape>'
    body = (
        f"{paragraph('公开01表')}<w:p><w:r><w:object>{shape}<o:OLEObject r:id='rId1'/></w:object></w:r></w:p>"
        + paragraph("公开02表")
    )
    parts = {
        "word/_rels/document.xml.rels": relations({"rId1": ("package", "embeddings/a.xlsx")}),
        "word/embeddings/a.xlsx": book,
    }
    content = read(body, parts, VML)
    assert tables(content) == [[["收入", "1,608.50"], ["支出", "0.00"]]]
    assert [type(block).__name__ for block in content.blocks] == ["Paragraph", "Grid", "Paragraph"]
    assert content.problems == ()


def test_a_document_in_the_strict_edition_of_the_format_is_read():
    parts = {"word/document.xml": f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{TABLE}'
             "</w:body></w:document>"}  # fmt: skip
    assert tables(read("", parts)) == tables(read(TABLE))


XXE = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("doctype", [XXE, BOMB])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_and_entity_bombs_are_refused(doctype, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<w:document xmlns:w="{W}"><w:body/></w:document>'
    with pytest.raises(UnreadableFileError) as caught:
        read("", {"word/document.xml": xml.encode(encoding)})
    assert "DOCTYPE" in caught.value.reason
    assert caught.value.place == "word/document.xml"


def test_a_part_that_unpacks_to_too_much_is_refused():
    with pytest.raises(UnreadableFileError, match="larger than 64 MB"):
        read("", {"word/document.xml": b" " * (70 << 20)})


def test_a_package_of_too_many_parts_is_refused():
    with pytest.raises(UnreadableFileError, match=r"10,0.. parts"):
        read_docx(zipped({f"word/{number}": "" for number in range(10_001)}), "a.docx")


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_package_that_is_cut_short_is_refused(share):
    data = package(TABLE * 50)
    with pytest.raises(UnreadableFileError, match="damaged or cut short") as caught:
        read_docx(data[: int(len(data) * share)], "a.docx")
    assert "Download it again" in caught.value.remedy


def test_a_package_without_its_document_is_refused():
    with pytest.raises(UnreadableFileError, match="missing"):
        read_docx(zipped({"word/other.xml": "<a/>"}), "a.docx")


def test_a_span_wider_than_any_page_is_cut():
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc></w:tr>'
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in "甲乙")
    assert tables(read(f"{wide}<w:tr>{cells}</w:tr></w:tbl>"))[0][1][:2] == ["甲", "乙"]
