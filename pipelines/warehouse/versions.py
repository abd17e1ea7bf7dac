"""Earlier published files, kept beside the present one, and going back to one of them.

    versions/<number>/duizhang.duckdb and duizhang.json, numbers of six digits, counted up with each publication

They keep their name, because the views in a file know it by that name. Numbers come from the files themselves, not from
a clock that may jump. Keeping costs no copy where the file system knows hard links. Does not belong here: what makes a
file fit to be published (``publish``, ``verify``).
"""

import datetime
import os
import shutil
import uuid
from pathlib import Path

import msgspec

from pipelines.lake import atomic

KEPT = 3
"""How many earlier files are kept."""


class Publication(msgspec.Struct, frozen=True):
    """What a published file was built from."""

    fingerprint: str
    """Of everything the build took in; see :func:`pipelines.warehouse.fingerprint.build_fingerprint`."""
    published_at: datetime.datetime
    number: int = 0
    """Counted up with each publication; 0 if it is not known."""
    basis: str = ""
    """Of what it took in besides papers; see :func:`pipelines.warehouse.fingerprint.build_basis`. Empty: not known."""
    rules: str = ""
    """Of its rules; see :func:`pipelines.warehouse.fingerprint.rules_version`. Empty: not known."""
    since: int | None = None
    """The publication it was made out of by exchanging papers; None: all tables were made anew."""
    departments: tuple[str, ...] = ()
    """Whose papers were exchanged since then."""
    rejected: str | None = None
    """The fingerprint somebody went back from: building from the same again would bring the same back."""


class NoVersionError(LookupError):
    """There is no such earlier file; the message says which there are."""


def publication(published: Path) -> Publication | None:
    """Return what the published file was built from, or None if there is none or nobody noted it."""
    path = note_path(published)
    if not (published.is_file() and path.is_file()):
        return None
    return msgspec.json.decode(path.read_bytes(), type=Publication)


def write_note(published: Path, note: Publication) -> None:
    """Note beside a file what it was built from."""
    atomic.write_bytes(note_path(published), msgspec.json.format(msgspec.json.encode(note), indent=1))


def note_path(published: Path) -> Path:
    """Where the note of a published file is."""
    return published.with_suffix(".json")


def versions(published: Path) -> list[Publication]:
    """Return the earlier files that can be gone back to, newest first."""
    found = (publication(path) for path in _folder(published).glob(f"*/{published.name}"))
    return sorted((note for note in found if note is not None), key=lambda note: note.number, reverse=True)


def next_number(published: Path) -> int:
    """Return the number of the next publication, above all that are known."""
    present = publication(published)
    return 1 + max([present.number if present else 0, *(note.number for note in versions(published))])


def keep(published: Path, kept: int = KEPT) -> None:
    """Keep the present file among the earlier ones, and remove the oldest beyond ``kept``.

    A file without a note is not kept: nobody knows what it is.
    """
    note = publication(published)
    if note is not None:
        target = version_path(published, note.number)
        if not target.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            _place(published, target)
        write_note(target, note)
    prune(published, kept)


def prune(published: Path, kept: int) -> int:
    """Remove the oldest earlier files beyond ``kept``, and what killed runs left; return how many files that were."""
    folder = _folder(published)
    surplus = [version_path(published, note.number) for note in versions(published)[kept:]]
    surplus += [path / published.name for path in folder.glob("*") if publication(path / published.name) is None]
    for path in surplus:
        shutil.rmtree(path.parent, ignore_errors=True)
    return len(surplus)


def go_back(published: Path, number: int | None = None, kept: int = KEPT) -> Publication:
    """Put an earlier file in the place of the present one, which is kept too. Call it while holding the lock.

    ``number`` None: the newest that is older than the present one. The next load does not build again from what was
    gone back from, until a file, a model or a catalogue changes.

    Raises:
        NoVersionError: there is no such file.
    """
    present, chosen = publication(published), _choose(published, number)
    keep(published, kept + 1)
    back = present is not None and chosen.number < present.number
    rejected = present.fingerprint if present is not None and back else None
    note_path(published).unlink(missing_ok=True)
    _place(version_path(published, chosen.number), published)
    note = msgspec.structs.replace(chosen, rejected=rejected)
    write_note(published, note)
    return note


def version_path(published: Path, number: int) -> Path:
    """Where the earlier file of a number is, or would be."""
    return _folder(published) / f"{number:06}" / published.name


def _choose(published: Path, number: int | None) -> Publication:
    present, known = publication(published), versions(published)
    others = [note for note in known if present is None or note.number != present.number]
    wanted = [
        note
        for note in others
        if (present is None or note.number < present.number if number is None else note.number == number)
    ]
    if not wanted:
        there = ", ".join(str(note.number) for note in others) or "none"
        raise NoVersionError(f"there is no such earlier version to go back to; there are: {there}")
    return wanted[0]


def _place(source: Path, target: Path) -> None:
    """Give ``target`` the contents of ``source`` at once; both stay."""
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}.tmp")
    try:
        os.link(source, temporary)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, temporary)
        atomic.sync(temporary)
    if temporary.samefile(target) if target.exists() else False:
        temporary.unlink()  # renaming one link over another of the same file would leave both
        return
    temporary.replace(target)
    atomic.sync(target.parent)


def _folder(published: Path) -> Path:
    return published.parent / "versions"
