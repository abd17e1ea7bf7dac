"""Running headers and footers: a line that stands at the same place on most pages says it once.

Left where they are, they would stand between the parts of a table and inside sentences that go on over a page. The
first header and the last footer stay as paragraphs, outside whatever runs over the pages. The title of a form and its
unit are never taken for one, however often they are printed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.documents.continuation import is_table_title, squeezed
from pipelines.documents.glyphs import Line
from pipelines.documents.page_grid import PageGrid
from pipelines.documents.sentences import starts_paragraph

Item = Line | PageGrid
Key = tuple[int, str, int]
"""From which end of the page, the text without its numbers, and the distance from the edge in steps."""

_TOP, _BOTTOM = 0, 1
_NOWHERE: Key = (-1, "", 0)
_LEAST_PAGES = 3
_STEP = 6.0
"""Lines whose distance from the edge of the page falls into one step (points) stand at one place."""
_DEEPEST = 3
"""At most so many lines of a page's top or bottom are running lines."""
_UNIT = re.compile(r"单位[：:]")


def without_running_lines(pages: Sequence[tuple[Sequence[Item], float]]) -> list[list[Item]]:
    """Return the items of each page (given with its height in points) without repeated headers and footers."""
    counts = Counter(key for items, height in pages for key in {key for _, key in _outer_lines(items, height)})
    running = {key for key, count in counts.items() if count >= _LEAST_PAGES and count * 2 >= len(pages)}
    found = [{index: key for index, key in _outer_lines(*page) if key in running} for page in pages]
    shown = {key: number for number in reversed(range(len(pages))) for key in found[number].values() if key[0] == _TOP}
    shown |= {key: number for number in range(len(pages)) for key in found[number].values() if key[0] == _BOTTOM}
    return [
        [item for index, item in enumerate(items) if shown.get(found[number].get(index, _NOWHERE), number) == number]
        for number, (items, _) in enumerate(pages)
    ]


def _outer_lines(items: Sequence[Item], height: float) -> Iterator[tuple[int, Key]]:
    """Yield the lines at the top and the bottom of a page that may be running lines, with what they look like."""
    for end, order in ((_TOP, range(len(items))), (_BOTTOM, reversed(range(len(items))))):
        for index in list(order)[:_DEEPEST]:
            item = items[index]
            if not isinstance(item, Line) or _belongs_to_form(item.text):
                break
            distance = item.top if end == _TOP else height - item.bottom
            yield index, (end, re.sub(r"\d+", "#", squeezed(item.text)), round(distance / _STEP))


def _belongs_to_form(text: str) -> bool:
    return is_table_title(text) or starts_paragraph(text) or bool(_UNIT.search(squeezed(text)))
