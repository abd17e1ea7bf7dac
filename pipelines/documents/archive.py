"""ZIP archives as containers: every file inside, one after the other, as a document of its own.

Nothing is ever written to disk, so a member's name is only a label; names that lead out of the archive are refused all
the same, since only hostile archives have them. Belongs here: names (UTF-8 or GBK), archives inside archives, and the
limits. Does not belong here: reading the members (``reading``). Office packages are ZIP files too, but no containers.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from pipelines.documents.errors import UnreadableFileError

MAX_DEPTH = 2
"""Archives inside archives: how many may be opened one in the other."""
MAX_MEMBERS = 5_000
MAX_MEMBER = 1 << 27
"""Bytes of one member."""
MAX_TOTAL = 1 << 31
"""Bytes of all members together."""
MAX_RATIO = 500
"""Unpacked size by packed size of a member; only files made to fill memory are beyond."""
_RATIO_FROM = 1 << 24
MAGIC = b"PK\x03\x04"
"""How an archive begins."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_CHUNK = 1 << 20
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
_UNPACK = "Unpack it by hand and load the files in it"


class Member(msgspec.Struct, frozen=True):
    """One file of an archive."""

    container_path: str
    """Names from the outermost archive inwards, joined with ``/``; unique within the archive."""
    data: bytes
    """Its bytes; empty where there is an error."""
    error: UnreadableFileError | None = None
    """Why it could not be unpacked."""


def is_archive(data: bytes) -> bool:
    """Whether bytes are a ZIP archive that holds files, and no Office package."""
    if not data.startswith(MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _is_package(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return b"[Content_Types].xml" not in data


def members(path: Path, source_path: str | None = None) -> Iterator[Member]:
    """Yield the files in the archive at ``path``, those of archives in it too, in the order of the archive.

    Raises:
        UnreadableFileError: the archive itself is damaged, or made to do harm; ``source_path`` is its name there.
        OSError: the file system cannot read it.
    """
    return members_of(path.read_bytes(), source_path or path.name)


def members_of(data: bytes, source_path: str, only: str | None = None) -> Iterator[Member]:
    """Yield the files in an archive from its bytes, or only the one at a container path; see :func:`members`."""
    yield from _members(data, source_path, "", 1, _Budget(only))


def member(path: Path, container_path: str, source_path: str) -> bytes:
    """Return the bytes of one file in the archive at ``path``.

    Raises:
        FileNotFoundError: the archive holds no such file (any more).
        UnreadableFileError: the archive or the file in it is damaged.
    """
    for found in members_of(path.read_bytes(), source_path, container_path):
        if found.container_path == container_path:
            if found.error is not None:
                raise found.error
            return found.data
    raise FileNotFoundError(f"{source_path} holds no {container_path}")


def refusal(data: bytes, source_path: str) -> UnreadableFileError:
    """Return why an archive counts as a document that cannot be read: what in it could not be unpacked."""
    try:
        errors = [found.error for found in members_of(data, source_path) if found.error is not None]
    except UnreadableFileError as error:
        return error
    if not errors:
        return UnreadableFileError(source_path, "whole file", "it is a ZIP archive", "Load the files in it instead")
    reason = f"{len(errors)} files of the archive could not be unpacked, the first: {errors[0].reason}"
    return UnreadableFileError(source_path, errors[0].source_path, reason, errors[0].remedy)


class _Budget:
    """What may still be unpacked, and what is asked for."""

    def __init__(self, only: str | None) -> None:
        self.total, self.count = MAX_TOTAL, MAX_MEMBERS
        self._only = only

    def wants(self, path: str) -> bool:
        """Whether a member is asked for, or may be the archive that it lies in."""
        return self._only is None or self._only == path or self._only.startswith(f"{path}/")

    def take(self, size: int, source_path: str) -> None:
        """Count bytes; raise UnreadableFileError when there are too many."""
        self.total -= size
        if self.total < 0:
            reason = f"unpacked, the archive is larger than {MAX_TOTAL >> 20:,} MB"
            raise UnreadableFileError(source_path, "whole file", reason, _UNPACK)


def _members(data: bytes, source_path: str, prefix: str, depth: int, budget: _Budget) -> Iterator[Member]:
    with _opened(data, source_path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        budget.count -= len(entries)
        if budget.count < 0:
            reason = f"the archive holds more than {MAX_MEMBERS:,} files"
            raise UnreadableFileError(source_path, "whole file", reason, _UNPACK)
        names = [_safe_name(entry, source_path) for entry in entries]
        seen: dict[str, int] = {}
        for entry, name in zip(entries, names, strict=True):
            if any(part in _LITTER or part.startswith("~$") for part in PurePosixPath(name).parts):
                continue
            seen[name] = seen.get(name, 0) + 1
            path = prefix + (name if seen[name] == 1 else f"{name} ({seen[name]})")
            if budget.wants(path):
                yield from _unpacked(archive, entry, path, source_path, depth, budget)


def _opened(data: bytes, source_path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        reason = f"the ZIP archive is damaged or cut short ({error})"
        raise UnreadableFileError(source_path, "whole file", reason, "Download it again") from error


def _is_package(archive: zipfile.ZipFile) -> bool:
    return "[Content_Types].xml" in archive.namelist()


def _safe_name(entry: zipfile.ZipInfo, source_path: str) -> str:
    """Return a member's name as a relative path; raise UnreadableFileError for one that leads out of the archive."""
    name = decoded_name(entry).replace("\\", "/").removeprefix("./")
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or parts[0][1:2] == ":" or "\0" in name:
        reason = f"the archive holds a name that leads out of it ({name[:80]!r})"
        raise UnreadableFileError(source_path, "whole file", reason, "Do not unpack it; ask for a clean one")
    return PurePosixPath(name).as_posix()


def decoded_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name: UTF-8 where it is, else GBK, which Chinese programs write without saying so."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unpacked(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, source_path: str, depth: int, budget: _Budget
) -> Iterator[Member]:
    try:
        data = _read(archive, entry, path, source_path)
    except UnreadableFileError as error:
        yield Member(path, b"", error)
        return
    budget.take(len(data), source_path)
    if not is_archive(data):
        yield Member(path, data)
    elif depth >= MAX_DEPTH:
        reason = f"it is an archive inside more than {MAX_DEPTH - 1} others"
        yield Member(path, b"", UnreadableFileError(f"{source_path}!/{path}", "whole file", reason, _UNPACK))
    else:
        inner = _members(data, source_path, f"{path}/", depth + 1, budget)
        try:
            yield from inner
        except UnreadableFileError as error:
            yield Member(path, b"", error)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, source_path: str) -> bytes:
    """Unpack one member, no further than its limits, whatever its header says of its size."""
    place = f"{source_path}!/{path}"
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(place, "whole file", "it is encrypted in its archive", _UNPACK)
    chunks, size = [], 0
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                packed = max(entry.compress_size, 1)
                if size > MAX_MEMBER or (size > _RATIO_FROM and size > packed * MAX_RATIO):
                    reason = f"unpacked, it is larger than {MAX_MEMBER >> 20} MB or {MAX_RATIO} times its packed size"
                    raise UnreadableFileError(place, "whole file", reason, "Do not unpack it; ask for a clean one")
                chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        reason = f"it is damaged in its archive ({error})"
        raise UnreadableFileError(place, "whole file", reason, "Download the archive again") from error
    return b"".join(chunks)
