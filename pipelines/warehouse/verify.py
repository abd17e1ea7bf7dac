"""Is a warehouse file whole? Run as ``python -m pipelines.warehouse.verify FILE``, from another process than built it.

Every declared table must be there with its columns, explained by comments, and with its key unique and not empty.
Prints one line per problem; exit code 0 if there is none, else 1. Does not belong here: whether what the tables say is
right (``data_quality``).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb

from pipelines.warehouse.declared import DeclaredTable, declared_tables

_COMMENTS = """
    select schema_name || '.' || table_name as table_name, column_name, comment is not null and comment != '' as told
    from duckdb_columns() where not internal order by column_index
"""
_TABLE_COMMENTS = "select schema_name || '.' || table_name, comment is not null and comment != '' from duckdb_tables()"


def problems(database: Path) -> list[str]:
    """Return what is wrong with a warehouse file, one sentence each; empty if it is fit to be published."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            return list(_problems(connection))
    except duckdb.Error as error:
        return [f"it cannot be read: {error}"]


def _problems(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    explained = dict(connection.execute(_TABLE_COMMENTS).fetchall())
    columns: dict[str, dict[str, bool]] = {}
    for table, column, told in connection.execute(_COMMENTS).fetchall():
        columns.setdefault(table, {})[column] = told
    for table in declared_tables():
        present = columns.get(table.full_name)
        if present is None:
            yield f"{table.full_name} is missing"
            continue
        missing = [column for column in table.columns if column not in present]
        if missing:
            yield f"{table.full_name} lacks its columns {', '.join(missing)}"
            continue
        yield from _key_problems(connection, table)
    for name in sorted(columns):
        bare = [column for column, told in columns[name].items() if not told]
        if bare or not explained.get(name, True):
            yield f"{name} has no comment on {', '.join(bare) or 'itself'}"


def _key_problems(connection: duckdb.DuckDBPyConnection, table: DeclaredTable) -> Iterator[str]:
    key = ", ".join(f'"{column}"' for column in table.key)
    name = f'"{table.schema}"."{table.name}"'
    repeated = connection.execute(f"select {key} from {name} group by all having count(*) > 1 limit 1").fetchall()
    if repeated:
        yield f"{table.full_name} has its key ({', '.join(table.key)}) more than once, for example {repeated[0]}"


def main() -> int:
    """Print the problems of the file named on the command line."""
    found = problems(Path(sys.argv[1]))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
