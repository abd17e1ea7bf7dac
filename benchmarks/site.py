"""What the quality site costs: generating it for thousands of filings, opening it, filtering it in a browser.

Run with ``python -m benchmarks.site``; prints one JSON object, and ends with 1 above a budget. Filings are generated
and built into tables once; findings are then multiplied to the number asked for, because how many there are is what the
list has to bear. Times in the browser are medians, measured by the page itself; page pictures are measured apart.
"""

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.filings import generate
from pipelines.site import build_site
from pipelines.warehouse.build import compile_models
from pipelines.warehouse.compiled import compiled_models, make

CHROMIUM = Path("/usr/bin/chromium")
FILINGS, FINDINGS, MANY = 5000, 10_000, 100_000
BUDGETS = {"build_seconds": 30.0, "first_page_ms": 1000.0, "filter_ms": 150.0, "filter_ms_of_many": 400.0}
"""Wall seconds and milliseconds, on two cores that do nothing else."""
_ROUNDS = 5
_FILTERS = (("severity", "critical"), ("kind", "budget"), ("severity", ""), ("kind", ""))
_MORE = """
INSERT INTO quality.finding
SELECT * EXCLUDE (n) REPLACE (md5(concat(finding_id, '-', n)) AS finding_id, NULL AS root_id) FROM (
    SELECT finding.*, n FROM quality.finding AS finding, range(1, $times) AS copies(n) LIMIT $more
)
"""
_FILTER = """async ([facet, value]) => {
    const select = document.querySelector(`select[data-facet=${facet}]`);
    const before = performance.now();
    select.value = value;
    select.dispatchEvent(new Event("change"));
    document.querySelector("#list table").getBoundingClientRect();
    return performance.now() - before;
}"""


def measure(filings: int = FILINGS, findings: int = FINDINGS, many: int = MANY) -> dict[str, Any]:
    """Build the tables, then the site with some and with many findings; measure both."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = folder / "duizhang.duckdb"
        _build_tables(folder, database, filings)
        few = _measure_site(folder, database, findings)
        more = _measure_site(folder, database, many)
    return {
        **few,
        **{
            f"{name}_of_many": more[name] for name in ("findings", "build_seconds", "list_ms", "filter_ms", "megabytes")
        },
        "rendering": _rendering(),
    }


def over_budget(found: dict[str, Any]) -> list[str]:
    """Which budgets are exceeded, in words."""
    return [
        f"{name} {found[name]} > {budget}"
        for name, budget in BUDGETS.items()
        if found.get(name) is not None and found[name] > budget
    ]


def _build_tables(folder: Path, database: Path, filings: int) -> None:
    generate(filings, breaks=filings // 10).write_inputs(folder)
    compile_models(folder, database)
    with duckdb.connect(str(database), config={"threads": 2}) as connection:
        for _ in make(connection, compiled_models(folder).models):
            pass


def _measure_site(folder: Path, database: Path, findings: int) -> dict[str, Any]:
    with duckdb.connect(str(database)) as connection:
        [(there, checks)] = connection.execute(
            'SELECT (SELECT count(*) FROM quality.finding), count(*) FROM quality."check" '
        ).fetchall()
        if there < findings:
            connection.execute(_MORE, {"times": findings // there + 2, "more": findings - there})
        [(there,)] = connection.execute("SELECT count(*) FROM quality.finding").fetchall()
        [(filings,)] = connection.execute("SELECT count(*) FROM core.filing").fetchall()
    cpu, wall = _cpu_seconds(), time.monotonic()
    made = build_site(folder / "none", folder, with_pictures=False)
    cpu, wall = _cpu_seconds() - cpu, time.monotonic() - wall
    return {
        "filings": filings,
        "checks": checks,
        "findings": there,
        "build_seconds": round(wall, 1),
        "build_cpu_seconds": round(cpu, 1),
        "files": made.files,
        "megabytes": round(made.size / 1e6, 1),
        **_in_browser(made.folder),
    }


def _in_browser(site: Path) -> dict[str, Any]:
    """How long the first page and the list take to be drawn, and a filter; nothing where there is no browser."""
    if not CHROMIUM.is_file():
        return {"first_page_ms": None, "list_ms": None, "filter_ms": None}
    with _page() as page:
        first = [_drawn(page, site / "index.html") for _ in range(_ROUNDS)]
        listed = [_drawn(page, site / "explore.html") for _ in range(_ROUNDS)]
        filters = [page.evaluate(_FILTER, each) for _ in range(_ROUNDS) for each in _FILTERS]
    return {
        "first_page_ms": round(statistics.median(first)),
        "list_ms": round(statistics.median(listed)),
        "filter_ms": round(statistics.median(filters)),
        "filter_ms_worst": round(max(filters)),
    }


def _drawn(page: Any, path: Path) -> float:
    """Milliseconds from opening a page until it is drawn."""
    page.goto("about:blank")
    page.goto(path.as_uri())
    page.wait_for_selector("body[data-ready]", timeout=60_000)
    return float(page.evaluate("performance.getEntriesByName('drawn')[0].startTime"))


@contextmanager
def _page() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser.new_page(viewport={"width": 1280, "height": 900})
        browser.close()


def _rendering(pages: int = 20) -> dict[str, float]:
    """Page pictures: how many a CPU second makes, and how large they are, over the sample PDFs."""
    import pypdfium2 as pdfium

    from pipelines.site.pictures import draw_page

    samples = sorted((Path(__file__).parents[1] / "raw" / "samples").rglob("*.pdf"))
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        before = _cpu_seconds()
        for number, sample in enumerate(samples):
            document = pdfium.PdfDocument(sample)
            for index in range(len(document)):
                picture = Path(folder, f"{number}-{index}.webp")
                if len(sizes) < pages:
                    draw_page(document[index], picture)
                    sizes.append(picture.stat().st_size)
        seconds = _cpu_seconds() - before
    return {
        "pages_a_cpu_second": round(len(sizes) / seconds, 1),
        "kilobytes_a_page": round(sum(sizes) / len(sizes) / 1e3),
    }


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print the measurements; 0 within the budgets, 1 above one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--filings", type=int, default=FILINGS)
    parser.add_argument("--findings", type=int, default=FINDINGS)
    parser.add_argument("--many", type=int, default=MANY)
    given = parser.parse_args()
    found = measure(given.filings, given.findings, given.many)
    print(json.dumps(found, indent=1))
    above = over_budget(found)
    print("\n".join(above), file=sys.stderr)
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
