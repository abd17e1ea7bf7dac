"""Files generated from the declared SQL models: the data dictionary and the index Dagster shows lineage from.

``sql/models/*/*.yml`` is the only declaration of tables, columns and their meaning. ``python -m pipelines.generated``
writes both files again; a test fails while they differ from the declaration. Does not belong here: the tables' schema
in the warehouse or the lake, which is read from the same declaration where it is needed.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
MODELS = REPOSITORY / "sql" / "models"
DICTIONARY = REPOSITORY / "docs" / "dictionary.md"
INDEX = REPOSITORY / "pipelines" / "defs" / "sql_models.json"

LAYERS = {
    "reference": "代码表与词汇 | code lists and vocabulary",
    "core": "公开文件所载事实 | what the disclosures say",
    "mart": "供分析的比较与汇总 | comparisons and summaries to analyse",
    "quality": "规则、核对与发现 | rules, checks and findings",
}
"""Published schemas, in the order of the dictionary; other folders are steps on the way."""

_REFERENCE = re.compile(r"""\{\{-?\s*ref\(\s*['"](\w+)['"]\s*\)""")


class Model(msgspec.Struct, frozen=True):
    """One declared SQL model. ``upstream`` are the full names of the models its SQL reads."""

    name: str
    """Schema and table, ``core.amount``."""
    description: str
    columns: tuple[dict[str, Any], ...]
    key: tuple[str, ...]
    upstream: tuple[str, ...]


def models(folder: Path = MODELS) -> list[Model]:
    """All declared models, by name. Raises ``KeyError`` where SQL reads a model that nobody declares."""
    declared = {entry["name"]: (path, entry) for path, entry in _declarations(folder)}
    full_names = {name: _full_name(path, entry) for name, (path, entry) in declared.items()}
    return sorted(
        (_model(path, entry, full_names) for path, entry in declared.values()),
        key=lambda model: model.name,
    )


def dictionary(declared: list[Model]) -> str:
    """The data dictionary in Markdown: every published table with its key and columns."""
    lines = [
        "# 数据字典 | Data dictionary",
        "",
        "由 `sql/models/*/*.yml` 生成（`make docs`），请勿手改。 | Generated from `sql/models/*/*.yml` by `make docs`; "
        "do not edit.",
    ]
    for layer, meaning in LAYERS.items():
        tables = [model for model in declared if model.name.startswith(f"{layer}.")]
        if tables:
            lines += ["", f"## {layer}", "", meaning]
        for model in tables:
            lines += _section(model)
    return "\n".join(lines) + "\n"


def index(declared: list[Model]) -> str:
    """The index of SQL models as JSON: name, description and upstream models."""
    rows = [{"name": model.name, "description": model.description, "upstream": model.upstream} for model in declared]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _declarations(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted(folder.glob("*/*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            yield path, entry


def _full_name(path: Path, entry: dict[str, Any]) -> str:
    return f"{path.parent.name}.{entry.get('config', {}).get('alias', entry['name'])}"


def _model(path: Path, entry: dict[str, Any], full_names: dict[str, str]) -> Model:
    sql = path.with_name(f"{entry['name']}.sql")
    referred = _REFERENCE.findall(sql.read_text(encoding="utf-8")) if sql.exists() else []
    return Model(
        name=full_names[entry["name"]],
        description=entry.get("description", ""),
        columns=tuple(entry.get("columns", ())),
        key=tuple(entry.get("config", {}).get("meta", {}).get("key", ())),
        upstream=tuple(sorted({full_names[name] for name in referred})),
    )


def _section(model: Model) -> list[str]:
    head = ["", f"### {model.name}", "", model.description]
    if model.key:
        head += ["", "主键 | key: " + ", ".join(f"`{column}`" for column in model.key)]
    rows = [
        f"| `{column['name']}` | {column.get('data_type', '')} | {_cell(column.get('description', ''))} |"
        for column in model.columns
    ]
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
