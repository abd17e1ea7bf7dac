"""Planted slips: one printed figure of a paper replaced by a wrong one, and a note of what was right.

Only papers of invented departments are given slips. Does not belong here: which slips the samples have (``samples``).
"""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.typeset.model import Block, Cell, Key, Paper, Prose, Table, Told, amount_of


@dataclass(frozen=True)
class Slip:
    """One planted slip, as the list of slips tells it."""

    place: str
    printed: str
    right: str
    breaks: str
    """Which identity no longer holds."""


Edit = Callable[[Paper], tuple[Paper, Slip]]
_FIGURE = re.compile(r"\d+\.\d+")


def swapped(printed: str) -> str:
    """Swap the first two neighbouring digits that differ, as a typist would: 1234.56 → 2134.56.

    Raises:
        ValueError: all digits are the same.
    """
    for index, (one, other) in enumerate(itertools.pairwise(printed)):
        if one.isdigit() and other.isdigit() and one != other and (index or other != "0"):
            return printed[:index] + other + one + printed[index + 2 :]
    raise ValueError(f"no digits to swap in {printed}")


def misprint(form_code: str, key: Key, breaks: str) -> Edit:
    """Return an edit that swaps two digits of one cell of one form."""

    def edit(paper: Paper) -> tuple[Paper, Slip]:
        table = next(table for table in paper.tables() if table.form_code == form_code)
        cell = next(cell for row in table.body for cell in row if cell.key == key)
        wrong = replace(cell, text=swapped(cell.text))
        body = tuple(tuple(wrong if each is cell else each for each in row) for row in table.body)
        row_label = _label_of(table, cell)
        slip = Slip(f"{table.title}，{row_label}", wrong.text, cell.text, breaks)
        return _replaced(paper, table, replace(table, body=body)), slip

    return edit


def _label_of(table: Table, wanted: Cell) -> str:
    row = next(row for row in table.body if any(cell is wanted for cell in row))
    before = row[: next(index for index, cell in enumerate(row) if cell is wanted)]
    words = [cell.text for cell in before if cell.text and cell.key is None and not cell.text.isdigit()]
    column = sum(cell.column_span for cell in before) + 1
    return f"{words[-1]}，第{column}列" if words else f"第{column}列"


def mistell(figure: str, key: Key, breaks: str) -> Edit:
    """Return an edit that swaps two digits of one figure told in a sentence."""

    def edit(paper: Paper) -> tuple[Paper, Slip]:
        prose = next(each for each in paper.prose() if any(_is(told, figure, key) for told in each.told))
        number = next(number for number, told in enumerate(prose.told) if _is(told, figure, key))
        start = 0
        for told in prose.told[: number + 1]:
            start = prose.text.index(told.printed, start) + len(told.printed)
        right = prose.told[number]
        printed = swapped(right.printed)
        text = prose.text[: start - len(right.printed)] + printed + prose.text[start:]
        told_wrong = replace_told(right, printed)
        changed = Prose(text, (*prose.told[:number], told_wrong, *prose.told[number + 1 :]))
        slip = Slip(f"情况说明“{prose.text[:18]}…”", printed, right.printed, breaks)
        return _replaced(paper, prose, changed), slip

    return edit


def tenth(right: str, _: str) -> str:
    """Move the decimal point: 878.55 → 87.86."""
    return f"{(Decimal(right) / 10).quantize(Decimal('0.01'))}"


def miswrite(lead: str, wrong: Callable[[str, str], str], breaks: str) -> Edit:
    """Return an edit that writes another figure for the first one behind ``lead``, wherever it stands in the words.

    ``wrong`` makes it of the right figure and of the one before it in the paragraph.
    """

    def edit(paper: Paper) -> tuple[Paper, Slip]:
        prose = next(each for each in paper.prose() if lead in each.text)
        behind = prose.text.index(lead) + len(lead)
        before = [match.group() for match in _FIGURE.finditer(prose.text[:behind])]
        match = next(_FIGURE.finditer(prose.text, behind))
        printed = wrong(match.group(), before[-1] if before else "")
        text = prose.text[: match.start()] + printed + prose.text[match.end() :]
        slip = Slip(f"情况说明“…{lead}…”", printed, match.group(), breaks)
        return _replaced(paper, prose, Prose(text)), slip

    return edit


def replace_told(told: Told, printed: str) -> Told:
    """Return a told figure with other digits; its sign stays."""
    unit = "万元" if told.figure in ("amount", "change") else "元"
    value = amount_of(printed, unit)
    return told._replace(printed=printed, value=value.copy_sign(told.value or Decimal(1)))


def _is(told: Told, figure: str, key: Key) -> bool:
    return told.figure == figure and told.key == key


def _replaced(paper: Paper, old: Block, new: Block) -> Paper:
    return replace(paper, blocks=tuple(new if block is old else block for block in paper.blocks))
