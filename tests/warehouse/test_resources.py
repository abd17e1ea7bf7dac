"""A build keeps to the memory and the folder it is given, and says when that is too little."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from data_quality.reviews import Reviews
from pipelines.cli import main
from pipelines.lake.store import Lake
from pipelines.stages.workspace import Workspace
from pipelines.warehouse import incremental
from pipelines.warehouse.build import BuildError, run_dbt, write_inputs
from pipelines.warehouse.compiled import CompiledModels
from pipelines.warehouse.resources import STORAGE, Resources, memory_of
from tests.lake.facts import Paper
from tests.warehouse.conftest import VERSION, a_lake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lake, files = a_lake(tmp_path, Paper("a").form("FA03").amount("expenditure", "1.00"))
    write_inputs(lake, files, tmp_path / "build", version=VERSION)
    return tmp_path / "build"


def test_models_that_need_more_memory_than_given_fail_and_say_so(folder: Path) -> None:
    with pytest.raises(BuildError, match=r"(?i)out of memory|memory limit"):
        run_dbt(folder, folder / "new.duckdb", select=("+filing",), resources=Resources(memory="2MB"))


@pytest.mark.slow
def test_models_are_built_within_the_memory_given_and_nothing_is_left_where_they_spill(folder: Path) -> None:
    spill = folder.parent / "spill" / "own"
    models, _ = run_dbt(folder, folder / "new.duckdb", select=("+filing",), resources=Resources("300MB", spill))
    assert models > 0
    assert not spill.exists()
    with duckdb.connect(str(folder / "new.duckdb"), read_only=True) as connection:
        [[tags]] = connection.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchall()
    assert tags == {"storage_version": f"{STORAGE}+"}


def test_what_does_not_fit_goes_to_the_folder_given(tmp_path: Path) -> None:
    resources = Resources("100MB", tmp_path / "spill")
    with resources.spilling(tmp_path / "build") as spill:
        assert spill == tmp_path / "spill"
        with duckdb.connect(config=resources.settings(spill)) as connection:
            connection.execute("CREATE TABLE big AS SELECT md5(range::VARCHAR) AS a, random() AS b FROM range(4000000)")
            assert list(spill.iterdir()), "it spills"
    assert not spill.exists()


def test_each_warehouse_has_its_own_part_of_a_folder_and_what_a_killed_build_left_goes(tmp_path: Path) -> None:
    places = [Workspace(tmp_path, tmp_path / name, spill=tmp_path / "spill").resources.spill for name in "ab"]
    assert len({*places}) == 2
    first = Resources(spill=places[0])
    assert places[0] is not None
    places[0].mkdir(parents=True)
    (places[0] / "left").touch()
    with first.spilling(tmp_path) as spill:
        assert list(spill.iterdir()) == []


def test_without_a_limit_duckdb_decides_and_spills_in_the_builds_own_folder(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        [[usual]] = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    assert Resources().memory_limit == usual
    with Resources().spilling(tmp_path / "build-x") as spill:
        assert spill == tmp_path / "build-x" / "spill"


def test_an_exchange_of_a_few_papers_keeps_to_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = tmp_path / "duizhang.duckdb"
    duckdb.connect(str(published)).close()
    seen = []

    class LookedError(Exception):
        pass

    def look(connection: duckdb.DuckDBPyConnection, *_: object) -> None:
        settings = "SELECT current_setting('memory_limit'), current_setting('temp_directory')"
        seen.extend(connection.execute(settings).fetchall())
        raise LookedError

    monkeypatch.setattr(incremental, "_Exchange", look)
    with pytest.raises(LookedError):
        incremental.build_incrementally(
            Lake(tmp_path), [], published, CompiledModels("", (), ()), version="1", reviews=Reviews(),
            resources=Resources("64MiB", tmp_path / "spill"),
        )  # fmt: skip
    assert seen == [("64.0 MiB", str(tmp_path / "spill"))]


def test_an_amount_of_memory_nobody_understands_is_wrong_usage(tmp_path: Path) -> None:
    assert memory_of("4GB") == "4GB"
    for command in (["load"], ["build", "--store", str(tmp_path), "--province", "all"]):
        done = CliRunner().invoke(main, [*command, "--memory", "much"])
        assert done.exit_code == 2
        assert "'much' is no amount of memory, such as 4GB" in " ".join(done.stderr.split())
