"""Work on hostile input in processes that may die: spawned, recycled, limited in memory, CPU time and wall time.

Each task gets exactly one Outcome: the result, or the reason why there is none. A worker that is killed costs only
the task it was at. Nothing here knows what the work is. The stdlib process pools are not used: one dead worker there
loses everyone's work. What runs inside a worker stands in :mod:`~pipelines.documents.sandbox_worker`.
"""

import contextlib
import multiprocessing
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from typing import Generic, Literal, TypeVar

import psutil

from pipelines.documents import sandbox_worker

T = TypeVar("T")
R = TypeVar("R")

FailureKind = Literal["crash", "memory", "cpu", "wall", "error"]

_POLL_SECONDS = 0.1
_MEBIBYTE = 1 << 20
_start_lock = threading.Lock()


@dataclass(frozen=True)
class Limits:
    """What one task may use. Memory in bytes, times in seconds."""

    memory: int = 2048 * _MEBIBYTE
    """Resident memory of the worker; watched, so a short peak above it can pass."""
    address_space: int | None = None
    """RLIMIT_AS of the worker, where the system has it; None for readers that map more than they use."""
    cpu_seconds: float = 240.0
    wall_seconds: float = 300.0
    start_seconds: float = 60.0
    """How long a new worker may take until it is ready."""
    tasks_per_worker: int = 100
    """After so many tasks a worker is replaced, so that leaks and fragments do not add up."""


@dataclass(frozen=True)
class Failure:
    """Why a task has no result."""

    kind: FailureKind
    message: str
    """One line for a person."""
    exception: str | None = None
    """The name of the exception's class, for kind ``error``."""
    traceback: str | None = None


@dataclass(frozen=True)
class Outcome(Generic[T, R]):
    """A task with its result, or with the failure that took its place."""

    task: T
    result: R | None
    failure: Failure | None
    seconds: float

    @property
    def succeeded(self) -> bool:
        """Whether there is a result (which may be None if the work returns None)."""
        return self.failure is None


def run_in_workers(
    tasks: Iterable[T], work: Callable[[T], R], limits: Limits | None = None, workers: int = 1
) -> Iterator[Outcome[T, R]]:
    """Yield the outcome of ``work(task)`` for every task, as they finish, not in order.

    ``work`` must be a function of an importable module (not of the script that runs), tasks and results must be
    picklable. Tasks are taken from the iterable only when a worker is free. Closing the iterator, or leaving it
    through an exception, kills the workers.
    """
    if workers < 1:
        raise ValueError("workers must be at least 1")
    pool: _Pool[T, R] = _Pool(work, limits or Limits(), workers)
    try:
        yield from pool.run(iter(tasks))
    finally:
        pool.kill()


class _Pool(Generic[T, R]):
    """The workers of one run, and the loop that feeds and watches them."""

    def __init__(self, work: Callable[[T], R], limits: Limits, size: int) -> None:
        self.pickled_work = bytes(ForkingPickler.dumps(work))
        self.limits = limits
        self.size = size
        self.workers: list[_Worker[T, R]] = []

    def run(self, tasks: Iterator[T]) -> Iterator[Outcome[T, R]]:
        exhausted = False
        while True:
            while not exhausted and sum(worker.is_busy for worker in self.workers) < self.size:
                for task in tasks:
                    self._free_worker().give(task)
                    break
                else:
                    exhausted = True
            if exhausted and not any(worker.is_busy for worker in self.workers):
                return
            yield from self._outcomes()

    def _free_worker(self) -> "_Worker[T, R]":
        for worker in self.workers:
            if not worker.is_busy:
                return worker
        self.workers.append(_Worker(self.pickled_work, self.limits))
        return self.workers[-1]

    def _outcomes(self) -> Iterator[Outcome[T, R]]:
        busy = [worker for worker in self.workers if worker.is_busy]
        ready = set(wait([worker.connection for worker in busy], timeout=_POLL_SECONDS))
        for worker in busy:
            outcome = worker.receive() if worker.connection in ready else worker.check()
            if worker.is_spent:
                worker.kill()
                self.workers.remove(worker)
            if outcome is not None:
                yield outcome
            elif worker.is_spent:  # it died idle, before it had the task
                self._free_worker().give(worker.task)  # type: ignore[arg-type]

    def kill(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.workers.clear()


class _Worker(Generic[T, R]):
    """One child process: at most one task at a time."""

    def __init__(self, pickled_work: bytes, limits: Limits) -> None:
        self.limits = limits
        self.task: T | None = None
        self.is_busy = False
        self.is_ready = False
        self.has_begun = False
        self.is_spent = False
        self.tasks_done = 0
        self.unsent = b""
        self.refused: Failure | None = None
        self.connection, child = multiprocessing.get_context("spawn").Pipe()
        self.process = _start(child, pickled_work, limits.address_space)
        child.close()
        self.given = time.monotonic()
        self.cpu_at_start = 0.0
        self.usage = _Usage(self.process.pid)

    def give(self, task: T) -> None:
        self.task, self.is_busy, self.has_begun = task, True, False
        try:
            self.unsent, self.refused = bytes(ForkingPickler.dumps(task)), None
        except Exception as error:  # whatever a task's own pickling raises
            self.refused = _task_error("the task cannot be sent to a worker", error)
        self._begin()

    def _begin(self) -> None:
        self.given, self.cpu_at_start = time.monotonic(), self.usage.cpu_seconds()
        if self.is_ready and self.refused is None:
            with contextlib.suppress(OSError):  # the worker is gone; the next receive says how it died
                self.connection.send_bytes(self.unsent)

    def receive(self) -> Outcome[T, R] | None:
        try:
            kind, payload = sandbox_worker.loads(self.connection.recv_bytes())
        except (EOFError, OSError):
            self.is_spent = True
            return None if self.is_ready and not self.has_begun else self._finish(None, self._death())
        except Exception as error:  # whatever a result's own unpickling raises
            return self._finish(None, _task_error("the result cannot be read", error))
        if kind == "ready":
            self.is_ready = True
            self._begin()
            return None
        if kind == "begun":
            self.has_begun = True
            return None
        if kind == "result":
            return self._finish(payload, None)
        return self._finish(None, Failure(*payload), spent=payload[0] == "memory" or kind == "unusable")

    def check(self) -> Outcome[T, R] | None:
        """Return the outcome if the task cannot be sent, or has used more than its limits allow."""
        if self.refused is not None:
            return self._finish(None, self.refused)
        failure = self._excess()
        return None if failure is None else self._finish(None, failure, spent=True)

    def _excess(self) -> Failure | None:
        limits, waited = self.limits, time.monotonic() - self.given
        if not self.is_ready:
            late = waited > limits.start_seconds
            return Failure("wall", f"the worker was not ready after {limits.start_seconds:g} s") if late else None
        if waited > limits.wall_seconds:
            return Failure("wall", f"took longer than {limits.wall_seconds:g} s")
        if self.usage.memory() > limits.memory:
            return Failure("memory", f"used more than {limits.memory // _MEBIBYTE} MiB of memory")
        if self.usage.cpu_seconds() - self.cpu_at_start > limits.cpu_seconds:
            return Failure("cpu", f"used more than {limits.cpu_seconds:g} s of CPU time")
        return None

    def _finish(self, result: R | None, failure: Failure | None, spent: bool = False) -> Outcome[T, R]:
        task, seconds = self.task, time.monotonic() - self.given
        self.task, self.is_busy = None, False
        self.tasks_done += 1
        gone = failure is not None and failure.kind == "crash"
        self.is_spent = spent or gone or self.tasks_done >= self.limits.tasks_per_worker
        return Outcome(task, result, failure, seconds)  # type: ignore[arg-type]

    def _death(self) -> Failure:
        self.process.join(timeout=5)
        code = self.process.exitcode
        if code is not None and code < 0:
            return Failure("crash", f"the worker was killed by {_signal_name(-code)}")
        when = "" if self.is_ready else " before it was ready"
        return Failure("crash", f"the worker ended with exit code {code}{when}")

    def kill(self) -> None:
        self.process.kill()
        self.connection.close()
        self.process.join()
        self.process.close()


class _Usage:
    """Memory and CPU time of a process that may be gone at any moment."""

    def __init__(self, pid: int | None) -> None:
        try:
            self.process: psutil.Process | None = psutil.Process(pid)
        except psutil.Error:
            self.process = None

    def memory(self) -> int:
        try:
            return self.process.memory_info().rss if self.process else 0
        except psutil.Error:
            return 0

    def cpu_seconds(self) -> float:
        try:
            times = self.process.cpu_times() if self.process else None
        except psutil.Error:
            return 0.0
        return times.user + times.system if times else 0.0


def _start(connection: Connection, pickled_work: bytes, address_space: int | None) -> BaseProcess:
    """Start a worker that does not import the script this program was started with.

    The spawn method imports the parent's ``__main__`` again in the child, which for Dagster costs seconds. Work
    comes from importable modules, so the child needs none of it: while it starts, ``__main__`` is an empty module.
    """
    process = multiprocessing.get_context("spawn").Process(
        target=sandbox_worker.serve, args=(connection, pickled_work, address_space), daemon=True
    )
    with _start_lock:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = main
    return process


def _task_error(what: str, error: Exception) -> Failure:
    return Failure("error", f"{what}: {error}", type(error).__name__)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
