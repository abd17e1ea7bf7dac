"""What it costs to evaluate all rules: CPU and wall seconds and memory over 10⁴, 10⁵ and 10⁶ checks, in one run.

Run with ``python -m benchmarks.rules``; prints one JSON object, and ends with 1 above a budget. Each size is measured
in a process of its own, over generated filings whose core tables are there already: what counts is from ``core`` to
``quality``, all models of it, in the statements that dbt compiled. Takes a minute or two, most of it for the filings.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.filings import generate
from pipelines.warehouse.build import compile_models
from pipelines.warehouse.compiled import CompiledModels, compiled_models, make
from pipelines.warehouse.resources import Resources

SIZES = (10_000, 100_000, 1_000_000)
CHECKS_A_FILING = 730
BUDGET_SECONDS = 10.0
"""Wall seconds for a million checks, with two threads on two cores that do nothing else."""
BUDGET_GROWTH = 1.3
"""How much more CPU a check may cost among 10⁶ than among 10⁵."""
_BEFORE = ("core", "reference")
_DATABASE = "rules.duckdb"


def measure(sizes: Sequence[int] = SIZES) -> list[dict[str, Any]]:
    """One measurement for each number of checks, in the order given."""
    with tempfile.TemporaryDirectory() as temporary:
        models = Path(temporary, "models")
        generate(10).write_inputs(models)
        compile_models(models, models / _DATABASE)
        return [_measure_in_child(models, Path(temporary, str(size)), size) for size in sizes]


def _measure_in_child(models: Path, folder: Path, checks: int) -> dict[str, Any]:
    generate(-(-checks // CHECKS_A_FILING), breaks=checks // 10_000).write_inputs(folder)
    command = [sys.executable, "-m", "benchmarks.rules", "--models", str(models), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def evaluate(models: CompiledModels, database: Path) -> dict[str, Any]:
    """Make the core tables, then measure the quality models one by one."""
    config = Resources().settings(database.parent / "spill") | {"threads": 2}
    with duckdb.connect(str(database), config=config) as connection:
        for _ in make(connection, [model for model in models.models if model.layer in _BEFORE]):
            pass
        tables: dict[str, float] = {}
        cpu, wall = _cpu_seconds(), time.monotonic()
        before = cpu
        for model in make(connection, [model for model in models.models if model.layer == "quality"]):
            tables[model.name] = round(_cpu_seconds() - before, 2)
            before = _cpu_seconds()
        cpu, wall = _cpu_seconds() - cpu, time.monotonic() - wall
        [(checks, broken)] = connection.execute(
            "select count(*), count(*) filter (outcome = 'broken') from quality.\"check\""
        ).fetchall()
    return {
        "checks": checks,
        "broken": broken,
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2),
        "cpu_microseconds_a_check": round(cpu / checks * 1e6, 2),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "cpu_seconds_by_table": dict(sorted(tables.items(), key=lambda each: -each[1])[:8]),
    }


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def verdict(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The measurements against their budgets."""
    largest, before = measured[-1], measured[-2]
    seconds = largest["wall_seconds"] * 1e6 / largest["checks"]
    growth = largest["cpu_microseconds_a_check"] / before["cpu_microseconds_a_check"]
    return {
        "measured": list(measured),
        "seconds_for_a_million": round(seconds, 2),
        "budget_seconds": BUDGET_SECONDS,
        "growth": round(growth, 2),
        "budget_growth": BUDGET_GROWTH,
        "within_budget": seconds <= BUDGET_SECONDS and growth <= BUDGET_GROWTH,
    }


def main() -> int:
    """Print the measurements; 0 within the budgets, 1 above one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--models", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.folder:
        models = compiled_models(given.models).for_inputs(given.folder / "inputs")
        print(json.dumps(evaluate(models, given.folder / _DATABASE)))
        return 0
    result = verdict(measure())
    print(json.dumps(result, indent=1))
    return 0 if result["within_budget"] else 1


if __name__ == "__main__":
    sys.exit(main())
