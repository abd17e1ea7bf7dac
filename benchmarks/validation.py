"""What it costs to validate the check rows of a warehouse by Great Expectations, its import and Data Docs included.

Run with ``python -m benchmarks.validation [--checks N]``; prints one JSON object, and ends with 1 above the budget. The
checks are those of generated filings (``filings``), once with a broken one among ten thousand and once among a hundred:
broken rows are validated one by one, all others as a number a rule. Each validation is a process of its own, measured
from its start to its end. Does not belong here: what evaluating the rules costs (``rules``).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.filings import generate
from benchmarks.rules import CHECKS_A_FILING
from pipelines.warehouse.build import compile_models
from pipelines.warehouse.compiled import make

CHECKS = 100_000
BUDGET_SECONDS = 30.0
"""CPU seconds for all checks, the import included."""
BROKEN = (10_000, 100)
"""One broken check among so many."""
_LAYERS = ("core", "reference", "quality")
_VALIDATE = """
import sys
from pathlib import Path
from data_quality.suites import validate
summary = validate(Path(sys.argv[1]), Path(sys.argv[2]))
assert not summary.errors, summary.errors
print(sum(summary.broken.values()))
"""


def measure(checks: int = CHECKS) -> list[dict[str, Any]]:
    """One measurement for each share of broken checks."""
    with tempfile.TemporaryDirectory() as name:
        return [_measured(Path(name, str(each)), checks, each) for each in BROKEN]


def _measured(folder: Path, checks: int, one_among: int) -> dict[str, Any]:
    generate(-(-checks // CHECKS_A_FILING), breaks=checks // one_among).write_inputs(folder)
    database = folder / "validation.duckdb"
    models = compile_models(folder, database).models
    with duckdb.connect(str(database)) as connection:
        for _ in make(connection, [model for model in models if model.layer in _LAYERS]):
            pass
        [(rows,)] = connection.execute('select count(*) from quality."check"').fetchall()
    before, started = os.times(), time.monotonic()
    command = [sys.executable, "-c", _VALIDATE, str(database), str(folder / "validation")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after, ended = os.times(), time.monotonic()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {
        "checks": rows,
        "broken": int(done.stdout),
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(ended - started, 2),
    }


def main() -> int:
    """Print the measurements; 0 within the budget, 1 above it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--checks", type=int, default=CHECKS)
    measured = measure(parser.parse_args().checks)
    within = all(each["cpu_seconds"] <= BUDGET_SECONDS for each in measured)
    print(json.dumps({"measured": measured, "budget_seconds": BUDGET_SECONDS, "within_budget": within}, indent=1))
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
