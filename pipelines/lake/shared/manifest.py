"""Which batches count: numbered states of a shared lake, of which the highest is the present one.

Belongs here: reading the present state and committing the next. Does not belong here: how batches are made.
"""

import contextlib
from collections.abc import Callable

import msgspec

from pipelines.lake.shared.objects import Objects
from pipelines.lake.store import LakeError

_FOLDER = "manifests/"
_ATTEMPTS = 100


UNKNOWN = "000000"
"""The province of documents whose region nobody knows: each lake has its own part of it."""
Key = tuple[str, int, str]
"""Province, year, and for the unknown province the lake."""


def key_of(province: str, year: int, source: str) -> Key:
    """The key of what a lake has of a province and a year."""
    return province, year, source if province == UNKNOWN else ""


class Batch(msgspec.Struct, frozen=True, order=True):
    """One immutable file: the rows of one table for one province and year."""

    table: str
    name: str
    """Ends in the SHA-256 of its bytes."""
    rows: int
    bytes: int


class Partition(msgspec.Struct, frozen=True):
    """What there is of one province and year."""

    province: str
    """Six digits, the last four zeros; :data:`UNKNOWN`: of no known region."""
    year: int
    """Fiscal year of the papers; 0: unknown."""
    source: str
    """The lake it was compacted from; nobody else may change it."""
    fingerprint: str
    """Of the documents in it and what was understood of them."""
    documents: int
    """That count: without those set aside."""
    batches: tuple[Batch, ...]
    version: str = ""
    """Of the facts in it."""

    @property
    def key(self) -> "Key":
        """What one lake alone may write."""
        return key_of(self.province, self.year, self.source)


class Manifest(msgspec.Struct, frozen=True):
    """One state of a shared lake."""

    number: int = 0
    partitions: tuple[Partition, ...] = ()
    """By province and year."""

    @property
    def by_key(self) -> dict[Key, Partition]:
        """The partitions by province and year, those of the unknown province also by lake."""
        return {partition.key: partition for partition in self.partitions}


def numbers(objects: Objects) -> list[int]:
    """The states that are kept, oldest first."""
    names = (name.removeprefix(_FOLDER).removesuffix(".json") for name in objects.names(_FOLDER))
    return sorted(int(name) for name in names if name.isdigit())


def read(objects: Objects, number: int) -> Manifest:
    """Return one state. Raises ``FileNotFoundError`` if it is not kept any more."""
    return msgspec.json.decode(objects.read(_name(number)), type=Manifest)


def latest(objects: Objects) -> Manifest:
    """Return the present state; an empty one if there is none yet."""
    while kept := numbers(objects):
        try:
            return read(objects, kept[-1])
        except FileNotFoundError:  # removed since, so there is a newer one
            continue
    return Manifest()


def kept(objects: Objects) -> list[Manifest]:
    """All states that are kept, oldest first; one that somebody removes meanwhile is left out."""
    states = []
    for number in numbers(objects):
        with contextlib.suppress(FileNotFoundError):
            states.append(read(objects, number))
    return states


def commit(objects: Objects, change: Callable[[Manifest], Manifest]) -> Manifest:
    """Make the next state out of the present one, and again out of a newer one if somebody else was faster.

    Returns:
        The present state then: unchanged if ``change`` changes no partition.

    Raises:
        LakeError: others were faster for ever; or whatever ``change`` raises.
    """
    for _ in range(_ATTEMPTS):
        before = latest(objects)
        partitions = tuple(sorted(change(before).partitions, key=lambda each: each.key))
        if partitions == before.partitions:
            return before
        after = Manifest(before.number + 1, partitions)
        if objects.create(_name(after.number), msgspec.json.format(msgspec.json.encode(after), indent=1)):
            return after
    raise LakeError(f"the shared lake could not be committed to: others were faster {_ATTEMPTS} times")


def forget(objects: Objects, keep: int) -> None:
    """Remove all states but the newest ``keep``."""
    for number in numbers(objects)[:-keep]:
        objects.remove(_name(number))


def _name(number: int) -> str:
    return f"{_FOLDER}{number:09}.json"
