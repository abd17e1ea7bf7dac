"""What may be thrown away: earlier files and records beyond a number, what later versions superseded, leftovers.

Facts and readings go only where the same document has those of the present version: what the next build takes in, and
the only understanding there is of a document, always stay; so do raw files and the history of findings. Look first
(:func:`surplus`), remove then (:func:`remove`), both while holding the lock.
"""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipelines.documents.reading import READER_VERSIONS
from pipelines.engines.ray_folders import left_folders
from pipelines.lake.runs import read_runs
from pipelines.stages.documents import facts_version
from pipelines.stages.workspace import Workspace
from pipelines.warehouse import versions


class Surplus(msgspec.Struct, frozen=True):
    """Something nobody needs."""

    path: Path
    why: str
    bytes: int


def surplus(workspace: Workspace, keep_versions: int = versions.KEPT, keep_runs: int = 400) -> list[Surplus]:
    """Everything that may go, in order."""
    found = [
        *_versions(workspace, keep_versions),
        *_runs(workspace, keep_runs),
        *_superseded(workspace.lake.folder / "facts", {facts_version()}, "facts"),
        *_superseded(workspace.lake.folder / "second_readings", {facts_version()}, "second readings"),
        *_superseded(workspace.lake.folder / "readings", set(READER_VERSIONS.values()), "readings"),
        *((path, "left by a killed run") for path in _leftovers(workspace)),
        *((path, "left by a killed load on Ray") for path in left_folders()),
    ]
    return [Surplus(path, why, _size(path)) for path, why in found]


def remove(found: Iterable[Surplus]) -> None:
    """Remove what was found."""
    for each in found:
        if each.path.is_dir():
            shutil.rmtree(each.path, ignore_errors=True)
        else:
            each.path.unlink(missing_ok=True)


def _versions(workspace: Workspace, kept: int) -> Iterator[tuple[Path, str]]:
    for note in versions.versions(workspace.database)[kept:]:
        yield versions.version_path(workspace.database, note.number).parent, f"beyond the last {kept} published files"


def _runs(workspace: Workspace, kept: int) -> Iterator[tuple[Path, str]]:
    for run in read_runs(workspace.lake)[:-kept]:
        for path in (
            workspace.lake.folder / "runs" / f"{run.run_id}.json",
            workspace.warehouse / "runs" / f"{run.run_id}.md",
        ):
            if path.is_file():
                yield path, f"beyond the last {kept} runs"


def _superseded(folder: Path, present: set[str], what: str) -> Iterator[tuple[Path, str]]:
    by_document: dict[str, dict[str, Path]] = {}
    for path in sorted(folder.glob("??/[0-9a-f]*-*")):
        document, _, version = path.name.removesuffix(".json.gz").partition("-")
        by_document.setdefault(document, {})[version] = path
    for paths in by_document.values():
        if paths.keys() & present:
            yield from ((path, f"{what} of an earlier version") for name, path in paths.items() if name not in present)


def _leftovers(workspace: Workspace) -> Iterator[Path]:
    yield from sorted(workspace.warehouse.glob("build-*"))
    yield from sorted(workspace.lake.folder.rglob(".*.tmp"))


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())
