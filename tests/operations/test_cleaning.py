"""Cleaning takes what nothing needs, and restoring a back-up needs no more than was backed up."""

import datetime
import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipelines import stages
from pipelines.cli import main
from pipelines.documents.reading import READER_VERSIONS
from pipelines.lake.history import read_events
from pipelines.lake.runs import finish_run, start_run
from pipelines.stages.documents import facts_version
from pipelines.warehouse import versions
from pipelines.warehouse.lock import exclusive
from tests.operations.papers import write_paper

_NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> stages.Workspace:
    write_paper(tmp_path / "raw" / "a.txt")
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)
    found = stages.scan_files(workspace)
    stages.read_new(workspace, found)
    stages.understand_new(workspace, found)
    return workspace


def clean(workspace: stages.Workspace, *options: str) -> str:
    folders = ["--raw", str(workspace.raw), "--warehouse", str(workspace.warehouse)]
    done = CliRunner().invoke(main, ["clean", *folders, *options])
    assert done.exit_code == 0, done.output
    return done.output


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"
    }


def test_facts_and_readings_of_earlier_versions_go_only_where_the_present_ones_are(workspace: stages.Workspace) -> None:
    lake, (document,) = workspace.lake, [file.document_id for file in stages.scan_files(workspace).files]
    present = lake.facts_folder(document, facts_version())
    only = "f" * 64
    shutil.copytree(present, lake.facts_folder(document, "0ld"))
    shutil.copytree(present, lake.facts_folder(only, "0ld"))
    reading = next((lake.folder / "readings").glob("*/*"))
    shutil.copy(reading, reading.with_name(f"{document}-text-0.json.gz"))
    assert reading.name.removesuffix(".json.gz").partition("-")[2] in READER_VERSIONS.values()
    before = files(workspace.warehouse)

    told = clean(workspace, "--dry-run")
    assert files(workspace.warehouse) == before
    assert told.count("of an earlier version") == 2

    clean(workspace)
    assert present.is_dir()
    assert lake.facts_folder(only, "0ld").is_dir(), "the only understanding there is"
    assert not lake.facts_folder(document, "0ld").exists()
    assert [path.name for path in reading.parent.iterdir()] == [reading.name]
    found = stages.scan_files(workspace)
    assert (stages.read_new(workspace, found), stages.understand_new(workspace, found)) == (0, 0)


def test_old_versions_and_runs_go_beyond_a_number_and_leftovers_always(workspace: stages.Workspace) -> None:
    published = workspace.database
    for number in range(1, 5):
        published.write_text(str(number), encoding="ascii")
        versions.write_note(published, versions.Publication("f", _NOW, number))
        versions.keep(published, 9)
    for _ in range(3):
        finish_run(workspace.lake, start_run(workspace.lake), {})
    (workspace.warehouse / "build-x").mkdir()
    clean(workspace, "--keep-versions", "2", "--keep-runs", "1")
    assert [note.number for note in versions.versions(published)] == [4, 3]
    assert len(list((workspace.lake.folder / "runs").iterdir())) == 1
    assert not (workspace.warehouse / "build-x").exists()
    assert published.read_text("ascii") == "4"


def test_cleaning_waits_for_a_load_and_needs_a_warehouse(workspace: stages.Workspace, tmp_path: Path) -> None:
    with exclusive(workspace.warehouse):
        assert CliRunner().invoke(main, ["clean", "--warehouse", str(workspace.warehouse)]).exit_code == 4
    assert CliRunner().invoke(main, ["clean", "--warehouse", str(tmp_path / "none")]).exit_code == 3


@pytest.mark.slow
def test_a_warehouse_is_restored_from_its_lake_without_reading_a_file(
    warehouse: Path, samples: Path, tmp_path: Path
) -> None:
    shutil.copytree(samples, tmp_path / "raw")
    shutil.copytree(warehouse / "lake", tmp_path / "warehouse" / "lake")  # all that a small back-up holds
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    result = stages.load(workspace)
    assert (result.read, result.understood, result.rebuilt) == (0, 0, True)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        ((findings, first),) = connection.execute(
            "SELECT count(*), max(from_publication) FROM quality.finding_history WHERE until_publication IS NULL"
        ).fetchall()
    assert (findings, first) == (read_events(workspace.lake).height, 1), "since when findings stand is not forgotten"
