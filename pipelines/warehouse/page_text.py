"""Where a piece of text stands on a page of a PDF.

Reads the page's characters once, then looks up as many pieces as are wanted. Spaces, line breaks and widths of
characters do not count. Does not belong here: what is drawn there (``cite_picture``, ``pipelines.site.pictures``).
"""

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2 as pdfium

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points from the top left of the page."""

_OF_NUMBERS = frozenset("0123456789.,-")


class PageText:
    """The characters of one page, in their order, each with the index that pdfium gives it."""

    def __init__(self, page: "pdfium.PdfPage") -> None:
        self._characters = page.get_textpage()
        self._height = page.get_height()
        indices = range(self._characters.count_chars())
        letters = [unicodedata.normalize("NFKC", self._characters.get_text_range(index, 1)) for index in indices]
        kept = [(index, letter) for index, letter in enumerate(letters) if letter.strip()]
        self._plain = "".join(letter for _, letter in kept)
        self._owners = [index for index, letter in kept for _ in letter]

    def find(self, printed: str | None, sentence: str | None = None) -> Box | None:
        """The box of a printed figure: in its sentence, else where the page has it once only; None if nowhere."""
        wanted = _plain(printed)
        if not wanted:
            return None
        start = self._in_sentence(wanted, _plain(sentence))
        if start is None:
            start = self._once(wanted)
        return None if start is None else self._box(start, start + len(wanted))

    def _in_sentence(self, wanted: str, sentence: str) -> int | None:
        begin = self._plain.find(sentence) if sentence else -1
        found = self._plain.find(wanted, begin, begin + len(sentence)) if begin >= 0 else -1
        return found if found >= 0 else None

    def _once(self, wanted: str) -> int | None:
        """Where the page has it once, not as a part of a longer number."""
        starts, at = [], self._plain.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            if not (self._goes_on(at - 1, at) or self._goes_on(end - 1, end)):
                starts.append(at)
            at = self._plain.find(wanted, at + 1)
        return starts[0] if len(starts) == 1 else None

    def _goes_on(self, one: int, next_one: int) -> bool:
        """Whether two places are within one printed number: no space or line break stands between them."""
        if one < 0 or next_one >= len(self._plain):
            return False
        together = self._owners[next_one] - self._owners[one] <= 1
        return together and self._plain[one] in _OF_NUMBERS and self._plain[next_one] in _OF_NUMBERS

    def _box(self, start: int, end: int) -> Box:
        boxes = [self._characters.get_charbox(index) for index in self._owners[start:end]]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
        return left, self._height - top, right, self._height - bottom


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
