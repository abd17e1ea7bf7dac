"""The look at an installation finds what is wrong, says what to do, and changes nothing."""

import datetime
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.lake.runs import finish_run, start_run
from pipelines.lake.store import Lake
from pipelines.operations import installation, state
from pipelines.operations.checks import Check
from pipelines.operations.doctor import examine
from pipelines.stages.workspace import Workspace
from pipelines.warehouse.lock import exclusive
from tests.operations.papers import write_paper


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    write_paper(tmp_path / "raw" / "a.txt")
    (tmp_path / "warehouse").mkdir()
    return Workspace(tmp_path / "raw", tmp_path / "warehouse")


def found(checks: object) -> dict[str, Check]:
    return {check.name: check for check in checks}  # type: ignore[attr-defined]


def test_a_sound_installation_is_told_as_json_and_nothing_is_written(warehouse: Path, samples: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in warehouse.rglob("*")}
    done = CliRunner().invoke(main, ["doctor", "--raw", str(samples), "--warehouse", str(warehouse), "--json"])
    assert done.exit_code == 0, done.output
    states = {check["name"]: check["state"] for check in json.loads(done.output)}
    assert {states[name] for name in ("python", "raw", "warehouse", "lock", "leftovers", "published", "last run")} == {
        "good"
    }
    assert {path: path.stat().st_mtime_ns for path in warehouse.rglob("*")} == before


def test_every_check_that_is_not_good_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DAGSTER_HOME", "DUIZHANG_WEBHOOK", "DUIZHANG_MAIL_TO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pipelines.documents.doc.soffice", lambda: None)
    monkeypatch.setattr("pipelines.documents.ocr.is_available", lambda: False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    checks = examine(tmp_path / "nowhere", tmp_path / "warehouse")
    assert [check for check in checks if check.state != "good" and not check.remedy] == []
    states = {name: check.state for name, check in found(checks).items()}
    assert states["raw"] == "problem"
    for name in ("soffice", "ocr", "fonts", "dagster", "notices", "published", "last run"):
        assert states[name] == "warning", name
    done = CliRunner().invoke(main, ["doctor", "--raw", str(tmp_path / "nowhere"), "--warehouse", str(tmp_path)])
    assert done.exit_code == 1
    assert "→ make it, or say --raw" in done.output


def test_an_old_python_and_packages_that_are_not_as_locked_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 1))
    assert [check.state for check in installation.python()] == ["problem"]
    monkeypatch.setattr(installation, "_installed", lambda name: "0.0.1" if name == "duckdb" else None)
    (check,) = installation.packages()
    assert (check.state, "duckdb 0.0.1" in check.told) == ("warning", True)


def test_little_room_is_a_warning_and_hardly_any_a_problem(place: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, expected in ((5 << 30, "good"), (1 << 29, "warning"), (1 << 20, "problem")):
        monkeypatch.setattr("shutil.disk_usage", lambda path, free=free: SimpleNamespace(free=free))
        assert found(state.folders(place))["disk"].state == expected


def test_who_holds_the_lock_and_what_killed_runs_left_is_told(place: Workspace) -> None:
    (place.warehouse / "build-x").mkdir()
    assert found(state.lock(place))["leftovers"].state == "warning"
    with exclusive(place.warehouse):
        checks = found(state.lock(place))
    assert (checks["lock"].state, str(os.getpid()) in checks["lock"].told) == ("warning", True)
    assert checks["leftovers"].state == "good", "a build that is going on is no leftover"


def test_a_failed_last_run_is_a_problem_and_an_old_one_a_warning(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = Lake(place.warehouse / "lake")
    finish_run(lake, start_run(lake), {}, ("LoadError: no",), outcome="failed")
    last = found(state.published(place))["last run"]
    assert (last.state, "LoadError: no" in last.told) == ("problem", True)
    finish_run(lake, start_run(lake), {})
    monkeypatch.setattr("pipelines.operations.state.read_runs", lambda lake: runs(hours=-30))
    assert "hours ago" in found(state.published(place))["last run"].told
    monkeypatch.setattr("pipelines.operations.state.read_runs", lambda lake: runs(hours=5))
    assert "in the future" in found(state.published(place))["last run"].told


def runs(hours: int) -> list[SimpleNamespace]:
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)
    return [SimpleNamespace(run_id="r", outcome="unchanged", errors=(), started_at=moment)]


def test_dagster_must_not_send_anything_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    assert [check.state for check in installation.dagster()] == ["warning"]
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}", encoding="utf-8")
    assert [check.state for check in installation.dagster()] == ["good"]
