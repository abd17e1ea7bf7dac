"""What a night costs against the first load, in CPU time of one run: no file changed, and one in a hundred new.

Run with ``python -m benchmarks.nightly [--documents 5000]``; ends with 1 above a budget. Papers are made by giving the
departments of one typeset sample other names, character for character in the page streams: each file has its own bytes,
its own department and its own filing, its figures keep their identities, and making it costs next to nothing.

The start of the interpreter and its imports is measured by itself and taken off each load; so are, for the night with
new files, the processes that it starts besides (readers, the one that verifies) and the import of Great Expectations.
"""

import argparse
import itertools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

NO_CHANGE, SOME_NEW = 0.02, 0.04
"""Shares of the first load that a night without a change, and one with a hundredth of new files, may cost."""
DOCUMENTS = 5000

_SAMPLE = Path(__file__).resolve().parents[1] / "raw/samples/青禾市样板区文化事务局/2024/2024年度部门预算.pdf"
_NAME = "样板"
_CHARACTERS = range(0x4E00, 0x9FA5)
_STARTED = {
    "readers": "import pipelines.stages.documents, pipelines.documents.pdf, pypdfium2",
    "verifying": "import pipelines.warehouse.verify",
    "Great Expectations": "import great_expectations",
}
"""What a night with new files starts besides: two stages of readers, one process that verifies, one large library."""
_START = "import pipelines.cli, pipelines.stages, pipelines.summary, data_quality.asset_checks, duckdb, polars"


class Nights(msgspec.Struct, frozen=True):
    """CPU seconds of loads; ``start`` is in all of them. ``written`` are files that a night without a change left."""

    documents: int
    start: float
    first: float
    no_change: float
    some_new: float
    started: dict[str, float]
    """Starts within ``some_new`` besides ``start``, each as often as it happens."""
    written: tuple[str, ...]

    @property
    def shares(self) -> tuple[float, float]:
        """Of the first load: a night without a change, and one with a hundredth of new files."""
        whole = self.first - self.start
        return (self.no_change - self.start) / whole, self.work / whole

    @property
    def work(self) -> float:
        """CPU seconds of the night with new files, without any start."""
        return self.some_new - self.start - sum(self.started.values())


def papers() -> Iterator[bytes]:
    """Papers of departments with different names, each as long in the page streams as the sample's own."""
    data, font = _SAMPLE.read_bytes(), UnicodeCIDFont("STSong-Light")
    told = font.formatForPdf(_NAME).encode("latin-1")
    assert data.count(told) > 10, "the sample names its department on its pages"
    characters = [(chr(code), len(font.formatForPdf(chr(code)))) for code in _CHARACTERS]
    alike = [[each for each, size in characters if size == len(font.formatForPdf(known))] for known in _NAME]
    for pair in itertools.product(alike[0][::20], alike[1][::20]):
        yield data.replace(told, font.formatForPdf("".join(pair)).encode("latin-1"))


def measure(documents: int, folder: Path) -> Nights:
    """Load so many papers, load again, add a hundredth, load again."""
    raw, warehouse, made = folder / "raw", folder / "warehouse", papers()
    _write(raw, made, range(documents))
    start = _cpu(["-c", _START])
    first = _load(raw, warehouse)
    before = _state(warehouse)
    no_change = _load(raw, warehouse)
    written = tuple(sorted(name for name, state in _state(warehouse).items() if before.get(name) != state))
    _write(raw, made, range(documents, documents + max(1, documents // 100)))
    return Nights(
        documents, start, first, no_change, _load(raw, warehouse), _started(max(1, documents // 100)), written
    )


def _started(new: int) -> dict[str, float]:
    """CPU seconds of the starts of a night with so many new files."""
    times = {"readers": 2 * min(os.cpu_count() or 1, new), "verifying": 1, "Great Expectations": 1}
    return {name: times[name] * _cpu(["-c", code]) for name, code in _STARTED.items()}


def _write(raw: Path, made: Iterator[bytes], numbers: range) -> None:
    for number in numbers:
        path = raw / "青禾市" / f"{number // 100:04}" / f"{number:06}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(next(made))


def _load(raw: Path, warehouse: Path) -> float:
    return _cpu(["-m", "pipelines.cli", "load", "--raw", str(raw), "--warehouse", str(warehouse), "--any-size"])


def _cpu(arguments: list[str]) -> float:
    """User and system CPU seconds of a Python process and all that it waited for."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _state(warehouse: Path) -> dict[str, tuple[int, int]]:
    stats = {path.relative_to(warehouse).as_posix(): path.stat() for path in warehouse.rglob("*") if path.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items() if name != ".lock"}


def main() -> int:
    """Print the measurement; 0 within the budgets, 1 above one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    with tempfile.TemporaryDirectory() as folder:
        nights = measure(parser.parse_args().documents, Path(folder))
    no_change, some_new = nights.shares
    print(f"start of the process {nights.start:.1f} s CPU; taken off below")
    print(f"first load of {nights.documents:,} PDFs {nights.first - nights.start:.1f} s CPU")
    print(f"no change {nights.no_change - nights.start:.2f} s: {no_change:.2%} (budget {NO_CHANGE:.0%})")
    print(f"one in a hundred new {nights.work:.1f} s: {some_new:.2%} (budget {SOME_NEW:.0%}); besides, starts:")
    print(", ".join(f"{name} {seconds:.1f} s" for name, seconds in nights.started.items()))
    print(f"written by a night without a change: {', '.join(nights.written)}")
    return 0 if no_change <= NO_CHANGE and some_new <= SOME_NEW else 1


if __name__ == "__main__":
    sys.exit(main())
