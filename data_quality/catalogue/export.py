"""Writes the catalogue as the two Parquet sources that dbt reads."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from data_quality.catalogue.model import Rule, RuleTerm
from data_quality.catalogue.reader import rule_terms, rules

_TYPES: dict[Any, Any] = {
    str: pl.String,
    str | None: pl.String,
    int: pl.Int32,
    int | None: pl.Int32,
    bool: pl.Boolean,
    Decimal: pl.Decimal(9, 4),
    tuple[str, ...]: pl.List(pl.String),
}


def write_catalogue(folder: Path) -> tuple[Path, Path]:
    """Write ``rule.parquet`` and ``rule_term.parquet`` into ``folder`` (created if missing) and return both paths.

    One row a rule and one row a term, columns as in ``Rule`` and ``RuleTerm``; dbt knows them as ``source('catalogue',
    'rule')`` and ``source('catalogue', 'rule_term')``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return _write(rules(), Rule, folder / "rule.parquet"), _write(rule_terms(), RuleTerm, folder / "rule_term.parquet")


def _write(rows: tuple[msgspec.Struct, ...], kind: type[msgspec.Struct], path: Path) -> Path:
    schema = {field.name: _TYPES[field.type] for field in msgspec.structs.fields(kind)}
    columns = {name: [getattr(row, name) for row in rows] for name in schema}
    data = {name: [list(v) if isinstance(v, tuple) else v for v in values] for name, values in columns.items()}
    pl.DataFrame(data, schema=schema).write_parquet(path)
    return path
