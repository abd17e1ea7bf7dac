"""A Ray cluster there is already: joined when it asks for a token, refused when it does not."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import REPOSITORY
from tests.engines.work import needs_ray
from tests.operations.papers import write_paper

READ = """
import sys
from pathlib import Path
from pipelines import stages
workspace = stages.Workspace(Path(sys.argv[1]), Path(sys.argv[2]), engine="ray", workers=1)
try:
    found = stages.scan_files(workspace)
    print(stages.read_new(workspace, found), stages.understand_new(workspace, found))
except stages.LoadError as error:
    sys.exit(str(error))
"""


@contextlib.contextmanager
def cluster(environment: dict[str, str]) -> Iterator[str]:
    """A cluster of one node with one core, on the loopback interface; its sockets need a short path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", "--port", str(port)]
    command += ["--node-ip-address", "127.0.0.1", "--num-cpus", "1", "--include-dashboard", "false"]
    command += ["--object-store-memory", str(100 << 20), "--disable-usage-stats"]
    with tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp", ignore_cleanup_errors=True) as folder:
        command += ["--temp-dir", folder]
        node = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 60
            while not _answers(port):
                assert node.poll() is None, f"ray start ended with {node.returncode}"
                assert time.monotonic() < deadline, "ray start takes too long"
                time.sleep(0.2)
            yield f"127.0.0.1:{port}"
        finally:
            node.terminate()
            node.wait(timeout=60)


def _answers(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.slow
@needs_ray
@pytest.mark.parametrize("mode", ["token", "disabled"])
def test_a_cluster_is_joined_only_if_it_asks_for_a_token(tmp_path, mode) -> None:
    write_paper(tmp_path / "raw" / "a.txt")
    alone = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": mode, "RAY_AUTH_TOKEN": "f" * 64}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("RAY_")} | alone
    with cluster(environment) as address:
        folders = [str(tmp_path / "raw"), str(tmp_path / "warehouse")]
        done = subprocess.run(
            [sys.executable, "-c", READ, *folders],
            env=environment | {"RAY_ADDRESS": address},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    facts = list((tmp_path / "warehouse" / "lake" / "facts").glob("*/*/document.parquet"))
    if mode == "token":
        assert (done.returncode, done.stdout.split()) == (0, ["1", "1"]), done.stderr
        assert pl.read_parquet(facts[0])["status"].to_list() == ["loaded"]
    else:
        assert done.returncode == 1
        assert "it answered and did not refuse. Start every node with RAY_AUTH_MODE=token" in done.stderr
        assert facts == []
