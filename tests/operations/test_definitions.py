"""The Dagster definitions: light to load, whole in lineage, and able to run."""

import json
import subprocess
import sys
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import yaml

from benchmarks.definitions import BUDGET, ratio
from pipelines.definitions import defs
from pipelines.defs.folders import Folders
from pipelines.generated import INDEX
from tests.conftest import REPOSITORY
from tests.operations.papers import write_paper

STAGES = ["harvested", "raw_files", "readings", "facts"]


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs()


def test_loading_the_definitions_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipelines.definitions import defs; defs().get_repository_def().load_all_definitions();"
        "print([m for m in ('great_expectations', 'dbt', 'pdfplumber', 'rapidocr', 'polars', 'duckdb', 'pandas')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_lineage_runs_from_raw_files_to_every_mart_and_on_to_publication(definitions: dg.Definitions) -> None:
    graph = definitions.get_repository_def().asset_graph
    marts = [key for key in graph.get_all_asset_keys() if key.path[0] == "mart"]
    assert marts
    for key in [*marts, dg.AssetKey(["quality", "finding"]), dg.AssetKey("publication")]:
        upstream = {each.to_user_string() for each in graph.get_ancestor_asset_keys(key)}
        assert {*STAGES, "core/document"} <= upstream, key


def test_every_declared_table_is_an_asset(definitions: dg.Definitions) -> None:
    names = {table["name"] for table in json.loads(INDEX.read_text(encoding="utf-8"))["tables"]}
    keys = {".".join(key.path) for key in definitions.get_repository_def().asset_graph.get_all_asset_keys()}
    assert names <= keys


def test_there_is_a_check_for_every_rule_family(definitions: dg.Definitions) -> None:
    families = set(json.loads(INDEX.read_text(encoding="utf-8"))["rule_families"])
    assert {key.name for key in definitions.get_repository_def().asset_graph.asset_check_keys} == families


def test_the_load_runs_every_night_at_two_in_shanghai(definitions: dg.Definitions) -> None:
    schedule = definitions.resolve_schedule_def("nightly")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 2 * * *", "Asia/Shanghai")
    with dg.instance_for_test() as instance, dg.build_schedule_context(instance) as context:
        (request,) = schedule.evaluate_tick(context).run_requests or []
    assert request.job_name in (None, "load")
    assert schedule.job_name == "load"


def test_dagster_sends_nothing_home() -> None:
    settings = yaml.safe_load((REPOSITORY / "dagster_home" / "dagster.yaml").read_text(encoding="utf-8"))
    assert settings["telemetry"]["enabled"] is False


def run(definitions: dg.Definitions, raw: Path, warehouse: Path) -> dg.ExecuteInProcessResult:
    folders = {"folders": Folders(raw=str(raw), warehouse=str(warehouse))}
    with dg.instance_for_test() as instance:
        return definitions.resolve_job_def("load").execute_in_process(instance=instance, resources=folders)


@pytest.mark.slow
def test_the_job_loads_a_folder_and_a_second_run_rebuilds_nothing(definitions: dg.Definitions, tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    write_paper(raw / "a.txt")
    write_paper(raw / "b.txt", year=2022)

    first = run(definitions, raw, warehouse)

    assert first.success
    assert {each.passed for each in first.get_asset_check_evaluations()} <= {True, False}
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM core.document").fetchall() == [(2,)]
    published = (warehouse / "duizhang.duckdb").stat().st_mtime_ns

    second = run(definitions, raw, warehouse)

    assert second.success
    assert (warehouse / "duizhang.duckdb").stat().st_mtime_ns == published
    assert len(list((warehouse / "lake" / "runs").iterdir())) == 2


@pytest.mark.slow
def test_definitions_load_within_their_budget() -> None:
    empty, ours = ratio(rounds=3)
    assert ours <= empty * (BUDGET + 0.25)
