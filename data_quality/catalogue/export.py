"""Writes the catalogue as the Parquet inputs that dbt reads."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import polars as pl

from data_quality.catalogue.bureaus import BureauWord, bureau_words
from data_quality.catalogue.model import Rule, RulePattern, RuleTerm
from data_quality.catalogue.reader import rule_patterns, rule_terms, rules

_TYPES: dict[Any, Any] = {
    str: pl.String,
    str | None: pl.String,
    int: pl.Int32,
    int | None: pl.Int32,
    bool: pl.Boolean,
    Decimal: pl.Decimal(9, 4),
    tuple[str, ...]: pl.List(pl.String),
}


def write_catalogue(folder: Path) -> tuple[Path, ...]:
    """Write ``rule``, ``rule_term``, ``rule_pattern`` and ``bureau_word.parquet`` into ``folder``, made if missing.

    One row a rule, a term, a pattern, a word, columns as in ``Rule``, ``RuleTerm``, ``RulePattern``, ``BureauWord``.
    Returns their paths.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _write(rules(), Rule, folder / "rule.parquet"),
        _write(rule_terms(), RuleTerm, folder / "rule_term.parquet"),
        _write(rule_patterns(), RulePattern, folder / "rule_pattern.parquet"),
        _write(bureau_words(), BureauWord, folder / "bureau_word.parquet"),
    )


def _write(rows: tuple[msgspec.Struct, ...], kind: type[msgspec.Struct], path: Path) -> Path:
    schema = {field.name: _TYPES[field.type] for field in msgspec.structs.fields(kind)}
    columns = {name: [getattr(row, name) for row in rows] for name in schema}
    data = {name: [list(v) if isinstance(v, tuple) else v for v in values] for name, values in columns.items()}
    pl.DataFrame(data, schema=schema).write_parquet(path)
    return path
