"""The stage that reads documents under suspicion a second time, with the other engine.

Suspicious is a PDF with a broken identity, with something in a table that could not be placed, or without a form that
its contents promise; and one in a hundred is read again whatever it says. The whole document is read, and every amount
gets its second reading: once for each version of the facts. Does not belong here: what a second reading changes, which
is the cause of a break and never a value (SQL).
"""

import hashlib
from pathlib import Path

import duckdb

from pipelines.disclosures.second_reading import second_readings
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_again as reread
from pipelines.engines import Engine
from pipelines.lake.files import Scan
from pipelines.lake.store import Lake
from pipelines.stages.documents import Job, StorageError, bytes_of, hand_over, jobs_of, stored_reading, storing
from pipelines.stages.tables import new_build
from pipelines.stages.workspace import LoadError, Report, Workspace, silent

_SEED = "second reading"
_ONE_IN = 100
_SUSPECTS = """
SELECT document_id,
  document_id IN (SELECT document_id FROM quality.check WHERE outcome = 'broken')
  OR document_id IN (
    SELECT amount.document_id
    FROM quality.check JOIN quality.check_part USING (check_id) JOIN core.amount USING (amount_id)
    WHERE outcome = 'broken'
  )
  OR document_id IN (SELECT document_id FROM core.unplaced WHERE what IN ('cell', 'column', 'form', 'table'))
  OR document_id IN (SELECT document_id FROM core.form WHERE listed AND NOT present)
FROM core.document
WHERE reader = 'pdfium'
"""


def read_again(workspace: Workspace, found: Scan, report: Report = silent, engine: Engine | None = None) -> int:
    """Read again what is under suspicion in the new build and was not read again yet; return how many documents.

    The new build does not hold these readings: build it again if there are any.

    Raises:
        LoadError: the lake cannot be written to.
    """
    folder = new_build(workspace)
    if folder is None:
        return 0
    wanted = _suspects(folder / workspace.database.name)
    jobs = [job for job in jobs_of(workspace, found.files) if job.document_id in wanted and not _is_done(job)]
    report("second", 0, len(jobs))
    for done, outcome in enumerate(hand_over(workspace, jobs, read_again_one, engine), start=1):
        if outcome.failure is not None:
            if outcome.failure.exception == StorageError.__name__:
                raise LoadError(outcome.failure.message)
            if outcome.failure.exception != FileNotFoundError.__name__:
                workspace.lake.write_second_readings(outcome.task.document_id, [], outcome.task.version)
        report("second", done, len(jobs))
    return len(jobs)


def read_again_one(job: Job) -> None:
    """Read one document again into the lake, in a worker. Raises what the reader raises."""
    lake = Lake(Path(job.lake))
    first = stored_reading(lake, job.document_id)
    if first is None:
        return
    document = reread(bytes_of(job), job.source_path)
    readings = second_readings(understand(first).amounts, understand(document).amounts, document.reader)
    with storing():
        lake.write_second_readings(job.document_id, list(readings), job.version)


def is_in_sample(document_id: str) -> bool:
    """Whether a document is among the one in a hundred that are read again without suspicion."""
    digest = hashlib.sha256(f"{_SEED}:{document_id}".encode()).digest()
    return int.from_bytes(digest[:8]) % _ONE_IN == 0


def _suspects(database: Path) -> set[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(_SUSPECTS).fetchall()
    return {document_id for document_id, is_suspect in rows if is_suspect or is_in_sample(document_id)}


def _is_done(job: Job) -> bool:
    return Lake(Path(job.lake)).second_folder(job.document_id, job.version).is_dir()
