"""What a sandbox must survive: module-level functions that misbehave in the way their task names."""

import os
import signal
import sys
import time
from pathlib import Path


class Unpicklable:
    def __reduce__(self):
        raise TypeError("not to be pickled")


def misbehave(task: str) -> object:
    if task == "abort":
        os.abort()
    if task == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "exit":
        os._exit(3)
    if task == "sys.exit":
        sys.exit("leaving")
    if task == "hang":
        time.sleep(600)
    if task.startswith("tell and hang "):
        Path(task.removeprefix("tell and hang ")).write_text(str(os.getpid()))
        time.sleep(600)
    if task == "spin":
        while True:
            pass
    if task == "memory":
        return _hoard()
    if task == "raise":
        raise ValueError("this file is bad")
    if task == "unpicklable result":
        return Unpicklable()
    if task == "pid":
        return os.getpid()
    return task.upper()


def _hoard() -> int:
    held = []
    while True:
        held.append(bytearray(b"x" * (16 << 20)))
        time.sleep(0.01)


def sleep_then_tell(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
