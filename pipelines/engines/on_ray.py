"""The engine for many machines: batches as Ray tasks, a bounded number of them at a time.

A Ray worker only holds the batch; each document is read in a spawned process inside, as on one machine, so a reader
that crashes or hangs costs that document alone. Ray starts the task of a lost worker again; where it gives up, the
batch is halved and handed over anew until a document that takes every worker with it stands alone.

Does not belong here: starting Ray and judging whether it is safe to use (``ray_cluster``).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from pipelines.documents.sandbox import Failure, Limits, Outcome, run_in_workers
from pipelines.documents.sandbox_worker import loads
from pipelines.engines.ray_cluster import Cluster

T = TypeVar("T")
R = TypeVar("R")

RETRIES = 2
"""How often Ray itself starts the task of a lost worker again."""
_AHEAD = 2
"""Batches handed over for each worker: one at work, one waiting."""


class RayEngine:
    """Ray core tasks over batches."""

    def __init__(self, workers: int | None, limits: Limits) -> None:
        self.limits = limits
        self.cluster = Cluster(workers)

    def run(self, batches: Iterable[Sequence[T]], work: Callable[[T], R]) -> Iterator[Outcome[T, R]]:
        """See :class:`pipelines.engines.Engine`."""
        waiting, lost = iter(batches), deque[Sequence[T]]()
        running: dict[Any, Sequence[T]] = {}
        try:
            while True:
                self._fill(running, waiting, lost, work)
                if not running:
                    return
                ray = self.cluster.connect()
                [done], _ = ray.wait(list(running), num_returns=1)
                batch = running.pop(done)
                try:
                    outcomes = loads_outcomes(ray.get(done))
                except ray.exceptions.RayError as error:  # every worker that had the batch was lost, or its answer
                    lost.extend(halves(batch))
                    outcomes = given_up(batch, error)
                yield from outcomes
        finally:
            for task in running:
                self.cluster.connect().cancel(task, force=True)

    def _fill(
        self,
        running: dict[Any, Sequence[T]],
        waiting: Iterator[Sequence[T]],
        lost: deque[Sequence[T]],
        work: Callable[[T], R],
    ) -> None:
        """Hand over batches, lost ones first, until there are enough under way or none are left."""
        while len(running) < _AHEAD * self.cluster.workers:
            batch = lost.popleft() if lost else next(waiting, ())
            if not batch:
                return
            task = self.cluster.connect().remote(max_retries=RETRIES, num_cpus=1)(run_batch)
            handed_over = bytes(ForkingPickler.dumps((tuple(batch), work, self.limits)))
            running[task.remote(handed_over)] = batch

    def close(self) -> None:
        """Leave the cluster; stop it if it was started here."""
        self.cluster.close()


def run_batch(handed_over: bytes) -> bytes:
    """Work on a batch inside of a Ray worker: one spawned process at a time, recycled and limited."""
    batch, work, limits = loads(handed_over)  # type: ignore[misc]
    return bytes(ForkingPickler.dumps(list(run_in_workers(batch, work, limits))))


def loads_outcomes(data: bytes) -> list[Outcome[Any, Any]]:
    """The outcomes of a batch from what its worker sent."""
    outcomes: Any = loads(data)
    return list(outcomes)


def halves(batch: Sequence[T]) -> list[Sequence[T]]:
    """What to hand over again of a batch that is lost: nothing of a single document."""
    middle = len(batch) // 2
    return [batch[:middle], batch[middle:]] if len(batch) > 1 else []


def given_up(batch: Sequence[T], error: Exception) -> list[Outcome[T, Any]]:
    """The outcome of a document that took every worker with it while it was alone; none for more documents."""
    if len(batch) > 1:
        return []
    message = f"each worker that took it was lost: {type(error).__name__}"
    return [Outcome(batch[0], None, Failure("crash", message), 0.0)]
