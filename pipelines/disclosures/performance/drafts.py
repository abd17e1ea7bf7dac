"""What the readers of a form fill in, row by row, before it becomes facts.

Belongs here: the values as printed, and the small readings they share. Does not belong here: ids and units of facts.
"""

import re
from decimal import Decimal
from typing import NamedTuple

import msgspec

from pipelines.disclosures.performance.sheets import Slot
from pipelines.disclosures.performance.words import split_points, tidy, words
from pipelines.disclosures.printed import narrow, read_printed
from pipelines.documents.model import Place

_MARKS_OF = re.compile(r"^(.*\d)分$")
_TARGET_VALUE = re.compile(r"(-?\d+(?:,\d{3})*(?:\.\d+)?)(?:\((.{1,8})\)|(%|[^\d%,。;、().]{0,8}))")


class MoneyLine(NamedTuple):
    """One printed amount of a project; ``source`` None for all money."""

    stage: str
    source: str | None
    cell: Slot


class LevelCell(msgspec.Struct):
    """A level of indicators; rows share it, so that what a later row adds to it reaches them all."""

    name: str
    points: Slot | None = None


class IndicatorDraft(msgspec.Struct):
    """One row of indicators; ``row_kind`` is ``indicator``, ``subtotal`` or ``total``. Fields are tidied cells."""

    row_kind: str
    level1: LevelCell | None
    level2: LevelCell | None
    level3: LevelCell | None
    fields: dict[str, Slot]
    table_no: int
    place: Place


class ProjectDraft(msgspec.Struct):
    """One project as its form or its row tells it; ``texts`` by the role of their label in the catalogue.

    ``cells`` holds the tidied cells whose place is kept: ``name``, ``rate``, ``rate_points``, ``rate_score``,
    ``score`` and ``grade``, and for each role of ``texts`` the cell that its text begins with.
    """

    table_no: int
    place: Place
    name: str | None = None
    code: str | None = None
    title: str | None = None
    year: int | None = None
    money: list[MoneyLine] = []
    money_unit: str | None = None
    cells: dict[str, Slot] = {}
    texts: dict[str, str] = {}

    def printed(self, role: str) -> str | None:
        """What is printed in the cell of this role."""
        return self.cells[role].text if role in self.cells else None

    def keep(self, role: str, cell: Slot) -> None:
        """Keep a tidied text under its role, behind what is there already."""
        text = cell.text
        if text:
            self.cells.setdefault(role, cell)
            self.texts[role] = f"{self.texts[role]} {text}" if role in self.texts else text


def tidied(slot: Slot) -> Slot:
    """A cell with its text as it is kept."""
    return slot._replace(text=tidy(slot.text))


def points_of(slot: Slot) -> Slot | None:
    """The points that a cell states in brackets, where they stand."""
    points = split_points(slot.text)[1]
    return None if points is None else slot._replace(text=points)


def number(text: str | None) -> Decimal | None:
    """The number a cell holds, a percentage without its sign, marks without 分; None for anything else."""
    return read_printed(_MARKS_OF.sub(r"\1", narrow(text))).value if text else None


def target_parts(text: str) -> tuple[str | None, Decimal | None, str | None]:
    """Operator, value and unit of a target such as ``≥13459.00(平方米)`` or ``6 个``; None for each it lacks."""
    plain = narrow(text)
    sign = operator(plain)
    for printed in words().operators.get(sign, ()) if sign else ():
        if plain.startswith(narrow(printed)):
            plain = plain.removeprefix(narrow(printed))
            break
    found = _TARGET_VALUE.fullmatch(plain)
    if not found:
        return sign, None, None
    return sign, Decimal(found.group(1).replace(",", "")), found.group(2) or found.group(3) or None


def operator(text: str) -> str | None:
    """The sign of the comparison that a text begins with, however it is printed."""
    plain = narrow(text)
    signs = [(narrow(printed), sign) for sign, forms in words().operators.items() for printed in forms]
    signs.sort(key=lambda pair: -len(pair[0]))
    return next((sign for printed, sign in signs if plain.startswith(printed)), None)
