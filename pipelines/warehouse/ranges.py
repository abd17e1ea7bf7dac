"""Are there as many rows as there should be, by what was published last?

A build that lost half of a table though the documents are there, or has three times the rows, is not published unless
somebody says so. Tables whose rows are complaints (``unplaced``, findings, their suspects), and reviews, may shrink to
nothing, and those that tell of runs go their own way. Where the rules are others, tables of checks are not compared:
another catalogue makes other rows of the same papers. Does not belong here: whether a table is whole (``verify``), what
its rows say (``data_quality``).
"""

from pathlib import Path

import duckdb

from pipelines.warehouse.declared import declared_tables

LEAST, MOST = 0.5, 3.0
"""Times the rows published last, where the number of documents is the same."""
FEW = 100
"""Tables that had fewer rows are not compared: there a single document moves everything."""

_FREE = frozenset(
    {
        "core.unplaced",
        "quality.finding",
        "quality.suspect",
        "quality.coverage_failure",
        "quality.review",
        "quality.run",
        "quality.finding_history",
        "quality.finding_trend",
    }
)
_JUDGED = "quality"
_SCHEMAS = frozenset({"core", "mart", "quality", "reference"})


def outside_ranges(new: Path, published: Path, *, same_rules: bool = True) -> list[str]:
    """Return one sentence for each table whose number of rows is out of its range; empty if all are within.

    The range goes with the number of documents: with half of them removed, half of the rows may go. ``same_rules``:
    both were judged by the same rules; else what ``quality`` holds is not compared.
    """
    before, after = row_counts(published), row_counts(new)
    growth = after.get("core.document", 0) / max(before.get("core.document", 0), 1)
    compared = [table for table in sorted(before) if before[table] >= FEW and _is_compared(table, same_rules)]
    return [
        f"{table} has {after.get(table, 0):,} rows; {before[table]:,} were published last"
        for table in compared
        if not _within(before[table], after.get(table, 0), growth)
    ]


def row_counts(database: Path) -> dict[str, int]:
    """Return the exact number of rows of each declared table that the file has, by full name."""
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "select schema_name || '.' || table_name from duckdb_tables() where not internal"
        present = {name for (name,) in connection.execute(query).fetchall()}
        tables = [table for table in declared_tables() if table.full_name in present]
        return {
            table.full_name: connection.execute(f'select count(*) from "{table.schema}"."{table.name}"').fetchall()[0][
                0
            ]
            for table in tables
        }


def _is_compared(table: str, same_rules: bool) -> bool:
    schema = table.split(".")[0]
    return schema in _SCHEMAS and table not in _FREE and (same_rules or schema != _JUDGED)


def _within(before: int, after: int, growth: float) -> bool:
    return LEAST * min(growth, 1.0) * before <= after <= MOST * max(growth, 1.0) * before
