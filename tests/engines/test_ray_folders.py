"""What a killed load on Ray leaves is found and removed; what a living process owns is not."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.engines import ray_folders
from pipelines.engines.ray_folders import PREFIX, YOUNG_SECONDS, left_folders, own_folder, release
from pipelines.operations import state
from pipelines.stages.workspace import Workspace
from tests.conftest import REPOSITORY
from tests.engines.work import needs_ray
from tests.operations.papers import write_paper

OWNER = """
from pipelines.engines.ray_folders import own_folder
print(own_folder(), flush=True)
input()
"""
LOAD = """
import sys
from pathlib import Path
from pipelines import stages
stages.load(stages.Workspace(Path(sys.argv[1]), Path(sys.argv[2]), engine="ray", workers=1))
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def _old(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    os.utime(folder, (0, time.time() - YOUNG_SECONDS - 1))
    return folder


def _commands(temporary: Path, *words: str) -> str:
    folders = ["--raw", str(temporary), "--warehouse", str(temporary.parent)]
    done = CliRunner().invoke(main, [*words[:1], *folders, *words[1:]])
    assert done.exit_code == 0 or words[0] == "doctor", done.output
    return done.output


def test_a_folder_is_left_when_the_process_that_made_it_is_killed(temporary: Path) -> None:
    environment = os.environ | {"TMPDIR": str(temporary)}
    command = [sys.executable, "-c", OWNER]
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        folder = _old(Path(owner.stdout.readline().decode().strip()))
        assert folder.parent == temporary
        assert left_folders() == []
        owner.kill()
    assert left_folders() == [folder]


def test_a_folder_of_this_process_is_left_to_it_until_it_is_released(temporary: Path) -> None:
    folder = _old(own_folder())
    assert left_folders() == []
    release(folder)
    assert left_folders() == [folder]


def test_a_folder_that_a_process_of_ray_still_names_is_left_to_it(temporary: Path) -> None:
    folder = _old(temporary / f"{PREFIX}named")
    command = [sys.executable, "-c", "print(flush=True); input()", f"--temp-dir={folder}/session"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()  # before it runs, the system may not know its arguments yet
        assert left_folders() == []
        process.kill()
    assert left_folders() == [folder]


def test_what_is_young_a_link_or_of_another_name_is_none_of_them(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (temporary / f"{PREFIX}young").mkdir()
    _old(temporary / "other")
    (temporary / f"{PREFIX}link").symlink_to(_old(temporary / "target"), target_is_directory=True)
    os.utime(temporary / f"{PREFIX}link", (0, 0), follow_symlinks=False)
    assert left_folders() == []
    own = _old(temporary / f"{PREFIX}own")
    assert left_folders() == [own]
    monkeypatch.setattr(ray_folders.os, "getuid", lambda: own.stat().st_uid + 1)
    assert left_folders() == [], "of another user"


def test_doctor_names_what_is_left_and_clean_removes_it(temporary: Path) -> None:
    place = Workspace(temporary, temporary.parent)
    assert "ray" not in {check.name for check in state.lock(place)}
    folder = _old(temporary / f"{PREFIX}left")
    (folder / "session").mkdir()
    _old(folder)
    [check] = [check for check in state.lock(place) if check.name == "ray"]
    assert (check.state, check.remedy, str(folder) in check.told) == ("warning", "`duizhang clean`", True)
    assert str(folder) in _commands(temporary, "doctor")
    assert "left by a killed load on Ray" in _commands(temporary, "clean", "--dry-run")
    assert folder.is_dir()
    _commands(temporary, "clean")
    assert not folder.exists()


@pytest.mark.slow
@needs_ray
def test_a_load_killed_on_ray_leaves_a_folder_that_clean_removes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="t-", dir="/tmp", ignore_cleanup_errors=True) as short:
        monkeypatch.setattr(tempfile, "tempdir", short)
        for number in range(50):
            write_paper(tmp_path / "raw" / f"{number}.txt", total=f"{number + 1}.00")
        command = [sys.executable, "-c", LOAD, str(tmp_path / "raw"), str(tmp_path / "warehouse")]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("RAY_")}
        with subprocess.Popen(command, cwd=REPOSITORY, env=environment | {"TMPDIR": short}) as load:
            _wait(lambda: any((tmp_path / "warehouse").rglob("*.json.gz")), "nothing was read")
            monkeypatch.setattr(ray_folders, "YOUNG_SECONDS", 0)
            assert left_folders() == []
            load.send_signal(signal.SIGKILL)
        [folder] = Path(short).glob(f"{PREFIX}*")
        _wait(lambda: left_folders() == [folder], "processes of Ray live on")
        _commands(tmp_path / "raw", "clean")
        assert not folder.exists()


def _wait(condition: object, otherwise: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.2)
