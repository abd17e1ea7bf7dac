"""Real disclosures, where they are at hand: what was checked by eye against the pages stays as it is."""

import csv
import re
from collections import Counter
from decimal import Decimal

import pypdfium2
import pytest

from pipelines.documents.model import Grid
from pipelines.documents.reading import read_document
from tests.documents.drawing import shape, texts

NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")

COLUMNS_OF_TEXTS = {
    "000": [6, 9, 8, 9, 5, 9, 12, 8, 5, 5, 10, 9, 9, 9, 9],
    "001": [8] * 19,
    "002": [6, 4, 7, 6],
    "003": [8, 11, 11, 11, 11, 11],
    "004": [4, 16, 11, 7, 9, 9, 12, 9, 9, 14, 10, 12] + [5] * 10,
}

SHAPES_OF_PDFS = {
    "普陀区万里街道办事处_2023_部门预算": [
        (16, 4), (70, 9), (70, 7), (16, 7), (70, 7), (16, 7), (16, 7), (34, 6), (4, 7),
        (17, 8), (16, 8), (16, 8), (55, 8), (21, 8),
    ],
    "普陀区万里街道办事处_2024_部门预算": [
        (16, 4), (70, 9), (70, 7), (16, 7), (70, 7), (15, 7), (15, 7), (35, 6), (4, 7),
    ],
    "普陀区规划和自然资源局_2024_部门决算": [
        (6, 3), (30, 4), (27, 9), (27, 8), (32, 7), (27, 5), (40, 6), (5, 12), (6, 8), (6, 8),
    ],
    "普陀区财政局_2024_部门决算": [
        (4, 3), (32, 4), (23, 11), (23, 10), (35, 7), (24, 7), (43, 8), (6, 12), (12, 10), (12, 10),
    ],
    "普陀区财政局_2025_部门预算": [
        (16, 4), (23, 9), (23, 7), (10, 7), (23, 7), (16, 7), (16, 7), (33, 6), (4, 7),
    ],
    "江苏省人大办公厅_2017_部门预算": [
        (26, 6), (16, 3), (2, 5), (20, 3), (7, 4), (25, 3), (5, 3), (20, 3), (25, 3), (17, 3), (4, 9), (27, 6),
    ],
    "江苏省人大办公厅_2018_部门预算": [
        (26, 6), (16, 3), (2, 5), (7, 4), (22, 3), (25, 3), (22, 3), (25, 3), (4, 9), (7, 3), (12, 3), (25, 6),
    ],
    "江苏省人大办公厅_2019_部门预算-仅文字": [],
    "江苏省人大办公厅_2019_部门预算-仅表格": [
        (27, 6), (15, 3), (2, 5), (7, 4), (22, 3), (26, 3), (22, 3), (26, 3), (4, 9), (5, 3), (13, 3), (27, 6),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def read(shared):
    """Read a file by the beginning of its name, once."""
    known = {}

    def document_of(name):
        if name not in known:
            (path,) = [path for path in (shared / "disclosures").rglob(f"{name}*") if path.is_file()]
            known[name] = path, read_document(path, path.name)
        return known[name][1]

    document_of.path = lambda name: known[name][0]
    return document_of


@pytest.mark.parametrize("name", COLUMNS_OF_TEXTS)
def test_the_tables_of_a_text_come_with_their_columns(read, name):
    assert [grid.column_count for grid in read(name).grids()] == COLUMNS_OF_TEXTS[name]


def numbers(grid, columns, first_row):
    printed = [row[column] for row in shape(grid)[first_row:] for column in columns]
    return [text for text in printed if NUMBER.fullmatch(text)]


def test_all_153_numbers_of_the_nine_forms_of_000_stand_in_their_columns(read):
    places = [
        ((2, 5), 3), (range(2, 9), 3), (range(2, 8), 3), ((2, 5, 6, 7, 8), 3), (range(2, 5), 3),
        ((2, 5, 8), 2), (range(12), 4), (range(2, 8), 2), (range(2, 5), 2),
    ]  # fmt: skip
    grids = list(read("000").grids())[:9]
    found = [numbers(grid, columns, row) for grid, (columns, row) in zip(grids, places, strict=True)]
    assert sum(map(len, found)) == 153
    assert found[0][:2] == ["2114.07", "2098.4"]


def test_tables_of_000_and_002_that_run_over_pages_are_one_without_their_repeated_headers(read):
    starts = {grid.table_no: grid.page_starts for grid in read("000").grids() if grid.page_starts}
    assert starts == {4: (30,), 6: (26,), 10: (15, 33), 14: (20,)}
    assert [grid.row_count for grid in read("002").grids()] == [40, 14, 40, 39]


def test_every_known_number_of_004_is_in_its_form(read, shared):
    with (shared / "truth" / "004" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = list(csv.DictReader(file))
    amount = re.compile(r"\d+\.\d\d")
    forms = dict.fromkeys(fact["form"] for fact in facts)
    titled = {}
    title = ""
    for block in read("004").blocks:
        if isinstance(block, Grid):
            titled.setdefault(title, block)
        elif block.text in forms:
            title = block.text
    for form in forms:
        printed = Counter(Decimal(cell.text) for cell in titled[form].cells if amount.fullmatch(cell.text))
        assert printed == Counter(Decimal(fact["value"]) for fact in facts if fact["form"] == form), form


def test_a_sentence_of_000_cut_by_a_page_break_is_whole(read):
    assert any("完成年初预算的56.86%。" in text for text in texts(read("000")))


@pytest.mark.parametrize("name", SHAPES_OF_PDFS)
def test_the_tables_of_a_pdf_come_with_their_rows_and_columns(read, name):
    document = read(name)
    assert [(grid.row_count, grid.column_count) for grid in document.grids()] == SHAPES_OF_PDFS[name]
    assert document.problems == ()


@pytest.mark.parametrize("name", SHAPES_OF_PDFS)
def test_a_pdf_gives_no_character_that_another_engine_does_not_see(read, name):
    ours = Counter()
    for block in read(name).blocks:
        for text in [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]:
            ours.update("".join(text.split()))
    with pypdfium2.PdfDocument(read.path(name)) as pdf:
        theirs = Counter("".join(page.get_textpage().get_text_bounded() for page in pdf))
    assert ours - theirs == Counter()


def test_rows_cut_by_a_page_break_in_the_jiangsu_budget_of_2017_are_whole(read):
    rows = shape(next(read("江苏省人大办公厅_2017").grids()))
    assert ["", "", "八、社会保障和就\n业支出", "1,608.51", "", ""] in rows
    assert rows[23] == ["当 年 收 入\n小计", "13,649.07", "当年支出小计", "<", "<", "13,649.07"]
    assert ["", "其他非税收入", ""] in shape(list(read("江苏省人大办公厅_2017").grids())[1])
