"""Fixtures that tests of every part share."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import settings

# The same examples at every run, so that a red test means a change; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real disclosures and their known truths, beside the repository; not part of it."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("real disclosures are not here (../shared)")
    return folder


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample disclosures that ship with the repository."""
    return REPOSITORY / "raw" / "samples"


@pytest.fixture(scope="session")
def warehouse(samples: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of one warehouse of the samples, loaded once for all tests of a session; do not write to it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "warehouse-of-samples"
    with folder.with_suffix(".lock").open("w") as lock:  # one test process loads, the others wait
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "duizhang.duckdb").is_file():
            command = [sys.executable, "-m", "pipelines.cli", "load", "--raw", str(samples), "--warehouse", str(folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def tables(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the warehouse of the samples."""
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as connection:
        yield connection
