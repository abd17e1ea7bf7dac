"""What a printed cell or figure says: a number with its quantum, a mark, a blank, or other text.

Belongs here: reading printed numbers and units exactly. Does not belong here: what the number is about.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import msgspec

YUAN_PER_UNIT = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
_FEN = Decimal("0.01")
_LARGEST = Decimal(10) ** 13
"""More than any figure of public finance in any unit: such digits are a number of something else."""
MARKS = frozenset({"-", "--", "—", "——", "–", "/", "／", "无", "*", "…", "……", "×", "－", "\\"})
_DASHES = "-—–─━－"

_NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?|[-−]?\.\d+")
_NEGATIVE_IN_BRACKETS = re.compile(r"\((\d[\d,]*(\.\d+)?)\)")
_UNIT = re.compile(r"单位[::]?\(?(人民币)?(百万元|千元|万元|亿元|元)\)?")


_COUNT_UNIT = re.compile(r"\((个|辆|人|人次|次|批次|批|台|套|台、套|台\(套\)|平方米|户|项)\)$")


class Printed(msgspec.Struct, frozen=True):
    """A printed cell. ``value`` and ``quantum`` (size of the last printed place) are None unless it is a number."""

    kind: str
    """``number``, ``percent``, ``mark``, ``blank`` or ``text``."""
    value: Decimal | None = None
    quantum: Decimal | None = None


def narrow(text: str) -> str:
    """The text without white space, full-width digits, letters, brackets and quotes made half-width (NFKC)."""
    plain = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return "".join(plain.split())


_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "〔": "(", "〕": ")", "【": "(", "】": ")"})


def read_printed(text: str) -> Printed:
    """Read one cell. ``1,608.51`` is a number with quantum 0.01; ``—`` and ``无`` are marks; ``12.5%`` is a percent."""
    plain = narrow(text)
    if not plain:
        return Printed("blank")
    if plain in MARKS or text.strip() in MARKS or not plain.strip(_DASHES):
        return Printed("mark")
    kind = "percent" if plain.endswith("%") else "number"
    plain = plain.removesuffix("%").replace("−", "-").removeprefix("¥")
    plain = _NEGATIVE_IN_BRACKETS.sub(r"-\1", plain) if _NEGATIVE_IN_BRACKETS.fullmatch(plain) else plain
    if not _NUMBER.fullmatch(plain):
        return Printed("text")
    value = Decimal(plain.replace(",", ""))
    if abs(value) >= _LARGEST:
        return Printed("text")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Printed(kind, value, Decimal(1).scaleb(min(exponent, 0)))


def unit_in(text: str) -> str | None:
    """The unit of money a line states (``金额单位：万元``), or None."""
    found = _UNIT.search(narrow(text).replace(":", ":"))
    return found.group(2) if found else None


def count_unit(label: str | None) -> str | None:
    """The unit of a count that a row label states in brackets (``公务用车保有量（辆）``), or None for money."""
    found = _COUNT_UNIT.search(narrow(label or ""))
    return found.group(1) if found else None


def to_yuan(value: Decimal, unit: str | None) -> Decimal | None:
    """``value`` in yuan, exactly; None when the unit is not money."""
    factor = YUAN_PER_UNIT.get(unit or "")
    return None if factor is None else value * factor


def to_fen(yuan: Decimal | None) -> Decimal | None:
    """An amount in yuan as the published tables keep it: what is printed finer than one fen is rounded half up.

    The exact figure stays in ``value`` with its unit.
    """
    if yuan is None or yuan == yuan.quantize(_FEN):
        return yuan
    return yuan.quantize(_FEN, ROUND_HALF_UP)
