"""Compacting: the facts of single documents into batches, for the provinces and years in which something changed.

A partition is made anew out of its documents' facts when its fingerprint changed, and replaces the one before in one
commit for all. Killed at any moment, the shared lake is in the state before or after, and at most holds batches that no
manifest names, which the next compaction removes. Does not belong here: who is where (the caller says it).
"""

import tempfile
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

import duckdb
import msgspec
import polars as pl

from pipelines.lake import atomic
from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.batches import (
    FOLDER,
    SOURCE_FILE,
    WHOSE,
    aside_table,
    connected,
    names_of,
    shared_tables,
    write_batch,
)
from pipelines.lake.shared.manifest import Batch, Key, Manifest, Partition
from pipelines.lake.shared.objects import Objects
from pipelines.lake.shared.parts import NO_FILES, fingerprint_of, partitions_of, placed
from pipelines.lake.store import Lake, LakeError

KEPT_STATES = 3
"""Readers of an earlier state may go on until so many newer ones were committed."""


class Compacted(msgspec.Struct, frozen=True):
    """What a compaction did."""

    partitions: int
    """Made anew, or removed because nothing is in them any more."""
    documents: int
    """In the partitions that were made anew."""
    batches: int
    """Written."""
    removed: int
    """Files that no kept state names."""
    state: int
    """The number of the present state."""


def compact(
    lake: Lake,
    version: str,
    places: pl.DataFrame,
    objects: Objects,
    *,
    aside: Collection[str] = (),
    files: pl.DataFrame = NO_FILES,
) -> Compacted:
    """Bring a shared lake up to date with a lake's facts of this version.

    ``places`` has the columns of :data:`PLACES`, one row for each document; those ``aside`` do not count (superseded,
    quarantined) and go into tables of their own, for builds. ``files`` has the columns of :data:`FILES`. Call it while
    holding the lock of the lake's warehouse.

    Raises:
        LakeError: a document has no facts, or a partition belongs to another lake.
    """
    source = lake_id(lake)
    wanted = partitions_of(lake, version, source, placed(places, aside, files))
    before = manifests.latest(objects)
    _require_own(before, set(wanted), source)
    touched = {
        key: rows for key, rows in wanted.items() if _fingerprint_before(before, key) != fingerprint_of(version, rows)
    }
    made = {key: _make(lake, version, key, rows, objects, source) for key, rows in touched.items()}
    gone = {each.key for each in before.partitions if each.source == source and each.key not in wanted}

    def exchange(state: Manifest) -> Manifest:
        _require_own(state, set(made), source)
        kept = [each for each in state.partitions if each.key not in made and each.key not in gone]
        return msgspec.structs.replace(state, partitions=(*kept, *made.values()))

    after = manifests.commit(objects, exchange)
    removed = clean(objects, source)
    return Compacted(
        partitions=len(made) + len(gone),
        documents=sum(each.documents for each in made.values()),
        batches=sum(len(each.batches) for each in made.values()),
        removed=removed,
        state=after.number,
    )


def lake_id(lake: Lake) -> str:
    """The name of a lake for others, made once and kept in it."""
    path = lake.folder / "lake-id"
    if not path.is_file():
        atomic.write_bytes(path, uuid.uuid4().hex.encode())
    return path.read_text("ascii")


def clean(objects: Objects, source: str) -> int:
    """Remove states beyond those kept, and batches in this lake's partitions that none of the kept names.

    What lies elsewhere may be of another lake that is about to commit it.
    """
    manifests.forget(objects, KEPT_STATES)
    partitions = [each for state in manifests.kept(objects) for each in state.partitions]
    named = {batch.name for each in partitions for batch in each.batches}
    own = {each.key for each in partitions if each.source == source}
    begins = tuple(names_of(table, key) for table in shared_tables() for key in own)
    removed = [name for name in objects.names(FOLDER) if name not in named and name.startswith(begins)]
    for name in removed:
        objects.remove(name)
    return len(removed)


def _fingerprint_before(state: Manifest, key: Key) -> str | None:
    partition = state.by_key.get(key)
    return partition.fingerprint if partition else None


def _require_own(state: Manifest, keys: set[Key], source: str) -> None:
    foreign = sorted(each.key for each in state.partitions if each.key in keys and each.source != source)
    if foreign:
        province, year, _ = foreign[0]
        raise LakeError(
            f"{len(foreign)} partitions of the shared lake are written by another warehouse, for example province "
            f"{province}, year {year}; each province and year is compacted by one warehouse"
        )


def _make(lake: Lake, version: str, key: Key, rows: pl.DataFrame, objects: Objects, source: str) -> Partition:
    with connected(objects) as connection, tempfile.TemporaryDirectory(prefix="duizhang-places-") as folder:
        rows.write_parquet(f"{folder}/places.parquet")
        connection.execute(f"CREATE TABLE places AS SELECT * FROM '{folder}/places.parquet'")
        batches = tuple(_batches(connection, lake, version, key, rows, objects))
    province, year, _ = key
    documents = rows.height - int(rows["aside"].sum())
    return Partition(province, year, source, fingerprint_of(version, rows), documents, batches, version)


def _batches(
    connection: duckdb.DuckDBPyConnection,
    lake: Lake,
    version: str,
    key: Key,
    rows: pl.DataFrame,
    objects: Objects,
) -> Iterator[Batch]:
    for is_aside, table_of in ((False, str), (True, aside_table)):
        documents = rows.filter(aside=is_aside)["document_id"]
        for table in lake_schemas():
            files = [str(file) for document in documents if (file := _file(lake, version, table, document))]
            if files:
                batch = write_batch(connection, _sorted_rows(table, files), objects, table_of(table), key)
                if batch is not None:
                    yield batch
    batch = write_batch(connection, _FILE_ROWS, objects, SOURCE_FILE, key)
    if batch is not None:
        yield batch


def _file(lake: Lake, version: str, table: str, document: str) -> Path | None:
    """Where a document's rows of a table are; None if it has none. Raises ``LakeError`` if it has no facts at all."""
    if not lake.has_facts(document, version):
        raise LakeError(f"document {document} has no facts of version {version}; load again, then compact")
    folders = (lake.facts_folder(document, version), lake.second_folder(document, version))
    return next((file for folder in folders if (file := folder / f"{table}.parquet").is_file()), None)


_FILE_ROWS = f"""
    SELECT file.source_path, file.container_path, document_id, {", ".join(WHOSE[:-1])}, fiscal_year AS paper_year
    FROM (SELECT *, unnest(files) AS file FROM places)
    ORDER BY region_code, department_id, document_id, file.source_path, file.container_path
"""


def _sorted_rows(table: str, files: list[str]) -> str:
    """A document's rows stay in the order in which they were found."""
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    columns = ", ".join(f'facts."{name}"' for name in lake_schemas()[table])
    whose = ", ".join(f"places.{'fiscal_year AS paper_year' if name == 'paper_year' else name}" for name in WHOSE)
    return f"""
        SELECT {columns}, {whose}
        FROM read_parquet([{listed}], file_row_number = true) AS facts
        JOIN places USING (document_id)
        ORDER BY places.region_code, places.department_id, document_id, file_row_number
    """
