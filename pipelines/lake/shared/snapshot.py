"""Partitions of a shared lake as a build sees them: one Parquet file for each table, as a lake of one's own gives them.

With the documents that do not count and the files all were found in, so that the tables built from it are those that a
load of the same files builds. Does not belong here: what a build reads besides (``pipelines.warehouse``).
"""

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import polars as pl

from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared.batches import MEMORY, SOURCE_FILE, aside_table, connected, rows_of
from pipelines.lake.shared.manifest import Manifest, Partition
from pipelines.lake.shared.objects import Objects
from pipelines.lake.shared.parts import FILES
from pipelines.lake.store import LakeError

ALL = "all"
"""In place of provinces: every one there is, and what is of no known province."""


def partitions_in(state: Manifest, provinces: Collection[str], version: str) -> list[Partition]:
    """The partitions of these provinces, or of :data:`ALL`.

    Raises:
        LakeError: a province has none, or their facts are of another version.
    """
    wanted = {each.province for each in state.partitions} if ALL in provinces else set(provinces)
    found = [each for each in state.partitions if each.province in wanted]
    missing = sorted(wanted - {each.province for each in found})
    if missing or not found:
        there = ", ".join(sorted({each.province for each in state.partitions})) or "nothing"
        raise LakeError(f"the shared lake has no province {', '.join(missing) or ALL}; there is {there}")
    others = [each for each in found if each.version != version]
    if others:
        raise LakeError(
            f"{len(others)} of {len(found)} partitions were compacted by another release, for example province "
            f"{others[0].province}, year {others[0].year}: load and compact with this one where they are read"
        )
    return found


def write_partitions(objects: Objects, partitions: Sequence[Partition], folder: Path, memory: str = MEMORY) -> None:
    """Write the lake tables and ``source_file`` as ``<folder>/<name>.parquet``."""
    with connected(objects, memory) as connection:
        for table, schema in lake_schemas().items():
            _write(connection, _places(objects, partitions, (table, aside_table(table))), schema, folder, table)
        places = _places(objects, partitions, (SOURCE_FILE,))
        schema = pl.Schema({name: FILES[name] for name in ("source_path", "container_path", "document_id")})
        _write(connection, places, schema, folder, SOURCE_FILE)


def _places(objects: Objects, partitions: Sequence[Partition], tables: tuple[str, ...]) -> list[str]:
    batches = (batch for each in partitions for batch in each.batches)
    return [objects.location(batch.name) for batch in batches if batch.table in tables]


def _write(
    connection: duckdb.DuckDBPyConnection, places: list[str], schema: pl.Schema, folder: Path, table: str
) -> None:
    target = folder / f"{table}.parquet"
    if not places:
        pl.DataFrame(schema=schema).write_parquet(target)
        return
    columns = ", ".join(f'"{name}"' for name in schema)
    query = f"COPY (SELECT {columns} FROM ({rows_of(places)})) TO '{str(target).replace(chr(39), chr(39) * 2)}'"
    connection.execute(f"{query} (FORMAT parquet, COMPRESSION zstd)")
