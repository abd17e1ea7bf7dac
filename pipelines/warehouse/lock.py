"""The lock that keeps two loads of one warehouse apart. It goes with its process, however that ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class WarehouseBusyError(RuntimeError):
    """Another process is writing to this warehouse."""


@contextmanager
def exclusive(warehouse: Path) -> Iterator[None]:
    """Hold the warehouse folder (made if missing) for the time of a load.

    Raises:
        WarehouseBusyError: somebody else holds it; the message names the process.
    """
    warehouse.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(warehouse / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace") or "unknown"
            raise WarehouseBusyError(f"process {holder} is writing to {warehouse}; wait until it is done") from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)
