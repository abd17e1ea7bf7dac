import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Grid, Paragraph
from pipelines.documents.xls import read_xls
from pipelines.documents.xlsx import read_xlsx
from tests.typeset import xls, xlsx
from tests.typeset.docx import zipped
from tests.typeset.model import Cell
from tests.typeset.workbook import Placed, Worksheet, grid_sheet

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SIDE = Side(style="thin")
LINE = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)
TABLE = ((Cell("项目"), Cell("金额")), (Cell("收入"), Cell("1,608.50")), (Cell("支出"), Cell("0.00")))


def book_of(rows, *, ruled=(), merged=(), name="Sheet1"):
    """A workbook of one sheet from rows of values; ``ruled`` are the rows with borders, from 1."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            if row in ruled:
                cell.border = LINE
    for each in merged:
        sheet.merge_cells(each)
    return book


def read(book):
    return read_xlsx(xlsx.saved(book) if isinstance(book, openpyxl.Workbook) else book, "a.xlsx")


def shape(content):
    """Paragraphs as texts, tables as rows of texts."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in content.blocks
    ]


def test_words_above_and_below_a_ruled_table_are_paragraphs():
    rows = [
        ["表一"],
        ["部门：某局", "单位：万元"],
        ["项目", "金额"],
        ["收入", 5],
        [None, None],
        ["合计", 5],
        ["注：无"],
    ]
    assert shape(read(book_of(rows, ruled=(3, 4, 5, 6)))) == [
        "表一",
        "部门：某局",
        "单位：万元",
        [["项目", "金额"], ["收入", "5"], ["", ""], ["合计", "5"]],
        "注：无",
    ]


def test_without_borders_rows_of_one_text_above_and_blank_rows_tell_a_table():
    rows = [
        ["表一"],
        ["项目", "金额"],
        ["收入", 5],
        ["其中："],
        ["利息", 1],
        [],
        ["表二"],
        ["项目", "金额"],
        ["支出", 6],
    ]
    assert shape(read(book_of(rows))) == [
        "表一",
        [["项目", "金额"], ["收入", "5"], ["其中：", ""], ["利息", "1"]],
        "表二",
        [["项目", "金额"], ["支出", "6"]],
    ]


def test_a_caption_apart_from_its_table_is_words():
    rows = [["部门：某局", "单位：万元"], [], ["项目", "金额"], ["收入", 5]]
    assert shape(read(book_of(rows))) == ["部门：某局", "单位：万元", [["项目", "金额"], ["收入", "5"]]]


def test_tables_one_below_another_are_cut_at_the_title_between():
    rows = [["甲", 1], ["乙", 2], ["表二"], ["丙", 3], ["丁", 4]]
    assert shape(read(book_of(rows, ruled=(1, 2, 4, 5)))) == [
        [["甲", "1"], ["乙", "2"]],
        "表二",
        [["丙", "3"], ["丁", "4"]],
    ]


def test_every_cell_has_its_sheet_and_row():
    book = book_of([["表一"], ["甲", 1], ["乙", 2]])
    second = book.create_sheet("表二")
    second["B3"], second["C3"], second["B4"], second["C4"] = "丙", 3, "丁", 4
    grids = [block for block in read(book).blocks if isinstance(block, Grid)]
    places = [[(cell.text, cell.place.page_no, cell.place.line_no) for cell in grid.cells[:2]] for grid in grids]
    assert places == [[("甲", 1, 2), ("1", 1, 2)], [("丙", 2, 3), ("3", 2, 3)]]


def test_a_sheets_name_is_read_unless_it_is_a_default_or_repeated():
    rows = [["甲", 1], ["乙", 2]]
    assert shape(read(book_of(rows, name="收入总表")))[0] == "收入总表"
    assert shape(read(book_of([["收入总表"], *rows], name="收入总表")))[0] == "收入总表"
    assert len(shape(read(book_of([["收入总表"], *rows], name="收入总表")))) == 2
    assert len(shape(read(book_of(rows)))) == 1


def test_a_hidden_sheet_is_read_and_said():
    book = book_of([["甲", 1], ["乙", 2]], name="一")
    hidden = book.create_sheet("二")
    hidden["A1"], hidden["B1"], hidden["A2"], hidden["B2"] = "丙", 3, "丁", 4
    hidden.sheet_state = "hidden"
    content = read(book)
    assert [["丙", "3"], ["丁", "4"]] in shape(content)
    assert content.problems == ("sheet 二 is hidden; it was read like the others",)


def test_hidden_rows_and_columns_are_left_out_and_said():
    book = book_of([["甲", "密", 1], ["乙", "密", 2], ["丙", "密", 3]])
    book.worksheets[0].row_dimensions[2].hidden = True
    book.worksheets[0].column_dimensions["B"].hidden = True
    content = read(book)
    assert shape(content) == [[["甲", "1"], ["丙", "3"]]]
    assert content.problems == ("sheet Sheet1: 1 hidden rows and 1 hidden columns were left out",)


def test_zeros_that_a_sheet_hides_are_blank():
    book = book_of([["项目", "金额"], ["甲", 0], ["乙", 2]])
    book.worksheets[0].sheet_view.showZeros = False
    assert shape(read(book)) == [[["项目", "金额"], ["甲", ""], ["乙", "2"]]]


def test_a_formula_without_a_stored_value_is_a_problem():
    content = read(book_of([["甲", 1], ["乙", "=B1*2"]]))
    assert shape(content) == [[["甲", "1"], ["乙", ""]]]
    assert content.problems == ("sheet Sheet1: 1 formulas have no stored value",)


@pytest.mark.parametrize(("setter", "reader"), [(xlsx, read_xlsx), (xls, read_xls)])
def test_formats_borders_and_merged_cells_are_read_in_both_editions(setter, reader):
    words = Worksheet("收入总表", (Placed(0, 0, "表一", 1, 2), Placed(1, 0, "单位：万元", 1, 2)))
    table = grid_sheet(TABLE, 2)
    below = tuple(Placed(cell.row + 2, cell.column, cell.text, ruled=True) for cell in table.cells)
    content = reader(setter.workbook([Worksheet(words.name, (*words.cells, *below))]), "a")
    assert shape(content) == [
        "收入总表",
        "表一",
        "单位：万元",
        [["项目", "金额"], ["收入", "1,608.50"], ["支出", "0.00"]],
    ]


def sheet_xml(body):
    """A workbook whose only sheet has this XML in it."""
    parts = {
        name: content
        for name, content in _parts(book_of([["甲", 1], ["乙", 2]])).items()
        if name != "xl/worksheets/sheet1.xml"
    }
    return zipped({**parts, "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}">{body}</worksheet>'})


def _parts(book):
    with zipfile.ZipFile(io.BytesIO(xlsx.saved(book))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_far_cell_costs_nothing():
    body = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    body += '<row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData>'
    assert shape(read(sheet_xml(body))) == [[["1", "2"]], "3"]


def test_a_table_wider_and_longer_than_any_page_is_refused():
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 101))
    with pytest.raises(UnreadableFileError, match="100 rows by 16,384 columns"):
        read(sheet_xml(f"<sheetData>{rows}</sheetData>"))


def test_merged_ranges_over_whole_sheets_are_refused():
    merged = "".join(f'<mergeCell ref="A{n}:B1048576"/>' for n in range(1, 11))
    body = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    with pytest.raises(UnreadableFileError, match="rows in merged cells"):
        read(sheet_xml(f"{body}</sheetData><mergeCells>{merged}</mergeCells>"))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_doctype_in_any_part_is_refused(part):
    parts = _parts(book_of([["甲", 1]]))
    parts[part] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[part]
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        read(zipped(parts))


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
@pytest.mark.parametrize(("setter", "reader"), [(xlsx, read_xlsx), (xls, read_xls)])
def test_a_workbook_that_is_cut_short_is_refused(setter, reader, share):
    data = setter.workbook([grid_sheet(TABLE * 300, 2)])
    with pytest.raises(UnreadableFileError) as caught:
        reader(data[: int(len(data) * share)], "a.xls")
    assert caught.value.source_path == "a.xls"
    assert "Download it again" in caught.value.remedy


def test_a_header_without_figures_or_borders_is_a_table_and_a_caption_is_not():
    empty = read(book_of([["政府性基金预算支出表"], [], ["科目编码", "科目名称", "金额"], [None, "合计", None]]))
    assert [type(block) for block in empty.blocks] == [Paragraph, Grid]
    caption = read(book_of([["公开08表", "部门：某局", "单位：万元"], [], ["项目", "金额"], ["收入", 1]]))
    assert [type(block) for block in caption.blocks] == [Paragraph, Paragraph, Paragraph, Grid]
