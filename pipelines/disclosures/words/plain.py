"""Text as it is compared: one form for brackets, digits, punctuation and blanks, with the way back to what is printed.

Belongs here: characters only. Does not belong here: any word of the field.
"""

import re
from typing import NamedTuple

_DROPPED = frozenset("“”‘’\"'")
_SAME = str.maketrans("０１２３４５６７８９％．（）：；＋－〈〉", "0123456789%.():;+-《》")
_COMMA_IN_NUMBER = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


class Plain(NamedTuple):
    """Text made plain, and for each of its characters (and the end) the position in the printed text."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the plain characters ``start`` to ``end`` (exclusive) stand in the printed text."""
        return self.origin[start], (self.origin[end - 1] + 1 if end > start else self.origin[start])


def plain(printed: str) -> Plain:
    """Make text plain: no quotation marks, no blanks (one between two digits), half-width brackets, ， for a comma."""
    same = printed.translate(_SAME)
    characters: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(same):
        if character in _DROPPED or (character.isspace() and not _between_digits(same, position)):
            continue
        characters.append(" " if character.isspace() else character)
        origin.append(position)
    origin.append(len(printed))
    return Plain(_clause_commas("".join(characters)), tuple(origin))


def plain_word(word: str) -> str:
    """Make a word of a catalogue plain."""
    return plain(word).text


def _between_digits(text: str, position: int) -> bool:
    if position == 0 or position + 1 >= len(text) or not text[position - 1].isdigit():
        return False
    following = text[position:].lstrip()
    return following[:1].isdigit()


def _clause_commas(text: str) -> str:
    kept = _COMMA_IN_NUMBER.sub("\0", text)
    return kept.replace(",", "，").replace("\0", ",")
