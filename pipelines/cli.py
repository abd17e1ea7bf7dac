"""The command ``duizhang``: the load and a few looks at its results, for people and scripts without Dagster.

Belongs here: options, help, exit codes. Does not belong here: work (``stages``), what is printed after a run
(``summary``), how rows and progress look (``console``). Commands import what they need when they run, so that help
comes at once.

Exit codes: 0 done (findings are results, not failures) · 1 failed, nothing was published · 2 wrong usage ·
3 there is no warehouse yet · 4 another run is writing to this warehouse.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli_departments import departments
from pipelines.cli_exports import cite, docs, export
from pipelines.cli_harvest import harvest
from pipelines.cli_operations import clean, doctor, rollback
from pipelines.cli_reviews import review
from pipelines.cli_scale import build, compact, roll_up
from pipelines.cli_site import site
from pipelines.command import (
    FAILED,
    NO_WAREHOUSE,
    any_size_option,
    log_option,
    memory_option,
    raw_option,
    run_told,
    spill_option,
)
from pipelines.command import examples as _examples
from pipelines.command import fail as _fail
from pipelines.command import reviews_option as _reviews
from pipelines.command import warehouse_option as _warehouse

if TYPE_CHECKING:
    import duckdb

    from pipelines.engines import EngineName

_EXIT_CODES = """
\b
Exit codes:
  0  done (findings are results, not failures)
  1  failed; what was published before stays
  2  wrong usage
  3  there is no warehouse yet
  4  another run is writing to this warehouse
"""


_style = click.option(
    "--format", "style", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True
)


@click.group(
    epilog=_examples(
        "load                                  raw/ into warehouse/",
        "load --raw ~/disclosures --workers 8",
        "load --engine ray",
        "findings --severity critical --limit 20",
        'sql "SELECT * FROM core.filing"',
        "inspect raw/some/disclosure.pdf",
    )
    + _EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="duizhang")
def main() -> None:
    """对账: read, check and compare the disclosures of Chinese public finance."""


@main.command(epilog=_examples("load", "load --raw ../disclosures --warehouse /data/warehouse"))
@raw_option
@_warehouse
@_reviews
@click.option("--workers", type=click.IntRange(min=1), help="Reading processes; default: one for each core.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    envvar="DUIZHANG_ENGINE",
    help="What reads the documents; ray: the cluster at RAY_ADDRESS, or one started here.",
)
@click.option("--deadline", type=click.FloatRange(min=1), help="Seconds a document may take; default: 300.")
@any_size_option
@click.option("--full", is_flag=True, help="Build all tables anew, even where only a few papers changed.")
@click.option("--year", "years", type=int, multiple=True, help="Read this fiscal year's documents again; repeatable.")
@memory_option
@spill_option
@log_option
def load(
    raw: Path,
    warehouse: Path,
    reviews: Path,
    workers: int | None,
    engine: "EngineName",
    deadline: float | None,
    any_size: bool,
    full: bool,
    years: tuple[int, ...],
    memory: str | None,
    spill: Path | None,
    log: str,
) -> None:
    """Load a folder into a published warehouse.

    Read what is new, build, check, publish, and print a summary. Files that are known are not read again, and a
    warehouse that would not change is not built again. The run may be killed at any moment; the published warehouse
    stays whole and the next run completes the work.
    """
    from pipelines import stages

    workspace = stages.Workspace(
        raw, warehouse, workers, any_size, reviews, full, engine, deadline, memory=memory, spill=spill
    )
    run_told(workspace, log, lambda report: stages.load(workspace, report, again=years))


@main.command(
    epilog=_examples("findings --department 财政局", "findings --review open", "findings --format csv > findings.csv")
)
@_warehouse
@click.option("--severity", help="Only this severity, as in quality.rule.")
@click.option("--rule", help="Only this rule_id.")
@click.option("--department", help="Only departments whose name contains this.")
@click.option(
    "--review",
    type=click.Choice(["open", "none", "accepted", "disputed", "waived"]),
    help="Only what people said this of; open: all but what is waived. Default: everything.",
)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@_style
def findings(
    warehouse: Path,
    severity: str | None,
    rule: str | None,
    department: str | None,
    review: str | None,
    limit: int,
    style: str,
) -> None:
    """List what is broken, gravest first; what is waived comes last."""
    from pipelines import console, summary

    with _connect(warehouse) as connection:
        rows = summary.findings(
            connection, severity=severity, rule=rule, department=department, review=review, limit=limit
        )
        console.print_rows(rows, style)


@main.command(
    epilog=_examples(
        'sql "SELECT department, fiscal_year, kind FROM core.filing"',
        "sql --format csv < query.sql > rows.csv",
        "sql                                   what tables there are",
    )
)
@click.argument("query", required=False)
@_warehouse
@_style
def sql(query: str | None, warehouse: Path, style: str) -> None:
    """Query the published warehouse, read-only.

    Without QUERY: read it from a pipe, or list the tables.
    """
    import duckdb

    from pipelines import console, summary

    if query is None:
        query = summary.TABLES if sys.stdin.isatty() else sys.stdin.read()
    with _connect(warehouse) as connection:
        try:
            rows = connection.sql(query.strip() or summary.TABLES)
        except duckdb.Error as error:
            _fail(str(error), FAILED)
        if rows is not None:
            console.print_rows(rows, style)


@main.command(epilog=_examples("inspect raw/some/disclosure.pdf", "inspect --checks --rows 40 new-province.docx"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rows", type=click.IntRange(min=0), default=8, show_default=True, help="Rows shown of each form.")
@click.option("--checks", is_flag=True, help="Also evaluate the rules on this file alone (some fifteen seconds).")
def inspect(file: Path, rows: int, checks: bool) -> None:
    """Print what one FILE says, and why.

    What paper it was taken for and by which words, its forms, what is unplaced. No warehouse is needed and nothing is
    kept. Exit code 1: the file cannot be read, or the rules could not be evaluated.
    """
    from pipelines import console, inspection, stages, summary
    from pipelines.warehouse.build import BuildError

    facts = stages.inspect(file)
    for line in (*summary.document_lines(facts), *inspection.evidence_lines(facts)):
        click.echo(line)
    console.print_tables(inspection.form_tables(facts, rows) if rows else ())
    if facts.document.status == "quarantined":
        sys.exit(FAILED)
    if checks:
        try:
            for line in inspection.check_lines(inspection.checks_of(facts)):
                click.echo(line)
        except BuildError as error:
            _fail(str(error), FAILED)


def _connect(warehouse: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb

    path = warehouse / "duizhang.duckdb"
    if not path.is_file():
        _fail(f"there is no {path} yet; `duizhang load` makes it", NO_WAREHOUSE)
    return duckdb.connect(str(path), read_only=True)


main.add_command(departments)
main.add_command(rollback)
main.add_command(harvest)
main.add_command(doctor)
main.add_command(clean)
main.add_command(review)
main.add_command(cite)
main.add_command(export)
main.add_command(docs)
main.add_command(site)
main.add_command(compact)
main.add_command(build)
main.add_command(roll_up)

if __name__ == "__main__":
    main()
