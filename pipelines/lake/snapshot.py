"""The lake as one build sees it: the facts of the current files in the current version, one Parquet file per table.

A build must not take whatever lies in the lake: superseded versions and removed files stay there for ever. The
manifest lists the folders that count, and the small files in them are joined once, so that SQL reads few large ones
and a table nobody has rows for still has its columns.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from pipelines.lake.files import SourceFile
from pipelines.lake.history import EVENT_SCHEMA, read_events
from pipelines.lake.runs import read_runs
from pipelines.lake.schema import lake_schemas
from pipelines.lake.store import Lake, LakeError

_RUN_SCHEMA = pl.Schema(
    {
        "run_id": pl.String(),
        "started_at": pl.Datetime("us"),
        "finished_at": pl.Datetime("us"),
        "counts": pl.List(pl.Struct({"key": pl.String(), "value": pl.Int64()})),
        "errors": pl.List(pl.String()),
        "outcome": pl.String(),
        "publication": pl.Int32(),
        "tags": pl.List(pl.Struct({"key": pl.String(), "value": pl.String()})),
    }
)


def manifest(lake: Lake, files: Iterable[SourceFile], version: str) -> pl.DataFrame:
    """List the fact folders that count: ``document_id``, ``facts_folder``, one row per distinct document.

    Raises:
        LakeError: a file was not understood by this version yet.
    """
    paths = {file.document_id: file.name for file in reversed(list(files))}
    missing = [path for document, path in paths.items() if not lake.has_facts(document, version)]
    if missing:
        raise LakeError(f"{len(missing)} files have no facts of version {version} yet, for example {min(missing)}")
    documents = sorted(paths)
    folders = [str(lake.facts_folder(document, version)) for document in documents]
    schema = {"document_id": pl.String(), "facts_folder": pl.String()}
    return pl.DataFrame({"document_id": documents, "facts_folder": folders}, schema=schema)


def write_snapshot(lake: Lake, files: list[SourceFile], version: str, folder: Path) -> None:
    """Write every lake table, ``manifest``, ``source_file``, ``run``, ``finding_event`` as ``<folder>/<name>.parquet``.

    Raises:
        LakeError: a file was not understood by this version yet.
    """
    listed = manifest(lake, files, version)
    listed.write_parquet(folder / "manifest.parquet")
    _source_files(files).write_parquet(folder / "source_file.parquet")
    write_history(lake, folder)
    folders = [Path(name) for name in listed["facts_folder"]]
    folders += [lake.second_folder(document, version) for document in listed["document_id"]]
    for table, schema in lake_schemas().items():
        _join(table, schema, folders, folder / f"{table}.parquet")


def write_history(lake: Lake, folder: Path) -> None:
    """Write what a lake knows of the runs before and of their findings."""
    _runs(lake).write_parquet(folder / "run.parquet")
    read_events(lake).write_parquet(folder / "finding_event.parquet")


def write_tables(tables: dict[str, pl.DataFrame], files: list[SourceFile], folder: Path) -> None:
    """Write a snapshot of facts that are in no lake: a frame for each lake table, and the files they are from."""
    _source_files(files).write_parquet(folder / "source_file.parquet")
    pl.DataFrame(schema=_RUN_SCHEMA).write_parquet(folder / "run.parquet")
    pl.DataFrame(schema=EVENT_SCHEMA).write_parquet(folder / "finding_event.parquet")
    for table, frame in tables.items():
        frame.write_parquet(folder / f"{table}.parquet", compression="zstd")


def _join(table: str, schema: pl.Schema, folders: list[Path], target: Path) -> None:
    parts = [path for path in (folder / f"{table}.parquet" for folder in folders) if path.is_file()]
    if parts:
        pl.scan_parquet(parts, schema=schema).sink_parquet(target, compression="zstd")
    else:
        pl.DataFrame(schema=schema).write_parquet(target)


def _source_files(files: list[SourceFile]) -> pl.DataFrame:
    rows = {
        "source_path": [file.source_path for file in files],
        "container_path": [file.container_path for file in files],
        "document_id": [file.document_id for file in files],
    }
    return pl.DataFrame(rows, schema=dict.fromkeys(rows, pl.String()))


def _runs(lake: Lake) -> pl.DataFrame:
    runs = read_runs(lake)
    rows = {
        "run_id": [run.run_id for run in runs],
        "started_at": [_utc(run.started_at) for run in runs],
        "finished_at": [_utc(run.finished_at) for run in runs],
        "counts": [[{"key": key, "value": value} for key, value in run.counts.items()] for run in runs],
        "errors": [list(run.errors) for run in runs],
        "outcome": [run.outcome for run in runs],
        "publication": [run.publication for run in runs],
        "tags": [[{"key": key, "value": value} for key, value in run.tags.items()] for run in runs],
    }
    return pl.DataFrame(rows, schema=_RUN_SCHEMA)


def _utc(moment: datetime.datetime | None) -> datetime.datetime | None:
    return moment.astimezone(datetime.UTC).replace(tzinfo=None) if moment else None
