"""What a build sees of the lake, and the run records."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.lake.files import SourceFile
from pipelines.lake.runs import finish_run, read_runs, start_run
from pipelines.lake.schema import lake_schemas
from pipelines.lake.snapshot import write_snapshot
from pipelines.lake.store import Lake, LakeError
from tests.lake.facts import Paper


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def files(*papers: Paper) -> list[SourceFile]:
    return [SourceFile(f"{paper.name}.txt", 1, 1, paper.document_id) for paper in papers]


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{name}.parquet")


def test_only_current_files_in_the_current_version_count(lake: Lake, tmp_path: Path) -> None:
    current, removed = Paper("current"), Paper("removed")
    for paper in (current, removed):
        lake.write_facts(paper.facts(), "v2")
    old = Paper("current", department="另一个名字")
    lake.write_facts(old.facts(), "v1")

    write_snapshot(lake, files(current), "v2", tmp_path)

    assert table(tmp_path, "document")["document_id"].to_list() == [current.document_id]
    assert table(tmp_path, "document")["department"].to_list() == ["青山县财政局"]


def test_tables_nobody_has_rows_for_have_their_columns(lake: Lake, tmp_path: Path) -> None:
    paper = Paper("a")
    lake.write_facts(paper.facts(), "v1")
    write_snapshot(lake, files(paper), "v1", tmp_path)
    for name, schema in lake_schemas().items():
        assert table(tmp_path, name).schema == schema


def test_facts_of_all_documents_are_joined(lake: Lake, tmp_path: Path) -> None:
    papers = [Paper(name).form("FA03").amount("expenditure", "1.00") for name in "abc"]
    for paper in papers:
        lake.write_facts(paper.facts(), "v1")
    write_snapshot(lake, files(*papers), "v1", tmp_path)
    assert set(table(tmp_path, "amount")["document_id"]) == {paper.document_id for paper in papers}


def test_one_document_under_two_paths_counts_once_and_keeps_both_paths(lake: Lake, tmp_path: Path) -> None:
    paper = Paper("a")
    lake.write_facts(paper.facts(), "v1")
    both = [SourceFile(path, 1, 1, paper.document_id) for path in ("x.txt", "y.txt")]
    write_snapshot(lake, both, "v1", tmp_path)
    assert table(tmp_path, "document").height == 1
    assert table(tmp_path, "source_file")["source_path"].to_list() == ["x.txt", "y.txt"]


def test_a_file_nobody_understood_yet_stops_the_build(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(LakeError, match=r"1 files have no facts of version v1 yet, for example a\.txt"):
        write_snapshot(lake, files(Paper("a")), "v1", tmp_path)


def test_a_lake_without_files_gives_empty_tables(lake: Lake, tmp_path: Path) -> None:
    write_snapshot(lake, [], "v1", tmp_path)
    assert table(tmp_path, "document").is_empty()
    assert table(tmp_path, "run").is_empty()


def test_run_records_tell_what_was_done_and_what_went_wrong(lake: Lake, tmp_path: Path) -> None:
    run = start_run(lake)
    assert [r.finished_at for r in read_runs(lake)] == [None]
    finish_run(lake, run, {"files": 3, "loaded": 2}, ("reading b.pdf failed",))
    write_snapshot(lake, [], "v1", tmp_path)
    [row] = table(tmp_path, "run").to_dicts()
    assert row["run_id"] == run.run_id
    assert row["finished_at"] >= row["started_at"]
    assert row["counts"] == [{"key": "files", "value": 3}, {"key": "loaded", "value": 2}]
    assert row["errors"] == ["reading b.pdf failed"]


def test_runs_are_listed_in_order_of_time(lake: Lake) -> None:
    ids = [start_run(lake).run_id for _ in range(2)]
    assert sorted(ids) == [run.run_id for run in read_runs(lake)]
    assert len(set(ids)) == 2
