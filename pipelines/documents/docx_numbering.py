"""The numbers that Word puts before paragraphs: ``一、``, ``（二）``, ``3.``, counted as Word counts them.

Belongs here: numbering definitions and the counters of one document. Does not belong here: the paragraphs themselves.
"""

import re
from collections.abc import Iterator

import msgspec
from lxml import etree

from pipelines.documents.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand"}
)
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


class Level(msgspec.Struct, frozen=True):
    """One level of a list: where it starts, how it counts, and the words around the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


def in_chinese(number: int) -> str:
    """Write a number from 0 to 9999 in Chinese: 十二, 一百零五."""
    if number < 10 or number > 9999:
        return _DIGITS[number] if 0 <= number < 10 else str(number)
    written, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(written) and number > 0
    return written.removeprefix("一") if written.startswith("一十") else written


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def written_number(number: int, form: str) -> str:
    """Write a number in one of Word's number formats; an unknown format is written in digits."""
    if number < 1:
        return str(number)
    if form in _CHINESE:
        return in_chinese(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return _circled(number)
    if form == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if form == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    if form in ("lowerLetter", "upperLetter"):
        return _letters(number) if form == "lowerLetter" else _letters(number).upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


class Numbering:
    """The lists of one document; :meth:`label` must be called once for each paragraph, in order."""

    def __init__(self, package: Package, part: str) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._of_style: dict[str, tuple[str | None, int | None]] = {}
        self._based_on: dict[str, str] = {}
        self._counters: dict[str, list[int | None]] = {}
        numbering, styles = package.related(part, "numbering"), package.related(part, "styles")
        if numbering:
            self._read_lists(package.tree(numbering))
        if styles:
            self._read_styles(package.tree(styles))

    def _read_lists(self, root: etree._Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            self._abstract[value_of(abstract, "abstractNumId") or ""] = dict(_levels(abstract))
        for num in root.iter(f"{W}num"):
            key = value_of(num, "numId") or ""
            reference = num.find(f"{W}abstractNumId")
            abstract_id = value_of(reference, "val") or ""
            levels = dict(self._abstract.get(abstract_id, {}))
            restarts = {}
            for override in num.iter(f"{W}lvlOverride"):
                levels.update(_levels(override))
                start = value_of(override.find(f"{W}startOverride"), "val")
                if start and start.isdigit():
                    restarts[_int(value_of(override, "ilvl"))] = int(start)
            self._lists[key] = (abstract_id, levels)
            self._restarts[key] = restarts

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.iter(f"{W}style"):
            key = value_of(style, "styleId") or ""
            properties = style.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                self._of_style[key] = _list_and_level(properties)
            based_on = value_of(style.find(f"{W}basedOn"), "val")
            if based_on:
                self._based_on[key] = based_on

    def label(self, paragraph: etree._Element) -> str:
        """Count a paragraph and return what Word prints before it, with the gap where words would run together."""
        list_id, level_no = self._list_of(paragraph)
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return ""
        abstract_id, levels = self._lists[list_id]
        level = levels.get(level_no)
        if level is None or level.form in ("bullet", "none"):
            return ""
        counters = self._count(abstract_id, list_id, level_no, levels)
        text = _PLACEHOLDER.sub(lambda found: _written(int(found.group(1)) - 1, counters, levels), level.text)
        return f"{text} " if text[-1:].isalnum() else text

    def _list_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        list_id, level = _list_and_level(own) if own is not None else (None, None)
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
        for _ in range(_LEVELS + 1):
            if not style or list_id is not None:
                break
            style_list, style_level = self._of_style.get(style, (None, None))
            list_id, level = style_list, level if level is not None else style_level
            style = self._based_on.get(style)
        return list_id, min(level or 0, _LEVELS - 1)

    def _count(self, abstract_id: str, list_id: str, level_no: int, levels: dict[int, Level]) -> list[int | None]:
        counters = self._counters.setdefault(abstract_id, [None] * _LEVELS)
        restart = self._restarts[list_id].pop(level_no, None)
        before = counters[level_no]
        if restart is not None:
            counters[level_no] = restart
        else:
            counters[level_no] = levels[level_no].start if before is None else before + 1
        counters[level_no + 1 :] = [None] * (_LEVELS - level_no - 1)
        return counters


def _written(level_no: int, counters: list[int | None], levels: dict[int, Level]) -> str:
    level = levels.get(level_no, Level())
    number = counters[level_no]
    return written_number(level.start if number is None else number, level.form)


def _levels(parent: etree._Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iter(f"{W}lvl"):
        start = value_of(level.find(f"{W}start"), "val")
        form = value_of(level.find(f"{W}numFmt"), "val") or "decimal"
        text = value_of(level.find(f"{W}lvlText"), "val") or ""
        yield _int(value_of(level, "ilvl")), Level(_int(start) if start else 1, form, text)


def _list_and_level(properties: etree._Element) -> tuple[str | None, int | None]:
    level = value_of(properties.find(f"{W}ilvl"), "val")
    return value_of(properties.find(f"{W}numId"), "val"), _int(level) if level else None


def value_of(element: etree._Element | None, name: str) -> str | None:
    """Return an attribute of WordprocessingML, or None without the element or attribute."""
    return None if element is None else element.get(f"{W}{name}")


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 7 else 0
