"""What reading in workers costs: memory over many documents, and CPU time of two workers against one.

``python -m benchmarks.workers FOLDER --documents N`` reads the PDFs below FOLDER again and again, N in all, with one
worker that is never replaced and then with two, and prints one line of JSON. Memory is the worker's, in mebibytes,
after a tenth of the documents and after all; ``cpu_ratio`` is the CPU time of two workers over that of one.
"""

import argparse
import itertools
import json
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from pipelines.documents.reading import read_document
from pipelines.documents.sandbox import Limits, run_in_workers

_MEBIBYTE = 1 << 20


def resident(path: Path) -> float:
    """Read a file in a worker; return the worker's memory afterwards, in mebibytes."""
    read_document(path, path.name)
    return float(psutil.Process().memory_info().rss) / _MEBIBYTE


def measured(paths: Sequence[Path], documents: int) -> dict[str, float]:
    """Read so many documents with one worker and with two."""
    memory, one = _timed(paths, documents, 1)
    _, two = _timed(paths, documents, 2)
    tenth = memory[: max(documents // 10, 1)]
    return {
        "documents": documents,
        "mb_after_a_tenth": round(max(tenth), 1),
        "mb_after_all": round(memory[-1], 1),
        "peak_mb": round(max(memory), 1),
        "cpu_seconds_one": round(one, 2),
        "cpu_seconds_two": round(two, 2),
        "cpu_ratio": round(two / one, 3),
    }


def _timed(paths: Sequence[Path], documents: int, workers: int) -> tuple[list[float], float]:
    """Return the memory after each document, and the CPU time of the workers with their start."""
    before = _children()
    found = list(_read(itertools.islice(itertools.cycle(paths), documents), documents, workers))
    deadline = time.monotonic() + 5
    while psutil.Process().children() and time.monotonic() < deadline:
        time.sleep(0.05)
    return found, _children() - before


def _read(paths: Iterator[Path], documents: int, workers: int) -> Iterator[float]:
    for outcome in run_in_workers(paths, resident, Limits(tasks_per_worker=documents + 1), workers):
        if outcome.result is None:
            raise RuntimeError(f"{outcome.task}: {outcome.failure}")
        yield outcome.result


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Read the PDFs below a folder again and again and print what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="every PDF below it is read")
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.pdf"))
    if not paths:
        parser.error(f"there is no PDF below {options.folder}")
    from benchmarks import workers  # by this name the workers can import what they do

    print(json.dumps(workers.measured(paths, options.documents)))


if __name__ == "__main__":
    main()
