"""What was harvested, in the raw folder: each file unchanged, beside it a note of where it comes from.

    <region>/<department>/<year>/<name>.pdf
    <region>/<department>/<year>/<name>.pdf.source.json

Both are written all or nothing, the file first: a file without its note is taken over when its bytes come again. What
changed at one address is kept as a further version (``<name>.2.pdf``); the same bytes from another address are noted,
not kept twice. Does not belong here: what is worth keeping (``content``).
"""

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from pipelines.lake import atomic
from pipelines.lake.files import SIDECAR

State = Literal["new", "changed", "known", "unchanged", "elsewhere"]
_KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-disposition", "content-length", "date", "server")


class Note(msgspec.Struct, frozen=True):
    """Where a file comes from, as it stands beside it."""

    address: str
    """It was asked for there."""
    found_at: str
    """It was found there, after redirects."""
    fetched_at: datetime.datetime
    sha256: str
    bytes: int
    headers: dict[str, str]
    words: str = ""
    """What the link to it said."""
    kind: str | None = None
    """What its source publishes, if that was told."""
    version: int = 1
    """Counted up each time the address gave other bytes."""
    replaces: str | None = None
    """The file of the version before, relative to the raw folder."""
    also_at: tuple[str, ...] = ()
    """Other addresses that gave the same bytes."""

    @property
    def validators(self) -> dict[str, str]:
        """Request headers that ask for the file only if it has changed."""
        asked = {"if-none-match": self.headers.get("etag"), "if-modified-since": self.headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value}


class Kept(msgspec.Struct, frozen=True):
    """One file of the raw folder with its note."""

    path: Path
    note: Note


class Shelf:
    """The harvested files of a raw folder, by address and by content."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self._by_address: dict[str, Kept] = {}
        self._by_hash: dict[str, Kept] = {}
        for kept in _all_kept(raw):
            self._remember(kept)

    def at(self, address: str) -> Kept | None:
        """The newest version from an address, if its file is still there."""
        return self._by_address.get(address)

    def keep(self, folder: Path, name: str, data: bytes, note: Note) -> tuple[State, Path]:
        """Keep a file under ``folder`` (relative to the raw folder); return what became of it, and where it is."""
        before, same = self.at(note.address), self._by_hash.get(note.sha256)
        if before is not None and before.note.sha256 == note.sha256:
            return "unchanged", before.path
        if same is not None:
            return self._note_elsewhere(same, note.address), same.path
        if before is not None:
            version, replaces = before.note.version + 1, before.path.relative_to(self.raw).as_posix()
            note = msgspec.structs.replace(note, version=version, replaces=replaces)
        path = _free_path(self.raw / folder, name, note)
        if not path.is_file():
            atomic.write_bytes(path, data)
        _write(Kept(path, note))
        self._remember(Kept(path, note))
        return "changed" if before is not None else "new", path

    def _note_elsewhere(self, same: Kept, address: str) -> State:
        if address == same.note.address or address in same.note.also_at:
            self._by_address[address] = same
            return "known"
        kept = Kept(same.path, msgspec.structs.replace(same.note, also_at=(*same.note.also_at, address)))
        _write(kept)
        self._remember(kept)
        return "elsewhere"

    def _remember(self, kept: Kept) -> None:
        self._by_hash[kept.note.sha256] = kept
        for address in (kept.note.address, *kept.note.also_at):
            known = self._by_address.get(address)
            if known is None or known.note.fetched_at <= kept.note.fetched_at:
                self._by_address[address] = kept


def note_of(data: bytes, address: str, found_at: str, headers: dict[str, str], words: str, kind: str | None) -> Note:
    """The note of a file that was just fetched."""
    return Note(
        address=address,
        found_at=found_at,
        fetched_at=datetime.datetime.now(datetime.UTC),
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        headers={name: headers[name] for name in _KEPT_HEADERS if name in headers},
        words=words,
        kind=kind,
    )


def remove_leftovers(raw: Path) -> int:
    """Remove what killed harvests left half-written; return how many things."""
    leftovers = list(raw.rglob(".*.tmp"))
    for path in leftovers:
        path.unlink(missing_ok=True)
    return len(leftovers)


def _free_path(folder: Path, name: str, note: Note) -> Path:
    """A path nobody has, or one with the same bytes and no note: a harvest was killed between the two."""
    stem, dot, ending = name.rpartition(".")
    number = note.version
    while True:
        path = folder / (name if number == 1 else f"{stem}.{number}{dot}{ending}")
        if not path.exists() or (not _note_path(path).exists() and _hash(path) == note.sha256):
            return path
        number += 1


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + SIDECAR)


def _write(kept: Kept) -> None:
    atomic.write_bytes(_note_path(kept.path), msgspec.json.format(msgspec.json.encode(kept.note), indent=1))


def _all_kept(raw: Path) -> Iterator[Kept]:
    for sidecar in sorted(raw.rglob(f"*{SIDECAR}")):
        path = sidecar.with_name(sidecar.name.removesuffix(SIDECAR))
        if path.is_file():
            yield Kept(path, msgspec.json.decode(sidecar.read_bytes(), type=Note))
