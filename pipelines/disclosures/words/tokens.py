"""A sentence as tokens: figures with their units, years, comparisons, names of quantities, and what is not a figure.

Belongs here: recognising single expressions in plain text. Does not belong here: how they go together (the grammar).
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from pipelines.disclosures.words.language import lengths_by_first, lexicon, sentences
from pipelines.disclosures.words.plain import plain_word

FIGURES = frozenset({"money", "percent", "score", "count", "number"})


class Token(NamedTuple):
    """One expression: ``kind``, its place in the plain text, and what it means."""

    kind: str
    start: int
    end: int
    text: str
    meaning: Any = None


class Figure(NamedTuple):
    """A printed number with its unit; ``quantum`` is the size of its last printed place, in the unit."""

    value: Decimal
    quantum: Decimal
    unit: str
    factor: Decimal
    """Yuan in one unit where the unit is money, else 1."""


class Compared(NamedTuple):
    """What something is compared with: a year (or years back), a stage, either may be untold."""

    year: int | None
    years_back: int | None
    stage: str | None
    preceding: str


_YUAN = {"亿": Decimal(100_000_000), "万": Decimal(10_000), "千": Decimal(1_000), "百": Decimal(100), "": Decimal(1)}
_NUMBER = r"(?P<number>[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?)"
_COUNT_UNITS = (
    r"台(?:\(套\)|\(件、套\)|/套)?|辆|批次|人次|个|人|名|项|件|家|次|套|条|处|场|期|份|卷|户|起|枚|笔|册|村|篇|平方米|㎡|亩|公里|公顷"
    r"|岁|周岁|年|个月|天|小时|分钟|工作日|所|支|组|本|张|间|座|倍"
)


def _number_token(match: re.Match[str], kind: str) -> Token:
    printed = match["number"].replace(",", "").replace("−", "-")
    scale = match.groupdict().get("scale") or ""
    unit = match["unit"]
    places = len(printed.partition(".")[2])
    quantum = Decimal(1).scaleb(-places)
    factor = _YUAN[scale]
    if kind == "money":
        figure = Figure(Decimal(printed), quantum, f"{scale}元", factor)
    else:
        figure = Figure(Decimal(printed) * factor, quantum * factor, unit, Decimal(1))
    return Token(kind, match.start(), match.end(), match[0], figure)


def _money(match: re.Match[str]) -> Token:
    return _number_token(match, "money")


def _percent(match: re.Match[str]) -> Token:
    return _number_token(match, "percent")


def _score(match: re.Match[str]) -> Token:
    return _number_token(match, "score")


def _count(match: re.Match[str]) -> Token:
    return _number_token(match, "count")


def _bare(match: re.Match[str]) -> Token:
    return _number_token(match, "number")


def _plain_token(kind: str) -> Callable[[re.Match[str]], Token]:
    return lambda match: Token(kind, match.start(), match.end(), match[0])


def _year(match: re.Match[str]) -> Token:
    return Token("year", match.start(), match.end(), match[0], int(match["year"]))


def _as_of(match: re.Match[str]) -> Token:
    return Token("as_of", match.start(), match.end(), match[0], int(match["year"]))


def _last_year(match: re.Match[str]) -> Token:
    return Token("last_year", match.start(), match.end(), match[0], 1)


def _comparison(match: re.Match[str]) -> Token:
    year = match["year"]
    stage = match["stage"]
    back = 1 if match["back"] else None
    meaning = Compared(int(year) if year else None, back, _stage(stage), stage or "")
    return Token("compared", match.start(), match.end(), match[0], meaning)


def _stage(words: str | None) -> str | None:
    if not words:
        return None
    entry = lexicon().get(words)
    return entry.meaning if entry and entry.kind == "stage" and isinstance(entry.meaning, str) else None


def _unsigned_change(match: re.Match[str]) -> Token:
    return Token("change", match.start(), match.end(), match[0], "unresolved")


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Token]], ...]:
    skip = _plain_token("skip")
    return tuple((re.compile(pattern), make) for pattern, make in [*_not_figures(skip), *_told()])


def _not_figures(skip: Callable[[re.Match[str]], Token]) -> Iterator[tuple[str, Callable[[re.Match[str]], Token]]]:
    """Dates, document numbers, titles of laws, thresholds, ordinals: digits that tell no figure."""
    yield r"截[至止](?:到)?(?P<year>(?:19|20)\d{2})年(?:\d{1,2}月\d{1,2}日|底|末)", _as_of
    yield r"《[^《》]*(?:《[^《》]*》[^《》]*)*》", skip
    yield r"[〔【\[](?:19|20)?\d{2}[〕】\]](?:-?\d+号?(?:文(?:件)?)?)?", skip
    yield r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)(?:起)?|\d{4}年(?:末|底|初)", skip
    yield r"\d{4}[-—–~至]+\d{4}年(?:度)?|\d{1,2}[-—–~至]+\d{1,2}月", skip
    yield r"第\d+[条章节款项号季期]?|\d+号(?:文件|文)?|图\d+|表\d+|附[件表]\d*", skip
    of = r"(?:单价|单位价值|价值|单台价值|原值|单件)?\d[\d,]*(?:\.\d+)?"
    yield r"(?:大于|小于|超过|高于|低于)\d+(?:\.\d+)?%的", skip
    yield r"[×*]\d+%", skip
    yield r"\d+(?:\.\d+)?[~～—–\-至]+\d+(?:\.\d+)?分(?:\(含[^()]*\))?", skip
    yield of + r"(?:万元?|元|分)(?:\(含[^()]*\))?及?(?:以上|以下|以内)", skip
    yield r"(?:\d+[、.．](?!\d)|\(\d+\))(?<!\d\d\d[、.．])", _plain_token("ordinal")


def _told() -> Iterator[tuple[str, Callable[[re.Match[str]], Token]]]:
    more = r"(?:余|多|左右)?"
    yield r"(?P<year>(?:19|20)\d{2})年(?:度)?", _year
    yield _compared_pattern(), _comparison
    yield "|".join(sentences().comparison.last_year), _last_year
    up = "|".join(word for row in sentences().changes.values() for word in row)
    yield rf"(?:{up})\((?:{up})\)", _unsigned_change
    yield _NUMBER + more + r"(?P<scale>亿|万|千|百)?余?(?P<unit>元)", _money
    yield _NUMBER + r"(?P<scale>亿|万)(?P<unit>)(?=[，。；、：:()（）]|用于|主要用于|$)", _money
    yield _NUMBER + r"(?P<unit>%|％|个百分点)", _percent
    yield _NUMBER + r"(?P<unit>分)(?!钟|之|别|项)", _score
    yield _NUMBER + more + rf"(?P<scale>亿|万|千|百)?余?(?P<unit>{_COUNT_UNITS})", _count
    yield _NUMBER + r"(?P<unit>)", _bare


def _compared_pattern() -> str:
    words = sentences()
    openers = "|".join(words.comparison.openers)
    back = "|".join(words.comparison.last_year)
    closers = "|".join(words.comparison.closers)
    stages = "|".join(sorted((plain_word(w) for row in words.stages for w in row.words), key=len, reverse=True))
    note = r"(?:\([^()]*\))?"
    when = rf"(?:(?P<year>\d{{4}})年(?:度)?|(?P<back>{back})){note}"
    return rf"(?:{openers})(?=\d{{4}}年|{back}|{stages})(?:{when})?(?P<stage>{stages})?(?:{closers})?"


def tokens(text: str) -> list[Token]:
    """Cut plain text into tokens; stretches that mean nothing here are ``text`` tokens."""
    found: list[Token] = []
    position = start = 0
    while position < len(text):
        token = _token_at(text, position)
        if token is None:
            position += 1
            continue
        if position > start:
            found.append(Token("text", start, position, text[start:position]))
        found.append(token)
        position = start = token.end
    if position > start:
        found.append(Token("text", start, position, text[start:position]))
    return found


_PUNCTUATION = {
    **dict.fromkeys("。！？", "stop"),
    **dict.fromkeys("；;", "semicolon"),
    "，": "comma",
    ":": "colon",
    "、": "pause",
    "(": "open",
    ")": "close",
}
_STARTS = re.compile(r"[截×*大小超高低\d〔【\[《第图表附(单价原−-]")


def _token_at(text: str, position: int) -> Token | None:
    """The token that begins here: a word of the lexicon where it is longer than any expression."""
    word = _word_at(text, position)
    for pattern, make in _expressions_for(text[position]):
        match = pattern.match(text, position)
        if match and match.end() > position and not (word and word.end > match.end()):
            return make(match)
    if word:
        return word
    kind = _PUNCTUATION.get(text[position])
    return Token(kind, position, position + 1, text[position]) if kind else None


def _word_at(text: str, position: int) -> Token | None:
    for length in lengths_by_first().get(text[position], ()):
        entry = lexicon().get(text[position : position + length])
        if entry:
            end = position + length
            return Token(entry.kind, position, end, text[position:end], entry.meaning)
    return None


@cache
def _expressions_for(character: str) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Token]], ...]:
    """The expressions that can begin with this character."""
    words = sentences()
    firsts = {word[0] for word in (*words.comparison.openers, *words.comparison.last_year)}
    firsts |= {word[0] for row in words.changes.values() for word in row}
    return _expressions() if _STARTS.match(character) or character in firsts else ()
