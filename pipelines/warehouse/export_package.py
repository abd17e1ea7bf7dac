"""The description of exported files: a Frictionless data package with the fiscal meaning of its columns.

Types, titles and descriptions come from the warehouse's own comments. Does not belong here: writing tables
(``pipelines.warehouse.export``).
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.warehouse.declared import declared_tables

if TYPE_CHECKING:
    import duckdb

    from pipelines.warehouse.export import Column, Style, Table

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_COLUMN_TYPES = {
    "amount_yuan": "value",
    "fiscal_year": "date:fiscal-year",
    "department_id": "administrative-classification:generic:code",
    "department": "administrative-classification:generic:label",
    "region_code": "geo:target:code",
    "stage": "phase:id",
    "fund": "fin-source:generic:code:part",
}
"""Meanings of the Fiscal Data Package for the columns that have one."""


def write_package(connection: "duckdb.DuckDBPyConnection", tables: list["Table"], style: "Style", target: Path) -> Path:
    """Write ``datapackage.json`` beside the exported files and return its path."""
    keys = {table.full_name: table.key for table in declared_tables()}
    package = {
        "name": "duizhang",
        "title": "对账 | duizhang",
        "description": "中国部门预算、决算和绩效公开数据 | disclosures of Chinese budget departments as data",
        "profile": "data-package",
        "resources": [_resource(connection, table, keys.get(table.full_name, ()), style) for table in tables],
    }
    path = target / "datapackage.json"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _resource(
    connection: "duckdb.DuckDBPyConnection", table: "Table", key: tuple[str, ...], style: "Style"
) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if key and _is_filled(connection, table, key):
        schema["primaryKey"] = list(key)
    resource: dict[str, Any] = {
        "name": table.full_name.replace("_", "-"),
        "title": table.comment.split(" | ")[0],
        "description": table.comment,
        "path": f"{table.full_name}.{style}",
        "format": style,
        "schema": schema,
    }
    return resource | ({"profile": "tabular-data-resource", "encoding": "utf-8"} if style == "csv" else {})


def _is_filled(connection: "duckdb.DuckDBPyConnection", table: "Table", key: tuple[str, ...]) -> bool:
    """Whether no part of the key is ever NULL: a primary key of a package must not be."""
    empty = " or ".join(f'"{column}" is null' for column in key)
    return not connection.execute(f"select 1 from {table.quoted} where {empty} limit 1").fetchall()


def _field(column: "Column") -> dict[str, Any]:
    field = {"name": column.name, "type": _type(column.data_type), "description": column.comment}
    meaning = _COLUMN_TYPES.get(column.name)
    return field | ({"columnType": meaning} if meaning else {})


def _type(data_type: str) -> str:
    if data_type.endswith("[]"):
        return "array"
    if data_type.startswith("DECIMAL"):
        return "number"
    if data_type.startswith("TIMESTAMP"):
        return "any"
    return _TYPES.get(data_type, "any")
