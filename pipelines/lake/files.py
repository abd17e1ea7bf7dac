"""Which files there are: walking the raw folder, with an index so that an unchanged file is not hashed again.

A file is new, unchanged, or touched. Touched means that the index knows its path with another time or size: like
``make``, the caller reads it again even if its bytes turn out to be the same; it stays touched until :func:`settle`.

Does not belong here: what is in a file, and whether it was understood before (``store``).
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec
import polars as pl

from pipelines.lake import atomic
from pipelines.lake.store import Lake

_NOT_DISCLOSURES = frozenset({"README.md", "sources.yaml"})
_UNFINISHED = (".tmp", ".part", ".crdownload", ".swp", "~")
_SCHEMA = pl.Schema(
    {
        "source_path": pl.String(),
        "size": pl.Int64(),
        "mtime_ns": pl.Int64(),
        "document_id": pl.String(),
        "touched": pl.Boolean(),
    }
)


class SourceFile(msgspec.Struct, frozen=True):
    """One file below the raw folder, as it was when it was last hashed."""

    source_path: str
    """Relative to the raw folder, with ``/``."""
    size: int
    """Bytes."""
    mtime_ns: int
    """Time of last change, nanoseconds since 1970."""
    document_id: str
    """SHA-256 of the bytes, in hexadecimal."""
    touched: bool = False
    """Changed since it was last read: read it again whatever its bytes are."""


class Scan(msgspec.Struct, frozen=True):
    """What a walk over the raw folder found."""

    files: list[SourceFile]
    """In order of ``source_path``."""
    problems: list[str]
    """Files that could not be hashed, one sentence each."""
    hashed: int
    """How many files had to be read to know their bytes."""


def scan(raw: Path, lake: Lake) -> Scan:
    """List the disclosure files below a folder and remember them in the lake's index.

    Hidden, temporary and descriptive files are passed over, and ``samples`` too once any other file is there.

    Raises:
        FileNotFoundError: the folder does not exist.
    """
    if not raw.is_dir():
        raise FileNotFoundError(f"no such folder to load: {raw}")
    known = {file.source_path: file for file in _read_index(raw, lake)}
    files: list[SourceFile] = []
    problems: list[str] = []
    for path in _without_samples(sorted(_walk(raw))):
        try:
            files.append(_look(raw, path, known.get(path)))
        except FileNotFoundError:  # removed while we walked
            continue
        except (OSError, UnicodeEncodeError) as error:
            problems.append(f"{path!r} could not be opened and was passed over: {error}")
    hashed = sum(1 for file in files if file is not known.get(file.source_path))
    if hashed or len(files) != len(known):
        _write_index(raw, lake, files)
    return Scan(files, problems, hashed)


def settle(raw: Path, lake: Lake) -> None:
    """Say that every touched file was read again. Writes nothing if none was."""
    files = _read_index(raw, lake)
    if any(file.touched for file in files):
        _write_index(raw, lake, [msgspec.structs.replace(file, touched=False) for file in files])


def _walk(raw: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(raw):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if _is_disclosure(name):
                yield (Path(folder) / name).relative_to(raw).as_posix()


def _is_disclosure(name: str) -> bool:
    return not (name.startswith((".", "~$")) or name.endswith(_UNFINISHED) or name in _NOT_DISCLOSURES)


def _without_samples(paths: list[str]) -> list[str]:
    """Leave out ``samples/…`` when there is anything else: samples are only there to have something to show."""
    others = [path for path in paths if "samples" not in PurePosixPath(path).parts[:-1][:1]]
    return others or paths


def _look(raw: Path, path: str, known: SourceFile | None) -> SourceFile:
    path.encode("utf-8")  # a name that is no text cannot be stored
    stat = (raw / path).stat()
    if known is not None and (known.size, known.mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return known
    with (raw / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return SourceFile(path, stat.st_size, stat.st_mtime_ns, digest, touched=known is not None)


def _index_path(raw: Path, lake: Lake) -> Path:
    key = hashlib.sha256(os.fsencode(raw.resolve())).hexdigest()[:16]
    return lake.folder / "files" / f"{key}.parquet"


def _read_index(raw: Path, lake: Lake) -> list[SourceFile]:
    path = _index_path(raw, lake)
    return [SourceFile(**row) for row in pl.read_parquet(path).iter_rows(named=True)] if path.is_file() else []


def _write_index(raw: Path, lake: Lake, files: list[SourceFile]) -> None:
    columns = {name: [getattr(file, name) for file in files] for name in _SCHEMA}
    atomic.write_frame(_index_path(raw, lake), pl.DataFrame(columns, schema=_SCHEMA))
