"""The lake's folders: facts and readings, one place per document and version, written once.

    facts/<2 hex>/<document_id>-<version>/<table>.parquet
    readings/<2 hex>/<document_id>-<reader_version>.json.gz
    second_readings/<2 hex>/<document_id>-<version>/second_reading.parquet

A table without rows has no file. Does not belong here: which files there are (``files``), and which facts a build
takes (``snapshot``).
"""

import gzip
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import polars as pl

from pipelines.disclosures.facts import Facts, SecondReadingFact
from pipelines.documents.model import Document
from pipelines.lake import atomic
from pipelines.lake.schema import lake_schemas


class LakeError(ValueError):
    """Something cannot be stored as it is; the message says which value, and nothing was written."""


class Lake:
    """The lake in one folder. Everything in it is immutable; asking for more than is there returns None or False."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def facts_folder(self, document_id: str, version: str) -> Path:
        """Return where the facts of a document are, or would be."""
        return self.folder / "facts" / document_id[:2] / _name(document_id, version)

    def has_facts(self, document_id: str, version: str) -> bool:
        """Say whether a document was understood by this version."""
        return self.facts_folder(document_id, version).is_dir()

    def write_facts(self, facts: Facts, version: str) -> bool:
        """Store the facts of one document, all or nothing.

        Returns:
            True if they were written, False if this document and version were there already.

        Raises:
            LakeError: a value does not fit the type declared for its column.
        """
        frames = frames_of(facts)

        def fill(folder: Path) -> None:
            for table, frame in frames.items():
                if not frame.is_empty():
                    frame.write_parquet(folder / f"{table}.parquet", compression="zstd")

        return atomic.write_folder(self.facts_folder(facts.document.document_id, version), fill)

    def forget_facts(self, document_id: str, version: str) -> None:
        """Remove the facts of a document, if they are there, so that it is understood again."""
        atomic.remove_folder(self.facts_folder(document_id, version))

    def facts_of_documents(self, version: str) -> list[Path]:
        """Return where the ``document`` row of each document that was understood by this version is."""
        return sorted(self.folder.glob(f"facts/*/*-{version}/document.parquet"))

    def second_folder(self, document_id: str, version: str) -> Path:
        """Return where the second readings of a document are, or would be."""
        return self.folder / "second_readings" / document_id[:2] / _name(document_id, version)

    def write_second_readings(self, document_id: str, readings: Sequence[SecondReadingFact], version: str) -> bool:
        """Store what a second reader saw, all or nothing; none is stored too, so that nobody looks again.

        Returns:
            True if they were written, False if this document and version were there already.

        Raises:
            LakeError: a value does not fit the type declared for its column.
        """
        frame = _frame("second_reading", readings)

        def fill(folder: Path) -> None:
            if not frame.is_empty():
                frame.write_parquet(folder / "second_reading.parquet", compression="zstd")

        return atomic.write_folder(self.second_folder(document_id, version), fill)

    def forget_second_readings(self, document_id: str, version: str) -> None:
        """Remove what a second reader saw, if it is stored, so that it looks again where it has to."""
        atomic.remove_folder(self.second_folder(document_id, version))

    def has_reading(self, document_id: str, reader_version: str) -> bool:
        """Say whether what this reader saw in the document is stored."""
        return self._reading_path(document_id, reader_version).is_file()

    def read_reading(self, document_id: str, reader_version: str) -> Document | None:
        """Return what a reader saw, or None if it is not stored."""
        path = self._reading_path(document_id, reader_version)
        if not path.is_file():
            return None
        return msgspec.json.decode(gzip.decompress(path.read_bytes()), type=Document)

    def write_reading(self, document: Document) -> None:
        """Store what a reader saw, under its ``document_id`` and ``reader_version``."""
        path = self._reading_path(document.document_id, document.reader_version)
        if not path.is_file():
            atomic.write_bytes(path, gzip.compress(msgspec.json.encode(document), compresslevel=6, mtime=0))

    def forget_reading(self, document_id: str, reader_version: str) -> None:
        """Remove what a reader saw, if it is stored, so that it looks again."""
        self._reading_path(document_id, reader_version).unlink(missing_ok=True)

    def remove_leftovers(self) -> int:
        """Remove what killed runs left half-written; return how many things. Call it while holding the lock."""
        return atomic.remove_leftovers(self.folder)

    def _reading_path(self, document_id: str, reader_version: str) -> Path:
        return self.folder / "readings" / document_id[:2] / f"{_name(document_id, reader_version)}.json.gz"


def frames_of(facts: Facts) -> dict[str, pl.DataFrame]:
    """The facts of one document as one frame for each table.

    Raises:
        LakeError: a value does not fit the type declared for its column.
    """
    return {table: _frame(table, rows) for table, rows in _rows(facts).items()}


def _name(document_id: str, version: str) -> str:
    for word in (document_id, version):
        if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._+-]*", word):
            raise LakeError(f"document and version must be plain words, to name a file by them: {word!r}")
    return f"{document_id}-{version}"


def _rows(facts: Facts) -> dict[str, Sequence[msgspec.Struct]]:
    return {
        "document": (facts.document,),
        "form": facts.forms,
        "paragraph": facts.paragraphs,
        "amount": facts.amounts,
        "claim": facts.claims,
        "unplaced": facts.unplaced,
        "project": facts.projects,
        "project_amount": facts.project_amounts,
        "performance_cell": facts.performance_cells,
        "indicator": facts.indicators,
    }


def _frame(table: str, rows: Sequence[msgspec.Struct]) -> pl.DataFrame:
    schema = lake_schemas()[table]
    columns = {name: [getattr(row, name) for row in rows] for name in schema}
    for name, dtype in schema.items():
        if isinstance(dtype, pl.Decimal):
            _check_scale(table, name, dtype.scale, columns[name])
    try:
        return pl.DataFrame(columns, schema=schema, strict=True)
    except (pl.exceptions.PolarsError, TypeError, OverflowError) as error:
        raise LakeError(f"a value does not fit the declared columns of {table}: {error}") from error


def _check_scale(table: str, column: str, scale: int, values: Iterable[Decimal | None]) -> None:
    """Refuse a value with more decimal places than declared: Polars would cut them off without a word."""
    quantum = Decimal(1).scaleb(-scale)
    for value in values:
        if value is not None and (not value.is_finite() or value % quantum != 0):
            raise LakeError(f"{table}.{column} keeps {scale} decimal places, which {value} does not fit")
