"""The published warehouse as the site reads it: opened read-only, with the few macros its queries share.

Tables that a warehouse may lack (built by an earlier release) are asked for with :func:`has`; who asks shows less then.
Does not belong here: queries of pages.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

_MACROS = """
-- a decimal as people write it, exact: no zeros at its end
CREATE TEMP MACRO plain(number) AS
    CASE WHEN contains(CAST(number AS VARCHAR), '.') THEN rtrim(rtrim(CAST(number AS VARCHAR), '0'), '.')
    ELSE CAST(number AS VARCHAR) END;
-- a document in names of files and in data: its SHA-256 is far too long to be repeated
CREATE TEMP MACRO short(document_id) AS left(document_id, 16);
"""


@contextmanager
def opened(database: Path, spill: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    """A connection to the published file; what does not fit in memory goes to ``spill``. It is closed at the end."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET temp_directory = ?", [str(spill)])
        connection.execute(_MACROS)
        yield connection


def has(connection: "duckdb.DuckDBPyConnection", table: str, column: str | None = None) -> bool:
    """Whether the warehouse has this table (``quality.run``), and this column of it."""
    schema, name = table.split(".")
    found = connection.execute(
        "SELECT count(*) FROM duckdb_columns() WHERE schema_name = ? AND table_name = ? AND column_name = "
        "coalesce(?, column_name) AND NOT internal",
        [schema, name, column],
    ).fetchone()
    return found is not None and found[0] > 0


def rows(connection: "duckdb.DuckDBPyConnection", query: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a small result, by column name."""
    result = connection.execute(query, list(values))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
