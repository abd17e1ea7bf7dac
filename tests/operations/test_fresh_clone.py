"""A fresh clone needs nothing but Python with pip, and make."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no git repository to clone")
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(tmp_path / "clone")], check=True)
    return tmp_path / "clone"


def bare_environment(folder: Path) -> dict[str, str]:
    """The environment with a PATH on which there is this Python, make and git, but no uv."""
    programs = folder / "bin"
    programs.mkdir()
    for name in ("bash", "sh", "awk", "make", "git", "touch", "rm", "find"):
        found = shutil.which(name)
        assert found, name
        (programs / name).symlink_to(found)
    (programs / "python3").symlink_to(Path(sys.base_prefix, "bin", "python3"))
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")}
    return kept | {"PATH": str(programs)}


def test_make_installs_everything_without_uv_and_leaves_the_tree_clean(clone: Path, tmp_path: Path) -> None:
    environment = bare_environment(tmp_path)
    subprocess.run(["make", "setup"], cwd=clone, env=environment, check=True, capture_output=True)
    version = subprocess.run(
        [str(clone / ".venv" / "bin" / "duizhang"), "--version"], env=environment, check=True, capture_output=True
    )
    assert b"duizhang" in version.stdout
    assert (clone / ".uv" / "bin" / "uv").is_file()
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, check=True, capture_output=True)
    assert status.stdout == b""
