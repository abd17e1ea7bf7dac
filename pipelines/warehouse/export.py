"""Ways out: the published tables as files that other tools open.

Belongs here: which tables go out, and their Parquet and CSV files. Does not belong here: what describes them
(``pipelines.warehouse.export_package``) and workbooks (``pipelines.warehouse.export_workbook``).
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    import duckdb

Style = Literal["parquet", "csv", "excel"]

SCHEMAS = ("reference", "core", "mart", "quality")
"""What goes out unless asked otherwise; the Chinese views are the sheets of the workbook."""


class Column(msgspec.Struct, frozen=True):
    """One column of an exported table, as the warehouse declares it."""

    name: str
    data_type: str
    comment: str


class Table(msgspec.Struct, frozen=True):
    """One table or view to be exported."""

    schema: str
    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def full_name(self) -> str:
        """``schema.table``."""
        return f"{self.schema}.{self.name}"

    @property
    def quoted(self) -> str:
        """The name as SQL writes it."""
        return f'"{self.schema}"."{self.name}"'


_TABLES = """
    select schema_name, table_name, coalesce(comment, '') from duckdb_tables()
    union all select schema_name, view_name, coalesce(comment, '') from duckdb_views() where not internal
    order by all
"""
_COLUMNS = """
    select schema_name, table_name, column_name, data_type, coalesce(comment, '') from duckdb_columns()
    where not internal order by column_index
"""


def tables(connection: "duckdb.DuckDBPyConnection", schemas: tuple[str, ...] = SCHEMAS) -> list[Table]:
    """The published tables and views of some schemas, in order of name."""
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, *column in connection.execute(_COLUMNS).fetchall():
        columns.setdefault((schema, table), []).append(Column(*column))
    found = connection.execute(_TABLES).fetchall()
    return [Table(s, n, comment, tuple(columns[s, n])) for s, n, comment in found if s in schemas]


def export(connection: "duckdb.DuckDBPyConnection", style: Style, target: Path, schemas: tuple[str, ...]) -> list[Path]:
    """Write tables into a folder (made if missing); files of the same names are replaced.

    ``parquet`` and ``csv`` give a file a table and ``datapackage.json``; ``excel`` gives ``duizhang.xlsx`` with the
    Chinese views, whatever the schemas. CSV holds lists as JSON.

    Returns:
        What was written, the description or workbook last.
    """
    target.mkdir(parents=True, exist_ok=True)
    if style == "excel":
        from pipelines.warehouse.export_workbook import write_workbook

        return [write_workbook(connection, tables(connection, ("analysis",)), target / "duizhang.xlsx")]
    from pipelines.warehouse.export_package import write_package

    chosen = tables(connection, schemas)
    files = [_copy(connection, table, style, target) for table in chosen]
    return [*files, write_package(connection, chosen, style, target)]


def _copy(connection: "duckdb.DuckDBPyConnection", table: Table, style: Style, target: Path) -> Path:
    path = target / f"{table.full_name}.{style}"
    form = "parquet, compression zstd" if style == "parquet" else "csv, header"
    columns = ", ".join(_exported(column, style) for column in table.columns)
    place = str(path).replace("'", "''")
    connection.execute(f"copy (select {columns} from {table.quoted}) to '{place}' (format {form})")
    return path


def _exported(column: Column, style: Style) -> str:
    name = f'"{column.name}"'
    return f"to_json({name}) as {name}" if style == "csv" and column.data_type.endswith("[]") else name
