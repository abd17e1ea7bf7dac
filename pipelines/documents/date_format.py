"""Dates and times as a workbook displays them: day numbers under formats such as ``yyyy"年"m"月"``.

Belongs here: the date part of Excel's number formats, with Chinese words for weekdays and halves of the day. Does not
belong here: any other format (``number_format``).
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

_LETTERS = frozenset("ymdhsaYMDHSA")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"
_LAST_DAY = 2_958_466
_ELAPSED = re.compile(r"\[([hms]+)\]", re.IGNORECASE)
_HALF_DAY = re.compile(r"AM/PM|A/P|上午/下午", re.IGNORECASE)


def is_date_format(tokens: Sequence[str]) -> bool:
    """Whether the tokens of a format section display a date or time."""
    return any(token in "ymdhsYMDHS" or _ELAPSED.fullmatch(token) for token in tokens if token)


def displayed_date(value: Decimal, tokens: Sequence[str], *, epoch_1904: bool) -> str:
    """Return a day number as displayed; one that is no date is given as the plain number."""
    if not 0 <= value < _LAST_DAY:
        return format(value, "f")
    moment = _moment(value, epoch_1904=epoch_1904)
    parts = _parts(tokens)
    half_day = any(_HALF_DAY.fullmatch(part) for part in parts)
    shown = []
    for index, part in enumerate(parts):
        minutes = part.lower().startswith("m") and _is_minutes(parts, index)
        shown.append(_part(part, moment, value, half_day=half_day, minutes=minutes))
    return "".join(shown).strip(" ")


def _moment(value: Decimal, *, epoch_1904: bool) -> datetime:
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    return start + timedelta(seconds=round(float(value) * 86_400))


def _parts(tokens: Sequence[str]) -> list[str]:
    """Join the letters of a format into ``yyyy``, ``mm`` …, each a part; anything else stays as it is."""
    text_parts: list[str] = []
    joined = "".join(tokens)
    for found in re.finditer(
        r'AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+|a{3,4}|\[[hms]+\]|"[^"]*"|\\.|_.|\*.|\.0+|.', joined, re.IGNORECASE
    ):
        text_parts.append(found.group())
    return text_parts


def _is_minutes(parts: Sequence[str], index: int) -> bool:
    """Whether an ``m`` stands behind hours or before seconds, so that it means minutes."""
    before = [part.lower() for part in parts[:index] if part[0] in _LETTERS or part[0] == "["]
    after = [part.lower() for part in parts[index + 1 :] if part[0] in _LETTERS or part[0] == "["]
    return bool(before and before[-1].strip("[")[0] == "h") or bool(after and after[0].strip("[")[0] == "s")


def _part(part: str, moment: datetime, value: Decimal, *, half_day: bool, minutes: bool) -> str:
    lower = part.lower()
    elapsed = _ELAPSED.fullmatch(part)
    if elapsed:
        unit = {"h": 24, "m": 1_440, "s": 86_400}[elapsed.group(1)[0].lower()]
        return str(int(value * unit))
    if _HALF_DAY.fullmatch(part):
        return "上午" if moment.hour < 12 else "下午"
    if lower[0] in "ymdhsa" and set(lower) == {lower[0]}:
        return _field(lower, moment, half_day=half_day, minutes=minutes)
    if part.startswith('"'):
        return part.strip('"')
    if part.startswith("\\"):
        return part[1:]
    if part.startswith(("_", "*")) and len(part) == 2:
        return ""
    return "" if part in ("@", ";") or part.startswith(".0") else part


def _field(letters: str, moment: datetime, *, half_day: bool, minutes: bool) -> str:
    kind, count = letters[0], len(letters)
    if kind == "y":
        return f"{moment.year:04d}" if count > 2 else f"{moment.year % 100:02d}"
    if kind == "a":
        return ("星期" if count == 4 else "") + _WEEKDAYS[moment.weekday()]
    if kind == "m" and not minutes and count > 2:
        return _MONTHS[moment.month - 1]
    if kind == "d" and count > 2:
        return ("星期" if count == 4 else "周") + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.minute if minutes else moment.month, "d": moment.day, "h": hour, "s": moment.second}[kind]
    return f"{number:02d}" if count > 1 else str(number)
