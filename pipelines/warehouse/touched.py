"""What a change of papers can touch: the documents that changed, and everything of the departments they are about.

Years, papers and versions are compared within a department, and a unit may be measured against its superior; so the
least that can be built anew by itself is a department with those above and below it. Does not belong here: building
(``incremental``).
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb
import msgspec

from pipelines.lake import atomic
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake

KEPT = "touched.json"
"""In a build's folder."""


class Touched(msgspec.Struct, frozen=True):
    """What has to be taken out of the published tables and built anew."""

    documents: frozenset[str]
    """Those that changed, were added or removed, and all of the same departments."""
    departments: frozenset[str]

    def keep(self, folder: Path) -> None:
        """Keep it in a build's folder, for those who look at the new file later."""
        atomic.write_bytes(folder / KEPT, msgspec.json.encode(self))


def kept_touched(folder: Path) -> Touched | None:
    """What was touched by the build in a folder; None if all tables were made anew."""
    path = folder / KEPT
    return msgspec.json.decode(path.read_bytes(), type=Touched) if path.is_file() else None


def changed_documents(
    connection: duckdb.DuckDBPyConnection, published: str, files: Iterable[SourceFile], lake: Lake, version: str
) -> frozenset[str]:
    """The documents that came, went, changed their path, or were read a second time since a file was published."""
    rows = connection.execute(f"select source_path, container_path, document_id from {published}.core.source_file")
    before = {(path, inside or "", document) for path, inside, document in rows.fetchall()}
    now = {(file.source_path, file.container_path, file.document_id) for file in files}
    moved = {document for _, _, document in before ^ now}
    rows = connection.execute(
        f"select distinct document_id from {published}.core.second_reading "
        f"union select document_id from {published}.core.document where superseded_by is not null"
    )
    known = {document for (document,) in rows.fetchall()}
    present = {document for _, _, document in now} - known
    return frozenset(moved | {document for document in present if _is_read_twice(lake, document, version)})


def touched_by(
    connection: duckdb.DuckDBPyConnection, published: str, changed: frozenset[str], departments: Iterable[str]
) -> Touched:
    """Everything that changed documents touch; ``departments`` are those that they are about now, and their superiors.

    Departments are known by the names their papers print, so that one too many may be touched, never one too few.
    """
    for table, ids in (("document", changed), ("department", frozenset(departments))):
        _note(connection, table, ids)
    size = -1
    while size != (size := _grow(connection, published)):
        pass
    return Touched(*(_column(connection, f"touched_{name}") for name in ("document", "department")))


def note_touched(connection: duckdb.DuckDBPyConnection, databases: Collection[str], touched: Touched) -> None:
    """Note what is touched in temporary tables ``touched_<key>``: all that is in any of these databases."""
    _note(connection, "document", touched.documents)
    _note(connection, "department", touched.departments)
    for key, source, by in (("filing", "core.document", "document"), ("check", 'quality."check"', "filing")):
        found = " union ".join(
            f"select {key}_id from {database}.{source} where {by}_id in (from touched_{by})" for database in databases
        )
        connection.execute(f"create or replace temp table touched_{key} as select distinct {key}_id from ({found})")


def _note(connection: duckdb.DuckDBPyConnection, key: str, ids: Iterable[str]) -> None:
    # written out: for a list as parameter, DuckDB imports pandas, which takes a second
    listed = ", ".join("'" + each.replace("'", "''") + "'" for each in sorted(ids))
    connection.execute(
        f"create or replace temp table touched_{key} as select unnest(cast([{listed}] as varchar[])) as {key}_id"
    )


def _grow(connection: duckdb.DuckDBPyConnection, published: str) -> int:
    """Add departments of the documents, those above and below, and their documents; return how many there are."""
    for table, query in (
        ("touched_department", f"""
            select alias.department_id
            from {published}.core.document
            inner join {published}.reference.department_alias as alias on document.department = alias.alias
            where document.document_id in (from touched_document)"""),
        ("touched_department", f"""
            select unnest([department_id, superior_id])
            from {published}.reference.department
            where department_id in (from touched_department) or superior_id in (from touched_department)"""),
        ("touched_document", f"""
            select document.document_id
            from {published}.core.document
            inner join {published}.reference.department_alias as alias on document.department = alias.alias
            where alias.department_id in (from touched_department)"""),
    ):  # fmt: skip
        connection.execute(f"insert into {table} ({query}) except from {table}")
    query = "select (select count(*) from touched_document) + (select count(*) from touched_department)"
    return int(connection.execute(query).fetchall()[0][0])


def _column(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    return frozenset(value for (value,) in connection.execute(f"from {table}").fetchall() if value is not None)


def _is_read_twice(lake: Lake, document: str, version: str) -> bool:
    return Path(lake.second_folder(document, version), "second_reading.parquet").is_file()
