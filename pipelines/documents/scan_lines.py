"""Lines of text inside an area of a scanned page: where the ink of each is, and the picture that is recognised.

Belongs here: dividing the ink of a cell into lines, and cutting them out. Does not belong here: which areas there are
(``scan_page``), and recognising them (``ocr``).
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.documents.ocr import Area, Picture
from pipelines.documents.scan_image import Straight

_MARGIN = 0.2
"""White space around a line that is recognised, as a part of its height."""
_ONE_LINE = 1.25
"""Strokes that together are no higher than this times the usual line belong to one line."""
_USUAL = (4.0, 24.0)
"""Points; the heights that lines of text may have."""
_OTHERWISE = 9.0
"""Points; the usual height of a line where a page has none to measure."""
_SLIVER = 1.2
"""Points; ink along the edge of an area that is no thicker is left of its ruling line."""


class InkLine(NamedTuple):
    """One line of text in pixels: the rectangle around its ink."""

    area: Area

    @property
    def height(self) -> int:
        """Of the ink."""
        return self.area.y1 - self.area.y0


def cut(page: Straight, line: InkLine, within: Area) -> Picture:
    """Cut the line out with a margin, which does not reach outside the area."""
    margin = max(2, round(line.height * _MARGIN))
    x0, y0, x1, y1 = line.area
    left, right = max(x0 - margin, within.x0), min(x1 + margin, within.x1)
    top, bottom = max(y0 - margin, within.y0), min(y1 + margin, within.y1)
    picture = page.grey[top:bottom, left:right]
    missing = (
        (margin - (y0 - top), margin - (bottom - y1)),
        (margin - (x0 - left), margin - (right - x1)),
    )
    paper = int(np.percentile(picture, 90))
    return np.pad(picture, missing, constant_values=paper)


def bands(page: Straight, area: Area) -> list[InkLine]:
    """Return the runs of rows with ink inside an area, from top to bottom; a character may be several of them."""
    ink = _without_slivers(page, page.ink[area.y0 : area.y1, area.x0 : area.x1] > 0)
    found = []
    for top, bottom in _runs(np.any(ink, axis=1)):
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        found.append(
            InkLine(Area(area.x0 + int(columns[0]), area.y0 + top, area.x0 + int(columns[-1]) + 1, area.y0 + bottom))
        )
    return found


def usual_height(page: Straight, found: list[list[InkLine]]) -> float:
    """Return the usual height of a line in pixels, from the bands of all areas."""
    least, most = page.pixels(_USUAL[0]), page.pixels(_USUAL[1])
    heights = [line.height for lines in found for line in lines if least <= line.height <= most]
    return float(np.median(heights)) if heights else float(page.pixels(_OTHERWISE))


def joined(found: list[InkLine], usual: float) -> list[InkLine]:
    """Return the lines of an area: bands that together are no higher than a line are one."""
    lines: list[InkLine] = []
    for line in found:
        if lines and line.area.y1 - lines[-1].area.y0 <= _ONE_LINE * usual:
            lines[-1] = InkLine(_around(lines[-1].area, line.area))
        else:
            lines.append(line)
    return lines


def _around(one: Area, other: Area) -> Area:
    return Area(min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1))


def _runs(marks: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in list(pairwise(edges))[::2]]


def _without_slivers(page: Straight, ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Blank thin runs of ink that touch the edge of an area: what is left of a rule that is not quite straight."""
    ink = ink.copy()
    thin = page.pixels(_SLIVER)
    for sight in (ink, ink.T):
        for start, end in _runs(np.any(sight, axis=1)):
            touches = start == 0 or end == sight.shape[0]
            if touches and end - start <= thin:
                sight[start:end] = False
    return ink
