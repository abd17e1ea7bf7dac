"""CPU seconds to load the Dagster definitions, against an empty project loaded the same way, in one run.

Run with ``python -m benchmarks.definitions``; prints both medians and their ratio, and ends with 1 above the budget.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

BUDGET = 1.5
"""Times the CPU of an empty project."""

_EMPTY_PROJECT = {
    "pyproject.toml": '[project]\nname = "empty"\nversion = "0"\n\n[tool.dg]\ndirectory_type = "project"\n\n'
    '[tool.dg.project]\nroot_module = "empty"\n',
    "empty/__init__.py": "",
    "empty/defs/__init__.py": "",
    "empty/definitions.py": "from pathlib import Path\n\nimport dagster as dg\n\n\n@dg.definitions\n"
    "def defs() -> dg.Definitions:\n    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)\n",
}
_LOAD = "from {module} import defs; defs().get_repository_def().load_all_definitions()"


def ratio(rounds: int = 5) -> tuple[float, float]:
    """Median CPU seconds of the empty project and of ours, measured in turns, ``rounds`` times each."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in _EMPTY_PROJECT.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        cpu_seconds("empty.definitions", folder)
        cpu_seconds("pipelines.definitions", folder)
        pairs = [
            (cpu_seconds("empty.definitions", folder), cpu_seconds("pipelines.definitions", folder))
            for _ in range(rounds)
        ]
    empty, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    return empty, ours


def cpu_seconds(module: str, folder: str) -> float:
    """User and system CPU seconds of a fresh process that loads the definitions of ``module``."""
    before = os.times()
    subprocess.run([sys.executable, "-c", _LOAD.format(module=module)], cwd=folder, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> int:
    """Print the measurement; 0 within the budget, 1 above it."""
    empty, ours = ratio()
    print(f"empty project {empty:.2f} s CPU, ours {ours:.2f} s CPU: {ours / empty:.2f} × (budget {BUDGET} ×)")
    return 0 if ours <= BUDGET * empty else 1


if __name__ == "__main__":
    sys.exit(main())
