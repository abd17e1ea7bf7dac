"""Runs the quality models on hand-made facts without dbt: renders their SQL with jinja and executes it in DuckDB."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import msgspec
import polars as pl
import yaml

from data_quality.catalogue import rule_patterns, write_catalogue
from data_quality.reviews import Reviews
from pipelines.warehouse.reference import reference_frames
from pipelines.warehouse.reviews import review_frame

SQL = Path(__file__).resolve().parents[2] / "sql"
CORE = (
    "amount", "form", "filing", "document", "claim", "paragraph", "project", "indicator", "project_amount",
    "performance_cell",
    "second_reading", "unplaced",
)  # fmt: skip
DEPARTMENTS = "reference_department"
"""A reference table that tests fill by hand."""
REFERENCES = ("reference_form", "reference_stage", "reference_function_code", "reference_economic_code")
MACROS = (
    "allowance", "check_id", "code_title_key", "comparison", "department_key", "exact", "finding_message",
    "finding_numbers", "finding_places", "finding_sides", "one_digit", "patterns", "performance", "places",
    "printed_number", "readings_agree", "statements", "terms_text", "told",
)  # fmt: skip


class Engine:
    """A DuckDB file with the core tables as declared, and the quality tables once ``build`` was called."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "duizhang.duckdb"
        self.connection = duckdb.connect(str(self.path))
        self._inputs = folder
        self._given: dict[str, list[Mapping[str, Any]]] = {}
        self._made: set[str] = set()
        write_catalogue(folder)
        for name in (*REFERENCES, "reference_economic_crosswalk"):
            _references()[name].write_parquet(folder / f"{name}.parquet")
        self.review(Reviews())
        self.connection.execute("CREATE SCHEMA core; CREATE SCHEMA quality")
        for table in CORE:
            self.connection.execute(f"CREATE TABLE core.{table} ({_defined(declared(table))})")
        columns = _defined(declared(DEPARTMENTS, "reference"))
        self.connection.execute(f"CREATE TABLE quality.{DEPARTMENTS} ({columns})")

    def add(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Note rows of a core table, or of the departments; columns that are not given stay NULL."""
        self._given.setdefault(table, []).extend(rows)

    def review(self, reviews: Reviews, today: date | None = None) -> None:
        """Take these reviews of findings into account, as they stand on a day."""
        review_frame(reviews, today).write_parquet(self._inputs / "review.parquet")

    def put(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Make a quality table of these rows instead of evaluating its model."""
        columns = declared(name, "quality")
        self.connection.execute(f"CREATE TABLE quality.{name} ({_defined(columns)})")
        self._fill("quality", name, columns, list(rows))
        self._made.add(name)

    def _fill(self, schema: str, table: str, columns: dict[str, str], rows: list[Mapping[str, Any]]) -> None:
        text = [{name: None if row.get(name) is None else str(row[name]) for name in columns} for row in rows]
        path = self._inputs / f"{schema}_{table}.parquet"
        pl.DataFrame(text, schema=dict.fromkeys(columns, pl.String)).write_parquet(path)
        casts = ", ".join(f'CAST("{name}" AS {kind})' for name, kind in columns.items())
        self.connection.execute(f"INSERT INTO {schema}.{table} SELECT {casts} FROM read_parquet('{path}')")

    def build(self) -> "Engine":
        """Insert the noted rows and execute the quality models in the order of their references."""
        for table, rows in self._given.items():
            schema, layer = ("quality", "reference") if table == DEPARTMENTS else ("core", "core")
            self._fill(schema, table, declared(table, layer), rows)
        for name, sql in _ordered({k: v for k, v in self._render().items() if k not in self._made}):
            self.connection.execute(f'CREATE TABLE quality."{name}" AS {sql}')
        return self

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(sql).fetchall()

    def close(self) -> None:
        """Close the file, so that others may open it."""
        self.connection.close()

    def _render(self) -> dict[str, str]:
        given = {
            "ref": lambda name: f'{"core" if name in CORE else "quality"}."{name}"',
            "config": lambda **_: "",
            "build_input": lambda name: f"read_parquet('{self._inputs}/{name}.parquet')",
            "rule_patterns": lambda: msgspec.json.decode(msgspec.json.encode(rule_patterns())),
        }
        return {name: template.render(**given) for name, template in _templates().items()}


def expression(template: str) -> str:
    """An expression that calls the models' macros, as SQL."""
    return _template(template).render().strip()


@cache
def _templates() -> dict[str, jinja2.Template]:
    """The models as compiled templates, made once for all databases of a process: compiling costs most of a build."""
    models = sorted(path for path in (SQL / "models" / "quality").rglob("*.sql") if path.parent.name != "runs")
    models += [SQL / "models" / "reference" / f"{name}.sql" for name in (*REFERENCES, "reference_printed_code")]
    return {path.stem: _template(path.read_text("utf-8")) for path in models}


def _template(text: str) -> jinja2.Template:
    macros = "".join((SQL / "macros" / f"{name}.sql").read_text("utf-8") for name in MACROS)
    return jinja2.Environment(extensions=["jinja2.ext.do"]).from_string(macros + text)


@cache
def _references() -> dict[str, pl.DataFrame]:
    return reference_frames()


def _ordered(models: dict[str, str]) -> list[tuple[str, str]]:
    done: list[tuple[str, str]] = []
    waiting = dict(models)
    while waiting:
        ready = [n for n, sql in waiting.items() if not set(re.findall(r'quality\."(\w+)"', sql)) & waiting.keys()]
        done += [(name, waiting.pop(name)) for name in ready]
        assert ready, f"circular: {sorted(waiting)}"
    return done


def declared(table: str, layer: str = "core") -> dict[str, str]:
    """Name and type of each declared column of a table."""
    [path] = (SQL / "models" / layer).rglob(f"{table}.yml")
    text = path.read_text(encoding="utf-8")
    return {column["name"]: column["data_type"] for column in yaml.safe_load(text)["models"][0]["columns"]}


def _defined(columns: Mapping[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
