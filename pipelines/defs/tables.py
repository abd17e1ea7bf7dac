"""The fourth stage: one asset for each SQL model, built together in a new DuckDB file by one child process.

Names and dependencies come from ``index.json``, generated from the models, so that dbt is not imported here.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.defs.folders import Folders

INDEX: dict[str, Any] = json.loads(Path(__file__).with_name("index.json").read_text(encoding="utf-8"))
"""``tables``: name, description and upstream of every published model, upstream first; and ``rule_families``."""


def _spec(table: dict[str, Any]) -> dg.AssetSpec:
    layer, name = table["name"].split(".")
    upstream = [tuple(parent.split(".")) for parent in table["upstream"]]
    return dg.AssetSpec(
        [layer, name],
        deps=[*(["facts"] if layer == "core" else []), *map(dg.AssetKey, upstream)],
        description=table["description"],
        group_name=layer,
        kinds={"duckdb", "sql"},
    )


@dg.multi_asset(name="tables", specs=[_spec(table) for table in INDEX["tables"]])
def tables(context: dg.AssetExecutionContext, folders: Folders) -> Iterator[dg.MaterializeResult[None]]:
    """Build all models, unless nothing changed since the published warehouse was built."""
    from pipelines import stages

    with folders.workspace() as workspace:
        ready = stages.understood(workspace, stages.scan_files(workspace))
        rebuilt = stages.build_tables(workspace, ready)
        if stages.read_again(workspace, ready):
            stages.build_tables(workspace, ready)
    context.log.info("built a new warehouse file" if rebuilt else "nothing changed: no need to build")
    for table in INDEX["tables"]:
        yield dg.MaterializeResult(asset_key=table["name"].split("."), metadata={"rebuilt": rebuilt})
