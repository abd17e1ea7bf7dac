"""What Dagster does by itself: notices new files once they have arrived, and tries again."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines import stages
from pipelines.definitions import defs
from pipelines.defs.folders import Folders
from pipelines.defs.sensors import failures, raw_changes
from tests.operations.papers import write_paper


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs()


def test_a_changed_folder_asks_for_one_run_once_it_stands_still(definitions: dg.Definitions, tmp_path: Path) -> None:
    folders = {"folders": Folders(raw=str(tmp_path / "raw"), warehouse=str(tmp_path / "warehouse"))}
    cursor: str | None = None

    def tick() -> int:
        nonlocal cursor
        with dg.instance_for_test() as instance:
            context = dg.build_sensor_context(
                instance, cursor=cursor, resources=folders, repository_def=definitions.get_repository_def()
            )
            data = raw_changes.evaluate_tick(context)
        cursor = data.cursor
        return len(data.run_requests or [])

    assert tick() == 0
    write_paper(tmp_path / "raw" / "a.txt")
    assert [tick(), tick(), tick()] == [0, 1, 0]
    write_paper(tmp_path / "raw" / "b.txt")
    assert tick() == 0
    write_paper(tmp_path / "raw" / "c.txt")
    assert [tick(), tick(), tick()] == [0, 1, 0]


def test_a_stage_that_fails_once_is_tried_again(
    definitions: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_paper(tmp_path / "raw" / "a.txt")
    scan, calls = stages.scan_files, []

    def fails_once(workspace: stages.Workspace) -> object:
        calls.append(workspace)
        if len(calls) == 1:
            raise OSError("the network folder was away")
        return scan(workspace)

    def ends_here(*_: object) -> int:
        raise dg.Failure("the rest is another test", allow_retries=False)

    monkeypatch.setattr(stages, "scan_files", fails_once)
    monkeypatch.setattr(stages, "read_new", ends_here)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    folders = Folders(raw=str(tmp_path / "raw"), warehouse=str(tmp_path / "warehouse"))
    with dg.instance_for_test() as instance:
        run = definitions.resolve_job_def("load").execute_in_process(
            instance=instance, resources={"folders": folders}, raise_on_error=False
        )
    first = [event.event_type_value for event in run.all_events if event.step_key == "raw_files"]
    assert "STEP_UP_FOR_RETRY" in first
    assert "STEP_SUCCESS" in first


def test_a_failed_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("pipelines.notify.notify", lambda title, text: told.append(f"{title} {text}") or [])

    @dg.op
    def breaks() -> None:
        raise ValueError("no")

    @dg.job
    def breaking() -> None:
        breaks()

    with dg.instance_for_test() as instance:
        run = breaking.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            "failures", run.get_run_failure_event(), instance, run.dagster_run
        ).for_run_failure()
        failures(context)
    assert told
    assert told[0].startswith("duizhang: breaking failed")


def test_the_publication_has_a_time_after_which_it_is_stale(definitions: dg.Definitions) -> None:
    assets = definitions.get_repository_def().asset_graph
    policy = assets.get(dg.AssetKey("publication")).freshness_policy
    assert policy is not None
