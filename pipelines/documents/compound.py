"""Compound files, the container of old Office files (DOC, XLS) and of embedded objects.

Belongs here: finding the named streams in one. Does not belong here: what is in a stream (``xls``, ``doc``).
"""

import struct
from collections.abc import Iterator

from pipelines.documents.errors import UnreadableFileError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_ENTRY = 128
_STREAM = 2
_ROOT = 5


def stream_names(data: bytes) -> set[str]:
    """Return the names of the streams of a compound file; none where it is damaged."""
    try:
        return {entry.name for entry in _Compound(data).entries if entry.kind == _STREAM}
    except (struct.error, ValueError, IndexError):
        return set()


def streams(data: bytes, source_path: str) -> dict[str, bytes]:
    """Return the streams of a compound file by name; of several with one name the first.

    Raises:
        UnreadableFileError: the file is damaged.
    """
    try:
        compound = _Compound(data)
        found: dict[str, bytes] = {}
        for entry in compound.entries:
            if entry.kind == _STREAM and entry.name not in found:
                found[entry.name] = compound.stream(entry)
        return found
    except (struct.error, ValueError, IndexError) as error:
        raise UnreadableFileError(
            source_path, "whole file", f"the old Office file is damaged or cut short ({error})", "Download it again"
        ) from error


class _Entry:
    """One entry of the directory."""

    def __init__(self, data: bytes) -> None:
        length, self.kind = struct.unpack_from("<HB", data, 64)
        self.name = data[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        self.start, self.size = struct.unpack_from("<II", data, 116)


class _Compound:
    """The sector tables of a compound file."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("not a compound file")
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift > shift:
            raise ValueError("sector size is not known")
        self._size, self._small_size = 1 << shift, 1 << small_shift
        directory, _, self._limit, small_fat, _, difat, _ = struct.unpack_from("<7I", data, 48)
        self._fat = self._numbers(self._fat_sectors(difat))
        self.entries = list(self._directory(directory))
        self._small_fat = self._numbers(self._chain(small_fat, self._fat))
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        self._small = b"".join(map(self._sector, self._chain(root.start, self._fat))) if root else b""

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise ValueError(f"sector {number} is behind the end")
        return self._data[start : start + self._size]

    def _fat_sectors(self, difat: int) -> list[int]:
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            *more, difat = struct.unpack(f"<{self._size // 4}I", self._sector(difat))
            numbers += more
        return [number for number in numbers if number < _END]

    def _numbers(self, sectors: list[int]) -> list[int]:
        numbers: list[int] = []
        for sector in sectors:
            data = self._sector(sector)
            numbers += struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
        return numbers

    def _chain(self, start: int, table: list[int]) -> list[int]:
        """Follow a chain of sectors; one that bites its tail is an error."""
        chain: list[int] = []
        while start < _END:
            chain.append(start)
            if len(chain) > len(table):
                raise ValueError("a chain of sectors has no end")
            start = table[start]
        return chain

    def _directory(self, start: int) -> Iterator[_Entry]:
        data = b"".join(map(self._sector, self._chain(start, self._fat)))
        for offset in range(0, len(data) - _ENTRY + 1, _ENTRY):
            yield _Entry(data[offset : offset + _ENTRY])

    def stream(self, entry: _Entry) -> bytes:
        """Return the bytes of an entry."""
        if entry.size >= self._limit:
            data = b"".join(map(self._sector, self._chain(entry.start, self._fat)))
            return data[: entry.size]
        size, pieces = self._small_size, []
        for number in self._chain(entry.start, self._small_fat) if entry.size else ():
            pieces.append(self._small[number * size : (number + 1) * size])
        return b"".join(pieces)[: entry.size]
