"""What a nation costs: questions to its lake at growing sizes, all rules over its filings, reading its documents.

``python -m benchmarks.nation`` makes lakes of a hundred thousand, a million and ten million amounts as facts
(``nation_lake``), asks each the three questions (``nation_queries``), evaluates all rules over some partitions
(``nation_rules``), reads some PDFs, and prints figures and the capacity they ask for (``capacity``). It ends with 1
above a budget. Every lake is made and asked in a process of its own. ``--save`` writes docs/capacity.md.

    python -m benchmarks.nation --documents 408164 --rule-amounts 10000000 --save

goes on to a hundred million amounts and evaluates the rules over all of ten million: what the documentation shows.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.capacity import FIGURES, RULES_BUDGET, rules_seconds, write_page
from benchmarks.nation_lake import make_nation
from benchmarks.nation_queries import ask, cpu_seconds
from benchmarks.nation_rules import evaluate_nation, peak_megabytes

AMOUNTS_A_DOCUMENT = 245
DOCUMENTS = 40_816
"""Ten million amounts."""
RULE_AMOUNTS = 1_000_000
BUDGETS = {"history_of_a_department": 0.1, "code_by_year": 1.0, "movers": 5.0}
"""Seconds at ten million amounts, on two cores."""
MEGABYTES = 4096
_BUDGET_AMOUNTS = 10_000_000
_FEWEST = 90_000
"""Amounts of the smallest lake, about."""
_GROWTH_NOISE = 1.3
_PDFS = 40


def lake_figures(amounts: int) -> dict[str, Any]:
    """Make one lake in a temporary folder and ask it."""
    with tempfile.TemporaryDirectory(prefix="duizhang-nation-") as folder:
        before = cpu_seconds()
        nation = make_nation(Path(folder), amounts)
        made = cpu_seconds() - before
        costs = ask(nation)
    return {
        "documents": nation.documents,
        "amounts": nation.amounts,
        "departments": nation.departments,
        "bytes": nation.bytes,
        "making_cpu_seconds": round(made, 1),
        "questions": {name: cost._asdict() for name, cost in costs.items()},
        "megabytes": peak_megabytes(),
    }


def reading_cost(documents: int = _PDFS) -> dict[str, Any]:
    """CPU seconds of reading and understanding one PDF, over so many, in workers as a load has them."""
    from benchmarks.nightly import papers
    from pipelines import stages

    with tempfile.TemporaryDirectory(prefix="duizhang-reading-") as temporary:
        raw, made = Path(temporary, "raw"), papers()
        raw.mkdir()
        for number in range(documents):
            (raw / f"{number}.pdf").write_bytes(next(made))
        workspace = stages.Workspace(raw, Path(temporary, "warehouse"), workers=2)
        before = _children()
        found = stages.scan_files(workspace)
        stages.read_new(workspace, found)
        stages.understand_new(workspace, found)
        lake = sum(path.stat().st_size for path in workspace.lake.folder.rglob("*") if path.is_file())
        return {
            "documents": documents,
            "pages": 14,
            "cpu_seconds_a_document": round((_children() - before) / documents, 3),
            "lake_bytes_a_document": lake // documents,
        }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(documents: int, rule_amounts: int) -> dict[str, Any]:
    """All figures: lakes of these documents, of a tenth, of a hundredth and so on."""
    load = os.getloadavg()[0]
    return {
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "lakes": [_in_child(size) for size in sizes_up_to(documents * AMOUNTS_A_DOCUMENT)],
        "rules": evaluate_nation(rule_amounts),
        "reading": reading_cost(),
    }


def sizes_up_to(amounts: int) -> list[int]:
    """How many amounts each lake has: so many, a tenth and so on, the smallest first; at least one."""
    sizes = [amounts]
    while sizes[0] // 10 >= _FEWEST:
        sizes.insert(0, sizes[0] // 10)
    return sizes


def _in_child(amounts: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.nation", "--lake", str(amounts)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def verdict(figures: dict[str, Any]) -> list[str]:
    """What is above its budget: times up to ten million amounts and, in proportion, beyond; growth, rules, memory."""
    over = []
    for lake in figures["lakes"]:
        for name, budget in BUDGETS.items():
            seconds = lake["questions"][name]["wall_seconds"]
            allowed = budget * max(1.0, lake["amounts"] / _BUDGET_AMOUNTS)
            if seconds > allowed:
                over.append(f"{name}: {seconds} s, allowed {allowed:.2f} s at {lake['amounts']:,} amounts")
    for before, after in zip(figures["lakes"], figures["lakes"][1:], strict=False):
        grown = after["amounts"] / before["amounts"]
        for name in BUDGETS:
            times = after["questions"][name]["cpu_seconds"] / max(before["questions"][name]["cpu_seconds"], 0.01)
            if times > grown * _GROWTH_NOISE:
                over.append(f"{name}: {times:.1f} times the CPU for {grown:.1f} times the amounts")
    if (seconds := rules_seconds(figures)) > RULES_BUDGET:
        over.append(f"all rules: {seconds:.0f} s at ten million amounts, allowed {RULES_BUDGET:.0f} s")
    memory = max(figures["rules"]["megabytes"], *(lake["megabytes"] for lake in figures["lakes"]))
    return over + ([f"memory: {memory} MB, allowed {MEGABYTES} MB"] if memory > MEGABYTES else [])


def main() -> int:
    """Print the figures; 0 within the budgets, 1 above one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--rule-amounts", type=int, default=RULE_AMOUNTS, help="amounts over which rules are evaluated")
    parser.add_argument("--save", action="store_true", help=f"write {FIGURES.name}, docs/capacity.md and its picture")
    parser.add_argument("--lake", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.lake:
        print(json.dumps(lake_figures(given.lake)))
        return 0
    figures = measure(given.documents, given.rule_amounts)
    over = verdict(figures)
    print(json.dumps(figures | {"rules_seconds_at_ten_million": round(rules_seconds(figures)), "over": over}, indent=1))
    print(write_page(figures, keep=given.save))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
