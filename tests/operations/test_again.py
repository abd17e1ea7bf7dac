"""A new version reads exactly what it affects; years and failed files can be read again; years are partitions."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines import stages
from pipelines.definitions import defs
from pipelines.defs.folders import Folders
from pipelines.defs.years import YEARS, fiscal_year
from pipelines.documents.reading import READER_VERSIONS
from pipelines.documents.sandbox import Failure, Outcome
from pipelines.stages import documents
from pipelines.stages.again import ask_for_build, is_build_asked, settle_build
from tests.operations.papers import write_paper

PAGE = "<html><body><h1>云溪县水利局2022年部门决算</h1><p>本部门2022年度无收支，特此说明。</p></body></html>"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[stages.Workspace]:
    """Two texts and a web page, read and understood in this process, so that versions can be changed."""
    write_paper(tmp_path / "raw" / "a.txt", year=2022)
    write_paper(tmp_path / "raw" / "b.txt", year=2023)
    (tmp_path / "raw" / "c.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr(documents, "run_in_workers", in_this_process)
    documents.facts_version.cache_clear()
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)
    assert run(workspace) == (3, 3)
    assert run(workspace) == (0, 0)
    yield workspace
    documents.facts_version.cache_clear()


def in_this_process(
    tasks: Iterable[Any], work: Callable[[Any], Any], limits: object = None, workers: int = 1
) -> Iterator[Outcome[Any, Any]]:
    for task in tasks:
        failure = None
        try:
            work(task)
        except Exception as error:
            failure = Failure("error", str(error), type(error).__name__)
        yield Outcome(task, None, failure, 0.0)


def _killed(*arguments: object) -> None:
    raise KeyboardInterrupt


def run(workspace: stages.Workspace, **options: Any) -> tuple[int, int]:
    found = stages.scan_files(workspace)
    return stages.read_new(workspace, found, **options), stages.understand_new(workspace, found)


def test_a_new_reader_version_reads_only_the_documents_of_that_reader(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(READER_VERSIONS, "html", "next")
    documents.facts_version.cache_clear()
    text = next(file for file in stages.scan_files(workspace).files if file.source_path == "a.txt")
    kept = workspace.lake.facts_folder(text.document_id, documents.facts_version()).stat().st_mtime_ns
    assert run(workspace) == (1, 1)
    assert is_build_asked(workspace.warehouse)
    assert run(workspace) == (0, 0)
    assert workspace.lake.facts_folder(text.document_id, documents.facts_version()).stat().st_mtime_ns == kept


def test_a_run_killed_before_the_new_version_had_read_is_followed_by_one_that_reads(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = stages.scan_files(workspace)
    page = next(file.document_id for file in found.files if file.source_path == "c.html")
    workspace.lake.write_second_readings(page, [], documents.facts_version())
    monkeypatch.setitem(READER_VERSIONS, "html", "next")
    for place in ("pipelines.lake.atomic.write_bytes", "pipelines.stages.documents._run"):
        with monkeypatch.context() as patch:
            patch.setattr(place, _killed)
            with pytest.raises(KeyboardInterrupt):
                stages.read_new(workspace, found)
    assert not workspace.lake.second_folder(page, documents.facts_version()).is_dir()
    assert run(workspace) == (1, 1)
    assert run(workspace) == (0, 0)


def test_a_new_catalogue_reads_nothing_and_understands_all(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "understanding_version", lambda: "next")
    documents.facts_version.cache_clear()
    assert run(workspace) == (0, 3)


def test_a_document_that_no_reader_could_read_is_tried_by_the_next_version(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace.raw / "d.pdf").write_bytes(b"%PDF-1.4 no pages")
    assert run(workspace)[0] == 1
    monkeypatch.setitem(READER_VERSIONS, "pdfium", "next")
    documents.facts_version.cache_clear()
    assert run(workspace)[0] == 1


def test_a_year_is_read_again_alone_and_a_build_asked_for(workspace: stages.Workspace) -> None:
    readings = {path: path.stat().st_ino for path in (workspace.lake.folder / "readings").glob("*/*")}
    assert run(workspace, again={2023}) == (1, 1)
    anew = [path for path, number in readings.items() if path.stat().st_ino != number]
    assert len(anew) == 1
    assert is_build_asked(workspace.warehouse)
    assert run(workspace, again={1999}) == (0, 0)


def test_a_file_that_failed_once_and_is_read_now_asks_for_a_build_and_another_does_not(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(documents, "read_one", _fail)
        write_paper(workspace.raw / "d.txt", department="云溪县教育局")
        run(workspace)
    assert not is_build_asked(workspace.warehouse)
    (workspace.raw / "a.txt").touch()
    run(workspace)
    assert not is_build_asked(workspace.warehouse)
    (workspace.raw / "d.txt").touch()
    run(workspace)
    assert is_build_asked(workspace.warehouse)


def test_a_build_is_asked_for_until_one_is_published(workspace: stages.Workspace) -> None:
    ask_for_build(workspace.warehouse)
    ask_for_build(workspace.warehouse)
    assert is_build_asked(workspace.warehouse)
    settle_build(workspace.warehouse)
    assert not is_build_asked(workspace.warehouse)


def test_a_build_that_was_asked_for_is_made_though_nothing_changed(
    workspace: stages.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    note = type("Note", (), {"fingerprint": "same", "rejected": None, "number": 1})
    monkeypatch.setattr("pipelines.stages.tables.build_fingerprint", lambda *_: "same")
    monkeypatch.setattr("pipelines.stages.tables.publication", lambda _: note)
    monkeypatch.setattr("pipelines.stages.tables.build", lambda *args, **_: built.append(args) or _stop())
    found = stages.scan_files(workspace)
    assert stages.build_tables(workspace, found) is False
    ask_for_build(workspace.warehouse)
    with pytest.raises(KeyboardInterrupt):
        stages.build_tables(workspace, found)
    assert len(built) == 1


def test_a_backfill_over_years_is_one_load_that_reads_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[dict[str, Any]] = []

    def load(workspace: stages.Workspace, **options: Any) -> stages.LoadResult:
        loads.append(options)
        started = stages.begin_run(workspace, options["tags"])
        (workspace.warehouse / "runs").mkdir(parents=True, exist_ok=True)
        (workspace.warehouse / "runs" / f"{started.run_id}.md").write_text("# Run", encoding="utf-8")
        return stages.LoadResult(2, (), 2, 2, True, started.run_id)

    monkeypatch.setattr(stages, "load", load)
    folders = {"folders": Folders(raw=str(tmp_path), warehouse=str(tmp_path / "warehouse"))}
    tags = {"dagster/asset_partition_range_start": "2021", "dagster/asset_partition_range_end": "2023"}
    with dg.instance_for_test() as instance:
        done = dg.materialize([fiscal_year], resources=folders, instance=instance, tags=tags)
        events = done.get_asset_materialization_events()
        assert {event.partition for event in events} == {"2021", "2022", "2023"}
        assert events[0].materialization.metadata["summary"].value == "# Run"
    (options,) = loads
    assert options["again"] == [2021, 2022, 2023]
    assert options["tags"]["again"] == "2021-2023"


def test_years_are_partitions_of_a_job_of_their_own_and_no_part_of_the_night() -> None:
    repository = defs().get_repository_def()
    again, load = repository.get_job("again"), repository.get_job("load")
    assert again.partitions_def == YEARS
    assert again.tags["duizhang/kind"] == "again"
    assert load.tags["duizhang/kind"] == "load"
    assert {"2015", "2030"} <= set(YEARS.get_partition_keys())
    assert dg.AssetKey("fiscal_year") not in load.asset_layer.executable_asset_keys
    assert load.partitions_def is None


def _fail(job: object) -> None:
    raise ValueError("out of luck")


def _stop() -> None:
    raise KeyboardInterrupt
