"""A build makes one new file, apart from everything else, and says clearly what went wrong."""

from pathlib import Path

import duckdb
import pytest

from pipelines.lake.schema import SQL_PROJECT
from pipelines.lake.store import LakeError
from pipelines.warehouse import build as building
from pipelines.warehouse.build import BuildError, BuildResult, build, discard, remove_leftovers, run_dbt, write_inputs
from tests.lake.facts import Paper
from tests.warehouse.conftest import VERSION, a_lake


def test_a_build_is_one_new_file_in_a_folder_of_its_own(built: BuildResult) -> None:
    assert built.database.is_file()
    assert built.database.parent == built.folder
    assert built.folder.name.startswith("build-")
    assert not list(built.folder.glob("*.wal"))
    assert built.models > 20
    assert built.tests > 20


def test_a_build_writes_nothing_beside_its_models(built: BuildResult) -> None:
    found = {path.name for path in SQL_PROJECT.iterdir()}
    assert found <= {"dbt_project.yml", "profiles.yml", "macros", "models", "tests"}


def test_no_process_keeps_the_new_file_locked(built: BuildResult) -> None:
    with duckdb.connect(str(built.database)) as connection:
        assert connection.execute("select amount_yuan from core.amount").fetchall()


def test_dbt_is_told_not_to_phone_home(tmp_path: Path) -> None:
    environment = building._environment(tmp_path, tmp_path / "x.duckdb")
    assert environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"


def test_a_failing_test_stops_the_build_and_is_named(tmp_path: Path) -> None:
    twice = Paper("a").form("FA03").amount("expenditure", "1.00").amount("expenditure", "1.00", amount_id="same")
    twice.amount("basic_expenditure", "1.00", amount_id="same")
    lake, files = a_lake(tmp_path, twice)
    write_inputs(lake, files, tmp_path / "build-x", version=VERSION)
    with pytest.raises(BuildError, match="test unique_amount_amount_id failed: Got 1 result"):
        run_dbt(tmp_path / "build-x", tmp_path / "x.duckdb", select=("+amount",))


def test_a_failing_model_stops_the_build_and_is_named(tmp_path: Path) -> None:
    lake, files = a_lake(tmp_path, Paper("a"))
    write_inputs(lake, files, tmp_path / "build-x", version=VERSION)
    (tmp_path / "build-x" / "inputs" / "form.parquet").write_bytes(b"not parquet")
    with pytest.raises(BuildError, match=r"(?s)model (form|document) failed: .*form\.parquet"):
        run_dbt(tmp_path / "build-x", tmp_path / "x.duckdb", select=("document", "form"))


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    lake, files = a_lake(tmp_path, Paper("a"))
    with pytest.raises(LakeError):
        build(lake, files, tmp_path / "warehouse" / "duizhang.duckdb", version="v2")
    assert list((tmp_path / "warehouse").iterdir()) == []


def test_leftovers_of_killed_builds_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "build-abc" / "inputs").mkdir(parents=True)
    (tmp_path / "lake").mkdir()
    (tmp_path / "duizhang.duckdb").touch()
    assert remove_leftovers(tmp_path) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"lake", "duizhang.duckdb"}


def test_a_discarded_build_is_gone(tmp_path: Path) -> None:
    (tmp_path / "build-x").mkdir()
    result = BuildResult(tmp_path / "build-x" / "a.duckdb", tmp_path / "build-x", 1, 1, 0.1)
    discard(result)
    discard(result)
    assert list(tmp_path.iterdir()) == []
