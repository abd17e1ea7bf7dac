"""Facts and readings are written once, all or nothing, and exactly."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pipelines.documents.model import Cell, Document, Grid, Paragraph, Place
from pipelines.lake import atomic
from pipelines.lake.schema import lake_schemas
from pipelines.lake.store import Lake, LakeError
from tests.lake.facts import Paper


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def everything(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_facts_come_back_as_they_were_given(lake: Lake) -> None:
    paper = Paper("a").form("FA03").amount("expenditure", "35.425")
    lake.write_facts(paper.facts(), "v1")

    stored = pl.read_parquet(lake.facts_folder(paper.document_id, "v1") / "amount.parquet")

    assert stored.schema == lake_schemas()["amount"]
    assert stored["amount_yuan"].to_list() == [Decimal("354250.00")]
    assert stored["printed"].to_list() == ["35.425"]


def test_tables_without_rows_have_no_file(lake: Lake) -> None:
    paper = Paper("a").form("FA03")
    lake.write_facts(paper.facts(), "v1")
    names = {path.name for path in lake.facts_folder(paper.document_id, "v1").iterdir()}
    assert names == {"document.parquet", "form.parquet"}


def test_writing_the_same_facts_again_touches_nothing(lake: Lake) -> None:
    paper = Paper("a").form("FA03").amount("expenditure", "1.00")
    assert lake.write_facts(paper.facts(), "v1") is True
    before = everything(lake.folder)
    assert lake.write_facts(paper.facts(), "v1") is False
    assert everything(lake.folder) == before


def test_each_version_has_its_own_facts(lake: Lake) -> None:
    paper = Paper("a")
    lake.write_facts(paper.facts(), "v1")
    assert lake.has_facts(paper.document_id, "v1")
    assert not lake.has_facts(paper.document_id, "v2")


def test_a_write_that_fails_midway_leaves_nothing_to_be_found(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper("a").form("FA03").amount("expenditure", "1.00")
    written: list[object] = []
    original = pl.DataFrame.write_parquet

    def fail_on_the_second(frame: pl.DataFrame, *args: object, **options: object) -> None:
        written.append(args)
        if len(written) == 2:
            raise OSError("no space left")
        original(frame, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail_on_the_second)
    with pytest.raises(OSError, match="no space left"):
        lake.write_facts(paper.facts(), "v1")
    assert not lake.has_facts(paper.document_id, "v1")
    assert everything(lake.folder) == {}


def test_half_written_things_of_killed_runs_are_removed_and_whole_ones_kept(lake: Lake) -> None:
    paper = Paper("a")
    lake.write_facts(paper.facts(), "v1")
    whole = lake.facts_folder(paper.document_id, "v1")
    half = whole.with_name(f".{paper.document_id}-v2.abc.tmp")
    half.mkdir()
    (half / "document.parquet").write_bytes(b"PAR")
    assert lake.remove_leftovers() == 1
    assert not half.exists()
    assert lake.has_facts(paper.document_id, "v1")


def test_a_value_finer_than_its_column_is_refused_not_cut(lake: Lake) -> None:
    paper = Paper("a").form("FA03").amount("expenditure", "1", amount_yuan=Decimal("1.005"))
    with pytest.raises(LakeError, match="amount_yuan keeps 2 decimal places"):
        lake.write_facts(paper.facts(), "v1")
    assert not lake.has_facts(paper.document_id, "v1")


def test_a_value_larger_than_its_column_is_refused(lake: Lake) -> None:
    paper = Paper("a").form("FA03").amount("expenditure", "1", amount_yuan=Decimal(10) ** 19)
    with pytest.raises(LakeError, match="amount"):
        lake.write_facts(paper.facts(), "v1")


@pytest.mark.parametrize("version", ["", "../../elsewhere", "a/b", "a b"])
def test_a_version_that_cannot_name_a_folder_is_refused(lake: Lake, version: str) -> None:
    with pytest.raises(LakeError, match="plain words"):
        lake.has_facts("ab", version)


def test_a_reading_comes_back_whole(lake: Lake) -> None:
    grid = Grid(1, 1, 1, (Cell(0, 0, "合计", place=Place(line_no=3)),))
    document = Document("ab" * 32, "甲/乙.txt", "text", "text", "1", None, (Paragraph("总计"), grid))
    assert lake.read_reading(document.document_id, "1") is None
    assert not lake.has_reading(document.document_id, "1")
    lake.write_reading(document)
    assert lake.has_reading(document.document_id, "1")
    assert lake.read_reading(document.document_id, "1") == document
    assert not lake.has_reading(document.document_id, "2")


def test_a_reading_is_written_once(lake: Lake) -> None:
    document = Document("ab" * 32, "a.txt", "text", "text", "1", None, ())
    lake.write_reading(document)
    before = everything(lake.folder)
    lake.write_reading(document)
    assert everything(lake.folder) == before


def test_the_faster_of_two_writers_wins(tmp_path: Path) -> None:
    folder = tmp_path / "facts"

    def somebody_else_first(temporary: Path) -> None:
        (temporary / "mine").touch()
        folder.mkdir()
        (folder / "theirs").touch()

    assert atomic.write_folder(folder, somebody_else_first) is False
    assert [path.name for path in tmp_path.rglob("*")] == ["facts", "theirs"]
