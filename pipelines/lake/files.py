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

from pipelines.documents import archive
from pipelines.documents.errors import UnreadableFileError
from pipelines.lake import atomic
from pipelines.lake.store import Lake

SIDECAR = ".source.json"
"""Ending of the note beside a harvested file that says where it comes from."""
_NOT_DISCLOSURES = frozenset({"README.md", "sources.yaml"})
_PASSED_OVER = (".tmp", ".part", ".crdownload", ".swp", "~", SIDECAR)
_SCHEMA = pl.Schema(
    {
        "source_path": pl.String(),
        "container_path": pl.String(),
        "size": pl.Int64(),
        "mtime_ns": pl.Int64(),
        "document_id": pl.String(),
        "touched": pl.Boolean(),
    }
)


class SourceFile(msgspec.Struct, frozen=True):
    """One file below the raw folder, or in an archive there, as it was when it was last hashed.

    ``size`` and ``mtime_ns`` are those of the file on disk.
    """

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
    container_path: str = ""
    """Where in an archive it lies; empty for a file of its own."""

    @property
    def name(self) -> str:
        """The path for people: ``folder/archive.zip!/path/in/it`` for a file in an archive."""
        return f"{self.source_path}!/{self.container_path}" if self.container_path else self.source_path


class Scan(msgspec.Struct, frozen=True):
    """What a walk over the raw folder found."""

    files: list[SourceFile]
    """In order of ``source_path``, then of the archive."""
    problems: list[str]
    """Files that could not be hashed, one sentence each."""
    hashed: int
    """How many files had to be read to know their bytes."""


def scan(raw: Path, lake: Lake) -> Scan:
    """List the disclosure files below a folder and remember them in the lake's index.

    Hidden, temporary and descriptive files are passed over, and ``samples`` too once any other file is there. An
    archive gives a file for each of its members, and one for itself if there is something in it that cannot be
    unpacked: reading that one says what and why.

    Raises:
        FileNotFoundError: the folder does not exist.
    """
    if not raw.is_dir():
        raise FileNotFoundError(f"no such folder to load: {raw}")
    known = _by_path(_read_index(raw, lake))
    files: list[SourceFile] = []
    problems: list[str] = []
    hashed = 0
    for path in _without_samples(sorted(_walk(raw))):
        try:
            found = _look(raw, path, known.get(path))
        except FileNotFoundError:  # removed while we walked
            continue
        except (OSError, UnicodeEncodeError) as error:
            problems.append(f"{path!r} could not be opened and was passed over: {error}")
            continue
        files += found
        hashed += found is not known.get(path)
    if hashed or len(files) != sum(map(len, known.values())):
        _write_index(raw, lake, files)
    return Scan(files, problems, hashed)


def listing(raw: Path) -> str:
    """A short hash of names, sizes and times of all files a scan would look at; no file is opened."""
    digest = hashlib.sha256()
    for path in _without_samples(sorted(_walk(raw))):
        try:
            stat = (raw / path).stat()
        except FileNotFoundError:  # removed while we walked
            continue
        digest.update(os.fsencode(f"{path}\t{stat.st_size}\t{stat.st_mtime_ns}\n"))
    return digest.hexdigest()[:24]


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
    return not (name.startswith((".", "~$")) or name.endswith(_PASSED_OVER) or name in _NOT_DISCLOSURES)


def _without_samples(paths: list[str]) -> list[str]:
    """Leave out ``samples/…`` when there is anything else: samples are only there to have something to show."""
    others = [path for path in paths if "samples" not in PurePosixPath(path).parts[:-1][:1]]
    return others or paths


def _by_path(files: list[SourceFile]) -> dict[str, list[SourceFile]]:
    grouped: dict[str, list[SourceFile]] = {}
    for file in files:
        grouped.setdefault(file.source_path, []).append(file)
    return grouped


def _look(raw: Path, path: str, known: list[SourceFile] | None) -> list[SourceFile]:
    """Return what is known of a file if it did not change, else the file hashed anew, or the members of an archive."""
    path.encode("utf-8")  # a name that is no text cannot be stored
    stat = (raw / path).stat()
    if known and (known[0].size, known[0].mtime_ns) == (stat.st_size, stat.st_mtime_ns):
        return known
    plain = SourceFile(path, stat.st_size, stat.st_mtime_ns, "", touched=known is not None)
    with (raw / path).open("rb") as stream:
        if stream.read(len(archive.MAGIC)) == archive.MAGIC and archive.is_archive(data := (raw / path).read_bytes()):
            return _members(plain, data)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return [msgspec.structs.replace(plain, document_id=digest)]


def _members(plain: SourceFile, data: bytes) -> list[SourceFile]:
    """Hash the members of an archive; it stands for itself too where something in it cannot be unpacked."""
    files: list[SourceFile] = []
    is_whole = True
    try:
        for member in archive.members_of(data, plain.source_path):
            is_whole = is_whole and member.error is None
            if member.error is None:
                digest, inside = hashlib.sha256(member.data).hexdigest(), member.container_path
                files.append(msgspec.structs.replace(plain, document_id=digest, container_path=inside))
    except UnreadableFileError:
        is_whole, files = False, []
    if files and is_whole:
        return files
    itself = msgspec.structs.replace(plain, document_id=hashlib.sha256(data).hexdigest())
    return [itself, *files]


def _index_path(raw: Path, lake: Lake) -> Path:
    key = hashlib.sha256(os.fsencode(raw.resolve())).hexdigest()[:16]
    return lake.folder / "files" / f"{key}.parquet"


def _read_index(raw: Path, lake: Lake) -> list[SourceFile]:
    path = _index_path(raw, lake)
    return [SourceFile(**row) for row in pl.read_parquet(path).iter_rows(named=True)] if path.is_file() else []


def _write_index(raw: Path, lake: Lake, files: list[SourceFile]) -> None:
    columns = {name: [getattr(file, name) for file in files] for name in _SCHEMA}
    atomic.write_frame(_index_path(raw, lake), pl.DataFrame(columns, schema=_SCHEMA))
