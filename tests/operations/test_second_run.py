"""Loading again: nothing changed means nothing is done, and one changed file costs one reading."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines import stages


@pytest.fixture
def workspace(samples: Path, warehouse: Path, tmp_path: Path) -> stages.Workspace:
    """Copies of the samples and of their warehouse, loaded once more because the raw folder is another."""
    shutil.copytree(samples, tmp_path / "raw")
    shutil.copytree(warehouse, tmp_path / "warehouse")
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    result = stages.load(workspace)
    assert (result.read, result.understood, result.rebuilt) == (0, 0, False)
    return workspace


def contents(folder: Path) -> dict[str, tuple[int, int]]:
    stats = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items() if name != ".lock"}


def first_file(folder: Path) -> Path:
    return min(path for path in folder.rglob("*.txt") if path.is_file())


def test_a_second_run_writes_nothing_but_its_run_record(workspace: stages.Workspace) -> None:
    before = contents(workspace.warehouse)

    result = stages.load(workspace)

    assert (result.read, result.understood, result.rebuilt) == (0, 0, False)
    after = contents(workspace.warehouse)
    record, report = sorted(after.keys() - before.keys())
    assert (Path(record).parent, Path(report).parent) == (Path("lake/runs"), Path("runs"))
    assert (Path(record).stem, Path(report).suffix) == (Path(report).stem, ".md")
    assert {name: after[name] for name in before} == before


def test_touching_one_file_reads_one_file_and_rebuilds_nothing(workspace: stages.Workspace) -> None:
    os.utime(first_file(workspace.raw), ns=(1, 1))
    result = stages.load(workspace)
    assert (result.read, result.understood, result.rebuilt) == (1, 1, False)
    result = stages.load(workspace)
    assert (result.read, result.understood, result.rebuilt) == (0, 0, False)


@pytest.mark.slow
def test_a_changed_file_and_a_removed_file_are_what_the_next_warehouse_holds(workspace: stages.Workspace) -> None:
    changed, removed = sorted(path for path in workspace.raw.rglob("*.txt"))[:2]
    changed.write_text(changed.read_text(encoding="utf-8") + "\n附注\n", encoding="utf-8")
    removed.unlink()
    (workspace.raw / "broken.pdf").write_bytes(b"%PDF-1.7 nothing else")

    result = stages.load(workspace)

    assert (result.read, result.rebuilt) == (2, True)
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        paths = {path for (path,) in connection.execute("SELECT source_path FROM core.source_file").fetchall()}
        state = connection.execute(
            "SELECT status, problem FROM core.document WHERE source_path = 'broken.pdf'"
        ).fetchall()
    assert removed.relative_to(workspace.raw).as_posix() not in paths
    assert changed.relative_to(workspace.raw).as_posix() in paths
    ((status, problem),) = state
    assert status == "quarantined"
    assert problem
