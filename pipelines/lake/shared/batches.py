"""Making and reading batches: one sorted Parquet file for a table, a province and a year.

Every row carries whose it is beside what its document says: ``filing_id``, ``department_id``, ``region_code`` and
``paper_year``. Rows are sorted by region, department and document, in small row groups, so that a question about one
department touches little of a file. Does not belong here: which batches count (``manifest``).
"""

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared.manifest import Batch, Key, Manifest
from pipelines.lake.shared.objects import Objects

FOLDER = "batches/"
WHOSE = ("filing_id", "department_id", "region_code", "paper_year")
"""Columns of every batch beside those of its lake table."""
SOURCE_FILE = "source_file"
"""The table of the files that documents were found in, of those set aside too."""
MEMORY = "4GB"
_ROW_GROUP = 30_720


def write_batch(
    connection: duckdb.DuckDBPyConnection, rows: str, objects: Objects, table: str, key: Key
) -> Batch | None:
    """Write the rows of a query, in their order, as a batch; None if there are none."""
    with tempfile.TemporaryDirectory(prefix="duizhang-batch-") as folder:
        file = Path(folder, "batch.parquet")
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
        [[written]] = connection.execute(f"COPY ({rows}) TO '{file}' ({options})").fetchall()
        if not written:
            return None
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        name = f"{names_of(table, key)}{digest}.parquet"
        objects.upload(name, file)
        return Batch(table, name, int(written), file.stat().st_size)


def aside_table(table: str) -> str:
    """Where rows of documents that do not count are, superseded or quarantined: nobody reads them by accident."""
    return f"aside_{table}"


def shared_tables() -> tuple[str, ...]:
    """All tables of a shared lake."""
    return (*lake_schemas(), *map(aside_table, lake_schemas()), SOURCE_FILE)


def names_of(table: str, key: Key) -> str:
    """How the names of all batches of a table and a partition begin, and of no others."""
    province, year, source = key
    return f"{FOLDER}{table}/province={province}/year={year}/{source and source + '-'}"


def locations(
    objects: Objects, manifest: Manifest, table: str, *, provinces: Collection[str], years: Collection[int]
) -> list[str]:
    """Where the rows of a table are, for these provinces and years of papers.

    Raises:
        ValueError: no province or no year is stated: nobody reads a nation by accident.
    """
    if not provinces or not years:
        raise ValueError("state the provinces and the years to read; all of them, if all are meant")
    wanted = (each for each in manifest.partitions if each.province in set(provinces) and each.year in set(years))
    return [objects.location(batch.name) for each in wanted for batch in each.batches if batch.table == table]


def rows_of(places: Collection[str]) -> str:
    """The query for all rows of some batches of one table, with ``province`` and ``year``."""
    listed = ", ".join("'" + place.replace("'", "''") + "'" for place in places)
    return f"SELECT * FROM read_parquet([{listed}], hive_partitioning = true, hive_types = {{'province': VARCHAR}})"


@contextmanager
def connected(objects: Objects, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that reads these objects and puts on disk what does not fit into memory."""
    with tempfile.TemporaryDirectory(prefix="duizhang-spill-") as spill:
        settings = {"memory_limit": memory, "temp_directory": spill}
        with duckdb.connect(":memory:", config=settings) as connection:  # type: ignore[arg-type]
            objects.attach(connection)
            yield connection
