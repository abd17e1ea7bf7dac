"""Killed at 30 random moments over 300 files, out of disk, read-only, two at once: the published file answers queries
all the while, and after healing every table equals that of an undisturbed run.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.lake.runs import read_runs
from pipelines.lake.store import Lake
from pipelines.warehouse.declared import declared_tables
from pipelines.warehouse.verify import problems
from tests.operations.papers import write_paper

pytestmark = pytest.mark.slow

FILES, KILLS, SEED = 300, 30, 20240229
OF_RUNS = {"quality.run", "quality.finding_history", "quality.finding_trend"}
"""Tables that tell of runs and publications, which are others in a disturbed history."""
_HTML = "<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{rows}</table></body></html>"


def write_files(raw: Path) -> None:
    """Small papers of invented departments as text and as web pages, one with a break, and two poisoned files."""
    for number in range(FILES - 2):
        department, year = f"云溪县第{number // 4 + 1}档案局", 2020 + number % 4
        paper = write_paper(raw / f"{number:03}.txt", department, year, f"{number + 10}.30")
        if number % 50 == 7:  # 合计 ≠ its parts
            paper.write_text(
                paper.read_text("utf-8").replace(
                    f"208\t社会保障和就业支出\t{number + 10}.30", "208\t社会保障和就业支出\t9.30"
                ),
                "utf-8",
            )
        if number % 5 == 0:
            title, *lines = paper.read_text("utf-8").split("\n")
            cells = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in lines if "\t" in line)
            rows = "".join(f"<tr>{row}</tr>" for row in cells)
            paper.unlink()
            (raw / f"{number:03}.html").write_text(_HTML.format(title=title, rows=rows), encoding="utf-8")
    (raw / "poisoned.pdf").write_bytes(
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>"
    )
    (raw / "poisoned.docx").write_bytes(b"PK\x03\x04" + b"word/" + bytes(200))


class Disk:
    """A small mounted file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mount(self, megabytes: int) -> None:
        self._run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(self.folder))

    def again(self, options: str) -> None:
        self._run("mount", "-o", f"remount,{options}", str(self.folder))

    def leave(self, megabytes: int) -> None:
        """Make it so small that only so many megabytes are free."""
        taken = os.statvfs(self.folder)
        used = (taken.f_blocks - taken.f_bfree) * taken.f_frsize
        self.again(f"size={used + (megabytes << 20)}")

    def unmount(self) -> None:
        self._run("umount", str(self.folder))

    def _run(self, *command: str) -> None:
        subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "disk")
    disk.folder.mkdir()
    try:
        disk.mount(2048)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here")
    yield disk
    disk.unmount()


def command(raw: Path, warehouse: Path) -> list[str]:
    folders = ["--raw", str(raw), "--warehouse", str(warehouse)]
    return [sys.executable, "-m", "pipelines.cli", "load", "--workers", "2", "--any-size", *folders]


def load(raw: Path, warehouse: Path) -> tuple[int, str]:
    done = subprocess.run(command(raw, warehouse), capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def kill_after(raw: Path, warehouse: Path, seconds: float) -> None:
    """Start a load and kill it with all its children, so long after it has begun its work."""
    records, known = warehouse / "lake" / "runs", len(list((warehouse / "lake" / "runs").iterdir()))
    run = subprocess.Popen(
        command(raw, warehouse), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    while run.poll() is None and len(list(records.iterdir())) == known:
        time.sleep(0.02)
    time.sleep(seconds)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def contents(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that do not tell of runs."""
    names = sorted({table.full_name for table in declared_tables()} - OF_RUNS)
    with duckdb.connect(str(database), read_only=True) as connection:
        return {name: connection.execute(f"FROM {_quoted(name)} ORDER BY ALL").fetchall() for name in names}


def _quoted(name: str) -> str:
    return ".".join(f'"{part}"' for part in name.split("."))


def test_whatever_happens_to_a_load_the_published_file_is_whole_and_the_next_one_heals(
    disk: Disk, warehouse: Path, tmp_path: Path
) -> None:
    raw, undisturbed, place = tmp_path / "raw", tmp_path / "undisturbed", disk.folder / "warehouse"
    raw.mkdir()
    write_files(raw)
    began = time.monotonic()
    assert load(raw, undisturbed)[0] == 0
    whole = time.monotonic() - began
    expected = contents(undisturbed / "duizhang.duckdb")
    assert len(expected["core.document"]) == FILES
    assert expected["quality.finding"]
    shutil.copytree(warehouse, place)
    before = contents(place / "duizhang.duckdb")

    _out_of_disk(disk, raw, place)
    published = place / "duizhang.duckdb"
    assert contents(published) == before
    _killed(raw, place, whole, lambda: problems(published) == [])
    assert contents(published) in (before, expected)

    (raw / "000.html").touch()  # so that there is something to do even if a killed run had come to its end
    both = [subprocess.Popen(command(raw, place), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in "ab"]
    assert sorted(run.wait() for run in both) == [0, 4]

    assert contents(published) == expected
    assert [*place.glob("build-*"), *place.rglob(".*.tmp")] == []
    runs = read_runs(Lake(place / "lake"))
    assert [run for run in runs if run.outcome == "running"] == []
    assert sum(run.outcome == "aborted" for run in runs) >= KILLS * 2 // 3, "most were killed at work"


def _out_of_disk(disk: Disk, raw: Path, place: Path) -> None:
    """A disk that is full from the start, one that fills up on the way, and one that cannot be written to."""
    for more in (1, 12):
        disk.leave(more)
        code, told = load(raw, place)
        assert code == 1, told
        assert "Traceback" not in told
        assert "the disk is full" in told or "No space left" in told
        assert problems(place / "duizhang.duckdb") == []
    disk.again("size=2048m,ro")
    code, told = load(raw, place)
    assert (code, "Read-only" in told) == (1, True)
    disk.again("rw")


def _killed(raw: Path, place: Path, whole: float, is_whole: Callable[[], bool]) -> None:
    """Most moments lie early, where runs read and write documents; every fifth anywhere up to half of a whole run."""
    chance = random.Random(SEED)
    for number in range(KILLS):
        kill_after(raw, place, chance.uniform(0, whole / 2 if number % 5 == 4 else min(3.0, whole / 4)))
        assert is_whole()
