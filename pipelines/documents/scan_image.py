"""A scanned page as a picture: laid straight, its ink told from its paper, its ruling lines found.

Belongs here: what is true of any picture of a printed page. Does not belong here: cells (``scan_cells``) and
recognising characters (``ocr``). Needs OpenCV, which is imported when a picture is there.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipelines.documents.model import Box
from pipelines.documents.ocr import Picture
from pipelines.documents.rules import Rule

POINTS_PER_INCH = 72.0
_LARGEST_TILT = 3.0
"""Degrees; a page that lies further askew was not meant to be read."""
_MANY = 60_000
"""So many dark pixels are enough to tell the tilt."""
_LEAST_TILT = 0.03
_SHORTEST_ACROSS = 22.0
"""Points; longer than the horizontal strokes of the characters in tables."""
_SHORTEST_DOWN = 13.0
"""Points; the height of a low row."""
_SURELY_DOWN = 40.0
"""Points; a line down that is as long as this is no stroke, even if it ends where no line across is."""
_REACH = 3.0
"""Points by which lines that meet may miss each other."""
_NEAR = 1.5
_CROWDED = 0.3
"""Of a line's length; strokes within ``_NEAR`` points along more than this make it a stroke of characters."""
_GAP = 1.0
"""Points; a ruling line may be broken by this much."""
_THICKEST = 4.0
"""Points; anything thicker is a bar or a picture."""


class Straight(NamedTuple):
    """A page laid straight. Its pixels count from the top left."""

    grey: Picture
    ink: Picture
    """255 where something is printed, 0 on paper and on specks."""
    dpi: float
    tilt: float
    """Degrees by which the page was turned counter-clockwise to lie straight."""

    def points(self, pixels: float) -> float:
        """Turn a length in pixels into points."""
        return pixels * POINTS_PER_INCH / self.dpi

    def pixels(self, points: float) -> int:
        """Turn a length in points into whole pixels, at least one."""
        return max(1, round(points * self.dpi / POINTS_PER_INCH))

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.points(self.grey.shape[1]), self.points(self.grey.shape[0])


def straightened(grey: Picture, dpi: float) -> Straight:
    """Lay a page straight and tell ink from paper."""
    import cv2

    tilt = _tilt(_ink(grey, dpi))
    if abs(tilt) >= _LEAST_TILT:
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
        grey = np.asarray(
            cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
            dtype=np.uint8,
        )
    else:
        tilt = 0.0
    return Straight(grey, _ink(grey, dpi), dpi, tilt)


def displayed_box(box: Box, tilt: float, size: tuple[float, float]) -> Box:
    """Return where a box of the straightened page stands on the page as displayed; its size stays."""
    angle = math.radians(tilt)
    x, y = (box.x0 + box.x1 - size[0]) / 2, (box.y0 + box.y1 - size[1]) / 2
    right = x * (math.cos(angle) - 1) - y * math.sin(angle)
    down = x * math.sin(angle) + y * (math.cos(angle) - 1)
    return Box(box.x0 + right, box.y0 + down, box.x1 + right, box.y1 + down)


def ruling_lines(page: Straight) -> list[Rule]:
    """Return the page's ruling lines in points.

    Strokes of characters are lines too: across, they have other strokes close above or below; down, they do not reach
    from one line across to another.
    """
    across = _lines(page, _SHORTEST_ACROSS, is_across=True)
    down = _lines(page, _SHORTEST_DOWN, is_across=False)
    return [*across, *(rule for rule in down if rule.y1 - rule.y0 >= _SURELY_DOWN or _is_anchored(rule, across))]


def _is_anchored(rule: Rule, across: Sequence[Rule]) -> bool:
    """Whether both ends of a line down stand on lines across."""
    return all(
        any(abs(each.y0 - y) <= _REACH and each.x0 - _REACH <= rule.x0 <= each.x1 + _REACH for each in across)
        for y in (rule.y0, rule.y1)
    )


def _ink(grey: Picture, dpi: float) -> Picture:
    """Mark what is darker than the paper around it, and leave out specks."""
    import cv2

    window = max(15, round(dpi / 5) | 1)
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    dark = cv2.adaptiveThreshold(calm, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 38)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least = max(3, round((dpi / 120) ** 2))
    keep = np.zeros(count, dtype=np.uint8)
    keep[1:] = np.where(stats[1:, cv2.CC_STAT_AREA] >= least, 255, 0)
    return np.asarray(keep[labels], dtype=np.uint8)


def _tilt(ink: Picture) -> float:
    """Return the turn in degrees after which printed lines are horizontal: that which gathers ink in fewest rows."""
    ys, xs = np.nonzero(ink)
    if len(ys) < 100:
        return 0.0
    step = max(1, len(ys) // _MANY)
    down, right = ys[::step].astype(np.float32), xs[::step].astype(np.float32)
    best = 0.0
    for width, pace in ((_LARGEST_TILT, 0.2), (0.2, 0.04), (0.04, 0.01)):
        angles = np.arange(best - width, best + width + pace / 2, pace)
        best = float(max(angles, key=lambda angle: _sharpness(down, right, float(angle))))
    return best


def _sharpness(ys: npt.NDArray[np.float32], xs: npt.NDArray[np.float32], angle: float) -> float:
    turned = ys - xs * np.float32(math.tan(math.radians(angle)))
    rows = np.bincount((turned - turned.min()).astype(np.int32)).astype(np.float64)
    return float((rows**2).sum())


def _lines(page: Straight, shortest: float, *, is_across: bool) -> list[Rule]:
    import cv2

    ink = page.ink if is_across else page.ink.T
    bridged = cv2.morphologyEx(
        cv2.dilate(np.ascontiguousarray(ink), np.ones((3, 1), np.uint8)),
        cv2.MORPH_CLOSE,
        np.ones((1, page.pixels(_GAP)), np.uint8),
    )
    mask = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, page.pixels(shortest)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for left, top, width, height, _ in stats[1:].tolist():
        if page.points(height) <= _THICKEST and _is_alone(page, ink, left, top, width, height):
            start, end, middle = page.points(left), page.points(left + width), page.points(top + height / 2)
            found.append(Rule(start, middle, end, middle) if is_across else Rule(middle, start, middle, end))
    return found


def _is_alone(page: Straight, ink: Picture, left: int, top: int, width: int, height: int) -> bool:
    """Whether there is hardly any ink close to a line on both of its sides, as there is beside strokes."""
    near = page.pixels(_NEAR)
    strips = (
        ink[max(top - near, 0) : top, left : left + width],
        ink[top + height : top + height + near, left : left + width],
    )
    return all(strip.size == 0 or float((strip > 0).any(axis=0).mean()) <= _CROWDED for strip in strips)
