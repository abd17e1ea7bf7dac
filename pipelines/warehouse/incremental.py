"""Building a new warehouse file from the published one, where only a few papers changed.

The published file is copied. The models, as dbt compiled them for the last full build, are made a second time in memory
from the facts of the touched departments only; their rows take the place of the old ones, table by table. What a table
exchanges its rows by is declared with it (``exchange``):

    document_id, filing_id, department_id, check_id     the column that says whose a row is
    whole       it looks at all departments at once: made anew from the new tables
    declared    it holds declarations, which are the same

Nothing is exchanged where a whole table that others read tells something else of what was there before (the name that
most papers give a code): then everything has to be built. Does not belong here: which papers are touched
(``touched``), whether to build this way (``pipelines.stages.tables``).
"""

import re
import shutil
import time
import uuid
from pathlib import Path
from typing import Any

import duckdb

from data_quality.reviews import Reviews
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import PREFIX, BuildError, BuildResult, write_inputs
from pipelines.warehouse.compiled import CompiledModels, Statement
from pipelines.warehouse.declared import KEYS, STEPS, WHOLE
from pipelines.warehouse.resources import Resources
from pipelines.warehouse.touched import Touched, changed_documents, note_touched, touched_by

MOST_SHARE = 0.25
"""Of all documents: where more are touched, a full build is as fast and leaves a tighter file."""
_DELTA = "delta"
_USUAL = Resources()
_DEPARTMENTS = ("reference_region", "reference_department")


class NotIncrementalError(Exception):
    """A change that has to be built in full; the message says why."""


def build_incrementally(
    lake: Lake,
    files: list[SourceFile],
    published: Path,
    models: CompiledModels,
    *,
    version: str,
    reviews: Reviews,
    most_share: float = MOST_SHARE,
    resources: Resources = _USUAL,
) -> BuildResult:
    """Build the warehouse of these files out of the published one, as a new file in a build folder beside it.

    ``models`` are those the published file was built with, from the same declarations and facts' version.

    Raises:
        NotIncrementalError: too much changed, or something that other departments' rows depend on.
        BuildError: a model or a test failed.
    """
    started = time.monotonic()
    folder = published.parent / f"{PREFIX}{uuid.uuid4().hex[:12]}"
    folder.mkdir(parents=True)
    new = folder / published.name
    try:
        shutil.copyfile(published, new)
        with (
            resources.spilling(folder) as spill,
            duckdb.connect(str(new), config=resources.settings(spill)) as connection,
        ):
            exchange = _Exchange(connection, new.stem, lake, version)
            touched = exchange.touched(files, models, folder, most_share)
            kept = [file for file in files if file.document_id in touched.documents]
            write_inputs(lake, kept, folder, version=version, reviews=reviews)
            made = exchange.run(models.for_inputs(folder / "inputs"))
            tests = exchange.test(models)
            connection.execute("checkpoint")
        touched.keep(folder)
    except duckdb.Error as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise BuildError(str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return BuildResult(new, folder, made, tests, time.monotonic() - started)


class _Exchange:
    """One exchange of rows in an open copy of the published file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, database: str, lake: Lake, version: str) -> None:
        self.connection = connection
        self.database = database
        self.lake = lake
        self.version = version
        for name in (_DELTA, STEPS):
            connection.execute(f"attach ':memory:' as {name}")

    def touched(self, files: list[SourceFile], models: CompiledModels, folder: Path, most_share: float) -> Touched:
        """What the change touches; noted in temporary tables, one for each key."""
        changed = changed_documents(self.connection, self.database, files, self.lake, self.version)
        departments = self._departments([file for file in files if file.document_id in changed], models, folder)
        found = touched_by(self.connection, self.database, changed, departments)
        [(documents,)] = self._rows(f'select count(*) from "{self.database}".core.document')
        if len(found.documents) > most_share * max(documents, len(files)):
            raise NotIncrementalError(f"{len(found.documents)} of {documents} documents are touched")
        note_touched(self.connection, [f'"{self.database}"'], found)
        return found

    def _departments(self, files: list[SourceFile], models: CompiledModels, folder: Path) -> set[str]:
        """The departments that changed files are about now, and their superiors, known before anything is built."""
        inputs = folder / "changed"
        inputs.mkdir()
        write_inputs(self.lake, files, inputs, version=self.version)
        delta = models.for_inputs(inputs / "inputs").for_database(self.database, _DELTA)
        for model in delta.models:
            if model.name in _DEPARTMENTS:
                self._make(model)
        rows = self._rows(f"select unnest([department_id, superior_id]) from {_DELTA}.reference.department")
        for model in delta.models:
            if model.name in _DEPARTMENTS:
                self.connection.execute(f"drop table {model.relation}")
        return {department for (department,) in rows if department is not None}

    def run(self, models: CompiledModels) -> int:
        """Make every table anew as it is declared; return how many were made."""
        tables = [model for model in models.models if model.kind == "table"]
        in_delta = {model.name: model for model in models.for_database(self.database, _DELTA).models}
        partial = [model for model in tables if model.exchange in KEYS]
        for model in tables:
            delta = in_delta[model.name]
            is_read = any(each.reads(model) for each in partial)
            if model.exchange in KEYS:
                self._make(delta)
                if not model.is_step:
                    self._replace_touched(model, delta)
            else:
                if model.exchange == WHOLE:
                    self._replace_whole(model, is_read=is_read)
                if is_read:
                    self._copy(model, delta)
        return len(tables)

    def test(self, models: CompiledModels) -> int:
        """Run the tests of all tables made anew, on what was made; return how many passed."""
        by_table = {(model.layer, model.relation.split('"')[-2]): model for model in models.models}
        delta = models.for_database(self.database, _DELTA)
        passed = 0
        for test, in_delta in zip(models.tests, delta.tests, strict=True):
            exchanges = {by_table[table].exchange for table in _tables_in(test.sql, self.database) if table in by_table}
            if not exchanges & {*KEYS, WHOLE}:
                continue  # views and declarations are what they were
            sql = in_delta.sql if exchanges <= {*KEYS} else test.sql
            if self._rows(f"select 1 from ({sql}) as failing limit 1"):
                raise BuildError(f"test {test.name} failed on what was built anew")
            passed += 1
        return passed

    def _make(self, model: Statement) -> None:
        self.connection.execute(f"create schema if not exists {model.relation.rpartition('.')[0]}")
        self.connection.execute(f"create table {model.relation} as {model.sql}")

    def _replace_touched(self, model: Statement, delta: Statement) -> None:
        key = model.exchange
        touched = f"{key} in (from touched_{key.removesuffix('_id')})"
        # filings and checks are of the touched documents only; documents and departments may be named by declarations
        own = "true" if key in ("filing_id", "check_id") else touched
        self.connection.execute(f"delete from {model.relation} where {touched}")
        self.connection.execute(f"insert into {model.relation} by name select * from {delta.relation} where {own}")

    def _replace_whole(self, model: Statement, *, is_read: bool) -> None:
        self.connection.execute(f"create or replace temp table made_whole as {model.sql}")
        if is_read and self._tells_otherwise(model):
            table = model.name.removeprefix(f"{model.layer}_")
            raise NotIncrementalError(f"{model.layer}.{table} tells something else of what was there before")
        self.connection.execute(f"delete from {model.relation}")
        self.connection.execute(f"insert into {model.relation} by name from made_whole")
        self.connection.execute("drop table made_whole")

    def _tells_otherwise(self, model: Statement) -> bool:
        """Whether a row that was there before is another one now, told by its first column."""
        columns = [name for name, *_ in self._rows(f"describe {model.relation}")]
        key, row = f'"{columns[0]}"', ", ".join(f'"{name}"' for name in columns)
        return bool(
            self._rows(f"""
            select 1 from (select {row} from {model.relation} except select {row} from made_whole) as gone
            where {key} in (select {key} from made_whole) limit 1
        """)
        )

    def _copy(self, model: Statement, delta: Statement) -> None:
        self.connection.execute(f"create schema if not exists {delta.relation.rpartition('.')[0]}")
        self.connection.execute(f"create table {delta.relation} as from {model.relation}")

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query).fetchall()


def _tables_in(sql: str, database: str) -> set[tuple[str, str]]:
    """Schema and name of every table of the database, and of the steps to it, that a statement names."""
    return set(re.findall(rf'"(?:{re.escape(database)}|{STEPS})"\."(\w+)"\."(\w+)"', sql))
