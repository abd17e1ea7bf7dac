"""The unit of money of every form: printed, inherited from the form before, or inferred from another form.

A unit that is printed is believed, whatever it makes of the figures: where words and tables, or two forms, differ by a
factor of ten thousand, that is for the rules to find. Only a form that prints none is given one: the unit under which
its figures equal those of the same meaning on forms that print theirs, else that of the form before. Belongs here: that
choice. Does not belong here: reading units (``printed``), or figures told in words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipelines.disclosures.facts import AmountFact
from pipelines.disclosures.printed import YUAN_PER_UNIT, narrow, unit_in
from pipelines.disclosures.tables import FormTable

_HEADER_ROWS = 3
_ENOUGH = 2
"""How many different figures must agree, and none with another unit, before a unit is inferred."""
_FEWEST_DIGITS = 3
_IN_WORD = re.compile(r"(?:\((?:单位:)?|^金额:|^)(百万元|千元|万元|亿元|元)\)?$")

Key = tuple[str | None, str | None, str | None, str | None, int | None]
Unit = tuple[str | None, str | None]
"""A unit and what it rests on: ``printed``, ``inherited``, ``inferred``; two Nones where there is none."""


def printed_unit(table: FormTable) -> str | None:
    """The unit a table states: in a line of its own, in its title, or alike in all the header words that state one."""
    if table.unit:
        return table.unit
    words = [cell.text for row in table.matrix[:_HEADER_ROWS] for cell in row if cell is not None]
    stated = {unit for word in (*words, *table.title_lines) if (unit := _unit_of_word(word))}
    return stated.pop() if len(stated) == 1 else None


def _unit_of_word(word: str) -> str | None:
    found = _IN_WORD.search(narrow(word))
    return found.group(1) if found else unit_in(word)


def choose_units(printed: Sequence[str | None], amounts: Sequence[Sequence[AmountFact]]) -> list[Unit]:
    """The unit of each form in order, from the units they print and their amounts read in these."""
    known = _known([found for unit, found in zip(printed, amounts, strict=True) if unit])
    first = next((unit for unit in printed if unit), None)
    chosen: list[Unit] = []
    before: str | None = None
    for unit, found in zip(printed, amounts, strict=True):
        if unit:
            chosen.append((unit, "printed"))
            before = unit
            continue
        handed_on = before or first
        inferred = _inferred(found, known)
        if inferred and inferred != handed_on:
            chosen.append((inferred, "inferred"))
        else:
            chosen.append((handed_on, "inherited" if handed_on else None))
    return chosen


def _key(amount: AmountFact) -> Key | None:
    told = amount.subject is not None and amount.measure is not None
    return (amount.subject, amount.measure, amount.fund, amount.stage, amount.fiscal_year) if told else None


def _known(forms: Iterable[Sequence[AmountFact]]) -> Mapping[Key, list[AmountFact]]:
    known: dict[Key, list[AmountFact]] = defaultdict(list)
    for amount in (amount for form in forms for amount in form):
        key = _key(amount)
        if key and amount.amount_yuan:
            known[key].append(amount)
    return known


def _inferred(amounts: Sequence[AmountFact], known: Mapping[Key, Sequence[AmountFact]]) -> str | None:
    """The one unit under which enough figures equal those known; None where two units would do, or none."""
    agreeing: Counter[str] = Counter()
    seen: set[Decimal] = set()
    for amount in amounts:
        key, value = _key(amount), amount.value
        if key is None or not value or amount.unit is not None or value in seen or _digits(value) < _FEWEST_DIGITS:
            continue
        seen.add(value)
        agreeing.update(
            unit for unit in YUAN_PER_UNIT if any(_equal(amount, unit, other) for other in known.get(key, ()))
        )
    return next(iter(agreeing)) if len(agreeing) == 1 and agreeing.total() >= _ENOUGH else None


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _equal(amount: AmountFact, unit: str, other: AmountFact) -> bool:
    """Whether a figure in this unit is the other, as far as the coarser of the two is printed."""
    if amount.value is None or other.amount_yuan is None or other.quantum_yuan is None:
        return False
    exponent = amount.value.as_tuple().exponent
    assert isinstance(exponent, int)
    own = Decimal(1).scaleb(min(exponent, 0)) * YUAN_PER_UNIT[unit]
    difference = abs(amount.value * YUAN_PER_UNIT[unit] - other.amount_yuan)
    return difference <= max(own, other.quantum_yuan) / 2
