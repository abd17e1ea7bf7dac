"""What users of a table must know stands wherever they meet it: COMMENT, dictionary, Chinese view."""

import re

import duckdb
import pytest

from pipelines.generated import DICTIONARY
from pipelines.lake.schema import SQL_PROJECT
from pipelines.warehouse.declared import DeclaredTable, declared_tables

WARNED = ("mart", "provenance", "analysis")
TABLES = {table.full_name: table for table in declared_tables() if table.warnings or table.schema in WARNED}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_warns_its_users_in_two_languages(table: DeclaredTable) -> None:
    assert table.warnings
    for warning in table.warnings:
        chinese, _, english = warning.partition(" | ")
        assert re.search("[一-鿿]", chinese)
        assert re.search("[a-z]", english)


def test_the_warnings_stand_in_the_comment(tables: duckdb.DuckDBPyConnection) -> None:
    found = tables.execute(
        """select schema_name || '.' || table_name, comment from duckdb_tables()
           union all select schema_name || '.' || view_name, comment from duckdb_views() where not internal"""
    ).fetchall()
    comments = dict(found)
    assert {name: comments[name].split(" ⚠ ")[1:] for name in TABLES} == {
        name: list(table.warnings) for name, table in TABLES.items()
    }


def test_the_warnings_stand_in_the_dictionary() -> None:
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^##|\Z)", DICTIONARY.read_text("utf-8"), re.DOTALL | re.MULTILINE))
    for name, table in TABLES.items():
        assert re.findall(r"^⚠ (.*)$", sections[name], re.MULTILINE) == list(table.warnings), name


@pytest.mark.parametrize("table", [table for table in TABLES.values() if table.schema == "mart" and table.columns])
def test_amounts_of_departments_warn_of_scope_fund_and_reorganisation(table: DeclaredTable) -> None:
    said = " ".join(table.warnings)
    if {"fund", "scope", "department_id"} <= set(table.columns):
        assert "scope" in said or "peers" in said
        assert "fund" in said
        assert "reorganisations" in said


def test_a_chinese_view_warns_as_its_mart_does() -> None:
    views = SQL_PROJECT / "models" / "analysis"
    seen = 0
    for table in (table for table in TABLES.values() if table.schema == "analysis"):
        model = re.search(r"in_chinese\(ref\(['\"](\w+)", (views / f"analysis_{table.name}.sql").read_text("utf-8"))
        if model and f"mart.{model[1]}" in TABLES:
            assert table.warnings == TABLES[f"mart.{model[1]}"].warnings
            seen += 1
    assert seen > 10
