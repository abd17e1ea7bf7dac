"""What a title, header or label means by the words it is put together from, where nobody declared it as a whole.

Belongs here: taking a text apart into the declared words (``words.yaml``) and joining what they say. A text of which
one word is unknown means nothing. Does not belong here: what a form, column or line then is (``titles``, ``header``,
``rows``).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.disclosures import catalogue

_LONGEST = 40


class Composed(msgspec.Struct):
    """What the words of a text say together; None where they say nothing of it."""

    measure: str | None = None
    fund: str | None = None
    stage: str | None = None
    rows: str | None = None
    is_part: bool = False
    """Whether it says something only below a balance line (基本支出结转)."""

    @property
    def is_empty(self) -> bool:
        """Whether the words say nothing at all."""
        return self.measure is None and self.fund is None and self.stage is None and self.rows is None


def compose(text: str, *, sources: bool = False) -> Composed | None:
    """What the normalised ``text`` means by its words, or None where it is not made of them or they disagree.

    ``sources``: whether kinds of income stand for the money that pays (财政专户管理资金 beside expenditure).
    """
    plain = text.replace('"', "")
    if not plain or len(plain) > _LONGEST:
        return None
    words = _segments(plain, catalogue.words())
    if words is None:
        return None
    for word in words:
        catalogue.pattern(re.escape(word.text)).fullmatch(word.text)
    if sources:
        words = [msgspec.structs.replace(w, measure=None, fund=w.source) if w.source else w for w in words]
    meaning = Composed()
    return meaning if all(_add(meaning, word) for word in words) else None


def _segments(plain: str, known: dict[str, list[catalogue.Word]]) -> Sequence[catalogue.Word] | None:
    """``plain`` as declared words, the longest first; None where it cannot be taken apart."""
    ways: dict[int, tuple[catalogue.Word, ...]] = {len(plain): ()}
    for start in range(len(plain) - 1, -1, -1):
        for word in known.get(plain[start], ()):
            rest = ways.get(start + len(word.text)) if plain.startswith(word.text, start) else None
            if rest is not None:
                ways[start] = (word, *rest)
                break
    return ways.get(0)


def _add(meaning: Composed, word: catalogue.Word) -> bool:
    """Join one word to what those before it say; False where the two cannot both hold."""
    meaning.is_part = meaning.is_part or word.part
    joined = (_join_measure(meaning, word), _join_fund(meaning, word.fund))
    return all((*joined, _join(meaning, word, "stage"), _join(meaning, word, "rows")))


def _join(meaning: Composed, word: catalogue.Word, name: str) -> bool:
    told, new = getattr(meaning, name), getattr(word, name)
    if new is not None:
        setattr(meaning, name, new)
    return new is None or told in (None, new)


def _join_measure(meaning: Composed, word: catalogue.Word) -> bool:
    if word.measure is None:
        return True
    told = meaning.measure
    if told is not None and word.head:
        return catalogue.vocabulary().measures[told].side in (
            catalogue.vocabulary().measures[word.measure].side,
            "balance",
        )
    meaning.measure, fund = catalogue.narrowed(told, word.measure)
    return meaning.measure is not None and _join_fund(meaning, fund)


def _join_fund(meaning: Composed, fund: str | None) -> bool:
    """The narrower of two funds one of which is a part of the other (一般公共预算财政拨款)."""
    told = meaning.fund
    if fund is None or told == fund:
        return True
    if told is None or told in catalogue.wider_funds(fund):
        meaning.fund = fund
        return True
    return fund in catalogue.wider_funds(told)
