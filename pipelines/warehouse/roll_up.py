"""One file over many warehouses: their marts, filings and findings together, for questions over all regions.

Amounts, claims and checks stay in the warehouses and in the shared lake: nobody needs a nation's in one file. Belongs
here: which tables are taken, and making the new file. Does not belong here: any figure of its own.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.lake import atomic

_WHOLE = """
SELECT schema_name, table_name FROM duckdb_tables()
WHERE database_name = '{database}' AND (
    schema_name = 'mart' AND table_name NOT IN ('peers')
    OR schema_name = 'core' AND table_name = 'filing'
    OR schema_name = 'quality' AND table_name IN ('finding', 'review', 'rule')
)
ORDER BY ALL
"""
"""The peers of a department are looked for among all that its warehouse holds, so they are no sum of warehouses'."""
_DECLARED = frozenset({("quality", "rule")})
"""Tables that say the same in every warehouse: taken once."""


class RollUpError(ValueError):
    """The warehouses cannot be put together; the message says why, and the file that was there stays."""


def roll_up(warehouses: Sequence[Path], target: Path) -> dict[str, int]:
    """Write one file of the tables of many published files, in place of what was there; return its rows by table.

    Raises:
        RollUpError: one is missing or was built by another release, or two hold the same filing.
    """
    missing = [str(path) for path in warehouses if not path.is_file()]
    if missing or not warehouses:
        raise RollUpError(f"there is no published file at {', '.join(missing) or 'any place given'}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".roll-up-", suffix=".tmp", dir=target.parent) as folder:
        new = Path(folder, target.name)
        with duckdb.connect(str(new)) as connection:
            rows = _fill(connection, warehouses)
            connection.execute("CHECKPOINT")
        atomic.sync(new)
        new.replace(target)
    return rows


def _fill(connection: duckdb.DuckDBPyConnection, warehouses: Sequence[Path]) -> dict[str, int]:
    names = [f"warehouse_{number}" for number in range(len(warehouses))]
    for name, path in zip(names, warehouses, strict=True):
        connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {name} (READ_ONLY)")
    wanted = _tables(connection, names, warehouses)
    rows = {}
    for schema, table in wanted:
        of = names[:1] if (schema, table) in _DECLARED else names
        parts = " UNION ALL BY NAME ".join(f'SELECT * FROM {name}.{schema}."{table}"' for name in of)
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS {schema}; CREATE TABLE {schema}."{table}" AS {parts}')
        _comment(connection, names[0], schema, table)
        [[rows[f"{schema}.{table}"]]] = connection.execute(f'SELECT count(*) FROM {schema}."{table}"').fetchall()
    _require_one_place(connection)
    for name in names:
        connection.execute(f"DETACH {name}")
    return rows


def _tables(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], warehouses: Sequence[Path]
) -> list[tuple[str, str]]:
    found = [connection.execute(_WHOLE.format(database=name)).fetchall() for name in names]
    for path, tables in zip(warehouses, found, strict=True):
        if tables != found[0]:
            raise RollUpError(f"{path} has other tables than {warehouses[0]}; load both with the same release")
    return [(str(schema), str(table)) for schema, table in found[0]]


def _comment(connection: duckdb.DuckDBPyConnection, name: str, schema: str, table: str) -> None:
    """Keep the comments that the tables carry."""
    where = f"database_name = '{name}' AND schema_name = '{schema}' AND table_name = '{table}' AND comment IS NOT NULL"
    of_table = connection.execute(f"SELECT comment FROM duckdb_tables() WHERE {where}").fetchall()
    of_columns = connection.execute(f"SELECT column_name, comment FROM duckdb_columns() WHERE {where}").fetchall()
    for (comment,) in of_table:
        connection.execute(f'COMMENT ON TABLE {schema}."{table}" IS {_literal(comment)}')
    for column, comment in of_columns:
        connection.execute(f'COMMENT ON COLUMN {schema}."{table}"."{column}" IS {_literal(comment)}')


def _require_one_place(connection: duckdb.DuckDBPyConnection) -> None:
    twice = "SELECT filing_id, count(*) OVER () FROM core.filing GROUP BY filing_id HAVING count(*) > 1 LIMIT 1"
    for filing, count in connection.execute(twice).fetchall():
        raise RollUpError(f"{count} filings are in more than one warehouse, for example {filing}")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
