"""Files generated from the declared SQL models: the data dictionary and the index that Dagster's lineage is read from.

dbt itself says what is declared and what depends on what (``dbt parse``), so macros and aliases count. ``make docs``
(``python -m pipelines.generated``) writes both files again; a test fails while they differ from the declarations. Does
not belong here: building tables (``warehouse``).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import msgspec

from pipelines.warehouse.declared import STEPS

REPOSITORY = Path(__file__).resolve().parent.parent
DICTIONARY = REPOSITORY / "docs" / "dictionary.md"
INDEX = REPOSITORY / "pipelines" / "defs" / "index.json"

LAYERS = {
    "reference": "代码表与词汇 | code lists and vocabulary",
    "core": "公开文件所载事实（现行版本） | what the disclosures say, in their current versions",
    "history": "已被更正文件取代的版本 | what superseded versions said",
    "mart": "供分析的比较与汇总 | comparisons and summaries to analyse",
    "quality": "规则、核对与发现 | rules, checks and findings",
    "provenance": "数字的出处 | where figures stand",
    "analysis": "中文视图 | the marts under Chinese names",
}
"""Published schemas, in the order of the dictionary."""

_VIEWS = "analysis."


class Model(msgspec.Struct, frozen=True):
    """One published SQL model; ``upstream`` are the published models it is made from, directly or over steps."""

    name: str
    """Schema and table, ``core.amount``."""
    description: str
    columns: tuple[tuple[str, str, str], ...]
    """Name, type and description, in declared order."""
    key: tuple[str, ...]
    warnings: tuple[str, ...]
    """What to mind when using it."""
    upstream: tuple[str, ...]


def models() -> list[Model]:
    """All published models in order of layer and name. Raises ``CalledProcessError`` where dbt cannot parse them."""
    nodes = {key: node for key, node in _manifest()["nodes"].items() if node["resource_type"] in ("model", "seed")}
    published = [_model(key, nodes) for key, node in nodes.items() if _is_table(node)]
    layers = list(LAYERS)
    return sorted(published, key=lambda model: (layers.index(model.name.split(".")[0]), model.name))


def dictionary(declared: Iterable[Model]) -> str:
    """The data dictionary in Markdown: every published table with its key and columns."""
    lines = [
        "# 数据字典 | Data dictionary",
        "",
        "由 `sql/models/` 中的声明生成（`make docs`），请勿手改。 | Generated from the declarations in `sql/models/` "
        "by `make docs`; do not edit.",
    ]
    layer = ""
    for model in declared:
        if layer != (layer := model.name.split(".")[0]):
            lines += ["", f"## {layer}", "", LAYERS[layer]]
        lines += _section(model)
    return "\n".join(lines) + "\n"


def index(declared: Iterable[Model]) -> str:
    """What Dagster must know of the SQL models and rule families before it imports either, as JSON.

    A table stands after those it is made from. The Chinese views are left out: they add nothing, and Dagster takes no
    Chinese names.
    """
    from data_quality.catalogue import FAMILIES

    by_name = {model.name: model for model in declared if not model.name.startswith(_VIEWS)}
    order = TopologicalSorter({name: model.upstream for name, model in by_name.items()}).static_order()
    tables = [
        {"name": name, "description": by_name[name].description, "upstream": by_name[name].upstream} for name in order
    ]
    return json.dumps({"tables": tables, "rule_families": list(FAMILIES)}, ensure_ascii=False, indent=1) + "\n"


def _manifest() -> dict[str, Any]:
    """What dbt makes of the project, without a database: it is run as a child process and leaves nothing behind."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DUIZHANG_BUILD_DATABASE": f"{folder}/none.duckdb", "DUIZHANG_BUILD_INPUTS": folder}
        command = [str(Path(sys.executable).with_name("dbt")), "--quiet", "parse"]
        places = ["--project-dir", str(REPOSITORY / "sql"), "--profiles-dir", str(REPOSITORY / "sql")]
        outputs = ["--target-path", f"{folder}/target", "--log-path", f"{folder}/logs"]
        subprocess.run([*command, *places, *outputs], env=environment, check=True)
        manifest: dict[str, Any] = json.loads(Path(folder, "target", "manifest.json").read_bytes())
        return manifest


def _is_table(node: dict[str, Any]) -> bool:
    is_made = node["config"]["materialized"] != "ephemeral" and node["database"] != STEPS
    return node["schema"] in LAYERS and is_made


def _model(key: str, nodes: dict[str, dict[str, Any]]) -> Model:
    node = nodes[key]
    columns = ((name, column["data_type"] or "", column["description"]) for name, column in node["columns"].items())
    return Model(
        name=f"{node['schema']}.{node['alias']}",
        description=node["description"],
        columns=tuple(columns),
        key=tuple(node["config"].get("meta", {}).get("key", ())),
        warnings=tuple(node["config"].get("meta", {}).get("usage_warnings", ())),
        upstream=tuple(sorted(_published_upstream(key, nodes))),
    )


def _published_upstream(key: str, nodes: dict[str, dict[str, Any]]) -> set[str]:
    found: set[str] = set()
    for parent in nodes[key]["depends_on"]["nodes"]:
        node = nodes.get(parent)
        if node is not None and _is_table(node):
            found.add(f"{node['schema']}.{node['alias']}")
        elif node is not None:
            found |= _published_upstream(parent, nodes)
    return found


def _section(model: Model) -> list[str]:
    head = ["", f"### {model.name}", "", model.description]
    if model.key:
        head += ["", "主键 | key: " + ", ".join(f"`{column}`" for column in model.key)]
    head += [line for warning in model.warnings for line in ("", f"⚠ {warning}")]
    rows = [f"| `{name}` | {kind} | {_cell(description)} |" for name, kind, description in model.columns]
    return [*head, "", "| 列 column | 类型 type | 含义 meaning |", "| --- | --- | --- |", *rows]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "·")


def main() -> None:
    """Write both files."""
    declared = models()
    DICTIONARY.write_text(dictionary(declared), encoding="utf-8")
    INDEX.write_text(index(declared), encoding="utf-8")


if __name__ == "__main__":
    main()
