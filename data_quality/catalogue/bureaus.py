"""Kinds of bureaus and their words (``bureaus.yaml``), for the rules that find another bureau's text in a paper.

Belongs here: reading and checking the words. Does not belong here: when such words accuse a paper (SQL).
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from pipelines.declarations import read_yaml

_WORDS = Path(__file__).parent / "bureaus.yaml"


class BureauWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word of one kind of bureau; ``use`` is the list of ``bureaus.yaml`` it stands in."""

    bureau: str
    use: str
    word: str


class _Bureau(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    bureau: str
    names: tuple[str, ...]
    called: tuple[str, ...]
    work: tuple[str, ...]
    words: tuple[str, ...]

    def rows(self) -> Iterator[BureauWord]:
        for use in ("names", "called", "work", "words"):
            for word in getattr(self, use):
                yield BureauWord(bureau=self.bureau, use=use, word=word)


@cache
def bureau_words() -> tuple[BureauWord, ...]:
    """Every word, in the order of the file. Raises msgspec.ValidationError where the file is not well formed."""
    return tuple(word for bureau in msgspec.convert(read_yaml(_WORDS), list[_Bureau]) for word in bureau.rows())
