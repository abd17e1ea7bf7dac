"""A run killed at any moment leaves the published warehouse whole, and the next run completes the work."""

import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.verify import problems
from tests.operations.papers import write_paper

pytestmark = pytest.mark.slow

_KILLED_AT_RENAME = """
import os, signal, sys
from pathlib import Path
from pipelines import stages

left = int(sys.argv[3])

def count(event, args):
    global left
    if event == "os.rename":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    sys.addaudithook(count)
    stages.load(stages.Workspace(Path(sys.argv[1]), Path(sys.argv[2]), workers=1))
"""
"""Loads, and kills itself just before it renames something for the given time."""


class Site:
    """A raw folder of one paper and the warehouse it is loaded into."""

    def __init__(self, folder: Path) -> None:
        self.raw, self.warehouse = folder / "raw", folder / "warehouse"
        self.command = [sys.executable, "-m", "pipelines.cli", "load", "--workers", "1"]
        self.command += ["--raw", str(self.raw), "--warehouse", str(self.warehouse)]

    def write(self, total: str) -> None:
        write_paper(self.raw / "a.txt", total=total)

    def load(self) -> None:
        done = subprocess.run(self.command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def published(self) -> str:
        """The total in the published warehouse, which must be whole."""
        database = self.warehouse / "duizhang.duckdb"
        assert problems(database) == []
        with duckdb.connect(str(database), read_only=True) as connection:
            query = "SELECT DISTINCT printed FROM core.amount WHERE subject = 'expenditure' AND measure = 'expenditure'"
            ((total,),) = connection.execute(query).fetchall()
        return str(total)

    def leftovers(self) -> list[Path]:
        return [*self.warehouse.glob("build-*"), *self.warehouse.rglob(".*.tmp")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("killed"))
    site.write("1.00")
    site.load()
    assert site.published() == "1.00"
    return site


def test_killed_after_any_stage(site: Site) -> None:
    before = site.published()
    for number, stage in enumerate(["read", "understand", "build", "check"], start=2):
        site.write(f"{number}.00")
        run = subprocess.Popen(site.command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert run.stderr is not None
        assert any(line.split(":")[0].strip() == stage for line in run.stderr)
        run.kill()
        run.wait()
        assert site.published() == before

    site.load()

    assert site.published() == "5.00"
    assert site.leftovers() == []


def test_killed_before_any_rename_of_the_whole_way(site: Site, tmp_path: Path) -> None:
    script = tmp_path / "killed_at_rename.py"
    script.write_text(_KILLED_AT_RENAME, encoding="utf-8")
    moment, killed = 0, True
    while killed:
        moment += 1
        before, after = site.published(), f"{moment}.50"
        site.write(after)
        command = [sys.executable, str(script), str(site.raw), str(site.warehouse), str(moment)]
        killed = subprocess.run(command, check=False).returncode == -signal.SIGKILL
        assert site.published() in (before, after)
    assert moment > 4
    assert site.published() == after
    site.load()
    assert site.leftovers() == []
