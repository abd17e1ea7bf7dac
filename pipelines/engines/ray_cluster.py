"""Getting to Ray: a cluster there is (``RAY_ADDRESS``), or one of this machine alone that lasts as long as the work.

A cluster that is started here listens on the loopback interface only, asks for a token that only this process and its
children know, has no dashboard and tells Ray's makers nothing. Whether that is so is checked by ``ray_safety``.

Does not belong here: batches (``on_ray``).
"""

import functools
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from pipelines.engines import EngineError
from pipelines.engines.ray_folders import own_folder, release
from pipelines.engines.ray_safety import listening, require_loopback, require_token

ADDRESS = "RAY_ADDRESS"
"""The environment variable that names a cluster there is; Ray's own."""
_OBJECT_STORE = 128 << 20
"""Bytes; a batch and its outcomes are a few kilobytes."""
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "error"}
_ALONE = {
    "RAY_AUTH_MODE": "token",
    # the name is Ray's; off, a node is reachable by the loopback interface only, on every system
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
}


class Cluster:
    """One connection to Ray, made when it is needed first."""

    def __init__(self, workers: int | None) -> None:
        self.workers = workers or os.cpu_count() or 1
        """How many tasks run at once; of a cluster there is, after :meth:`connect`, no more than it has cores."""
        self._is_limited = workers is not None
        self._ray: Any = None
        self._folder: Path | None = None

    def connect(self) -> Any:
        """Return the module ``ray``, connected.

        Raises:
            EngineError: Ray is not installed, cannot be reached or started, or is not safe to use.
        """
        if self._ray is None:
            os.environ.update(_QUIET)
            address = os.environ.get(ADDRESS)
            try:
                self._join(address) if address else self._start()
            except BaseException:
                self.close()
                raise
        return self._ray

    def close(self) -> None:
        """Disconnect, stop what was started, and remove its folder."""
        if self._ray is not None:
            self._ray.shutdown()
            self._ray = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            release(self._folder)
            self._folder = None

    def _join(self, address: str) -> None:
        self._init(address=address)
        require_token(self._ray)
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        self.workers = min(self.workers, cores) if self._is_limited else cores

    def _start(self) -> None:
        os.environ.update(_ALONE | {"RAY_AUTH_TOKEN": _token()})
        before = listening()
        self._folder = own_folder()
        options = {"num_cpus": self.workers, "object_store_memory": _OBJECT_STORE, "_temp_dir": str(self._folder)}
        self._init(include_dashboard=False, **options)
        require_token(self._ray)
        require_loopback(listening() - before)

    def _init(self, **options: Any) -> None:
        self._ray = _ray()
        try:
            self._ray.init(log_to_driver=False, configure_logging=False, **options)
        except Exception as error:  # Ray raises whatever its parts raise
            raise EngineError(f"Ray cannot be reached or started: {error}") from error


@functools.cache
def _token() -> str:
    """One for the life of this process, because Ray reads it once; it is stored nowhere."""
    return secrets.token_hex(32)


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        message = "the engine ray is not installed: pip install 'duizhang[ray]', or load with --engine local"
        raise EngineError(message) from error
    return ray
