"""Ways out: the exported files say what the warehouse says, and describe themselves."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from frictionless import Package
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.warehouse.export import SCHEMAS, export
from pipelines.warehouse.export import tables as exported_tables
from pipelines.warehouse.export_workbook import _cell

Connection = duckdb.DuckDBPyConnection


def test_the_csv_package_is_valid_and_describes_every_column(tables: Connection, tmp_path: Path) -> None:
    written = export(tables, "csv", tmp_path, ("mart", "reference"))
    package = Package(str(written[-1]))
    report = package.validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    described = [field.description for resource in package.resources for field in resource.schema.fields]
    assert all(" | " in (text or "") for text in described)


def test_lists_are_json_in_csv(tables: Connection, tmp_path: Path) -> None:
    export(tables, "csv", tmp_path, ("mart",))
    query = f"select from_source_ids from read_csv('{tmp_path}/mart.item_change.csv', all_varchar = true) limit 50"
    values = [value for (value,) in tables.execute(query).fetchall() if value]
    assert all(isinstance(json.loads(value), list) for value in values)


def test_parquet_holds_the_same_rows_with_the_same_types(tables: Connection, tmp_path: Path) -> None:
    written = export(tables, "parquet", tmp_path, SCHEMAS)
    package = json.loads(written[-1].read_text("utf-8"))
    assert list(Package.metadata_validate(package)) == []
    assert {resource["path"] for resource in package["resources"]} == {path.name for path in written[:-1]}
    for name in ("core.amount", "mart.year_over_year"):
        same = f"(from {name} except from '{tmp_path}/{name}.parquet')"
        assert tables.execute(same).fetchall() == []


def test_the_workbook_shows_right_numbers_under_chinese_headers(tables: Connection, tmp_path: Path) -> None:
    [path] = export(tables, "excel", tmp_path, ())
    book = openpyxl.load_workbook(path)
    listed = [row[:2] for row in book["目录"].iter_rows(min_row=2, values_only=True)]
    assert [name for name, _ in listed if name] == book.sheetnames[1:]
    assert sum(str(text).startswith("⚠ ") for name, text in listed if name is None) > 30
    sheet = book["收支总表"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[:3] == ["部门", "地区", "范围"]
    amounts = [row[headers.index("金额")] for row in sheet.iter_rows(min_row=2)]
    told = tables.execute('select sum("金额"), count(*) from analysis.收支总表').fetchall()[0]
    assert (sum(Decimal(str(cell.value)) for cell in amounts), len(amounts)) == told
    assert {cell.number_format for cell in amounts} == {"#,##0.00"}
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(headers)).column_letter}{len(amounts) + 1}"


def test_amounts_of_findings_carry_them_as_comments(tables: Connection, tmp_path: Path) -> None:
    [path] = export(tables, "excel", tmp_path, ())
    book = openpyxl.load_workbook(path)
    comments = [cell.comment.text for row in book["收支总表"].iter_rows(min_row=2) for cell in row if cell.comment]
    messages = {message for (message,) in tables.execute("select message_zh from quality.finding").fetchall()}
    assert comments
    assert all(any(message in comment for message in messages) for comment in comments)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_that_begins_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([_cell(sheet, text, None)])
    book.save(tmp_path / "book.xlsx")
    read = openpyxl.load_workbook(tmp_path / "book.xlsx").active
    assert isinstance(read, Worksheet)
    assert (read["A1"].value, read["A1"].data_type, read["A1"].quotePrefix) == (text, "s", True)


def test_only_the_named_schemas_go_out(tables: Connection) -> None:
    assert {table.schema for table in exported_tables(tables, ("mart",))} == {"mart"}
