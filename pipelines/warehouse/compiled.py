"""The SQL models as dbt compiled them: plain statements in the order they depend on one another.

What a build leaves in its ``target`` folder is read here, so that the same models can be run on other inputs without
starting dbt again. Does not belong here: what the statements say (``sql``), and dbt (``build``).
"""

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import msgspec


class Statement(msgspec.Struct, frozen=True):
    """One table or view to make, or one test to run."""

    name: str
    """The model's or test's name in the dbt project."""
    layer: str
    """The schema a model lies in; empty for a test."""
    relation: str
    """Quoted ``"database"."schema"."table"``; empty for a test."""
    kind: str
    """``table``, ``view`` or ``test``; a test passes when its query gives no row."""
    sql: str


class CompiledModels(msgspec.Struct, frozen=True):
    """All models and tests of a project, compiled for one database and one folder of inputs."""

    inputs: str
    """The folder of inputs that the statements name."""
    models: tuple[Statement, ...]
    """In an order in which they can be made."""
    tests: tuple[Statement, ...]

    def for_inputs(self, folder: Path) -> "CompiledModels":
        """The same statements over another folder of inputs."""
        old, new = self.inputs.replace("'", "''"), str(folder.resolve()).replace("'", "''")

        def moved(statements: Iterable[Statement]) -> tuple[Statement, ...]:
            return tuple(msgspec.structs.replace(each, sql=each.sql.replace(old, new)) for each in statements)

        return CompiledModels(str(folder.resolve()), moved(self.models), moved(self.tests))


def compiled_models(folder: Path) -> CompiledModels:
    """Read what dbt compiled in a build's folder.

    Raises:
        FileNotFoundError: dbt did not run there.
    """
    manifest: dict[str, Any] = msgspec.json.decode((folder / "target" / "manifest.json").read_bytes())
    nodes: dict[str, dict[str, Any]] = manifest["nodes"]
    before = {key: [each for each in node["depends_on"]["nodes"] if each in nodes] for key, node in nodes.items()}
    found = [_statement(nodes[key]) for key in TopologicalSorter(before).static_order() if _is_made(nodes[key])]
    inputs = str((folder / "inputs").resolve())
    models, tests = ([each for each in found if (each.kind == "test") is is_test] for is_test in (False, True))
    return CompiledModels(inputs, tuple(models), tuple(tests))


def make(connection: duckdb.DuckDBPyConnection, models: Iterable[Statement]) -> Iterator[Statement]:
    """Make tables and views in a database of the name they were compiled for; yield each once it is there."""
    for model in models:
        connection.execute(f'create schema if not exists "{model.layer}"')
        connection.execute(f"create {model.kind} {model.relation} as {model.sql}")
        yield model


def _is_made(node: dict[str, Any]) -> bool:
    return node["resource_type"] in ("model", "test") and node["config"]["materialized"] != "ephemeral"


def _statement(node: dict[str, Any]) -> Statement:
    if node["resource_type"] == "test":
        return Statement(node["name"], "", "", "test", node["compiled_code"])
    return Statement(
        node["name"], node["schema"], node["relation_name"], node["config"]["materialized"], node["compiled_code"]
    )
