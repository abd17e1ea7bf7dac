"""Generated filings are as many as asked for, consistent, and broken only where they were broken."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from benchmarks.filings import Filings, generate
from benchmarks.rules import evaluate
from pipelines.lake.schema import lake_schemas
from pipelines.lake.snapshot import write_snapshot
from pipelines.lake.store import Lake
from pipelines.warehouse.build import compile_models, run_dbt

COUNT = 31


@pytest.fixture(scope="module")
def filings() -> Filings:
    return generate(COUNT)


def test_there_are_as_many_as_asked_for_in_all_columns(filings: Filings) -> None:
    documents = filings.tables["document"]
    assert documents["document_id"].n_unique() == documents.height == len(filings.files) == COUNT
    assert {table: frame.schema for table, frame in filings.tables.items()} == lake_schemas()
    assert set(documents["kind"]) == {"budget", "final_accounts", "self_evaluation"}


def test_ids_are_unique_and_name_things_that_are_there(filings: Filings) -> None:
    tables = filings.tables
    for table in ("form", "amount", "claim", "paragraph", "project", "project_amount", "indicator"):
        frame = tables[table]
        assert frame.height == frame[f"{table}_id"].n_unique() > 0
        assert frame.join(tables["document"], on="document_id", how="anti").is_empty()
    assert tables["amount"].join(tables["form"], on="form_id", how="anti").is_empty()
    assert tables["claim"].join(tables["paragraph"], on="paragraph_id", how="anti").is_empty()


def test_words_stay_where_claims_say(filings: Filings) -> None:
    told = filings.tables["claim"].join(filings.tables["paragraph"], on="paragraph_id")
    length = pl.col("char_end") - pl.col("char_start")
    figures = told.select(pl.col("text").str.slice(pl.col("char_start"), length).alias("figure"))["figure"]
    assert figures.str.contains(r"\d|持平|一致|没有|大于").all()


def test_a_lake_of_them_gives_the_same_inputs(filings: Filings, tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    filings.write_lake(lake, "1")
    (tmp_path / "inputs").mkdir()
    write_snapshot(lake, filings.files, "1", tmp_path / "inputs")
    for table, frame in filings.tables.items():
        stored = pl.read_parquet(tmp_path / "inputs" / f"{table}.parquet")
        assert stored.sort(stored.columns).equals(frame.sort(frame.columns))


def test_as_many_amounts_are_wrong_as_asked_for(filings: Filings) -> None:
    broken = generate(COUNT, breaks=3)
    assert len(broken.broken) == 3
    changed = broken.tables["amount"].join(filings.tables["amount"], on=["amount_id", "amount_yuan"], how="anti")
    assert sorted(changed["amount_id"]) == sorted(broken.broken)
    assert all(value in printed.replace(",", "") for value, printed in changed.select(
        pl.col("value").cast(pl.Decimal(28, 2)).cast(pl.String), "printed").iter_rows())  # fmt: skip


@pytest.mark.slow
def test_rules_find_what_was_broken_and_nothing_else(tmp_path: Path) -> None:
    broken = generate(COUNT, breaks=3)
    broken.write_inputs(tmp_path)
    database = tmp_path / "built.duckdb"
    run_dbt(tmp_path, database, select=("+finding", "+suspect"))
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute("select distinct suspect_id from quality.finding").fetchall()
        filed = connection.execute("select count(*) from core.filing").fetchall()
    assert sorted(suspect for (suspect,) in found) == sorted(broken.broken)
    assert filed == [(COUNT,)]


@pytest.mark.slow
def test_rules_are_measured_without_dbt_as_dbt_builds_them(tmp_path: Path) -> None:
    generate(5).write_inputs(tmp_path)
    measured = evaluate(compile_models(tmp_path, tmp_path / "rules.duckdb"), tmp_path / "rules.duckdb")
    assert measured["checks"] > 1000
    assert measured["broken"] == 0
    assert measured["cpu_seconds"] > 0
