"""What a PDF engine sees on one page, in arrays, before anything is understood of it.

Both engines give these classes, and everything after them is the same for both. All places are in points from the
top left of the page as displayed: cropped and rotated. Does not belong here: which marks are shown as text or rules
(``glyphs``, ``rules``), and how an engine is asked (``pdfium_pages``, ``plumber_pages``).
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNKNOWN = 0xFFFD
"""The code of a character that is drawn without saying which character it is."""
ASCENT, DESCENT = 0.86, 0.14
"""How far the body of a character reaches above and below its base line, in parts of its size.

Fonts declare this differently and often wrongly, and engines correct it differently; Chinese fonts are drawn so.
"""


class Glyphs(NamedTuple):
    """Characters and where they are drawn; all arrays have one entry a character."""

    codes: NDArray[np.uint32]
    """Unicode code points; ``UNKNOWN`` where the font does not name the character."""
    boxes: Floats
    """n × 4: left, top, right, bottom of the character's body."""
    sizes: Floats
    """The sizes of the font as drawn, in points."""

    def take(self, which: "Flags | Ints") -> "Glyphs":
        """Return the characters that an index or a mask selects."""
        return Glyphs(self.codes[which], self.boxes[which], self.sizes[which])


class Shapes(NamedTuple):
    """What is drawn besides text and pictures, less what is white or transparent."""

    areas: Floats
    """n × 4: the boxes of filled shapes that have no visible outline."""
    frames: Floats
    """n × 4: the boxes of rectangles with a visible outline."""
    strokes: Floats
    """n × 4: the boxes of other straight pieces of visible outlines, from corner to corner."""


class PageMarks(NamedTuple):
    """One page as its engine saw it."""

    width: float
    height: float
    glyphs: Glyphs
    shapes: Shapes
    has_picture: bool


class PageSource(Protocol):
    """An open PDF. Pages are read one at a time, so that one broken page costs only itself."""

    def __len__(self) -> int:
        """Return the number of pages."""

    def page(self, index: int) -> PageMarks:
        """Read a page, counted from 0; raise whatever its damage leads to."""

    def close(self) -> None:
        """Release the file."""


def boxes_of(rows: Sequence[Sequence[float]]) -> Floats:
    """Return rows of four numbers as an n × 4 array, also where there are none."""
    return np.array(rows, np.float64).reshape(-1, 4)


def bodies(boxes: Floats, bases: Floats, sizes: Floats, upright: Flags) -> Floats:
    """Return the boxes with top and bottom measured from the base line wherever the text is upright."""
    placed = boxes.copy()
    placed[upright, 1] = (bases - ASCENT * sizes)[upright]
    placed[upright, 3] = (bases + DESCENT * sizes)[upright]
    return placed


NO_GLYPHS = Glyphs(np.zeros(0, np.uint32), np.zeros((0, 4)), np.zeros(0))
"""The characters of a page without text."""
