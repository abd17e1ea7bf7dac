"""The stages that work on one document at a time: scan, read, understand.

Both kinds of work run in limited worker processes. What fails on a document makes that document quarantined, with the
reason, and nothing else. Does not belong here: what needs all documents (``tables``).
"""

import contextlib
import functools
import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pipelines.disclosures.facts import DocumentFact, Facts
from pipelines.disclosures.understanding import facts_version as understanding_version
from pipelines.disclosures.understanding import understand
from pipelines.documents import archive
from pipelines.documents.model import SCHEMA_VERSION, Document
from pipelines.documents.reading import READER_VERSIONS, UnreadableFileError, read_data
from pipelines.documents.sandbox import Outcome, run_in_workers
from pipelines.engines import Engine, EngineError, batches_of
from pipelines.lake import atomic
from pipelines.lake.files import Scan, SourceFile, scan, settle
from pipelines.lake.store import Lake
from pipelines.stages.again import ask_for_build, touch_years, was_quarantined
from pipelines.stages.notes import note_work
from pipelines.stages.outdated import forget_outdated
from pipelines.stages.workspace import LoadError, Report, Workspace, silent

_UNEXPECTED = "Please report it, with the file"


class Job(msgspec.Struct, frozen=True):
    """One document to read or understand, as a worker needs to know it."""

    lake: str
    path: str
    """Of the file itself."""
    source_path: str
    """Its name for people, and the Document's; in an archive with the path in it."""
    document_id: str
    version: str
    """Of the facts to be written."""
    container_path: str = ""
    """Where in the archive at ``path`` the document lies; empty if it is no archive."""


class StorageError(RuntimeError):
    """The lake cannot be written to: the disk is full or read-only. No document is to blame."""


@functools.cache
def facts_version() -> str:
    """The version of facts: of the Document model and of the understanding, in one short hash.

    Readers have versions of their own; what another version of one makes of its documents is for ``outdated``.
    """
    parts = json.dumps([SCHEMA_VERSION, understanding_version()])
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


def scan_files(workspace: Workspace) -> Scan:
    """List the raw files with their SHA-256; unchanged ones are not opened.

    Raises:
        LoadError: the folder is missing or holds no file, so that a wrong path never empties a warehouse.
    """
    require_raw(workspace)
    found = scan(workspace.raw, workspace.lake)
    if not found.files:
        raise LoadError(f"there is no disclosure file below {workspace.raw}")
    return found


def require_raw(workspace: Workspace) -> None:
    """Raise ``LoadError`` unless there is a raw folder and the warehouse lies outside of it."""
    if not workspace.raw.is_dir():
        raise LoadError(f"there is no folder {workspace.raw}; say where the files are with --raw (make: RAW=)")
    if workspace.warehouse.resolve().is_relative_to(workspace.raw.resolve()):
        raise LoadError(f"the warehouse {workspace.warehouse} would lie among the raw files; choose another folder")


def read_new(
    workspace: Workspace,
    found: Scan,
    report: Report = silent,
    again: Collection[int] = frozenset(),
    engine: Engine | None = None,
) -> int:
    """Read documents that are new, touched, of another reader version, or of a year in ``again``; return how many.

    A document that cannot be read gets facts that say so and nothing else. A file that was removed or changed since
    the scan is left to the next load.
    """
    atomic.remove_leftovers(workspace.warehouse)
    workspace.lake.remove_leftovers()
    forget_outdated(workspace, facts_version())
    found = touch_years(workspace.lake, found, again, facts_version()) if again else found
    touched = {file.document_id for file in found.files if file.touched}
    jobs = [job for job in jobs_of(workspace, found.files) if job.document_id in touched or _is_unread(job)]
    for job in jobs:
        if job.document_id in touched:
            if again or was_quarantined(workspace.lake, job.document_id, job.version):
                ask_for_build(workspace.warehouse)
            workspace.lake.forget_facts(job.document_id, job.version)
    _run(workspace, "read", jobs, read_one, report, engine)
    settle(workspace.raw, workspace.lake)
    return len(jobs)


def understand_new(workspace: Workspace, found: Scan, report: Report = silent, engine: Engine | None = None) -> int:
    """Understand what was read and has no facts of the present version; return how many documents.

    Raises:
        LoadError: the catalogue itself cannot be used, which no document is to blame for.
    """
    _require_catalogue()
    jobs = [job for job in jobs_of(workspace, found.files) if not _has_facts(job)]
    _run(workspace, "understand", jobs, understand_one, report, engine)
    return len(jobs)


def understood(workspace: Workspace, found: Scan) -> Scan:
    """The scan less the files without facts, which are named among its problems: they changed while they were read."""
    lake, version = workspace.lake, facts_version()
    known = [file for file in found.files if lake.has_facts(file.document_id, version)]
    left = [file.name for file in found.files if not lake.has_facts(file.document_id, version)]
    problems = [f"{path!r} changed or went away while it was read; the next load takes it" for path in left]
    return msgspec.structs.replace(found, files=known, problems=[*found.problems, *problems])


def read_one(job: Job) -> None:
    """Read one file into the lake, in a worker. Raises what the reader raises."""
    document = _read(job)
    with storing():
        Lake(Path(job.lake)).write_reading(document)


def understand_one(job: Job) -> None:
    """Understand one stored reading, in a worker; nothing where there is none (the file has changed since the scan)."""
    lake = Lake(Path(job.lake))
    document = stored_reading(lake, job.document_id)
    if document is not None:
        facts = understand(document)
        with storing():
            lake.write_facts(facts, job.version)


@contextlib.contextmanager
def storing() -> Iterator[None]:
    """Turn an error of the disk into a ``StorageError``."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"the lake cannot be written to: {error}") from error


def stored_reading(lake: Lake, document_id: str) -> Document | None:
    """What the present version of the document's reader saw, or None."""
    for version in sorted(set(READER_VERSIONS.values())):
        document = lake.read_reading(document_id, version)
        if document is not None and READER_VERSIONS.get(document.reader) == document.reader_version:
            return document
    return None


def quarantined(document_id: str, problem: str) -> Facts:
    """The facts of a document of which nothing but the reason is known."""
    return Facts(
        DocumentFact(
            document_id=document_id,
            format="unknown",
            kind="unknown",
            scope=None,
            department=None,
            fiscal_year=None,
            page_count=None,
            status="quarantined",
            problem=problem,
            reader=None,
            reader_version=facts_version(),
            evidence="{}",
        )
    )


def jobs_of(workspace: Workspace, files: list[SourceFile]) -> Iterator[Job]:
    """One job for each distinct document, under the first path it was found at."""
    first = {file.document_id: file for file in reversed(files)}
    lake, version = str(workspace.lake.folder.resolve()), facts_version()
    for document_id in sorted(first, key=lambda key: first[key].name):
        file = first[document_id]
        path = str((workspace.raw / file.source_path).resolve())
        yield Job(lake, path, file.name, document_id, version, file.container_path)


def _require_catalogue() -> None:
    try:
        understand(Document("0" * 64, "nothing.txt", "text", "text", READER_VERSIONS["text"], None, ()))
    except Exception as error:  # whatever a broken declaration raises
        raise LoadError(f"the catalogue of forms and words cannot be used: {error}") from error


def _has_facts(job: Job) -> bool:
    return Lake(Path(job.lake)).has_facts(job.document_id, job.version)


def _is_unread(job: Job) -> bool:
    return not _has_facts(job) and stored_reading(Lake(Path(job.lake)), job.document_id) is None


def hand_over(
    workspace: Workspace, jobs: list[Job], work: Callable[[Job], None], engine: Engine | None
) -> Iterator[Outcome[Job, None]]:
    """Yield what became of each job, done by this engine; None: by one of the workspace, for these jobs alone.

    Raises:
        LoadError: the engine cannot be used.
    """
    with contextlib.nullcontext(engine) if engine else workspace.engine_opened() as hands:
        try:
            yield from hands.run(batches_of(jobs), work)
        except EngineError as error:
            raise LoadError(str(error)) from error


def _run(
    workspace: Workspace,
    stage: str,
    jobs: list[Job],
    work: Callable[[Job], None],
    report: Report,
    engine: Engine | None,
) -> None:
    report(stage, 0, len(jobs))
    seconds: dict[str, float] = {}
    for done, outcome in enumerate(hand_over(workspace, jobs, work, engine), start=1):
        seconds[outcome.task.source_path] = outcome.seconds
        problem = _problem(stage, outcome)
        if problem is not None:
            workspace.lake.write_facts(quarantined(outcome.task.document_id, problem), outcome.task.version)
        report(stage, done, len(jobs))
    note_work(workspace, stage, seconds)


def _problem(stage: str, outcome: Outcome[Job, Any]) -> str | None:
    """Why a document is quarantined, or None if it is not. Raises ``LoadError`` where the machine is to blame."""
    failure = outcome.failure
    if failure is not None and failure.exception == StorageError.__name__:
        raise LoadError(failure.message)
    if failure is None or failure.exception == FileNotFoundError.__name__:
        return None
    if failure.exception == UnreadableFileError.__name__:
        return failure.message.removeprefix(f"{outcome.task.source_path} ")
    return f"could not {stage} it: {failure.message}. {_UNEXPECTED}."


def inspect(path: Path) -> Facts:
    """The facts of one file, read and understood in a worker; nothing is written. Quarantined facts say why not."""
    document_id = hashlib.sha256(path.read_bytes()).hexdigest()
    job = Job("", str(path.resolve()), path.name, document_id, facts_version())
    outcome = next(run_in_workers([job], inspect_one))
    return outcome.result or quarantined(document_id, _problem("read", outcome) or "the file is gone")


def inspect_one(job: Job) -> Facts:
    """Read and understand one file, in a worker. Raises what the reader raises."""
    return understand(_read(job))


def bytes_of(job: Job) -> bytes:
    """The document's bytes, from its file or from the archive it lies in. Raises what reading them raises."""
    if not job.container_path:
        return Path(job.path).read_bytes()
    return archive.member(Path(job.path), job.container_path, job.source_path)


def _read(job: Job) -> Document:
    return read_data(bytes_of(job), job.source_path)
