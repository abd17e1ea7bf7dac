"""Is a warehouse file whole? Run as ``python -m pipelines.warehouse.verify FILE``, from another process than built it.

Every declared table must be there with its columns, explained by comments, and with its key unique and not empty.
Prints one line per problem; exit code 0 if there is none, else 1. Does not belong here: whether what the tables say is
right (``data_quality``).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.warehouse.declared import KEYS, DeclaredTable, declared_tables
from pipelines.warehouse.touched import Touched, kept_touched, note_touched

_COMMENTS = """
    select schema_name || '.' || table_name as table_name, column_name, comment is not null and comment != '' as told
    from duckdb_columns() where not internal and database_name = current_database() order by column_index
"""
_TABLE_COMMENTS = "select schema_name || '.' || table_name, comment is not null and comment != '' from duckdb_tables()"
_VIEWS = "select schema_name || '.' || view_name from duckdb_views() where not internal"


def problems(database: Path, touched: Touched | None = None) -> list[str]:
    """Return what is wrong with a warehouse file, one sentence each; empty if it is fit to be published.

    ``touched``: what was exchanged to make it out of a file that had passed; a key that is there twice is then one of
    an exchanged row, and looked for among all others.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return list(_problems(connection, database.stem, touched))
    except duckdb.Error as error:
        return [f"it cannot be read: {error}"]


def _problems(connection: duckdb.DuckDBPyConnection, name: str, touched: Touched | None) -> Iterator[str]:
    tables = dict(connection.execute(_TABLE_COMMENTS).fetchall())
    views = {name for (name,) in connection.execute(_VIEWS).fetchall()}
    lacking = list(_lacking(connection, set(tables), views))
    yield from lacking
    if lacking:  # views over what is lacking cannot be read, and DuckDB tells no comments then
        return
    if touched is not None:
        note_touched(connection, [f'"{name}"'], touched)
    for table in declared_tables():
        is_partial = touched is not None and table.exchange in KEYS
        yield from _key_problems(connection, table, is_partial=is_partial)
    columns: dict[str, dict[str, bool]] = {}
    for name, column, told in connection.execute(_COMMENTS).fetchall():
        columns.setdefault(name, {})[column] = told
    for name in sorted(columns):
        bare = [column for column, told in columns[name].items() if not told]
        if bare or not tables.get(name, True):
            yield f"{name} has no comment on {', '.join(bare) or 'itself'}"


def _lacking(connection: duckdb.DuckDBPyConnection, tables: set[str], views: set[str]) -> Iterator[str]:
    """What is declared and not there: tables first, and their views only where all tables are whole."""
    whole = True
    for table in sorted(declared_tables(), key=lambda declared: declared.full_name in views):
        if table.full_name in views and not whole:
            return
        problem = _lack(connection, table, tables | views)
        if problem:
            whole = False
            yield problem


def _lack(connection: duckdb.DuckDBPyConnection, table: DeclaredTable, present: set[str]) -> str | None:
    if table.full_name not in present:
        return f"{table.full_name} is missing"
    try:
        rows = connection.execute(f'describe "{table.schema}"."{table.name}"').fetchall()
    except duckdb.Error as error:
        return f"{table.full_name} cannot be read: {error}"
    missing = [column for column in table.columns if column not in {row[0] for row in rows}]
    return f"{table.full_name} lacks its columns {', '.join(missing)}" if missing else None


def _key_problems(connection: duckdb.DuckDBPyConnection, table: DeclaredTable, *, is_partial: bool) -> Iterator[str]:
    key = ", ".join(f'"{column}"' for column in table.key)
    rows = name = f'"{table.schema}"."{table.name}"'
    if is_partial:  # by hash: it is there where a column of the key is not
        rows += f" where hash({key}) in (select hash({key}) from {name} where {table.is_touched})"
    repeated = connection.execute(f"select {key} from {rows} group by all having count(*) > 1 limit 1").fetchall()
    if repeated:
        yield f"{table.full_name} has its key ({', '.join(table.key)}) more than once, for example {repeated[0]}"


def main() -> int:
    """Print the problems of the file named on the command line, in a build's folder."""
    database = Path(sys.argv[1])
    found = problems(database, kept_touched(database.parent))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
