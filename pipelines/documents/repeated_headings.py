"""Titles and unit lines that a table repeats above each of its parts.

A form that goes on over a page sometimes prints its title, department and unit again, with its column labels. That
heading stands between the parts and would keep them apart; it says nothing new, like a repeated header row.
"""

import re
from collections.abc import Sequence

from pipelines.documents.continuation import continues, repeats_header, squeezed
from pipelines.documents.glyphs import Line
from pipelines.documents.page_grid import PageGrid

Item = Line | PageGrid

_CONTINUED = re.compile(r"[（(]?续表?[一二三四五六七八九十\d]*[）)]?$")


def without_repeated_headings(pages: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """Return the pages' items without headings that repeat those of the table they continue.

    All of this must hold: the page before ends with a table; the lines above this page's first table are the last
    lines above that table; the borders agree; and the column labels are repeated too.
    """
    table = _Table()
    kept = []
    for items in pages:
        heading, first = _heading(items)
        if first is not None and heading and table.goes_on(heading, first):
            items = items[len(heading) :]
        kept.append(list(items))
        table.follow(items)
    return kept


def _heading(items: Sequence[Item]) -> tuple[list[str], PageGrid | None]:
    """Return the texts above the first table, and that table."""
    texts: list[str] = []
    for item in items:
        if isinstance(item, PageGrid):
            return texts, item
        texts.append(_CONTINUED.sub("", squeezed(item.text)))
    return texts, None


class _Table:
    """The table that stands last so far: its heading, its first part, and its last."""

    def __init__(self) -> None:
        self.heading: list[str] = []
        self.head: PageGrid | None = None
        self.last: PageGrid | None = None

    def goes_on(self, heading: list[str], part: PageGrid) -> bool:
        if self.head is None or self.last is None or self.heading[-len(heading) :] != heading:
            return False
        return continues(self.last, part) and repeats_header(self.head, part)

    def follow(self, items: Sequence[Item]) -> None:
        """Take note of the page; ``last`` is None if text follows the page's last table."""
        rest = list(items)
        while rest:
            heading, grid = _heading(rest)
            if grid is None:
                self.last = None
                return
            rest = rest[len(heading) + 1 :]
            if heading or self.last is None or not continues(self.last, grid):
                self.heading, self.head = heading, grid
            self.last = grid
