"""The head row of indicators, and giving the values of a row to its fields.

Belongs here: the order of fields and how too few or too many cells fit it. Does not belong here: levels.
"""

from typing import NamedTuple

from pipelines.disclosures.performance.drafts import number, tidied
from pipelines.disclosures.performance.sheets import Row, Slot
from pipelines.disclosures.performance.words import role_of, words
from pipelines.disclosures.printed import read_printed

_LEVELS = ("level1", "level2", "level3")
_FIGURES = frozenset({"weight", "score", "score_rate"})
_LONG = 10
"""From how many characters on two equal neighbours are one merged cell printed twice."""


class Head(NamedTuple):
    """The columns of the levels and the fields behind them that a head row names, in order."""

    columns: tuple[int, ...]
    fields: tuple[str, ...]

    @property
    def levels(self) -> int:
        """How many levels there are."""
        return len(self.columns)

    @property
    def level3(self) -> int:
        """The column of the last level, which names the indicator."""
        return self.columns[-1]


def head_of(row: Row, above: Row | None = None) -> Head:
    """Read a head row; where it names only the levels, the row above names the fields behind them."""
    roles = [(slot.column, role_of(words().indicator_columns, slot.text)) for slot in row.slots]
    levels = [column for column, role in roles if role in _LEVELS]
    fields = [role or "unknown" for column, role in roles if column > levels[-1]]
    while fields and fields[-1] == "unknown":
        fields.pop()
    if not fields and above is not None:
        named = [role_of(words().indicator_columns, slot.text) or "unknown" for slot in above.filled]
        fields = [role for role in named if role != "group"]
    return Head(tuple(levels), tuple(fields))


def values_of(head: Head, slots: list[Slot], shifted: bool) -> dict[str, Slot] | None:
    """Give the slots behind the last level to the fields; None when they cannot be fitted.

    ``shifted``: the row does not stand below its head, so blanks in front are what a merged cell left behind.
    """
    cells = _fit(head, slots, shifted)
    if cells is None:
        return None
    extra = len(cells) - len(head.fields)
    given = [("explanation", slot) for slot in cells[: max(extra, 0)]]
    given += zip(head.fields, cells[max(extra, 0) :], strict=False)
    fields: dict[str, Slot] = {}
    for role, slot in given:
        if not slot.blank:
            before = fields.get(role)
            own = tidied(slot)
            fields[role] = before._replace(text=f"{before.text} {own.text}") if before else own
    return fields


def _fit(head: Head, slots: list[Slot], shifted: bool) -> list[Slot] | None:
    cells = list(slots)
    while cells and cells[-1].blank:
        cells.pop()
    while shifted and cells and cells[0].blank:
        cells.pop(0)
    cells = [cell for i, cell in enumerate(cells) if not (i and _printed_twice(cells[i - 1], cell))]
    if len(cells) > len(head.fields):
        cells = [cell for cell in cells if not cell.blank]
    extra = cells[: max(len(cells) - len(head.fields), 0)]
    return None if any(number(cell.text) is not None for cell in extra) else cells


def _printed_twice(left: Slot, right: Slot) -> bool:
    return len(right.text) > _LONG and left.text == right.text and not right.figure


def stands_below(head: Head, row: Row) -> bool:
    """Whether a row has a name and a target below their heads, and figures where the head wants figures."""
    name = next((slot for slot in row.slots if slot.column == head.level3), None)
    if name is None or name.blank or "target" not in head.fields:
        return False
    values = [slot for slot in row.slots if slot.column > head.level3][: len(head.fields)]
    given = dict(zip(head.fields, values, strict=False))
    figures = all(is_value(given[role]) for role in _FIGURES & given.keys())
    return figures and not given["target"].blank if "target" in given else False


def fields_are_figures(head: Head) -> bool:
    """Whether the first field behind the levels holds numbers."""
    return bool(head.fields) and head.fields[0] in _FIGURES


def is_value(slot: Slot) -> bool:
    """Whether a cell can stand in a field of numbers: a figure, marks with 分, or a mark."""
    return number(slot.text) is not None or read_printed(slot.text).kind == "mark"
