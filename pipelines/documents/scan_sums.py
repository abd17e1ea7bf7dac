"""Sums as the checksum of recognised figures: what they confirm, and the one digit that would mend what they break.

A suggestion is for a person to look at; no value is ever replaced by it. Belongs here: printed figures and sums over
them. Does not belong here: which sums a form has to fulfil.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Generic, NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)

_DOUBTFUL = 0.95
"""A figure recognised with less confidence is more likely wrong than one recognised with more."""


class Figure(NamedTuple):
    """A figure as printed (``1,608.51``; blank is zero), and the confidence of its recognition, 0 to 1."""

    printed: str
    confidence: float = 1.0


class Identity(NamedTuple, Generic[Key]):
    """Terms with their signs add up to zero, within an allowance in the unit of the figures."""

    terms: Mapping[Key, int]
    allowance: Decimal = Decimal(0)


class Suggestion(NamedTuple, Generic[Key]):
    """The figure that one changed digit would make fulfil all sums."""

    key: Key
    printed: str
    suggested: str


def confirmed(cells: Mapping[Key, Figure], identities: Sequence[Identity[Key]]) -> set[Key]:
    """Return the keys of figures that stand in a sum, and in none that is broken."""
    within = {key for identity in identities for key in identity.terms}
    broken = {key for identity in identities if not _holds(identity, cells) for key in identity.terms}
    return within - broken


def suggest_correction(cells: Mapping[Key, Figure], identities: Sequence[Identity[Key]]) -> Suggestion[Key] | None:
    """Return the change of one digit after which every sum holds, or None if there is none or no single one.

    Of several, the one in the least certain figure is taken if that figure is doubtful and the others are not as much.
    """
    broken = [identity for identity in identities if not _holds(identity, cells)]
    if not broken:
        return None
    shared = [key for key in cells if all(key in identity.terms for identity in broken)]
    found = [
        Suggestion(key, cells[key].printed, text)
        for key in shared
        for text in _one_digit_changed(cells[key].printed)
        if _mends(key, text, cells, identities)
    ]
    if len(found) > 1:
        least = min(cells[each.key].confidence for each in found)
        found = [each for each in found if cells[each.key].confidence == least < _DOUBTFUL]
    return found[0] if len(found) == 1 else None


def _mends(key: Key, text: str, cells: Mapping[Key, Figure], identities: Sequence[Identity[Key]]) -> bool:
    changed = {**cells, key: Figure(text)}
    return all(_holds(identity, changed) for identity in identities)


def _holds(identity: Identity[Key], cells: Mapping[Key, Figure]) -> bool:
    """Whether a sum holds; one with a term that is missing or no number does not."""
    total = Decimal(0)
    for key, sign in identity.terms.items():
        value = _value(cells[key].printed) if key in cells else None
        if value is None:
            return False
        total += sign * value
    return abs(total) <= identity.allowance


def _value(printed: str) -> Decimal | None:
    text = printed.replace(",", "").strip()
    try:
        value = Decimal(text or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _one_digit_changed(printed: str) -> Iterator[str]:
    for place, old in enumerate(printed):
        if old in "0123456789":
            yield from (printed[:place] + new + printed[place + 1 :] for new in "0123456789" if new != old)
