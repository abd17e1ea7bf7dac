"""Reading and understanding: each file once, and a bad file harms only itself."""

import os
from pathlib import Path

import polars as pl
import pytest

from pipelines import stages
from pipelines.lake.files import Scan
from pipelines.stages.documents import facts_version
from tests.operations.papers import write_paper


@pytest.fixture
def workspace(tmp_path: Path) -> stages.Workspace:
    write_paper(tmp_path / "raw" / "a.txt")
    write_paper(tmp_path / "raw" / "b.txt", year=2022)
    return stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)


def run(workspace: stages.Workspace) -> tuple[Scan, int, int]:
    found = stages.scan_files(workspace)
    return found, stages.read_new(workspace, found), stages.understand_new(workspace, found)


def document(workspace: stages.Workspace, found: Scan, source_path: str) -> dict[str, object]:
    document_id = next(file.document_id for file in found.files if file.source_path == source_path)
    folder = workspace.lake.facts_folder(document_id, facts_version())
    return pl.read_parquet(folder / "document.parquet").row(0, named=True)


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    stats = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {str(path): (stat.st_size, stat.st_mtime_ns) for path, stat in stats.items()}


def test_new_files_are_read_and_understood_and_known_files_are_not(workspace: stages.Workspace) -> None:
    found, read, understood = run(workspace)
    assert (len(found.files), read, understood) == (2, 2, 2)
    before = contents(workspace.warehouse)

    _, read, understood = run(workspace)

    assert (read, understood) == (0, 0)
    assert contents(workspace.warehouse) == before


def test_what_killed_workers_left_in_the_lake_is_removed(workspace: stages.Workspace) -> None:
    run(workspace)
    (folder,) = list((workspace.lake.folder / "readings").iterdir())[:1]
    (folder / ".half.json.gz.0123.tmp").write_bytes(b"half")
    (workspace.lake.folder / "facts" / "ab" / ".half.0123.tmp").mkdir(parents=True)
    run(workspace)
    assert list(workspace.lake.folder.rglob(".*.tmp")) == []


def test_touching_one_file_reads_one_file(workspace: stages.Workspace) -> None:
    run(workspace)
    os.utime(workspace.raw / "a.txt", ns=(1, 1))

    _, read, understood = run(workspace)
    assert (read, understood) == (1, 1)

    _, read, understood = run(workspace)
    assert (read, understood) == (0, 0)


def test_the_same_bytes_under_two_paths_are_read_once(workspace: stages.Workspace) -> None:
    write_paper(workspace.raw / "again" / "a.txt")
    found, read, _ = run(workspace)
    assert (len(found.files), read) == (3, 2)


def test_a_changed_catalogue_understands_again_without_reading_again(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(workspace)
    found = stages.scan_files(workspace)
    monkeypatch.setattr("pipelines.stages.documents.facts_version", lambda: "another")
    assert stages.read_new(workspace, found) == 0
    assert stages.understand_new(workspace, found) == 2


def test_a_file_that_cannot_be_read_is_quarantined_with_the_reason(workspace: stages.Workspace) -> None:
    (workspace.raw / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))

    found, _, _ = run(workspace)

    row = document(workspace, found, "scan.png")
    assert row["status"] == "quarantined"
    assert "it is a PNG picture" in str(row["problem"])
    assert document(workspace, found, "a.txt")["status"] == "loaded"
    assert run(workspace)[1:] == (0, 0)


def test_a_quarantined_file_is_tried_again_when_it_is_touched(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.stages.documents.read_one", _fail)
        found, _, _ = run(workspace)
    assert "out of luck" in str(document(workspace, found, "a.txt")["problem"])

    os.utime(workspace.raw / "a.txt", ns=(1, 1))
    found, read, _ = run(workspace)

    assert read == 1
    assert document(workspace, found, "a.txt")["status"] == "loaded"
    assert document(workspace, found, "b.txt")["status"] == "quarantined"


def test_a_broken_catalogue_stops_the_load_and_blames_no_document(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.stages.documents.understand", _fail)
    found = stages.scan_files(workspace)
    stages.read_new(workspace, found)
    with pytest.raises(stages.LoadError, match=r"catalogue .* out of luck"):
        stages.understand_new(workspace, found)
    assert len(stages.understood(workspace, found).files) == 0


def test_a_file_that_changes_between_scan_and_reading_is_left_to_the_next_load(workspace: stages.Workspace) -> None:
    found = stages.scan_files(workspace)
    write_paper(workspace.raw / "a.txt", total="99.00")
    stages.read_new(workspace, found)
    stages.understand_new(workspace, found)

    ready = stages.understood(workspace, found)

    assert [file.source_path for file in ready.files] == ["b.txt"]
    assert "'a.txt' changed" in ready.problems[0]
    found, _, _ = run(workspace)
    assert len(stages.understood(workspace, found).files) == 2


def test_relative_folders_mean_the_same_to_child_processes_that_run_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workspace = stages.Workspace(Path("raw"), Path("warehouse"))
    assert (workspace.raw, workspace.database) == (tmp_path / "raw", tmp_path / "warehouse" / "duizhang.duckdb")


def test_a_folder_that_cannot_be_meant_is_refused_so_that_a_wrong_path_never_empties_a_warehouse(
    tmp_path: Path,
) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    with pytest.raises(stages.LoadError, match="there is no folder"):
        stages.load(stages.Workspace(raw, warehouse))
    raw.mkdir()
    with pytest.raises(stages.LoadError, match="among the raw files"):
        stages.load(stages.Workspace(raw, raw / "warehouse"))
    assert not warehouse.exists()
    with pytest.raises(stages.LoadError, match="no disclosure file"):
        stages.load(stages.Workspace(raw, warehouse))


def _fail(job: object) -> None:
    raise ValueError("out of luck")
