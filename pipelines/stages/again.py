"""Reading documents again though nothing about them changed: those of given fiscal years, or one that failed before.

Facts of one version are a function of bytes and version, so a build is told by its fingerprint alone whether it would
change anything; where facts are read anew on purpose, a mark beside the warehouse asks for a build until one was
published. Does not belong here: what reading is (``documents``).
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec
import polars as pl

from pipelines.documents.reading import READER_VERSIONS
from pipelines.lake import atomic
from pipelines.lake.files import Scan
from pipelines.lake.store import Lake


def ask_for_build(warehouse: Path) -> None:
    """Ask for a build whatever its fingerprint says."""
    if not is_build_asked(warehouse):
        atomic.write_bytes(_mark(warehouse), b"")


def is_build_asked(warehouse: Path) -> bool:
    """Whether somebody asked since the last publication."""
    return _mark(warehouse).is_file()


def settle_build(warehouse: Path) -> None:
    """Say that what was asked for is published."""
    _mark(warehouse).unlink(missing_ok=True)


def touch_years(lake: Lake, found: Scan, years: Collection[int], version: str) -> Scan:
    """The scan with every document of these fiscal years touched, and what is stored of their pages forgotten."""
    wanted = {document for document in _documents(found) if _year(lake, document, version) in years}
    for document in wanted:
        for reader_version in set(READER_VERSIONS.values()):
            lake.forget_reading(document, reader_version)
    files = [
        msgspec.structs.replace(file, touched=True) if file.document_id in wanted else file for file in found.files
    ]
    return msgspec.structs.replace(found, files=files)


def was_quarantined(lake: Lake, document_id: str, version: str) -> bool:
    """Whether a document could not be read or understood by this version."""
    return _told(lake, document_id, version, "status") == "quarantined"


def _documents(found: Scan) -> Iterable[str]:
    return {file.document_id for file in found.files}


def _year(lake: Lake, document_id: str, version: str) -> object:
    return _told(lake, document_id, version, "fiscal_year")


def _told(lake: Lake, document_id: str, version: str, column: str) -> object:
    path = lake.facts_folder(document_id, version) / "document.parquet"
    return pl.read_parquet(path, columns=[column]).item() if path.is_file() else None


def _mark(warehouse: Path) -> Path:
    return warehouse / "runs" / ".build-asked"
