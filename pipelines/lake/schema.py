"""The Parquet schema of every lake table, taken from the one declaration in ``sql/models/core/*.yml``.

Belongs here: reading that declaration as Polars types. Does not belong here: a second list of columns; what a column
means is said in the declaration and nowhere else.
"""

import functools
import re
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.declarations import read_yaml

SQL_PROJECT = Path(__file__).parents[2] / "sql"
"""The dbt project, which stands beside the package in the repository."""

_SIMPLE_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "INTEGER": pl.Int32(),
    "BIGINT": pl.Int64(),
    "BOOLEAN": pl.Boolean(),
    "DOUBLE": pl.Float64(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
    "VARCHAR[]": pl.List(pl.String()),
}


def polars_type(declared: str) -> pl.DataType:
    """Return the Polars type of a declared DuckDB type, for example ``DECIMAL(20,2)``.

    Raises:
        ValueError: the type has no counterpart here.
    """
    simple = _SIMPLE_TYPES.get(declared)
    if simple is not None:
        return simple
    decimal = re.fullmatch(r"DECIMAL\((\d+),\s*(\d+)\)", declared)
    if decimal is None:
        raise ValueError(f"no Polars type for the declared type {declared!r}")
    return pl.Decimal(int(decimal[1]), int(decimal[2]))


@functools.cache
def lake_schemas() -> dict[str, pl.Schema]:
    """Return table name → schema, for every declared table that lives in the lake, columns in declared order."""
    models = (model for path in sorted((SQL_PROJECT / "models" / "core").glob("*.yml")) for model in _models(path))
    return {model["name"]: _schema(model) for model in models if model["config"]["meta"]["lake"]}


def _models(path: Path) -> list[dict[str, Any]]:
    models: list[dict[str, Any]] = read_yaml(path)["models"]
    return models


def _schema(model: dict[str, Any]) -> pl.Schema:
    stored = (c for c in model["columns"] if not c.get("config", {}).get("meta", {}).get("derived"))
    return pl.Schema({column["name"]: polars_type(column["data_type"]) for column in stored})
