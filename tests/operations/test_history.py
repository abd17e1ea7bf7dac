"""Runs and the history of findings: kept over publications, as deltas, and told in tables."""

import datetime
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines import stages
from pipelines.lake import runs
from pipelines.lake.history import EVENT_SCHEMA, has_events, last_publication, read_events
from pipelines.lake.runs import open_runs, read_runs, start_run
from pipelines.lake.schema import SQL_PROJECT
from pipelines.lake.store import Lake
from pipelines.stages.runs import _EVENTS, begin_run, keep_history, present_run
from tests.operations.papers import write_paper

MODELS = SQL_PROJECT / "models" / "quality" / "runs"
FIRST_SEEN = """
SELECT finding_id, min(from_publication), max(until_publication) IS NULL OR bool_or(until_publication IS NULL)
FROM quality.finding_history GROUP BY finding_id ORDER BY ALL
"""


class Publications:
    """The models of the history over hand-made findings, published again and again."""

    def __init__(self) -> None:
        self.events: list[tuple[object, ...]] = []

    def publish(self, number: int, *findings: str) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute("CREATE SCHEMA quality; SET TimeZone = 'UTC'")
        rows = ", ".join(f"('{each}', '{each[0]}', 'warning', 'filing', 'zh', 'en')" for each in findings)
        columns = ("finding_id", "rule_id", "severity", "filing_id", "message_zh", "message_en")
        connection.execute(f"CREATE TABLE finding ({' VARCHAR, '.join(columns)} VARCHAR)")
        if findings:
            connection.execute(f"INSERT INTO finding VALUES {rows}")
        connection.execute(
            "CREATE TABLE filing AS SELECT 'filing' AS filing_id, 'd' AS department_id, '财政局' AS department,"
            " 2023::INTEGER AS fiscal_year, 'budget' AS kind"
        )
        connection.execute(
            f"CREATE TABLE stg_run AS SELECT 'run{number}' AS run_id, TIMESTAMP '2026-01-01' + INTERVAL {number} DAY"
            f" AS started_at, {number}::INTEGER AS publication, true AS is_present"
        )
        events = pl.DataFrame(self.events, schema=EVENT_SCHEMA, orient="row")
        connection.execute(
            "CREATE TABLE stg_finding_event (publication INTEGER, run_id VARCHAR, run_at TIMESTAMP, event VARCHAR,"
            " finding_id VARCHAR, rule_id VARCHAR, severity VARCHAR, filing_id VARCHAR, department_id VARCHAR,"
            " department VARCHAR, fiscal_year INTEGER, kind VARCHAR, message_zh VARCHAR, message_en VARCHAR)"
        )
        if not events.is_empty():
            connection.executemany(f"INSERT INTO stg_finding_event VALUES ({', '.join('?' * 14)})", events.rows())
        for name in ("finding_history", "finding_trend"):
            sql = re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", (MODELS / f"{name}.sql").read_text("utf-8"))
            sql = re.sub(r"\bfrom finding_history", "from quality.finding_history", sql)
            connection.execute(f"CREATE TABLE quality.{name} AS {sql}")
        self.events += connection.execute(_EVENTS, {"number": number}).fetchall()
        return connection


def test_a_finding_stands_from_the_publication_it_came_with_to_the_one_without_it() -> None:
    publications = Publications()
    publications.publish(1, "a1", "b1")
    publications.publish(2, "a1")
    last = publications.publish(3, "a1", "b1", "b2")
    rows = (
        "SELECT finding_id, from_publication, until_publication, from_run_id FROM quality.finding_history ORDER BY ALL"
    )
    assert last.sql(rows).fetchall() == [
        ("a1", 1, None, "run1"),
        ("b1", 1, 2, "run1"),
        ("b1", 3, None, "run3"),
        ("b2", 3, None, "run3"),
    ]
    assert last.sql(FIRST_SEEN).fetchall() == [("a1", 1, True), ("b1", 1, True), ("b2", 3, True)]


def test_only_news_are_kept_of_each_publication() -> None:
    publications = Publications()
    publications.publish(1, "a1", "b1")
    publications.publish(2, "a1", "b1")
    publications.publish(3, "b1")
    assert [(row[0], row[3], row[4]) for row in publications.events] == [
        (1, "appeared", "a1"),
        (1, "appeared", "b1"),
        (3, "gone", "a1"),
    ]


def test_the_trend_counts_what_stands_by_rule_and_filing() -> None:
    publications = Publications()
    publications.publish(1, "a1", "a2", "b1")
    publications.publish(2, "a1", "b1")
    last = publications.publish(3, "b1")
    rows = "SELECT publication, rule_id, appeared, gone, standing FROM quality.finding_trend ORDER BY ALL"
    assert last.sql(rows).fetchall() == [(1, "a", 2, 0, 2), (1, "b", 1, 0, 1), (2, "a", 0, 1, 1), (3, "a", 0, 1, 0)]


def test_a_finding_that_is_gone_is_still_told_with_its_department_and_words() -> None:
    publications = Publications()
    publications.publish(1, "a1")
    last = publications.publish(2)
    row = last.sql("SELECT department, fiscal_year, kind, message_zh, until_run_id FROM quality.finding_history")
    assert row.fetchall() == [("财政局", 2023, "budget", "zh", "run2")]


def test_the_published_file_names_the_run_that_made_it(tables: duckdb.DuckDBPyConnection) -> None:
    ((outcome, finished, findings, new),) = tables.sql(
        "SELECT outcome, finished_at, findings, findings_new FROM quality.run ORDER BY run_id DESC LIMIT 1"
    ).fetchall()
    assert (outcome, finished) == ("published", None)
    assert (findings, new) == tables.sql("SELECT count(*), count(*) FROM quality.finding").fetchall()[0]


def test_every_finding_has_one_open_stretch(tables: duckdb.DuckDBPyConnection) -> None:
    standing = "SELECT finding_id FROM quality.finding_history WHERE until_publication IS NULL"
    assert tables.sql(f"{standing} EXCEPT SELECT finding_id FROM quality.finding").fetchall() == []
    assert tables.sql(f"SELECT finding_id FROM quality.finding EXCEPT ALL {standing}").fetchall() == []


def test_the_lake_keeps_the_news_of_the_publication(warehouse: Path, tables: duckdb.DuckDBPyConnection) -> None:
    lake = Lake(warehouse / "lake")
    assert has_events(lake, 1)
    assert last_publication(lake) == 1
    kept = read_events(lake)
    assert kept.schema == EVENT_SCHEMA
    assert set(kept["finding_id"]) == {
        row for (row,) in tables.sql("SELECT finding_id FROM quality.finding").fetchall()
    }


def test_news_that_a_killed_run_did_not_keep_are_kept_by_the_next(warehouse: Path, tmp_path: Path) -> None:
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    workspace.warehouse.mkdir()
    for name in ("duizhang.duckdb", "duizhang.json"):
        (workspace.warehouse / name).symlink_to(warehouse / name)
    keep_history(workspace)
    assert read_events(workspace.lake).equals(read_events(Lake(warehouse / "lake")))


def test_a_run_that_was_killed_is_closed_by_the_next(tmp_path: Path) -> None:
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    start_run(workspace.lake, 1)
    run = begin_run(workspace)
    killed = next(each for each in read_runs(workspace.lake) if each.run_id != run.run_id)
    assert (killed.outcome, killed.publication, killed.finished_at) == ("aborted", None, None)
    assert "did not come to its end" in killed.errors[0]
    assert open_runs(workspace.lake) == [run]


def test_a_stage_that_is_tried_again_goes_on_with_its_run(tmp_path: Path) -> None:
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    run = begin_run(workspace, {"dagster_run": "one"})
    assert begin_run(workspace, {"dagster_run": "one"}) == run == present_run(workspace)
    assert begin_run(workspace, {"dagster_run": "two"}) != run


def test_a_clock_that_goes_back_hides_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return long_ago

    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    killed = begin_run(workspace)
    monkeypatch.setattr(runs.datetime, "datetime", Clock)
    run = begin_run(workspace)
    assert run.run_id < killed.run_id
    assert present_run(workspace) == run


@pytest.mark.slow
def test_findings_come_and_go_with_publications(tmp_path: Path) -> None:
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)
    paper = write_paper(workspace.raw / "a.txt")
    whole = paper.read_text("utf-8")
    for text in (whole.replace("\t12.30\t0.00\n208\t", "\t12.03\t0.00\n208\t"), whole):
        paper.write_text(text, encoding="utf-8")
        stages.load(workspace)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        rows = connection.sql(
            "SELECT DISTINCT from_publication, until_publication FROM quality.finding_history"
        ).fetchall()
        assert (1, 2) in rows
        first, second = connection.sql(
            "SELECT outcome, findings, findings_gone FROM quality.run ORDER BY ALL"
        ).fetchall()
    assert first[0] == second[0] == "published"
    assert max(first[1], second[1]) > min(first[1], second[1])
    assert last_publication(workspace.lake) == 2
