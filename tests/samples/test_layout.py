"""Forms are laid out as a publisher would, whatever his habits; a number stands where its key says."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.samples.strategies import YEAR, Case, cases, filing
from tests.typeset.model import Cell, Key, Table, expected_amounts, places
from tests.typeset.papers import LAYOUTS, Frame, compose
from tests.typeset.published import published_filing
from tests.typeset.sheet import header_from_paths, ordinal
from tests.typeset.style import Style, rounded
from tests.typeset.text import matrix, set_text

FORMS = {
    "final_accounts": [f"FA0{number}" for number in range(1, 10)],
    "shandong": [f"BG{number:02}" for number in range(1, 13)],
    "shanghai": ["BG01", "BG02", "BG03", "BG04", "BG05", "BG08", "BG09", "BG06", "BG07"],
    "jiangsu": ["BG01", "BG02", "BG03", "BG04", "BG13", "BG14", "BG05", "BG06", "BG07", "BG08", "BG15", "BG12"],
    "county_budget": [
        "BG01", "BG02", "BG03", "BG04", "BG13", "BG14", "BG05", "BG06", "BG07", "BG08", "BG09", "BG11", "BG12",
    ],
    "county_final": [*(f"FA0{number}" for number in range(1, 10)), "FA22", "FA17"],
}  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(cases(tuple(LAYOUTS)))
def test_every_row_fills_its_form(case: Case) -> None:
    for table in case.paper().tables():
        rows = (*table.header, *((table.numbers,) if table.numbers else ()), *table.body)
        covered = places(rows, table.column_count)
        assert sum(cell.row_span * cell.column_span for cell in covered.values()) == len(rows) * table.column_count


@settings(max_examples=20, deadline=None)
@given(cases(tuple(LAYOUTS)))
def test_every_printed_number_is_its_true_figure_rounded(case: Case) -> None:
    for expected in expected_amounts(case.paper()):
        assert expected.amount_yuan % (Decimal(100) if expected.unit == "万元" else Decimal("0.01")) == 0


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_has_its_forms_in_order(layout: str) -> None:
    tables = LAYOUTS[layout](filing(1, layout), Style())
    assert [table.form_code for table in tables] == FORMS[layout]


def test_header_paths_merge_across_and_down() -> None:
    header = header_from_paths([("项目", "编码"), ("项目", "名称"), ("合计",), ("支出", "小计"), ("支出", "基本")])
    assert header == (
        (Cell("项目", None, 1, 2), Cell("合计", None, 2, 1), Cell("支出", None, 1, 2)),
        (Cell("编码"), Cell("名称"), Cell("小计"), Cell("基本")),
    )


def test_ordinals_are_chinese() -> None:
    numbers = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 26: "二十六"}
    assert {number: ordinal(number) for number in numbers} == numbers


def _form(code: str, **habits: object) -> Table:
    layout = "final_accounts" if code.startswith("FA") else "shandong"
    style = dataclasses.replace(Style(), **habits)  # type: ignore[arg-type]
    return next(table for table in LAYOUTS[layout](filing(1, layout), style) if table.form_code == code)


def _printed(code: str, **habits: object) -> set[str]:
    return {cell.text for row in _form(code, **habits).body for cell in row if cell.key}


def test_codes_stand_in_one_column_or_three() -> None:
    one, three = (_form("FA03", code_columns=count).body[3] for count in (1, 3))
    assert one[0].text == "2070101"
    assert [cell.text for cell in three[:3]] == ["207", "01", "01"]
    assert [cell.text for cell in one[2:]] == [cell.text for cell in three[4:]]


def test_the_total_row_stands_first_or_last() -> None:
    first, last = (_form("FA03", total_first=each).body for each in (True, False))
    assert first[0][0].text == last[-1][0].text == "合计"
    assert first[1:] == last[:-1]


def test_zeros_are_blank_or_printed() -> None:
    assert "0.00" not in _printed("FA03")
    assert "0.00" in _printed("FA03", zero="0.00")


def test_numbers_have_commas_or_not_and_may_lose_trailing_zeros() -> None:
    assert not any("," in text for text in _printed("FA01", unit="元"))
    assert any("," in text for text in _printed("FA01", unit="元", thousands=True))
    assert all(len(text.rpartition(".")[2]) == 2 for text in _printed("FA06"))
    assert not any(text.endswith("0") and "." in text for text in _printed("FA06", drop_trailing_zeros=True))


def test_line_and_column_numbers_can_be_left_out() -> None:
    with_numbers, without = _form("FA01"), _form("FA01", line_numbers=False)
    assert [cell.text for cell in with_numbers.numbers] == ["栏次", "", "1", "栏次", "", "2"]
    assert without.numbers == ()
    assert (with_numbers.column_count, without.column_count) == (6, 4)


def test_each_project_is_paid_in_full_by_its_sources() -> None:
    for seed in range(8):
        tables = {table.form_code: table for table in LAYOUTS["shandong"](filing(seed, "shandong"), Style())}
        for row in tables["BG11"].body:
            total, appropriation, *_, unit_funds = (Decimal(cell.text or 0) for cell in row[-8:-2])
            assert abs(total - appropriation - unit_funds) <= Decimal("0.015")


def test_an_empty_form_says_why() -> None:
    empty = next(
        table for seed in range(50) for table in [_form_of(seed, "FA09")] if table.is_empty
    )  # some departments have state capital, most have none
    assert empty.body == ()
    assert "故本表无数据" in empty.notes[-1]


def _form_of(seed: int, code: str) -> Table:
    tables = LAYOUTS["final_accounts"](filing(seed, "final_accounts"), Style())
    return next(table for table in tables if table.form_code == code)


def test_text_repeats_the_header_after_a_page_break_without_the_column_numbers() -> None:
    style = Style(rows_per_page=20)
    lines = set_text(compose(filing(1, "final_accounts"), style, "final_accounts", Frame())).decode().split("\n")
    start = lines.index("收入\t\t\t支出\t\t")
    again = lines.index("收入\t\t\t支出\t\t", start + 1)
    assert lines[again - 1] == ""
    assert lines[start + 2].startswith("栏次\t")
    assert not lines[again + 2].startswith("栏次\t")


def test_text_prints_a_merged_cell_once() -> None:
    header = _form("FA05").header
    assert matrix(header, 5)[0] == ["项目", "", "本年支出", "", ""]
    assert matrix(header, 5)[1] == ["功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"]


def test_a_title_row_can_stand_inside_the_grid() -> None:
    style = Style(title_in_grid=True)
    text = set_text(compose(filing(1, "final_accounts"), style, "final_accounts", Frame())).decode()
    assert "\n支出决算表\t\t\t\t\t\t\t\n公开03表\t" in text


def test_a_figure_is_where_its_key_says() -> None:
    final = filing(1, "final_accounts")
    table = LAYOUTS["final_accounts"](final, Style())[2]
    key = Key("function:2070101", "basic_expenditure", "all", "final", YEAR)
    row = next(row for row in table.body if row[0].text == "2070101")
    assert row[3].key == key
    assert Decimal(row[3].text) == rounded(final.amounts[key], "万元")


def test_a_published_paper_is_set_cell_by_cell_as_it_was(shared: Path) -> None:
    """Document 000's nine forms are the same lines, but for the headers it repeats after page breaks."""
    style = Style(full_economics=True, drop_trailing_zeros=True)
    paper = compose(published_filing("000", "-", 2021, "final_accounts", "部门"), style, "final_accounts", Frame())
    ours = [line for line in set_text(paper).decode().split("\n") if "\t" in line]
    original = next((shared / "disclosures").glob("000_*.txt")).read_text(encoding="utf-8").replace(" ", "")
    theirs = [line for line in original.split("\n") if "\t" in line]
    scores = next(number for number, line in enumerate(theirs) if line.startswith("序号"))
    theirs = theirs[theirs.index(ours[0]) : scores]
    repeated = {line for line in theirs if theirs.count(line) > ours.count(line)}
    assert [line for line in theirs if line not in repeated] == [line for line in ours if line not in repeated]
    assert len(expected_amounts(paper)) == 153


def test_a_published_budget_has_every_figure_of_its_checked_answers(shared: Path) -> None:
    paper = compose(published_filing("004", "-", 2023, "budget", "单位"), Style(code_columns=3), "shandong", Frame())
    lines = (shared / "truth" / "004" / "facts.csv").read_text(encoding="utf-8").splitlines()[1:]
    theirs = sorted((line.split(",")[0], Decimal(line.rpartition(",")[2])) for line in lines)
    titles = {table.form_code: table.title for table in paper.tables()}
    assert theirs == sorted((titles[each.form_code], Decimal(each.printed)) for each in expected_amounts(paper))
