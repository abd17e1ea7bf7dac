"""What a planted error is, and the edits that all kinds share: cells, rows, forms, sentences of a paper.

Belongs here: how a paper is changed and how the changed place is known. Does not belong here: which changes people
make (``errors`` and the ``errors_in_…`` beside).
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.planting.clean import Clean
from tests.typeset.model import Block, Cell, Key, Paper, Prose, Row, Table, amount_of

LEAST_YUAN = Decimal(5_000)
"""An error in money is at least so large: rounding could explain a smaller one."""
Place = tuple[str, Key]
"""A cell: form and what the number is about."""


@dataclass(frozen=True)
class Where:
    """Where an error stands: the cells that may be named for it, or words that a finding has to speak of."""

    cells: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planted:
    """A paper with one error, and the clean papers of the same department that it must agree with."""

    error: str
    paper: Clean
    where: Where
    beside: tuple[Clean, ...] = ()


Found = tuple[Paper, Where]
Plant = Callable[[Paper, random.Random], Found | None]
"""Plants one error where the paper has a place for it; None where it has none."""
Change = Callable[[str, random.Random], str | None]
"""A wrong figure for a right one; None where there is none."""


def replaced(paper: Paper, old: Block, *new: Block) -> Paper:
    """The same paper with other blocks in place of one."""
    blocks = (each for block in paper.blocks for each in (new if block is old else (block,)))
    return replace(paper, blocks=tuple(blocks))


def with_cell(paper: Paper, table: Table, cell: Cell, text: str) -> Paper:
    """The same paper with other words in one cell."""
    wrong = replace(cell, text=text)
    body = tuple(tuple(wrong if each is cell else each for each in row) for row in table.body)
    return replaced(paper, table, replace(table, body=body))


def figures(table: Table) -> Iterator[Cell]:
    """The numbers of a form that are not zero."""
    for row in table.body:
        for cell in row:
            if cell.key is not None and Decimal(cell.text.replace(",", "")):
                yield cell


def shuffled(items: Iterable[Block | Cell | Row | tuple[object, ...]], pick: random.Random) -> list[object]:
    """The items in a random order."""
    found: list[object] = list(items)
    pick.shuffle(found)
    return found


def wrong_figure(change: Change, printed: str, unit: str, pick: random.Random) -> str | None:
    """The changed figure, or None where it is the same or so near that rounding could explain it."""
    wrong = change(printed, pick)
    if wrong is None or abs(amount_of(wrong, unit) - amount_of(printed, unit)) < LEAST_YUAN:
        return None
    return wrong


def in_cell(change: Change, *, forms: str = ".*", subject: str = ".*", measure: str = ".*") -> Plant:
    """Change one number whose form, subject and measure these patterns describe."""

    def fits(table: Table, key: Key) -> bool:
        shown = "total" if key.subject == key.measure else key.subject
        asked = ((forms, table.form_code), (subject, shown), (measure, key.measure))
        return all(re.fullmatch(pattern, text) for pattern, text in asked)

    def plant(paper: Paper, pick: random.Random) -> Found | None:
        places = [(t, c) for t in paper.tables() for c in figures(t) if c.key and fits(t, c.key)]
        pick.shuffle(places)
        for table, cell in places:
            wrong = wrong_figure(change, cell.text, table.unit, pick)
            if wrong is not None and cell.key is not None:
                return with_cell(paper, table, cell, wrong), Where(cells=((table.form_code, cell.key),))
        return None

    return plant


def in_words(pattern: str, change: Callable[[re.Match[str]], str], *, near: int = 6) -> Plant:
    """Change what a pattern finds in a paragraph; the changed words and what stands around them tell the place."""

    def plant(paper: Paper, pick: random.Random) -> Found | None:
        found = [(prose, match) for prose in paper.prose() for match in re.finditer(pattern, prose.text)]
        pick.shuffle(found)
        for prose, match in found:
            words = change(match)
            if words != match.group():
                text = prose.text[: match.start()] + words + prose.text[match.end() :]
                around = text[max(match.start() - near, 0) : match.start() + len(words)]
                return replaced(paper, prose, Prose(text)), Where(words=(words or around,))
        return None

    return plant
