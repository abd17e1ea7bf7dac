"""The reference tables, and the explanations every published table carries."""

import re

import duckdb

from pipelines.disclosures.catalogue import forms, vocabulary
from pipelines.warehouse.declared import declared_tables

Connection = duckdb.DuckDBPyConnection


def test_every_table_and_column_is_explained_in_chinese_and_english(invented: Connection) -> None:
    columns = "select schema_name || '.' || table_name || '.' || column_name, comment from duckdb_columns()"
    tables = "select schema_name || '.' || table_name, comment from duckdb_tables()"
    found = invented.execute(f"{columns} where not internal union all {tables}").fetchall()
    both = re.compile(r"[^|]+ \| .*[A-Za-z]", re.DOTALL)
    assert [name for name, comment in found if not both.match(comment or "")] == []


def test_every_declared_table_is_there_with_its_columns_in_order_and_its_key_unique(invented: Connection) -> None:
    for table in declared_tables():
        found = invented.execute(f"select * from {table.full_name} limit 0").description
        assert tuple(column[0] for column in found or []) == table.columns, table.full_name
        keys = ", ".join(table.key)
        twice = f"select {keys} from {table.full_name} group by all having count(*) > 1"
        assert invented.execute(twice).fetchall() == [], table.full_name


def test_nothing_but_declared_tables_is_published(invented: Connection) -> None:
    tables = "select schema_name || '.' || table_name from duckdb_tables()"
    views = "select schema_name || '.' || view_name from duckdb_views() where not internal"
    found = {name for (name,) in invented.execute(f"{tables} union all {views}").fetchall()}
    assert found == {table.full_name for table in declared_tables()}


def test_catalogues_are_published_whole(invented: Connection) -> None:
    counts = invented.execute(
        """select (select count(*) from reference.form), (select count(*) from reference.measure),
           (select count(*) from reference.fund), (select count(*) from reference.stage)"""
    ).fetchall()
    words = vocabulary()
    assert counts == [(len(forms()), len(words.measures), len(words.funds), len(words.stages))]


def test_a_code_that_no_list_has_is_named_as_printed_and_says_so(invented: Connection) -> None:
    query = "select code, title_zh, source from reference.subject where subject = 'function:9999999'"
    assert invented.execute(query).fetchall() == [("9999999", "名单上没有的科目", "printed")]


def test_a_renamed_code_goes_by_its_latest_name(invented: Connection) -> None:
    query = "select title_zh from reference.subject where subject = ?"
    assert invented.execute(query, ["function:207"]).fetchall() == [("文化旅游体育与传媒支出",)]
    assert invented.execute(query, ["function:2040405"]).fetchall() == [("公诉、审判、侦查、执行等检察监督支出",)]


def test_codes_know_their_parents_and_counterparts(invented: Connection) -> None:
    parents = "select parent_code, level from reference.function_code where code = '2010101'"
    assert invented.execute(parents).fetchall() == [("20101", 3)]
    counterparts = "select counterparts from reference.economic_code where kind = 'gov_economic' and code = '50101'"
    [(codes,)] = invented.execute(counterparts).fetchall()
    assert "30101" in codes


def test_regions_know_what_they_are_part_of(invented: Connection) -> None:
    query = "select full_title_zh, parent_code from reference.region where region_code = ?"
    assert invented.execute(query, ["510904"]).fetchall() == [("四川省遂宁市安居区", "510900")]
    assert invented.execute(query, ["310107"]).fetchall() == [("上海市普陀区", "310000")]
