"""Numbers as a workbook displays them: ``1608.5`` under ``#,##0.00`` is ``1,608.50``.

Belongs here: number formats of Excel (sections, conditions, digits, grouping, percent, literals, exponents; dates go to
``date_format``). Rounding is half up on the fifteen digits that Excel keeps. Where Excel would shorten a number to fit
its column (``1.2E+11``, ``####``), all digits are given. Fractions are given as decimals. Does not belong here: which
cell has which format.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from pipelines.documents.date_format import displayed_date, is_date_format

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-";@', 42: '"¥"#,##0;"¥"-#,##0;"¥""-";@', 43: '#,##0.00;-#,##0.00;"-"??;@',
    44: '"¥"#,##0.00;"¥"-#,##0.00;"¥""-"??;@', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00',
}  # fmt: skip
"""The formats that a workbook names by number only, in their Chinese edition."""

_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[Ee][+-]|[0#?.,%@/]|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(-[^\]]*)?\]")
_EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
_GENERAL_WIDTH = 11


class _Section(NamedTuple):
    """One section of a format, cut into tokens."""

    condition: tuple[str, Decimal] | None
    tokens: tuple[str, ...]

    @property
    def is_general(self) -> bool:
        return "".join(self.tokens).strip().lower() == "general"


def exact(stored: float | str) -> Decimal:
    """Return the number that Excel shows for a stored one: its first fifteen significant digits.

    Raises:
        ValueError: it is no finite number.
    """
    value = Decimal(format(float(stored), ".15g"))
    if not value.is_finite():
        raise ValueError(f"not a finite number: {stored}")
    return value


def displayed(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """Return a number as displayed under a format code."""
    section, signed = _section_for(value, code)
    if section.is_general:
        return general(value)
    plain = "".join(section.tokens)
    if is_date_format(section.tokens):
        return displayed_date(value, section.tokens, epoch_1904=epoch_1904)
    if "@" in plain and not any(token in "0#?" for token in section.tokens):
        return _literal_only(section.tokens, general(value))
    return _number(value if signed else abs(value), section.tokens)


def displayed_text(text: str, code: str) -> str:
    """Return a text as displayed under a format code; only a section for texts changes it."""
    sections = _sections(code)
    last = sections[-1].tokens
    return _literal_only(last, text) if "@" in last else text


def general(value: Decimal) -> str:
    """Return a number under the format General, in a column that is wide enough."""
    plain = _plain(value)
    room = _GENERAL_WIDTH + plain.startswith("-")
    if len(plain) <= room or "." not in plain:
        return plain
    whole = plain.index(".")
    places = max(room - whole - 1, 0)
    return _plain(_rounded(value, places)) if whole < room else _plain(_rounded(value, 0))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_EXACT)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return tuple(_section(tokens) for tokens in sections[:4])


def _section(tokens: list[str]) -> _Section:
    condition = None
    kept = []
    for token in tokens:
        found = _CONDITION.fullmatch(token)
        currency = _CURRENCY.fullmatch(token)
        if found:
            condition = (found.group(1), Decimal(found.group(2)))
        elif currency:
            kept.append(f'"{currency.group(1)}"')
        elif token.startswith("[") and not re.fullmatch(r"\[[hms]+\]", token, re.IGNORECASE):
            continue  # a colour, or the shape of digits
        else:
            kept.append(token)
    return _Section(condition, tuple(kept))


def _section_for(value: Decimal, code: str) -> tuple[_Section, bool]:
    """Return the section for a value, and whether its digits still need their minus."""
    sections = [each for each in _sections(code) if "@" not in each.tokens or len(_sections(code)) == 1]
    if not sections:
        return _sections(code)[0], True
    if any(each.condition for each in sections):
        chosen = next((each for each in sections if _meets(value, each.condition)), sections[-1])
        return chosen, not _is_negative_only(chosen.condition)
    if len(sections) > 2 and value == 0:
        return sections[2], False
    if len(sections) > 1 and value < 0:
        return sections[1], False
    return sections[0], True


def _is_negative_only(condition: tuple[str, Decimal] | None) -> bool:
    return condition is not None and condition[0] in ("<", "<=") and condition[1] <= 0


def _meets(value: Decimal, condition: tuple[str, Decimal] | None) -> bool:
    if condition is None:
        return True
    sign, other = condition
    return {
        "<": value < other, ">": value > other, "=": value == other,
        "<=": value <= other, ">=": value >= other, "<>": value != other,
    }[sign]  # fmt: skip


def _literal(token: str) -> str:
    """Return what a token that is no digit displays."""
    if token.startswith('"'):
        return token[1:-1] if token.endswith('"') and len(token) > 1 else token[1:]
    if token.startswith("\\"):
        return token[1:]
    if token.startswith(("_", "*")) and len(token) == 2:
        return " " if token.startswith("_") else ""
    return token


def _literal_only(tokens: tuple[str, ...], text: str) -> str:
    return "".join(text if token == "@" else _literal(token) for token in tokens).strip(" ")


def _number(value: Decimal, tokens: tuple[str, ...]) -> str:
    digits = [index for index, token in enumerate(tokens) if token in "0#?"]
    if not digits:
        return ("-" if value < 0 else "") + _literal_only(tokens, "").strip(" ")
    first, last = digits[0], digits[-1]
    core = _core_end(tokens, last)
    middle = tokens[first:core]
    scaled = value
    with localcontext(_EXACT):
        scaled = scaled.scaleb(2 * sum(token == "%" for token in tokens))
        scaled = scaled.scaleb(-3 * _trailing_commas(tokens, last))
    shown = _digits(scaled, middle)
    before = "".join(_literal(token) for token in tokens[:first] if token != ",")
    after = "".join(_literal(token) for token in tokens[core:] if token != ",")
    minus = "-" if shown.startswith("-") else ""
    return f"{minus}{before}{shown.removeprefix('-')}{after}".strip(" ")


def _core_end(tokens: tuple[str, ...], last: int) -> int:
    end = last + 1
    return end + 1 if end < len(tokens) and tokens[end] == "." else end


def _trailing_commas(tokens: tuple[str, ...], last: int) -> int:
    """Count the commas right behind the last whole digit; each shows the number divided by 1,000."""
    point = tokens.index(".") if "." in tokens[: last + 1] else None
    index = point - 1 if point is not None else last + 1
    step = -1 if point is not None else 1
    count = 0
    while 0 <= index < len(tokens) and tokens[index] == ",":
        count += 1
        index += step
    return count


def _digits(value: Decimal, tokens: tuple[str, ...]) -> str:
    exponent = next((index for index, token in enumerate(tokens) if token in ("E+", "E-", "e+", "e-")), None)
    if exponent is not None:
        return _scientific(value, tokens[:exponent], tokens[exponent], tokens[exponent + 1 :])
    if "/" in tokens:
        return general(value)
    point = tokens.index(".") if "." in tokens else len(tokens)
    whole, fraction = tokens[:point], tokens[point + 1 :]
    places = sum(token in "0#?" for token in fraction)
    rounded = _rounded(value, places)
    sign = "-" if rounded < 0 else ""
    left, _, right = format(abs(rounded), "f").partition(".")
    least = sum(token == "0" for token in whole)
    left = left.lstrip("0").rjust(least, "0")
    grouped = "," in "".join(whole).rstrip(",")
    shown = _filled_whole(_grouped(left) if grouped else left, whole)
    right = _filled_fraction(right, fraction)
    return f"{sign}{shown}" + (f".{right}" if point < len(tokens) and (right or "." in tokens) else "")


def _grouped(digits: str) -> str:
    """Put a comma before each third digit from the right."""
    first = len(digits) % 3
    groups = [digits[:first], *(digits[start : start + 3] for start in range(first, len(digits), 3))]
    return ",".join(group for group in groups if group)


def _filled_whole(digits: str, tokens: tuple[str, ...]) -> str:
    """Put literals that stand between the digits of the format (``000-00``) where they belong, from the right."""
    if all(token in "0#?," for token in tokens):
        return digits
    left, shown = list(digits), []
    for token in reversed(tokens):
        if token in "0#?":
            shown.append(left.pop() if left else "")
        elif token != ",":
            shown.append(_literal(token))
    return "".join(left) + "".join(reversed(shown))


def _filled_fraction(digits: str, tokens: tuple[str, ...]) -> str:
    """Drop trailing zeros where the format does not ask for them; literals among them stay."""
    shown, index, kept = [], 0, list(digits)
    places = [token for token in tokens if token in "0#?"]
    for token, digit in zip(reversed(places), reversed(digits), strict=False):
        if token == "0" or digit != "0":
            break
        kept.pop()
    for token in tokens:
        if token in "0#?":
            shown.append(kept[index] if index < len(kept) else "")
            index += 1
        else:
            shown.append(_literal(token))
    return "".join(shown)


def _scientific(value: Decimal, mantissa: tuple[str, ...], mark: str, power: tuple[str, ...]) -> str:
    exponent = value.adjusted() if value else 0
    shown = _digits(value.scaleb(-exponent), mantissa)
    if shown.lstrip("-").startswith("10"):
        exponent += 1
        shown = _digits(value.scaleb(-exponent), mantissa)
    sign = "-" if exponent < 0 else "+" if mark.endswith("+") else ""
    least = sum(token == "0" for token in power)
    return f"{shown}E{sign}{str(abs(exponent)).rjust(least, '0')}"
