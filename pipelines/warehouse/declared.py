"""The published tables as declared in ``sql/models/*/*.yml``: names, columns and keys.

Belongs here: reading the declarations for what the warehouse must hold. Does not belong here: the lake's types
(``pipelines.lake.schema``).
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from pipelines.declarations import read_yaml
from pipelines.lake.schema import SQL_PROJECT

KEYS = ("document_id", "filing_id", "department_id", "check_id")
"""The columns that say whose a row is: by one of them, or not at all, a table's rows are exchanged."""
WHOLE, DECLARED = "whole", "declared"
STEPS = "steps"
"""The database of tables that only other models read: it lies in memory during a build and goes with it."""
_UNPUBLISHED = frozenset({"staging", STEPS})


class DeclaredTable(msgspec.Struct, frozen=True):
    """One published table."""

    schema: str
    name: str
    columns: tuple[str, ...]
    """In declared order; a history table has those of the core table it is like."""
    key: tuple[str, ...]
    """The columns that name a row."""
    exchange: str | None = None
    """By what its rows are exchanged when papers change (``incremental``); None: a view, or nobody said."""
    warnings: tuple[str, ...] = ()
    """What its user must know; it stands in the COMMENT and the dictionary too."""

    @property
    def full_name(self) -> str:
        """``schema.table``."""
        return f"{self.schema}.{self.name}"

    @property
    def is_touched(self) -> str:
        """The condition that a row may be another after an exchange, by the temporary tables ``touched_<key>``."""
        if self.exchange not in KEYS:
            return "true"
        return f'"{self.exchange}" in (from touched_{self.exchange.removesuffix("_id")})'


def declared_tables(project: Path = SQL_PROJECT) -> list[DeclaredTable]:
    """Return every declared table of the published schemas, in order of name.

    Raises:
        ValueError: a table declares no key.
    """
    return list(_declared(project))


@cache
def _declared(project: Path) -> tuple[DeclaredTable, ...]:
    models: dict[str, tuple[str, dict[str, Any]]] = {}
    for path in sorted((project / "models").rglob("*.yml")):
        schema, *below = path.relative_to(project / "models").parts
        if not _UNPUBLISHED & {schema, *below}:
            for model in read_yaml(path).get("models", []):
                models[model["name"]] = (schema, model)
    published = (entry for entry in models.values() if _config(entry[1]).get("materialized") != "ephemeral")
    tables = [_table(schema, model, models) for schema, model in published]
    return tuple(sorted(tables, key=lambda table: table.full_name))


def _table(schema: str, model: dict[str, Any], models: dict[str, tuple[str, dict[str, Any]]]) -> DeclaredTable:
    meta = _config(model).get("meta", {})
    if not meta.get("key"):
        raise ValueError(f"the model {model['name']} declares no key (config.meta.key)")
    declaring = models[meta["like"]][1] if "like" in meta else model
    columns = tuple(column["name"] for column in declaring["columns"])
    return DeclaredTable(
        schema,
        model["name"].removeprefix(f"{schema}_"),
        columns,
        tuple(meta["key"]),
        meta.get("exchange"),
        tuple(meta.get("usage_warnings", ())),
    )


def _config(model: dict[str, Any]) -> dict[str, Any]:
    config: dict[str, Any] = model.get("config", {})
    return config
