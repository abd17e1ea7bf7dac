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

from pipelines.lake import atomic
from pipelines.warehouse.declared import STEPS


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
    exchange: str
    """By what rows of a table are exchanged when papers change; see ``pipelines.warehouse.incremental``."""
    sql: str

    @property
    def is_step(self) -> bool:
        """Whether only other models read it: it lies in memory and is not published."""
        return self.relation.startswith(f'"{STEPS}".')

    def reads(self, table: "Statement") -> bool:
        """Whether it reads another one's table."""
        return table.relation in self.sql


class CompiledModels(msgspec.Struct, frozen=True):
    """All models and tests of a project, compiled for one database and one folder of inputs."""

    inputs: str
    """The folder of inputs that the statements name."""
    models: tuple[Statement, ...]
    """In an order in which they can be made."""
    tests: tuple[Statement, ...]

    def for_inputs(self, folder: Path) -> "CompiledModels":
        """The same statements over another folder of inputs."""
        new = str(folder.resolve())
        return msgspec.structs.replace(self._replaced(_quoted(self.inputs), _quoted(new)), inputs=new)

    def for_database(self, old: str, new: str) -> "CompiledModels":
        """The same statements over a database of another name."""
        return self._replaced(f'"{old}".', f'"{new}".')

    def _replaced(self, old: str, new: str) -> "CompiledModels":
        def moved(statements: Iterable[Statement]) -> tuple[Statement, ...]:
            return tuple(
                msgspec.structs.replace(each, sql=each.sql.replace(old, new), relation=each.relation.replace(old, new))
                for each in statements
            )

        return CompiledModels(self.inputs, moved(self.models), moved(self.tests))


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


class _Kept(msgspec.Struct, frozen=True):
    basis: str
    models: CompiledModels


def keep_models(path: Path, basis: str, models: CompiledModels) -> None:
    """Keep compiled models for later builds on the same basis."""
    atomic.write_bytes(path, msgspec.json.encode(_Kept(basis, models)))


def kept_models(path: Path, basis: str) -> CompiledModels | None:
    """The models that were kept on this basis, or None."""
    if not path.is_file():
        return None
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
    except msgspec.DecodeError:  # of another release
        return None
    return kept.models if kept.basis == basis else None


def make(connection: duckdb.DuckDBPyConnection, models: Iterable[Statement]) -> Iterator[Statement]:
    """Make tables and views in a database of the name they were compiled for; yield each once it is there."""
    connection.execute(f"attach if not exists ':memory:' as {STEPS}")
    for model in models:
        connection.execute(f"create schema if not exists {model.relation.rpartition('.')[0]}")
        connection.execute(f"create {model.kind} {model.relation} as {model.sql}")
        yield model


def _is_made(node: dict[str, Any]) -> bool:
    return node["resource_type"] in ("model", "test") and node["config"]["materialized"] != "ephemeral"


def _statement(node: dict[str, Any]) -> Statement:
    if node["resource_type"] == "test":
        return Statement(node["name"], "", "", "test", "", node["compiled_code"])
    config = node["config"]
    exchange = config.get("meta", {}).get("exchange", "whole")
    return Statement(
        node["name"], node["schema"], node["relation_name"], config["materialized"], exchange, node["compiled_code"]
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
