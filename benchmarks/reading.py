"""How fast PDFs are read, and how alike: pdfplumber's own tables against ours, file by file in one run.

``python -m benchmarks.reading FOLDER`` prints one line of JSON and draws ``docs/reading.svg``. Times are CPU time.
``cpu_ratio`` compares finding tables with the texts of their cells; ``whole_document_ratio`` compares pdfplumber's
tables and lines of text with our whole Document. ``cell_agreement`` counts the cells that pdfplumber gives and a
person sees: those on the page with ink along all four sides, as a rendered picture of the page shows it. pdfplumber
also makes cells of white lines and of what is drawn off the page; ``agreement_with_unseen`` counts them too.
``--differences`` also lists the cells on which the two disagree.
"""

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
import pypdfium2

from pipelines.documents.glyphs import shown
from pipelines.documents.model import Box
from pipelines.documents.page_grid import PageCell, PageGrid, page_grids
from pipelines.documents.pdf import read_pdf
from pipelines.documents.pdfium_pages import PdfiumPages
from pipelines.documents.rules import visible_rules

PICTURE = Path(__file__).parents[1] / "docs" / "reading.svg"
_READ_ALL = (
    "import resource, sys; from pathlib import Path; from pipelines.documents.pdf import read_pdf\n"
    "for path in sorted(Path(sys.argv[1]).rglob('*.pdf')): read_pdf(path.read_bytes(), path.name)\n"
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == 'darwin' else 1 << 10))"
)


_SCALE = 2.0
"""Pixels a point of the picture that is looked at."""
_DARK = 200
_NEAR, _MOSTLY = 2.0, 0.8
"""A side of a cell is seen if this part of it has ink no further than so many points away."""


class TheirCell(NamedTuple):
    """A cell as pdfplumber gives it."""

    box: Box
    text: str


class Times(NamedTuple):
    """Seconds of CPU time, of one file or of all."""

    their_tables: float
    their_words: float
    our_tables: float
    our_document: float


class Difference(NamedTuple):
    """A place where the two read something else."""

    page_no: int
    theirs: TheirCell | None
    ours: str | None
    is_seen: bool
    """Whether a person sees a cell there."""


class Comparison(NamedTuple):
    """One file read both ways."""

    times: Times
    pages: int
    tables: int
    """Ours, counted page by page."""
    cells: int
    """Cells of pdfplumber, and ours with text where it has none."""
    differences: list[Difference]


def compare(data: bytes) -> Comparison:
    """Read a PDF both ways, one right after the other."""
    theirs, their_tables, their_words = _theirs(data)
    start = time.process_time()
    ours = _our_tables(data)
    middle = time.process_time()
    read_pdf(data, "benchmark")
    times = Times(their_tables, their_words, middle - start, time.process_time() - middle)
    found = [_compared(*page, number) for number, page in enumerate(zip(theirs, ours, strict=True), start=1)]
    differences = _with_sight(data, [each for _, page in found for each in page])
    return Comparison(times, len(ours), sum(map(len, ours)), sum(cells for cells, _ in found), differences)


def _theirs(data: bytes) -> tuple[list[list[TheirCell]], float, float]:
    """Return the cells of each page, and the seconds for the tables and for the words besides."""
    start, words = time.process_time(), 0.0
    pages = []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            tables = [(table.rows, table.extract()) for table in page.find_tables()]
            pages.append([cell for rows, texts in tables if _has_columns(rows) for cell in _their_cells(rows, texts)])
            before = time.process_time()
            page.extract_text_lines(return_chars=False)
            words += time.process_time() - before
            page.close()
    return pages, time.process_time() - start - words, words


def _has_columns(rows: Sequence[Any]) -> bool:
    """Whether a table has more than one column: a frame around text is none of ours."""
    return any(len(row.cells) - row.cells.count(None) > 1 for row in rows)


def _their_cells(rows: Sequence[Any], texts: Sequence[Sequence[str | None]]) -> Iterator[TheirCell]:
    for row, row_texts in zip(rows, texts, strict=True):
        for box, text in zip(row.cells, row_texts, strict=True):
            if box is not None:
                yield TheirCell(Box(*box), text or "")


def _our_tables(data: bytes) -> list[list[PageGrid]]:
    source = PdfiumPages(data)
    pages = []
    for index in range(len(source)):
        page = source.page(index)
        size = page.width, page.height
        pages.append(page_grids(visible_rules(page.shapes, *size), shown(page.glyphs, *size), index + 1)[0])
    source.close()
    return pages


def _compared(theirs: Sequence[TheirCell], ours: Sequence[PageGrid], page_no: int) -> tuple[int, list[Difference]]:
    """Return how many cells were compared, and those that differ: each cell of theirs with ours at its middle.

    White space is not compared: pdfplumber has rules of its own where to put some.
    """
    cells = [cell for grid in ours for cell in grid.cells]
    met: set[int] = set()
    differences = []
    for cell in theirs:
        index = _at_middle(cells, cell.box)
        text = None if index is None else cells[index].text
        if index is None or index in met or _plain(text or "") != _plain(cell.text):
            differences.append(Difference(page_no, cell, text, True))
        met.update(() if index is None else (index,))
    missed = [cell.text for index, cell in enumerate(cells) if index not in met and cell.text]
    return len(theirs) + len(missed), differences + [Difference(page_no, None, text, True) for text in missed]


def _with_sight(data: bytes, differences: list[Difference]) -> list[Difference]:
    """Look at each cell that only pdfplumber has, or has otherwise: is there ink along all of its sides?"""
    pictures: dict[int, Any] = {}
    looked = []
    with pypdfium2.PdfDocument(data) as pdf:
        for each in differences:
            if each.page_no not in pictures:
                bitmap = pdf[each.page_no - 1].render(scale=_SCALE, grayscale=True)
                pictures[each.page_no] = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width] < _DARK
            is_seen = each.theirs is None or _has_ink_around(pictures[each.page_no], each.theirs.box)
            looked.append(each._replace(is_seen=is_seen))
    return looked


def _has_ink_around(dark: Any, box: Box) -> bool:
    x0, y0, x1, y1 = (round(value * _SCALE) for value in box)
    if x0 < 0 or y0 < 0 or x1 > dark.shape[1] or y1 > dark.shape[0]:
        return False
    near = round(_NEAR * _SCALE)
    sides = [dark[max(y - near, 0) : y + near + 1, x0:x1].any(axis=0).mean() for y in (y0, y1)]
    sides += [dark[y0:y1, max(x - near, 0) : x + near + 1].any(axis=1).mean() for x in (x0, x1)]
    return bool(min(sides) >= _MOSTLY)


def _at_middle(cells: Sequence[PageCell], box: Box) -> int | None:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    found = (i for i, cell in enumerate(cells) if cell.box.x0 <= x < cell.box.x1 and cell.box.y0 <= y < cell.box.y1)
    return next(found, None)


def _plain(text: str) -> str:
    return "".join(text.split())


def peak_mebibytes(folder: Path) -> float:
    """Read everything with ours in a process of its own; return the most memory it ever held."""
    command = [sys.executable, "-c", _READ_ALL, str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def result(found: Sequence[Comparison], peak: float) -> dict[str, float]:
    """Return what is printed."""
    times = _total(found)
    cells, different = sum(one.cells for one in found), sum(len(one.differences) for one in found)
    unseen = sum(not each.is_seen for one in found for each in one.differences)
    return {
        "pages": sum(one.pages for one in found),
        "tables": sum(one.tables for one in found),
        "cpu_ratio": round(times.their_tables / times.our_tables, 2),
        "cell_agreement": round(1 - (different - unseen) / max(cells - unseen, 1), 5),
        "docs_per_cpu_second": round(len(found) / times.our_document, 2),
        "peak_mb": round(peak, 1),
        "whole_document_ratio": round((times.their_tables + times.their_words) / times.our_document, 2),
        "agreement_with_unseen": round(1 - different / max(cells, 1), 5),
        "cells": cells,
        "different_cells": different,
        "of_them_unseen": unseen,
    }


def _total(found: Sequence[Comparison]) -> Times:
    return Times(*(sum(column) for column in zip(*(one.times for one in found), strict=True)))


def draw(found: Sequence[Comparison]) -> str:
    """Return a picture of pages a second by reader, as SVG."""
    times, pages = _total(found), sum(one.pages for one in found)
    bars = {
        "pdfplumber, tables and words": pages / (times.their_tables + times.their_words),
        "pdfplumber, tables": pages / times.their_tables,
        "ours, whole document": pages / times.our_document,
        "ours, tables": pages / times.our_tables,
    }
    unit = 400 / max(bars.values())
    shapes = [
        f'<text x="190" y="{y + 16}" text-anchor="end">{name}</text>'
        f'<rect x="200" y="{y}" width="{value * unit:.1f}" height="22" fill="{"#246" if "ours" in name else "#999"}"/>'
        f'<text x="{206 + value * unit:.1f}" y="{y + 16}">{value:.0f}</text>'
        for y, (name, value) in zip(range(10, 400, 32), bars.items(), strict=False)
    ]
    caption = '<text x="200" y="156">pages a second of CPU time</text>'
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 170" font-family="sans-serif" font-size="13">'
    return "\n".join([head, *shapes, caption, "</svg>"]) + "\n"


def main() -> None:
    """Read every PDF below a folder both ways, print the result and draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="every PDF below it is read")
    parser.add_argument("--differences", action="store_true", help="list the cells that differ: pdfplumber's | ours")
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.pdf"))
    if not paths:
        parser.error(f"there is no PDF below {options.folder}")
    compare(paths[0].read_bytes())  # what is loaded once is no part of reading
    found = [compare(path.read_bytes()) for path in paths]
    if options.differences:
        for path, one in zip(paths, found, strict=True):
            for difference in one.differences:
                theirs = difference.theirs and difference.theirs.text
                seen = "seen" if difference.is_seen else "unseen"
                print(f"{path.name}, page {difference.page_no}, {seen}: {theirs!r} | {difference.ours!r}")
    print(json.dumps(result(found, peak_mebibytes(options.folder))))
    PICTURE.write_text(draw(found), encoding="utf-8")


if __name__ == "__main__":
    main()
