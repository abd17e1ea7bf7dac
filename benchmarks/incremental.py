"""What it costs to add one filing to a warehouse of 2,000, against building all of it: CPU seconds, in one run.

Run with ``python -m benchmarks.incremental``; prints one JSON object, and ends with 1 above the budget. Both sides run
the same statements, as dbt compiled them; what dbt itself takes to start and compile is told apart. The exchange counts
whole: finding what is touched, copying the file, writing inputs, building, testing, and closing the new file.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.filings import generate
from data_quality.reviews import Reviews
from pipelines.lake.store import Lake
from pipelines.warehouse.build import compile_models, write_inputs
from pipelines.warehouse.compiled import make
from pipelines.warehouse.incremental import build_incrementally
from pipelines.warehouse.touched import kept_touched

FILINGS = 2_000
BUDGET = 0.10
"""Of the CPU of a full build."""
_VERSION = "1"


def measure(count: int = FILINGS) -> dict[str, Any]:
    """Build ``count`` filings in full, then add one more."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lake, filings = Lake(folder / "lake"), generate(count + 1)
        filings.write_lake(lake, _VERSION)
        added = filings.tables["document"]["document_id"][-1]
        first, published = folder / "first", folder / "published" / "duizhang.duckdb"
        published.parent.mkdir()
        files = [file for file in filings.files if file.document_id != added]
        write_inputs(lake, files, first, version=_VERSION)
        models, starting = _timed(lambda: compile_models(first, first / published.name), children=True)
        _, full = _timed(lambda: _make(published, models))
        built, adding = _timed(
            lambda: build_incrementally(lake, filings.files, published, models, version=_VERSION, reviews=Reviews())
        )
        with duckdb.connect(str(built.database), read_only=True) as connection:
            [(there,)] = connection.execute("select count(*) from core.filing").fetchall()
        touched = kept_touched(built.folder)
        shutil.rmtree(built.folder)
    return {
        "filings": there,
        "documents_built_anew": len(touched.documents) if touched else there,
        "full": full,
        "adding_one": adding,
        "starting_and_compiling": starting,
        "ratio": round(adding["cpu_seconds"] / full["cpu_seconds"], 4),
        "budget": BUDGET,
    }


def _make(database: Path, models: Any) -> None:
    with duckdb.connect(str(database), config={"threads": 2}) as connection:
        for _ in make(connection, models.models):
            pass
        connection.execute("checkpoint")


def _timed(work: Callable[[], Any], *, children: bool = False) -> tuple[Any, dict[str, float]]:
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    before, started = resource.getrusage(who), time.monotonic()
    result = work()
    after = resource.getrusage(who)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return result, {"cpu_seconds": round(cpu, 2), "wall_seconds": round(time.monotonic() - started, 2)}


def main() -> int:
    """Print the measurement; 0 within the budget, 1 above it."""
    result = measure()
    print(json.dumps(result, indent=1))
    return 0 if result["ratio"] <= BUDGET and result["filings"] == FILINGS + 1 else 1


if __name__ == "__main__":
    sys.exit(main())
