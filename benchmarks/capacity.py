"""What a city, a province and the nation need, from measured figures: the tables and the picture of docs/capacity.md.

Belongs here: the arithmetic and how it is shown. Does not belong here: measuring (``nation``).
"""

import json
import math
import re
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.growth_picture import Line, growth_picture

DOCS = Path(__file__).resolve().parents[1] / "docs"
FIGURES = DOCS / "capacity.json"
PAGE, PICTURE = DOCS / "capacity.md", DOCS / "capacity.svg"
RULES_BUDGET = 120.0
"""Seconds for all rules at ten million amounts, on two cores."""
_RULES_AMOUNTS = 10_000_000
_BUSY = 0.5
"""A machine with more programs at work than these, on average of a minute, is told to have been busy."""
_NIGHT_HOURS = 8
_QUESTIONS = {
    "history_of_a_department": "one department's history",
    "code_by_year": "a functional code by year, all departments",
    "movers": "who moved most, all departments and years",
}


class Place(NamedTuple):
    """How much there is to read."""

    name: str
    documents: int
    amounts: int


PLACES = (
    Place("a city (one of 340)", 10_600, 5_300_000),
    Place("a province (one of 31)", 116_000, 58_000_000),
    Place("the nation", 3_600_000, 1_800_000_000),
)
"""3.6 million documents of 20 pages with 1.8 billion amounts, shared evenly."""


def costs(figures: dict[str, Any]) -> dict[str, float]:
    """CPU seconds and bytes of one document, amount and check."""
    rules, reading, lake = figures["rules"], figures["reading"], figures["lakes"][-1]
    return {
        "read": reading["cpu_seconds_a_document"] / reading["pages"] * 20,
        "document_bytes": reading["lake_bytes_a_document"] / reading["pages"] * 20,
        "core": rules["core_cpu_seconds"] / rules["amounts"],
        "rules": rules["cpu_seconds"] / rules["amounts"],
        "check": rules["cpu_seconds"] / rules["checks"],
        "checks": rules["checks"] / rules["amounts"],
        "warehouse_bytes": rules["database_bytes"] / rules["amounts"],
        "lake_bytes": lake["bytes"] / lake["amounts"],
    }


def cost_table(figures: dict[str, Any]) -> str:
    """What one of each costs, and how it grows."""
    cost = costs(figures)
    rows = [
        ("read and understand a document of 20 pages", f"{cost['read']:.2f} s CPU", "with the documents"),
        ("keep its readings and facts", f"{cost['document_bytes'] / 1e3:,.0f} kB", "with the documents"),
        ("put an amount into the tables", f"{cost['core'] * 1e6:.1f} µs CPU", "with the amounts"),
        (
            f"evaluate a check ({cost['checks']:.1f} for an amount)",
            f"{cost['check'] * 1e6:.1f} µs CPU",
            "with the checks",
        ),
        ("keep an amount with its checks in a warehouse", f"{cost['warehouse_bytes']:,.0f} bytes", "with the amounts"),
        ("keep an amount in the shared lake", f"{cost['lake_bytes']:,.1f} bytes", "with the amounts"),
    ]
    return _table(("", "cost", "grows"), rows)


def question_table(figures: dict[str, Any]) -> str:
    """What the questions cost at each size."""
    lakes = figures["lakes"]
    head = ("seconds, wall (CPU)", *(f"{lake['amounts']:,} amounts" for lake in lakes))
    rows = [
        (
            title,
            *(f"{c['wall_seconds']:.3f} ({c['cpu_seconds']:.3f})" for c in (lake["questions"][name] for lake in lakes)),
        )
        for name, title in _QUESTIONS.items()
    ]
    memory = ("memory, MB", *(f"{lake['megabytes']:,}" for lake in lakes))
    return _table(head, [*rows, memory])


def rules_seconds(figures: dict[str, Any]) -> float:
    """All rules at ten million amounts on two cores that do nothing else: partitions are alike and independent."""
    rules = figures["rules"]
    return float(rules["cpu_seconds"]) / 2 * _RULES_AMOUNTS / float(rules["amounts"])


def rules_told(figures: dict[str, Any]) -> str:
    """What all rules over all filings cost, and over how much of it that was measured."""
    rules, seconds = figures["rules"], rules_seconds(figures)
    share = rules["amounts"] / _RULES_AMOUNTS
    measured = (
        "measured over all of them"
        if share > 0.95
        else f"taken from {rules['amounts']:,} amounts, which are {share:.0%} of them: partitions are alike"
    )
    return (
        f"At ten million amounts **all rules over all filings take {seconds:,.0f} seconds** on two cores that do "
        f"nothing else (half of {rules['cpu_seconds']:,.0f} s CPU over {_partitions(rules['partitions'])} of "
        f"{rules['filings'] // rules['partitions']:,} filings, {rules['checks']:,} checks; {measured}); "
        f"{RULES_BUDGET:.0f} are aimed at. Two processes take {rules['megabytes']:,} MB together. It grows with the "
        "amounts, and more cores share it."
    )


def _partitions(count: int) -> str:
    return "one partition" if count == 1 else f"{count} partitions"


def machine_told(figures: dict[str, Any]) -> str:
    """On what it was measured."""
    load = figures.get("load_before")
    busy = load is None or load > _BUSY
    state = (
        "were busy with other programs when it began: wall times are longer than an idle machine's"
        if busy
        else "were idle"
    )
    return f"Measured on {figures.get('cores', 2)} cores that {state}."


def need_table(figures: dict[str, Any]) -> str:
    """What places need: hours of one core, cores for a first load in so many hours, disk."""
    cost = costs(figures)
    rows = []
    for place in PLACES:
        read = place.documents * cost["read"] / 3600
        tables = place.amounts * (cost["core"] + cost["rules"]) / 3600
        cores = math.ceil((read + tables) / _NIGHT_HOURS)
        lake = (place.documents * cost["document_bytes"] + place.amounts * cost["lake_bytes"]) / 1e9
        warehouse = place.amounts * cost["warehouse_bytes"] / 1e9
        cells = (f"{place.documents:,}", f"{place.amounts:,}", f"{read:,.1f}", f"{tables:,.1f}", f"{cores:,}")
        rows.append((place.name, *cells, f"{lake:,.0f}", f"{warehouse:,.0f}"))
    head = ("", "documents", "amounts", "reading, core hours", "tables and rules, core hours")
    return _table((*head, f"cores for all in {_NIGHT_HOURS} h", "lake, GB", "warehouses, GB"), rows)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def tables(figures: dict[str, Any]) -> dict[str, str]:
    """The generated parts of the page, by the name of their mark."""
    return {
        "costs": cost_table(figures),
        "machine": machine_told(figures),
        "questions": question_table(figures),
        "rules": rules_told(figures),
        "needs": need_table(figures),
    }


def page_with(page: str, figures: dict[str, Any]) -> str:
    """The page with its generated parts made from these figures."""
    for name, table in tables(figures).items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", re.DOTALL)
        page = marked.sub(lambda found, table=table: found[1] + table + found[2], page)  # type: ignore[misc]
    return page


def write_page(figures: dict[str, Any], *, keep: bool) -> str:
    """The tables as text; if to keep, also written into the documentation, with figures and picture."""
    if keep:
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        PAGE.write_text(page_with(PAGE.read_text("utf-8"), figures), encoding="utf-8")
        PICTURE.write_text(picture(figures), encoding="utf-8")
    return "\n\n".join(tables(figures).values())


def picture(figures: dict[str, Any]) -> str:
    """The picture of how the questions' CPU time grows with the amounts."""
    lakes = figures["lakes"]
    amounts = [float(lake["amounts"]) for lake in lakes]
    lines = [
        Line(title, [float(lake["questions"][name]["cpu_seconds"]) for lake in lakes])
        for name, title in _QUESTIONS.items()
    ]
    return growth_picture(amounts, lines)
