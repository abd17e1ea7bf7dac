"""How the command line shows things: progress of a load, tables of rows.

In a terminal progress is a bar, elsewhere a line when a stage ends. Belongs here: appearance only. Does not belong
here: commands (``cli``), what a run did (``summary``).
"""

import csv
import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    from rich.progress import Progress
    from rich.table import Table

    from pipelines.stages import Report


@contextmanager
def progress(style: str = "text") -> Iterator["Report"]:
    """Yield the function that a load calls with stage, done and total (0: unknown); it draws on standard error.

    ``style`` ``json``: one object a line, for those who collect logs.
    """
    if style == "json":
        yield lambda stage, done, total: _event("stage", stage=stage, done=done, total=total)
        return
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    """One bar for each stage, made when the stage first reports."""

    def __init__(self, bars: "Progress") -> None:
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total or None)
        self._bars.update(self._tasks[stage], completed=done, total=total or None)


def event(style: str, name: str, **what: Any) -> None:
    """Tell of something that happened, where the log is to be ``json``."""
    if style == "json":
        _event(name, **what)


def _event(name: str, **what: Any) -> None:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"at": now, "event": name, **what}, ensure_ascii=False), file=sys.stderr, flush=True)


def _line(stage: str, done: int, total: int) -> None:
    if total and done == total:
        print(f"{stage}: {done}" if total > 1 else stage, file=sys.stderr, flush=True)


def print_rows(rows: "duckdb.DuckDBPyRelation", style: str) -> None:
    """Print a query's rows on standard output as ``table``, ``csv`` or ``json`` (one object a line)."""
    if style == "table":
        rows.show(max_rows=1000, max_width=None if sys.stdout.isatty() else 10_000)
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if style == "csv":
        writer.writerow(rows.columns)
    for row in rows.fetchall():
        if style == "csv":
            writer.writerow(row)
        else:
            print(json.dumps(dict(zip(rows.columns, row, strict=True)), ensure_ascii=False, default=str))


def print_tables(tables: "Iterable[Table]") -> None:
    """Print tables, as wide as the terminal, or 160 characters where there is none."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 160)
    for table in tables:
        console.print(table)
