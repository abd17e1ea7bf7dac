"""All rules over all filings of a nation, partition by partition: what it costs in CPU, time and memory.

A partition is some hundred departments with all their years and papers, as a province's or a city's warehouse holds
them: no rule looks beyond. Two processes of one thread each take partitions from one list, so that the time on two
cores that do nothing else is half of the CPU time. Papers are made for each partition, which is not measured; what
counts is from ``core`` to ``quality``, in the statements that dbt compiled. Does not belong here: one warehouse alone
(``rules``).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.filings import generate
from benchmarks.nation_queries import cpu_seconds
from pipelines.warehouse.build import compile_models
from pipelines.warehouse.compiled import CompiledModels, compiled_models, make
from pipelines.warehouse.resources import Resources

FILINGS = 2_000
"""Of one partition: about half a million amounts."""
PROCESSES = 2
MEMORY = "1700MB"
"""Of DuckDB in one process; the rest of its memory is a few hundred megabytes."""
_DATABASE = "nation.duckdb"
_BEFORE = ("core", "reference")


def evaluate_nation(amounts: int) -> dict[str, Any]:
    """Evaluate all rules over partitions that have so many amounts together."""
    with tempfile.TemporaryDirectory(prefix="duizhang-nation-") as temporary:
        models = Path(temporary, "models")
        small = generate(10)
        small.write_inputs(models)
        compile_models(models, models / _DATABASE)
        filings = round(amounts / len(generate(100).tables["amount"]) * 100)
        sizes = [min(FILINGS, filings - done) for done in range(0, filings, FILINGS)]
        with ThreadPoolExecutor(PROCESSES) as pool:
            parts = list(pool.map(lambda each: _in_child(models, *each), enumerate(sizes)))
    return {
        "filings": sum(part["filings"] for part in parts),
        "amounts": sum(part["amounts"] for part in parts),
        "checks": sum(part["checks"] for part in parts),
        "broken": sum(part["broken"] for part in parts),
        "partitions": len(parts),
        "cpu_seconds": round(sum(part["cpu_seconds"] for part in parts), 1),
        "core_cpu_seconds": round(sum(part["core_cpu_seconds"] for part in parts), 1),
        "megabytes": PROCESSES * max(part["megabytes"] for part in parts),
        "database_bytes": sum(part["database_bytes"] for part in parts),
    }


def _in_child(models: Path, number: int, filings: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.nation_rules", str(models), str(number), str(filings)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def evaluate(models: CompiledModels, database: Path) -> dict[str, Any]:
    """Make the core tables of one partition, then measure the quality models."""
    config = Resources(MEMORY).settings(database.parent / "spill") | {"threads": 1}
    with duckdb.connect(str(database), config=config) as connection:
        start = cpu_seconds()
        _make(connection, models, _BEFORE)
        core = cpu_seconds()
        _make(connection, models, ("quality",))
        cpu = cpu_seconds() - core
        counts = """
            SELECT count(*), count(*) FILTER (outcome = 'broken'), (SELECT count(*) FROM core.amount),
                (SELECT count(*) FROM core.filing)
            FROM quality."check"
        """
        [(checks, broken, amounts, filings)] = connection.execute(counts).fetchall()
    return {
        "filings": filings,
        "amounts": amounts,
        "checks": checks,
        "broken": broken,
        "cpu_seconds": cpu,
        "core_cpu_seconds": core - start,
        "database_bytes": database.stat().st_size,
    }


def _make(connection: duckdb.DuckDBPyConnection, models: CompiledModels, layers: tuple[str, ...]) -> None:
    for _ in make(connection, [model for model in models.models if model.layer in layers]):
        pass


def peak_megabytes() -> int:
    """The most memory this process ever had resident, by the system's own account, where it gives one."""
    for line in _status():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def _status() -> Iterator[str]:
    path = Path("/proc/self/status")
    yield from path.read_text().splitlines() if path.is_file() else ()


def main() -> None:
    """Make one partition, then evaluate it in a process that has made nothing."""
    models, number, filings = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    if len(sys.argv) == 4:
        with tempfile.TemporaryDirectory(prefix="duizhang-partition-") as folder:
            generate(filings, first=number * FILINGS // 10, breaks=filings // 100).write_inputs(Path(folder))
            subprocess.run([sys.executable, "-m", "benchmarks.nation_rules", *sys.argv[1:], folder], check=True)
        return
    folder = Path(sys.argv[4])
    compiled = compiled_models(models).for_inputs(folder / "inputs")
    found = evaluate(compiled, folder / _DATABASE)
    print(json.dumps(found | {"megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main()
