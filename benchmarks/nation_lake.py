"""A nation as a shared lake: departments of every province, their papers of eight years, as facts, without any file.

The amounts of the template departments (``benchmarks.filings``) are multiplied by DuckDB itself: every department is a
template under a name and a region of its own, its money multiplied by a whole number, so that every identity still
holds, and its years repeated four years earlier. Regions get departments in proportion to the counties they have. What
is written is a shared lake as ``duizhang compact`` writes it. Does not belong here: asking it (``nation_queries``).
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from benchmarks.filings import YEARS, templates
from pipelines.classification.regions import regions
from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.batches import connected, write_batch
from pipelines.lake.shared.manifest import Batch, Manifest, Partition, key_of
from pipelines.lake.shared.objects import FolderObjects
from pipelines.lake.store import frames_of

TABLES = ("document", "amount")
"""The tables that the questions of a nation need."""
_REPEATED = 2
"""How often the templates' years come, one after the other."""
_DEPARTMENTS = """
CREATE TABLE department AS
SELECT
    number,
    region_code,
    left(region_code, 2) || '0000' AS province,
    left(sha256('department' || number), 16) AS department_id,
    number % (SELECT count(DISTINCT template) FROM template_document) AS template,
    1 + number % 97 AS factor
FROM (SELECT range AS number FROM range({departments})) JOIN region ON number * {regions} // {departments} = position
"""
_DOCUMENTS = """
CREATE TABLE copy AS
SELECT
    department.*,
    document_id,
    fiscal_year - {years} * turn AS paper_year,
    {years} * turn AS earlier,
    sha256(department_id || document_id || turn) AS new_id,
    (fiscal_year - {years} * turn) || '-' || kind || '-department-' || department_id AS filing_id
FROM department JOIN template_document USING (template) CROSS JOIN (SELECT range AS turn FROM range({turns}))
"""


class Nation(NamedTuple):
    """What was made."""

    objects: FolderObjects
    state: Manifest
    documents: int
    amounts: int
    departments: int
    bytes: int


def make_nation(folder: Path, amounts: int) -> Nation:
    """Make a shared lake with about so many amounts in a folder, in place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    objects = FolderObjects(folder)
    with connected(objects) as connection:
        _templates(connection)
        departments = max(1, round(amounts / _amounts_of_a_department(connection)))
        connection.execute(_DEPARTMENTS.format(departments=departments, regions=len(_counties())))
        connection.execute(_DOCUMENTS.format(years=YEARS, turns=_REPEATED))
        partitions = tuple(_partitions(connection, objects))
    state = manifests.commit(objects, lambda _: Manifest(partitions=partitions))
    batches = [batch for each in partitions for batch in each.batches]
    made = sum(batch.rows for batch in batches if batch.table == "amount")
    documents = sum(each.documents for each in partitions)
    return Nation(objects, state, documents, made, departments, sum(batch.bytes for batch in batches))


def _templates(connection: duckdb.DuckDBPyConnection) -> None:
    """Put what is multiplied into the database: the regions, the templates' documents and their facts."""
    counties = pl.DataFrame({"position": range(len(_counties())), "region_code": _counties()})
    _insert(connection, "region", counties)
    papers = [(number, facts) for number, department in enumerate(templates()) for facts in department]
    for table in TABLES:
        parts = [frames_of(facts)[table].with_columns(template=pl.lit(number)) for number, facts in papers]
        _insert(connection, f"template_{table}", pl.concat(parts).with_row_index("place"))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    with tempfile.TemporaryDirectory() as folder:
        frame.write_parquet(f"{folder}/{table}.parquet")
        connection.execute(f"CREATE TABLE {table} AS FROM '{folder}/{table}.parquet'")


def _counties() -> list[str]:
    """The regions that have departments of their own: all of them, each once."""
    return sorted({region.code for region in regions()})


def _amounts_of_a_department(connection: duckdb.DuckDBPyConnection) -> float:
    question = "SELECT count(*) / count(DISTINCT template) FROM template_amount"
    [[average]] = connection.execute(question).fetchall()
    return float(average) * _REPEATED


def _partitions(connection: duckdb.DuckDBPyConnection, objects: FolderObjects) -> Iterator[Partition]:
    question = "SELECT province, paper_year, count(*) FROM copy GROUP BY ALL ORDER BY ALL"
    for province, year, documents in connection.execute(question).fetchall():
        batches = tuple(_batches(connection, objects, province, year))
        yield Partition(province, year, "benchmark", f"{province}{year}{documents}", documents, batches)


def _batches(
    connection: duckdb.DuckDBPyConnection, objects: FolderObjects, province: str, year: int
) -> Iterator[Batch]:
    for table in TABLES:
        batch = write_batch(
            connection, _rows(table, province, year), objects, table, key_of(province, year, "benchmark")
        )
        if batch is not None:
            yield batch


def _rows(table: str, province: str, year: int) -> str:
    """The rows of one batch: a template's rows under a new document, in a year of its own, times a whole number."""
    columns = ", ".join(f'{_column(name)} AS "{name}"' for name in lake_schemas()[table])
    return f"""
        SELECT {columns}, copy.filing_id, copy.department_id, copy.region_code, copy.paper_year
        FROM (SELECT * FROM copy WHERE province = '{province}' AND paper_year = {year}) AS copy
        JOIN template_{table} AS facts USING (document_id)
        ORDER BY copy.region_code, copy.department_id, facts.document_id, facts.place
    """


def _column(name: str) -> str:
    if name == "document_id":
        return "copy.new_id"
    if name.endswith("_id"):
        return f'left(copy.new_id, 16) || facts."{name}"[17:]'
    if name == "fiscal_year":
        return "CAST(facts.fiscal_year - copy.earlier AS INTEGER)"
    if name == "value":
        factor = "CASE WHEN facts.amount_yuan IS NULL THEN 1 ELSE copy.factor END"
        return f"CAST(facts.value * {factor} AS DECIMAL(28, 10))"
    if name == "amount_yuan":
        return "CAST(facts.amount_yuan * copy.factor AS DECIMAL(20, 2))"
    return f'facts."{name}"'
