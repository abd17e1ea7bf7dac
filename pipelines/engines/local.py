"""The engine that needs nothing: a pool of worker processes on this machine."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pipelines.documents.sandbox import Limits, Outcome, run_in_workers

T = TypeVar("T")
R = TypeVar("R")


class LocalEngine:
    """Spawned, recycled, limited workers; batches mean nothing to them."""

    def __init__(self, workers: int | None, limits: Limits) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.limits = limits

    def run(self, batches: Iterable[Sequence[T]], work: Callable[[T], R]) -> Iterator[Outcome[T, R]]:
        """See :class:`pipelines.engines.Engine`."""
        tasks = itertools.chain.from_iterable(batches)
        yield from run_in_workers(tasks, work, self.limits, self.workers)

    def close(self) -> None:
        """Nothing outlives :meth:`run`."""
