"""Two loads of one warehouse do not run at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.warehouse.lock import WarehouseBusyError, exclusive

_HOLDER = """
import sys, pathlib
from pipelines.warehouse.lock import exclusive
with exclusive(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def hold(warehouse: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(warehouse)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_declines_and_names_the_first(tmp_path: Path) -> None:
    first = hold(tmp_path / "warehouse")
    try:
        with (
            pytest.raises(WarehouseBusyError, match=f"process {first.pid} is writing"),
            exclusive(tmp_path / "warehouse"),
        ):
            pass
    finally:
        first.communicate("\n")


def test_the_lock_goes_with_a_killed_process(tmp_path: Path) -> None:
    first = hold(tmp_path)
    first.kill()
    first.communicate()
    with exclusive(tmp_path):
        pass


def test_the_lock_can_be_taken_again_and_other_warehouses_are_free(tmp_path: Path) -> None:
    with exclusive(tmp_path / "a"), exclusive(tmp_path / "b"):
        pass
    with exclusive(tmp_path / "a"):
        pass
