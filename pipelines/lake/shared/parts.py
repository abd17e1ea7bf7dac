"""Which documents lie in which partition of a shared lake, and the fingerprint by which a change is noticed.

Does not belong here: writing partitions (``compaction``), and who is where (the caller says it).
"""

import hashlib
from collections.abc import Collection

import polars as pl

from pipelines.lake.shared.manifest import Key, key_of
from pipelines.lake.store import Lake

PLACES = pl.Schema(
    {
        "document_id": pl.String(),
        "filing_id": pl.String(),
        "department_id": pl.String(),
        "region_code": pl.String(),
        "fiscal_year": pl.Int32(),
    }
)
"""Which documents there are, and whose they are; everything but the document may be unknown."""
FILES = pl.Schema({"document_id": pl.String(), "source_path": pl.String(), "container_path": pl.String()})
"""The files that documents were found in."""
NO_FILES = pl.DataFrame(schema=FILES)


def placed(places: pl.DataFrame, aside: Collection[str], files: pl.DataFrame) -> pl.DataFrame:
    """Add to each document whether it is set aside, and its files as structs, sorted."""
    found = files.sort("source_path", "container_path", nulls_last=False).group_by("document_id", maintain_order=True)
    rows = found.agg(pl.struct("source_path", "container_path").alias("files"))
    return places.select(*PLACES, aside=pl.col("document_id").is_in(list(aside))).join(
        rows, on="document_id", how="left"
    )


def partitions_of(lake: Lake, version: str, source: str, places: pl.DataFrame) -> dict[Key, pl.DataFrame]:
    """The documents of each province and year, sorted, with whether they have second readings."""
    rows = places.with_columns(
        province=pl.col("region_code").str.slice(0, 2).fill_null("00") + "0000",
        year=pl.col("fiscal_year").fill_null(0),
        twice=pl.col("document_id").map_elements(
            lambda document: lake.second_folder(document, version).is_dir(), return_dtype=pl.Boolean
        ),
    ).sort("region_code", "department_id", "document_id", nulls_last=True)
    parts = rows.partition_by("province", "year", as_dict=True)
    return {key_of(str(province), int(year), source): part for (province, year), part in parts.items()}


def fingerprint_of(version: str, rows: pl.DataFrame) -> str:
    """A hash of the documents of a partition, whose they are, and the version of their facts."""
    digest = hashlib.sha256(version.encode())
    for row in rows.iter_rows():
        digest.update(repr(row).encode())
    return digest.hexdigest()
