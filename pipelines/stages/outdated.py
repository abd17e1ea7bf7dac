"""Documents whose reader has another version now: their facts are forgotten, so that these alone are read again.

The lake notes which versions its facts are from (``lake/readers.json``). Where one is another, the documents of that
reader lose their facts and second readings, and so do those that no reader could read: one of the new ones may. The
note is written last: a run that is killed is followed by one that goes on. Does not belong here: the version of the
facts themselves, which is in the name of their folders.
"""

from pathlib import Path

import msgspec
import polars as pl

from pipelines.documents.reading import READER_VERSIONS
from pipelines.lake import atomic
from pipelines.lake.store import Lake
from pipelines.stages.again import ask_for_build
from pipelines.stages.workspace import Workspace

_COLUMNS = ("document_id", "status", "reader", "reader_version")


def forget_outdated(workspace: Workspace, version: str) -> int:
    """Forget the facts, of this version, of documents that their reader would read anew; return how many there were."""
    lake = workspace.lake
    if _known(lake) == READER_VERSIONS:
        return 0
    outdated = _outdated(lake, version)
    if outdated:
        ask_for_build(workspace.warehouse)  # the documents are the same, what they say may not be
    for document in outdated:
        lake.forget_second_readings(document, version)
        lake.forget_facts(document, version)
    atomic.write_bytes(_note(lake), msgspec.json.format(msgspec.json.encode(READER_VERSIONS), indent=1))
    return len(outdated)


def _outdated(lake: Lake, version: str) -> list[str]:
    paths = lake.facts_of_documents(version)
    if not paths:
        return []
    rows = pl.scan_parquet(paths).select(_COLUMNS).collect().iter_rows()
    return [
        document
        for document, status, reader, reader_version in rows
        if status == "quarantined" or READER_VERSIONS.get(reader) != reader_version
    ]


def _known(lake: Lake) -> dict[str, str]:
    path = _note(lake)
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.is_file() else {}


def _note(lake: Lake) -> Path:
    return lake.folder / "readers.json"
