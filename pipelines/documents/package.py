"""Office packages (DOCX, XLSX): a ZIP of XML parts, opened without trusting a word of it.

Belongs here: the limits on entries and sizes, parts read no further than their limit, XML parsed without DOCTYPE,
entities or network, and the relationships between parts. Does not belong here: what the parts say (``docx``, ``xlsx``).
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipelines.documents.errors import UnreadableFileError

MAX_ENTRIES = 10_000
MAX_TOTAL = 1 << 30
"""Bytes of all parts unpacked, as their headers state them."""
MAX_TREE = 1 << 26
"""Bytes of one XML part that is held as a tree."""
MAX_STREAM = 1 << 28
"""Bytes of one XML part that is read as a stream."""
MAX_BINARY = 1 << 26
"""Bytes of one embedded file."""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHUNK = 1 << 20
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)  # fmt: skip
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_AGAIN = "Download it again, or save it again from the program that made it"


class Relation(NamedTuple):
    """Where a relationship of a part leads."""

    kind: str
    """The last word of its type: ``officeDocument``, ``styles``, ``worksheet``, ``oleObject`` …"""
    target: str
    """Path of the other part inside the package; an address when ``external``."""
    external: bool


class Package:
    """An opened package. Every method raises UnreadableFileError for what is damaged or beyond a limit."""

    def __init__(self, data: bytes, source_path: str) -> None:
        self.source_path = source_path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.unreadable("whole file", f"the package is damaged or cut short ({error})") from error
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise self.unreadable("whole file", f"the package has {len(entries):,} parts, over {MAX_ENTRIES:,}")
        if sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise self.unreadable("whole file", f"unpacked, it is larger than {MAX_TOTAL >> 20:,} MB")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def unreadable(self, place: str, reason: str, remedy: str = _AGAIN) -> UnreadableFileError:
        """Make the error that says what is wrong with a part."""
        return UnreadableFileError(self.source_path, place, reason, remedy)

    def has(self, part: str) -> bool:
        """Whether the package holds a part."""
        return part.lower() in self._entries

    def read(self, part: str, limit: int = MAX_BINARY) -> bytes:
        """Return the bytes of a part, at most ``limit``."""
        chunks, size = [], 0
        for chunk in self._chunks(part):
            size += len(chunk)
            if size > limit:
                raise self.unreadable(part, f"unpacked, this part is larger than {limit >> 20:,} MB")
            chunks.append(chunk)
        return b"".join(chunks)

    def _chunks(self, part: str) -> Iterator[bytes]:
        entry = self._entries.get(part.lower())
        if entry is None:
            raise self.unreadable(part, "this part of the package is missing")
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise self.unreadable(part, f"this part of the package is damaged or encrypted ({error})") from error

    def xml(self, part: str, limit: int = MAX_TREE) -> bytes:
        """Return the XML of a part in the transitional namespaces; a DOCTYPE, which no such part needs, is refused."""
        data = self.read(part, limit)
        if any(word in data for word in _DOCTYPE):
            raise self.unreadable(part, "this part has a DOCTYPE, which only hostile files have", "Do not open it")
        if b"http://purl.oclc.org/" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        return data

    def tree(self, part: str) -> etree._Element:
        """Return the root element of a part."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(self.xml(part), parser)
        except etree.XMLSyntaxError as error:
            raise self.unreadable(part, f"this part is not well-formed ({error})") from error

    def elements(self, part: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Yield the elements of the given tags as they end, reading as a stream; each is emptied afterwards."""
        data = io.BytesIO(self.xml(part, MAX_STREAM))
        try:
            for _, element in etree.iterparse(data, tag=tags, resolve_entities=False, no_network=True):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise self.unreadable(part, f"this part is not well-formed ({error})") from error

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Return the relationships of a part, or of the package itself, by their id."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for element in self.tree(rels):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def main_part(self, otherwise: str) -> str:
        """Return the path of the part that is the document itself."""
        targets = [each.target for each in self.relations().values() if each.kind == "officeDocument"]
        return targets[0] if targets and self.has(targets[0]) else otherwise

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of a kind that a part relates to, if the package holds it."""
        targets = (each.target for each in self.relations(part).values() if each.kind == kind and not each.external)
        return next((target for target in targets if self.has(target)), None)
