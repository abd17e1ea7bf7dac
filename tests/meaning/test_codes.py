"""Codes as printed beside what the lists know: learned where unseen, judged where code and name do not fit."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from pipelines.disclosures.facts import UnplacedFact
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import run_dbt, write_inputs
from tests.lake.facts import Paper

Connection = duckdb.DuckDBPyConnection


def _coded(paper: Paper, code: str, label: str, kind: str = "function") -> Paper:
    return paper.amount(f"{kind}:{code}", "1.00", "expenditure", row_label=label, row_code=code, row_code_kind=kind)


def _papers() -> dict[str, Paper]:
    first = Paper("甲", year=2022, department="青禾县财政局").form("FA03")
    _coded(first, "208", "社会保障和就业支出")
    _coded(first, "2080505", "机关事业单位基本养老保险缴费支出")
    _coded(first, "2089876", "青禾新项目")
    _coded(first, "21001", "卫生健康管理事务")
    _coded(first, "20101", "政协事务")
    _coded(first, "30101", "职工薪水", "dept_economic")
    _coded(first, "207", "文化体育与传媒支出")
    reason = "code 20 belongs to no classification"
    first.unplaced += [UnplacedFact(first.document_id, "cell", reason, text, None, 1) for text in ("1.00", "2.00")]
    second = Paper("乙", year=2023, department="青禾县审计局").form("FA03")
    _coded(_coded(second, "2089876", "青禾新项目"), "2089875", "另一项目")
    return {"1.txt": first, "2.txt": second}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("coded")
    lake = Lake(folder / "lake")
    papers = _papers()
    for paper in papers.values():
        lake.write_facts(paper.facts(), "v1")
    files = [SourceFile(path, 1, 1, paper.document_id) for path, paper in sorted(papers.items())]
    write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "coded.duckdb", select=("+reference_learned_code",))
    with duckdb.connect(str(folder / "coded.duckdb"), read_only=True) as connection:
        yield connection


def row(connection: Connection, code: str, columns: str) -> tuple[Any, ...]:
    query = f"select {columns} from reference.printed_code where code = ? order by fiscal_year limit 1"
    found: tuple[Any, ...] = connection.execute(query, [code]).fetchall()[0]
    return found


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("208", "listed"),
        ("2080505", "listed"),
        ("2089876", "unknown_code"),
        ("20101", "title_of_other_code"),
        ("30101", "unknown_title"),
        ("207", "listed_for_other_years"),
    ],
)
def test_a_printed_code_is_judged_by_what_the_lists_know(coded: Connection, code: str, verdict: str) -> None:
    assert row(coded, code, "verdict") == (verdict,)


def test_the_code_a_name_belongs_to_is_told(coded: Connection) -> None:
    assert row(coded, "20101", "codes_of_title, listed_titles") == (["20102"], ["人大事务"])


def test_a_parent_that_the_form_does_not_print_is_seen(coded: Connection) -> None:
    assert row(coded, "2080505", "parent_code, parent_printed, parent_listed") == ("20805", False, True)
    assert row(coded, "208", "parent_code, parent_printed") == (None, None)


def test_codes_never_seen_are_learned_with_name_years_and_count(coded: Connection) -> None:
    query = "select title_printed, first_year, last_year, documents, parent_code from reference.learned_code"
    found = coded.execute(f"{query} where kind = 'function' and code like '20898%' order by code").fetchall()
    assert found == [("另一项目", 2023, 2023, 1, "20898"), ("青禾新项目", 2022, 2023, 2, "20898")]


def test_a_code_of_a_length_no_classification_has_is_reported_once(coded: Connection) -> None:
    query = "select code, first_year, documents from reference.learned_code where kind = 'none'"
    assert coded.execute(query).fetchall() == [("20", 2022, 1)]
