"""Two engines, one lake: 2,000 documents among them bad ones, with workers lost, on Ray and on this machine alone."""

import hashlib
import threading
import time
from collections import Counter
from pathlib import Path

import polars as pl
import psutil
import pytest

from pipelines import stages
from pipelines.stages import documents
from tests.engines.work import LOST_WORKERS, marks_of, needs_ray, read_or_fail
from tests.operations.papers import write_paper

GOOD, BAD = 1980, 10
HANG_SECONDS = 4
"""What a document may take: each that hangs holds a worker so long; a good one takes a hundredth of it."""


def _papers(raw: Path) -> None:
    for number in range(GOOD):
        name = "lose.txt" if number == GOOD // 2 else f"{number:04}.txt"
        write_paper(raw / f"{number % 9}" / name, year=2015 + number % 10, total=f"{number + 1}.00")
    for number in range(BAD):
        for kind in ("crash", "hang"):
            write_paper(raw / f"{number % 9}" / f"{kind}{number}.txt", department=f"{kind}局", total=f"{number}.50")


def _kill_a_ray_worker(stop: threading.Event, killed: list[int]) -> None:
    """Kill a process of Ray that holds a batch and was at it for a while."""
    while not stop.is_set() and not killed:
        for process in psutil.Process().children(recursive=True):
            try:
                if "run_batch" in "".join(process.cmdline()) and process.children() and process.cpu_times().user > 0.1:
                    process.kill()
                    killed.append(process.pid)
                    break
            except psutil.Error:
                continue
        time.sleep(0.2)


def _loaded(raw: Path, warehouse: Path, engine) -> tuple[stages.Workspace, list[str]]:
    workspace = stages.Workspace(raw, warehouse, workers=2, engine=engine, deadline=HANG_SECONDS)
    told: list[str] = []
    found = stages.scan_files(workspace)
    with workspace.engine_opened() as hands:
        stages.read_new(workspace, found, lambda stage, *_: told.append(stage), engine=hands)
        stages.understand_new(workspace, found, lambda stage, *_: told.append(stage), engine=hands)
    return workspace, told


def _lake(workspace: stages.Workspace) -> dict[str, str]:
    """Every file of facts and readings with the hash of its bytes."""
    lake = workspace.lake.folder
    files = [path for part in ("facts", "readings") for path in (lake / part).rglob("*") if path.is_file()]
    return {str(path.relative_to(lake)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.slow
@needs_ray
def test_2000_documents_on_ray_and_here_give_the_same_lake_whatever_dies(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(documents, "read_one", read_or_fail)
    raw = tmp_path / "raw"
    _papers(raw)
    stop, killed = threading.Event(), []
    killer = threading.Thread(target=_kill_a_ray_worker, args=(stop, killed))
    killer.start()
    try:
        on_ray, told = _loaded(raw, tmp_path / "ray", "ray")
    finally:
        stop.set()
        killer.join()
    assert killed, "no worker was killed"
    assert len(marks_of(tmp_path / "ray").read_bytes()) > LOST_WORKERS, (
        "the batch was lost as often as Ray gives it, and handed over again"
    )
    version = documents.facts_version()
    facts = pl.read_parquet([*(on_ray.lake.folder / "facts").glob(f"*/*-{version}/document.parquet")])
    assert facts["document_id"].n_unique() == len(facts) == GOOD + 2 * BAD
    assert Counter(facts["status"]) == {"loaded": GOOD, "quarantined": 2 * BAD}, Counter(facts["problem"])
    assert Counter(told) == {"read": 2001, "understand": 1981}
    amounts = pl.read_parquet([*(on_ray.lake.folder / "facts").glob(f"*/*-{version}/amount.parquet")])
    assert len(amounts) == amounts["amount_id"].n_unique() == GOOD * 12

    (tmp_path / "local").mkdir()
    marks_of(tmp_path / "local").write_bytes(b"." * LOST_WORKERS)
    here, _ = _loaded(raw, tmp_path / "local", "local")
    assert _lake(here) == _lake(on_ray)
