"""The workbook as LibreOffice opens it: every sheet is converted by it and read back."""

import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl import Workbook

from pipelines.documents.doc import soffice
from pipelines.warehouse.export import export
from pipelines.warehouse.export import tables as exported_tables
from pipelines.warehouse.export_workbook import _cell

Connection = duckdb.DuckDBPyConnection
DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://example.invalid")')


def opened(path: Path) -> Workbook:
    """The book as LibreOffice understands it."""
    program = soffice()
    if program is None:
        pytest.skip("LibreOffice is not here")
    target = path.parent / "opened"
    command = [program, "--headless", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if not (target / path.name).is_file():
        pytest.skip(f"this LibreOffice opens no workbooks (libreoffice-calc-nogui): {done.stderr}")
    return openpyxl.load_workbook(target / path.name)


@pytest.fixture(scope="module")
def book(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as connection:
        [path] = export(connection, "excel", tmp_path_factory.mktemp("excel"), ())
    return opened(path)


def shown(value: Any) -> Any:
    """A value of the warehouse as a workbook has it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list):
        return str(value)
    return value if value != "" else None


@pytest.mark.slow
def test_every_cell_of_every_sheet_says_what_the_warehouse_says(book: Workbook, tables: Connection) -> None:
    checked = 0
    for view in exported_tables(tables, ("analysis",)):
        name = view.name
        header, *lines = book[name].iter_rows(values_only=True)
        assert header == tuple(column.name for column in view.columns)
        rows = tables.execute(f'select * from analysis."{name}" order by all').fetchall()
        expected = [tuple(map(shown, row)) for row in rows]
        assert len(lines) == len(expected), name
        for line, row in zip(lines, expected, strict=True):
            assert line == row, name
            checked += len(row)
    assert checked > 5000


@pytest.mark.slow
def test_amounts_keep_their_number_format_and_findings_their_comments(book: Workbook, tables: Connection) -> None:
    sheet = book["收支总表"]
    at = [cell.value for cell in sheet[1]].index("金额")
    assert {row[at].number_format for row in sheet.iter_rows(min_row=2) if row[at].value is not None} == {"#,##0.00"}
    said = [cell.comment.text for row in sheet.iter_rows(min_row=2) for cell in row if cell.comment]
    messages = [message for (message,) in tables.execute("select message_zh from quality.finding").fetchall()]
    assert said
    assert all(any(message in comment for message in messages) for comment in said)


@pytest.mark.slow
def test_no_cell_is_a_formula(book: Workbook) -> None:
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


@pytest.mark.slow
def test_text_that_begins_like_a_formula_is_text_there_too(tmp_path: Path) -> None:
    made = Workbook(write_only=True)
    sheet: Any = made.create_sheet()
    for text in DANGEROUS:
        sheet.append([_cell(sheet, text, None)])
    made.save(tmp_path / "dangerous.xlsx")
    found = opened(tmp_path / "dangerous.xlsx").worksheets[0]
    assert [(cell.value, cell.data_type) for (cell,) in found.iter_rows()] == [(text, "s") for text in DANGEROUS]
