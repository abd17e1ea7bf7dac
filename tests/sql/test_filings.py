"""Which filing a document belongs to, which version of it is current, and whose it is."""

import hashlib
from typing import Any

import duckdb
import pytest

from tests.sql.papers import PAPERS

Connection = duckdb.DuckDBPyConnection


def rows(connection: Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return connection.execute(query, list(values)).fetchall()


def superseded_by(connection: Connection, department: str) -> dict[str, str | None]:
    """Path → path of the document that supersedes it."""
    query = """select mine.source_path, theirs.source_path from core.document as mine
               left join core.document as theirs on mine.superseded_by = theirs.document_id
               where mine.department = ?"""
    return dict(rows(connection, query, department))


def test_a_filing_is_named_readably_and_by_what_it_is(invented: Connection) -> None:
    [(filing_id,)] = rows(invented, "select distinct filing_id from core.document where department = '更正局'")
    key = hashlib.md5("更正局".encode()).hexdigest()[:12]
    assert filing_id == f"2023-final_accounts-department-{key}"


def test_words_and_tables_of_one_paper_share_a_filing_and_complete_each_other(invented: Connection) -> None:
    found = rows(invented, "select filing_id, superseded_by from core.document where department like '%两件局%'")
    assert len(found) == 2
    assert len(set(found)) == 1
    assert found[0][1] is None
    [(amounts, claims)] = rows(
        invented,
        """select (select count(*) from core.amount where filing_id = ?), (select count(*) from core.claim where
           filing_id = ?)""",
        found[0][0],
        found[0][0],
    )
    assert (amounts, claims) == (1, 1)


@pytest.mark.parametrize("path", ["无年度.txt", "无部门.txt", "空部门.txt"])
def test_without_year_or_department_a_document_has_no_filing_but_keeps_its_facts(
    invented: Connection, path: str
) -> None:
    assert rows(invented, "select filing_id from core.document where source_path = ?", path) == [(None,)]
    forms = rows(invented, "select count(*) from core.form where document_id = ?", PAPERS[path].document_id)
    assert forms == [(1,)]


def test_the_same_paper_in_other_bytes_counts_once_the_first_path_stays(invented: Connection) -> None:
    assert superseded_by(invented, "重发局") == {"重发局/1.txt": None, "重发局/2.txt": "重发局/1.txt"}


def test_of_differing_versions_the_last_path_is_current(invented: Connection) -> None:
    assert superseded_by(invented, "更正局") == {
        "更正局/1.txt": "更正局/2-更正.txt",
        "更正局/2-更正.txt": None,
        "更正局/3-重发.txt": "更正局/1.txt",  # the first version once more corrects nothing
    }


def test_papers_of_different_projects_complete_each_other_though_form_and_words_are_the_same(
    invented: Connection,
) -> None:
    assert superseded_by(invented, "自评局") == {
        "自评局/绿化.txt": None,
        "自评局/路灯-2.txt": None,
        "自评局/路灯.txt": "自评局/路灯-2.txt",
    }


@pytest.mark.parametrize("table", ["form", "paragraph", "amount", "claim"])
def test_core_shows_current_versions_and_history_the_others(invented: Connection, table: str) -> None:
    query = f"select distinct document_id from {{}}.{table} join core.document using (document_id) where department = ?"
    current = rows(invented, query.format("core"), "更正局")
    past = rows(invented, query.format("history"), "更正局")
    assert current == [(PAPERS["更正局/2-更正.txt"].document_id,)]
    assert {name for (name,) in past} == {PAPERS[f"更正局/{p}.txt"].document_id for p in ("1", "3-重发")}


@pytest.mark.parametrize("table", ["form", "paragraph", "amount", "claim", "unplaced", "project"])
def test_nothing_of_a_superseded_document_is_lost(invented: Connection, table: str) -> None:
    facts = [paper.facts() for paper in PAPERS.values()]
    given = sum(len(getattr(fact, table if table == "unplaced" else f"{table}s")) for fact in facts)
    kept = rows(invented, f"select (select count(*) from core.{table}) + (select count(*) from history.{table})")
    assert kept == [(given,)]


def test_history_has_the_columns_of_core(invented: Connection) -> None:
    columns = "select column_name, data_type from duckdb_columns() where schema_name = ? and table_name = 'amount'"
    assert rows(invented, columns, "history") == rows(invented, columns, "core")


def test_equal_leftovers_of_one_line_stay_two_rows(invented: Connection) -> None:
    query = "select unplaced_no, text from core.unplaced where document_id = ? order by 1"
    assert rows(invented, query, PAPERS["重发局/1.txt"].document_id) == [(1, "—"), (2, "—")]


def test_every_path_of_a_document_is_listed(invented: Connection) -> None:
    found = {path for (path,) in rows(invented, "select source_path from core.source_file")}
    assert found == set(PAPERS)


def test_spellings_of_one_name_are_one_department_and_regions_are_not_dropped(invented: Connection) -> None:
    query = "select alias, department_id from reference.department_alias where alias like '%普陀区%'"
    ids = dict(rows(invented, query))
    assert ids["上海市普陀区财政局（本级）"] == ids["上海市普陀区财政局 (本级)"]
    assert ids["普陀区财政局(本级)"] != ids["上海市普陀区财政局（本级）"]


@pytest.mark.parametrize(
    ("department", "region"),
    [
        ("江苏省人大办公厅", "320000"),
        ("遂宁市安居区人社局", "510904"),
        ("上海市普陀区财政局%", "310107"),
        ("普陀区财政局(本级)", None),  # there are two 普陀区
        ("系列局", None),
    ],
)
def test_a_region_is_taken_from_a_name_that_begins_with_one_only(
    invented: Connection, department: str, region: str | None
) -> None:
    query = "select region_code from reference.department where department like ?"
    assert rows(invented, query, department) == [(region,)]


def test_filings_carry_their_department(invented: Connection) -> None:
    query = "select fiscal_year, kind, scope, region_code from core.filing where department = '江苏省人大办公厅'"
    assert rows(invented, query) == [(2024, "final_accounts", "department", "320000")]
