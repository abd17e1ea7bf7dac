"""Pictures of the pages that evidence stands on: each page is rendered once and kept beside the warehouse.

``pictures/<document>/`` holds ``<page>.webp`` and ``places.json``: the sizes of pages, and where figures stand that
were read without a box (words, performance sheets). A document is opened in a limited worker process, because a PDF may
be made to harm whoever opens it. Does not belong here: boxes (the page draws them over the picture), what a marked
copy looks like (``marked_pdf``, ``marked_text``).
"""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.documents.sandbox import run_in_workers
from pipelines.lake import atomic
from pipelines.site import marked_pdf, marked_text
from pipelines.site.marked import Copy, copies, put
from pipelines.site.originals import Original
from pipelines.site.warehouse import rows
from pipelines.warehouse.page_text import Box, PageText

if TYPE_CHECKING:
    import duckdb
    import pypdfium2 as pdfium

_DOTS_PER_POINT = 2.0
_MOST_DOTS = 4000
"""Of the longer edge: a poster is rendered smaller."""
_LARGE = 400_000
"""Bytes from which on a picture is kept with some loss: scans and photographs."""
_WANTED = """
SELECT document_id, page_no,
    list({'id': id, 'printed': printed, 'sentence': sentence} ORDER BY id, printed)
        FILTER (x0 IS NULL AND printed IS NOT NULL) AS figures
FROM (SELECT DISTINCT document_id, page_no, id, printed, sentence, x0, format FROM evidence)
WHERE format = 'pdf' AND page_no IS NOT NULL GROUP BY document_id, page_no ORDER BY document_id, page_no
"""
_TABLES = """
CREATE TEMP TABLE page (document_id VARCHAR, page_no INTEGER, width DOUBLE, height DOUBLE);
CREATE TEMP TABLE copy_of (document_id VARCHAR, name VARCHAR);
CREATE TEMP TABLE located (document_id VARCHAR, page_no INTEGER, id VARCHAR, printed VARCHAR,
    x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE);
"""


class Figure(msgspec.Struct, frozen=True):
    """A figure whose box has to be found by its text."""

    id: str
    printed: str
    sentence: str | None = None


class PagePlaces(msgspec.Struct):
    """A page's size in points, and by id and print the box of each figure looked for; None: it was not found."""

    width: float
    height: float
    boxes: dict[str, Box | None] = {}


class Job(msgspec.Struct, frozen=True):
    """One PDF to take pictures of: where it is, where pictures go, and what is wanted of each page."""

    original: Original
    folder: Path
    pages: dict[int, list[Figure]]
    """Page and the figures to find on it; empty for what is no PDF."""
    copy: Copy
    """What its marked copy says."""


def take_pictures(
    connection: "duckdb.DuckDBPyConnection",
    originals: dict[str, Original],
    folder: Path,
    workers: int,
    told: Callable[[int, int], None],
) -> int:
    """Take the pictures and make the marked copies that are missing.

    Makes the temporary tables ``page``, ``located`` and ``copy_of``, of what is there.

    Returns:
        How many pages were rendered now. What cannot be opened has no picture, and the site says so.
    """
    connection.execute(_TABLES)
    jobs = list(_jobs(connection, originals, folder))
    missing = [job for job in jobs if not _is_complete(job)]
    rendered = 0
    told(0, len(missing))
    for done, outcome in enumerate(run_in_workers(missing, draw, workers=workers) if missing else (), start=1):
        rendered += outcome.result or 0
        told(done, len(missing))
    for job in jobs:
        _remember(connection, job)
    return rendered


def picture_name(document_id: str, page_no: int) -> str:
    """The name of a page's picture below ``pages/``."""
    return f"{document_id[:16]}-{page_no}.webp"


def draw(job: Job) -> int:
    """Render the missing pages of a document, find its figures, and mark its copy, in a worker.

    Returns:
        How many pages were rendered.
    """
    import pypdfium2 as pdfium

    data = job.original.read()
    if data is None:
        return 0
    if job.copy.is_text:
        put(job.copy, job.folder, marked_text.page(job.copy, data).encode(errors="replace"))
        return 0
    if not job.pages:
        put(job.copy, job.folder, marked_pdf.pages(job.copy, None, {}))
        return 0
    document = pdfium.PdfDocument(data)
    try:
        rendered, places = _take(job, document)
        atomic.write_bytes(job.folder / "places.json", msgspec.json.encode(places))
        put(job.copy, job.folder, marked_pdf.pages(job.copy, document, _located(job, places)))
    finally:
        document.close()
    return rendered


def _take(job: Job, document: "pdfium.PdfDocument") -> tuple[int, dict[int, PagePlaces]]:
    places, rendered = read_places(job.folder), 0
    for number, figures in job.pages.items():
        if number > len(document) or _is_done(job, number, places):
            continue
        page = document[number - 1]
        rendered += draw_page(page, job.folder / f"{number}.webp")
        places[number] = _find(page, figures)
        page.close()
    return rendered, places


def _located(job: Job, places: dict[int, PagePlaces]) -> dict[tuple[int, str, str], Box]:
    return {
        (number, figure.id, figure.printed): box
        for number, figures in job.pages.items()
        for figure in figures
        if number in places and (box := places[number].boxes.get(_key(figure.id, figure.printed))) is not None
    }


def read_places(folder: Path) -> dict[int, PagePlaces]:
    """What is known of the pages of a document."""
    try:
        return msgspec.json.decode((folder / "places.json").read_bytes(), type=dict[int, PagePlaces])
    except (OSError, msgspec.MsgspecError):
        return {}


def _jobs(connection: "duckdb.DuckDBPyConnection", originals: dict[str, Original], folder: Path) -> "list[Job]":
    said = copies(connection, {key: original.name for key, original in originals.items()})
    jobs = {key: Job(originals[key], folder / key[:16], {}, copy) for key, copy in said.items()}
    for row in rows(connection, _WANTED):
        if row["document_id"] in jobs:
            figures = [Figure(**figure) for figure in row["figures"] or ()]
            jobs[row["document_id"]].pages[row["page_no"]] = figures
    return list(jobs.values())


def _is_complete(job: Job) -> bool:
    places = read_places(job.folder)
    return (job.folder / job.copy.name).is_file() and all(_is_done(job, page, places) for page in job.pages)


def _is_done(job: Job, page: int, places: dict[int, PagePlaces]) -> bool:
    known = places.get(page)
    return (
        known is not None
        and all(_key(figure.id, figure.printed) in known.boxes for figure in job.pages[page])
        and (job.folder / f"{page}.webp").is_file()
    )


def _key(figure_id: str, printed: str) -> str:
    return f"{figure_id}\n{printed}"


def draw_page(page: "pdfium.PdfPage", picture: Path) -> int:
    """Render a page unless there is a picture; return how many were rendered."""
    if picture.is_file():
        return 0
    scale = min(_DOTS_PER_POINT, _MOST_DOTS / max(page.get_size()))
    image = page.render(scale=scale).to_pil()
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", lossless=True, quality=30, method=2)
    if buffer.tell() > _LARGE:
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=70, method=2)
    atomic.write_bytes(picture, buffer.getvalue())
    return 1


def _find(page: "pdfium.PdfPage", figures: list[Figure]) -> PagePlaces:
    text = PageText(page) if figures else None
    boxes = {_key(each.id, each.printed): text.find(each.printed, each.sentence) for each in figures} if text else {}
    width, height = page.get_size()
    return PagePlaces(width, height, boxes)


def _remember(connection: "duckdb.DuckDBPyConnection", job: Job) -> None:
    """Put what is known of a document's pages into the temporary tables."""
    places, document_id = read_places(job.folder), job.original.document_id
    if (job.folder / job.copy.name).is_file():
        connection.execute("INSERT INTO copy_of VALUES (?, ?)", [document_id, job.copy.name])
    known = [(number, places[number]) for number in job.pages if number in places]
    pages = [(document_id, number, page.width, page.height) for number, page in known]
    boxes = [
        (document_id, number, *key.split("\n", 1), *box)
        for number, page in known
        for key, box in page.boxes.items()
        if box is not None
    ]
    if pages:
        connection.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", pages)
    if boxes:
        connection.executemany("INSERT INTO located VALUES (?, ?, ?, ?, ?, ?, ?, ?)", boxes)
