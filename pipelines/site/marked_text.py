"""Marked copies of sources without pages: one page of HTML that can be sent, with the legend beneath.

The page holds its own style, allowed by its digest alone; it runs nothing and asks for nothing, and every text of the
source is escaped. Does not belong here: what a copy says (``marked``), where figures stand (``marked_source``).
"""

import base64
import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipelines.site import marked_source
from pipelines.site.marked_source import Span, Text
from pipelines.site.words import words

if TYPE_CHECKING:
    from pipelines.documents.model import Cell
    from pipelines.site.marked import Copy

_HERE = Path(__file__).parent
_FIGURE = re.compile(r"[-−+(（]?[\d,，]*\d(\.\d+)?[)）]?[%％]?")


class Tag(NamedTuple):
    """The number of a finding at one of its places, counted from 1."""

    number: int
    place: int


class Piece(NamedTuple):
    """A part of a text; with tags it is marked."""

    text: str
    tags: tuple[Tag, ...] = ()


class Told(NamedTuple):
    """A line, a paragraph or a cell in pieces."""

    name: str
    pieces: tuple[Piece, ...]
    cell: "Cell | None"

    @property
    def tags(self) -> list[Tag]:
        """The findings that have a figure in it."""
        return [tag for piece in self.pieces for tag in piece.tags]

    @property
    def names(self) -> str:
        """How a cell is styled."""
        is_figure = _FIGURE.fullmatch("".join(piece.text for piece in self.pieces).strip()) is not None
        return " ".join([*(["hit"] if self.tags else []), *(["figure"] if is_figure else [])])


def policy() -> str:
    """What a marked copy may do: nothing but show its own style."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def page(copy: "Copy", data: bytes) -> str:
    """The copy as HTML; ``data`` is the source, whose every text is escaped."""
    import jinja2

    counts: Counter[int] = Counter()
    places: dict[int, dict[str, Tag]] = {}
    blocks = []
    for part in marked_source.parts(copy, data):
        rows = [[_told(text, counts) for text in row] for row in part.rows]
        blocks.append((part.kind, rows))
        for told in (told for row in rows for told in row):
            for tag in told.tags:
                places.setdefault(tag.number, {}).setdefault(told.name, tag)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["severity"] = lambda severity: words()[f"severity.{severity}"][0]
    template = environment.get_template("marked.html")
    return template.render(copy=copy, blocks=blocks, places=places, style=_style(), policy=policy())


def _style() -> str:
    return (_HERE / "marked.css").read_text(encoding="utf-8")


def _told(text: Text, counts: "Counter[int]") -> Told:
    """A text with its figures marked; a finding whose figure is not found in it stands at its end."""
    end = (len(text.text), len(text.text))
    spans: dict[Span, list[int]] = {}
    last = 0
    for span, number in sorted((span or end, number) for span, number in text.wanted):
        own = span if span[0] >= last or span in spans else end
        numbers = spans.setdefault(own, [])
        if number not in numbers:
            numbers.append(number)
        last = max(last, own[1])
    pieces, at = [], 0
    for (start, stop), numbers in spans.items():
        tags = []
        for number in numbers:
            counts[number] += 1
            tags.append(Tag(number, counts[number]))
        pieces += [Piece(text.text[at:start]), Piece(text.text[start:stop], tuple(tags))]
        at = stop
    pieces.append(Piece(text.text[at:]))
    return Told(text.name, tuple(piece for piece in pieces if piece.text or piece.tags), text.cell)
