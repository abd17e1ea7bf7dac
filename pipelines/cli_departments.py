"""The command ``duizhang departments``: the departments there are, and which names people may confirm to be one.

Belongs here: options, help and output. Does not belong here: likeness of names (``pipelines.classification``).
"""

import csv
import sys
from pathlib import Path

import click

from pipelines.command import NO_WAREHOUSE, examples, fail, warehouse_option


@click.command(epilog=examples("departments", "departments --suggest > suggestions.csv"))
@warehouse_option
@click.option("--suggest", is_flag=True, help="List names that may be one department, as CSV.")
def departments(warehouse: Path, suggest: bool) -> None:
    """List departments, or suggest which names may be one.

    Nothing is merged by itself. Copy a suggested line into pipelines/classification/data/department_aliases.csv, with
    decision `same` or `different`; the next load goes by it.
    """
    import duckdb

    database = warehouse / "duizhang.duckdb"
    if not database.is_file():
        fail(f"there is no {database} yet; `duizhang load` makes it", NO_WAREHOUSE)
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "SELECT department, region_code, first_year, last_year FROM reference.department ORDER BY department"
        rows = connection.execute(query).fetchall()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if not suggest:
        writer.writerow(("department", "region_code", "first_year", "last_year"))
        writer.writerows(rows)
        return
    _write_suggestions([name for name, *_ in rows])


def _write_suggestions(names: list[str]) -> None:
    from pipelines.classification.departments import aliases, suggestions

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("alias", "department", "decision", "first_year", "last_year", "evidence"))
    for pair in suggestions(names, aliases()):
        writer.writerow((pair.alias, pair.department, "", "", "", f"likeness {pair.likeness}"))
