"""The hand-off: batches of documents go in, one outcome for each document comes out; what runs them is exchangeable.

``local`` is a pool of worker processes on this machine. ``ray`` spreads batches over a Ray cluster (or two and more
workers here), each of which runs the same pool inside. The lake is the same byte for byte, whichever is chosen: work
writes by itself, under names that follow from the document, and doing it twice changes nothing.

Belongs here: batches, choosing an engine, how engines fail. Does not belong here: what the work is (``stages``), and
how one document is kept from harming others (``pipelines.documents.sandbox``).
"""

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol, TypeVar

from pipelines.documents.sandbox import Limits, Outcome

T = TypeVar("T")
R = TypeVar("R")

EngineName = Literal["local", "ray"]
NAMES: tuple[EngineName, ...] = ("local", "ray")
BATCH = 100
"""Documents handed over at once: enough that starting a reader costs little, few enough to lose one without pain."""


def engine_named(name: str) -> EngineName:
    """The engine of a name that somebody wrote. Raises ``ValueError``: there is none."""
    for each in NAMES:
        if each == name:
            return each
    raise ValueError(f"no engine is called {name!r}; there are {', '.join(NAMES)}")


class EngineError(Exception):
    """An engine cannot be used on this machine; the message says why and what to do. No document is to blame."""


class Engine(Protocol):
    """What runs work on documents."""

    def run(self, batches: Iterable[Sequence[T]], work: Callable[[T], R]) -> Iterator[Outcome[T, R]]:
        """Yield exactly one outcome for every task of every batch, as they come, not in order.

        ``work`` must be a function of an importable module, and doing it twice must be the same as doing it once.
        Batches are taken only as there is room for them.

        Raises:
            EngineError: the engine cannot be used.
        """
        ...

    def close(self) -> None:
        """Stop what was started."""
        ...


def batches_of(tasks: Iterable[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    """Group tasks into batches of ``size``; the last may be smaller."""
    tasks = iter(tasks)
    while batch := tuple(itertools.islice(tasks, size)):
        yield batch


def limits_of(deadline: float | None) -> Limits:
    """What one document may use, where it may take ``deadline`` seconds; None: as long as usual."""
    return Limits() if deadline is None else Limits(cpu_seconds=deadline, wall_seconds=deadline)


@contextlib.contextmanager
def opened(name: EngineName, workers: int | None, deadline: float | None = None) -> Iterator[Engine]:
    """An engine that is closed in the end; nothing is started before there is work.

    ``workers``: how many documents are worked on at once; None: one for each core. ``deadline``: seconds a document
    may take.
    """
    engine = _engine(name, workers, limits_of(deadline))
    try:
        yield engine
    finally:
        engine.close()


def _engine(name: EngineName, workers: int | None, limits: Limits) -> Engine:
    if name == "ray":
        from pipelines.engines.on_ray import RayEngine

        return RayEngine(workers, limits)
    from pipelines.engines.local import LocalEngine

    return LocalEngine(workers, limits)
