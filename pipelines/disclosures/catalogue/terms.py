"""Row labels that are the field's own terms: a measure's name in the vocabulary, in the small variants papers print.

Belongs here: what stands for what where no line is declared. Does not belong here: labels that need a declaration
(``lines.yaml``).
"""

import re
import unicodedata
from functools import cache

from pipelines.disclosures import catalogue

_UNIT = re.compile(r"\(([^()]*)\)$")
_ENDINGS = re.compile(r"(费用|经费|费|数量|数|金额|总额|情况)$")
_TIME = re.compile(r"^(年初|年末|其他(?=结余分配))")
_COUNTED = frozenset("辆个人批台套次") | {"人次", "批次", "台(套)", "台、套", "台/套", "家", "户"}


def term_of(label: str, side: str | None, above: str | None) -> str | None:
    """The measure a normalised row label names, or None where it names none or several.

    A label with a unit in brackets names what is counted, and no money. Below a balance line a part of this balance is
    meant: 基本支出结转 below 年初结转和结余 is what was carried over of basic expenditure at the opening.
    """
    unit = _UNIT.search(label)
    is_counted = unit is not None and unit.group(1) in _COUNTED
    plain = _key(label[: unit.start()] if unit and is_counted else label)
    if len(plain) < 2:
        return None
    found = {name for key, name in _names(is_counted) if key == plain and _is_on(name, side)}
    if above is not None:
        found |= {name for key, name in _parts_of(above) if key == plain}
    return found.pop() if len(found) == 1 else None


def _is_on(name: str, side: str | None) -> bool:
    return side is None or catalogue.vocabulary().measures[name].side in (side, "balance")


@cache
def _names(is_counted: bool) -> tuple[tuple[str, str], ...]:
    """Name without its ending → measure, of what is counted or of money."""
    measures = catalogue.vocabulary().measures.items()
    return tuple((_key(each.zh), name) for name, each in measures if (each.unit is not None) == is_counted)


@cache
def _parts_of(balance: str) -> tuple[tuple[str, str], ...]:
    """Name without 年初 or 年末 → measure, of the parts of a balance."""
    measures = catalogue.vocabulary().measures.items()
    return tuple((_key(_TIME.sub("", each.zh)), name) for name, each in measures if each.part_of == balance)


def _key(name: str) -> str:
    narrow = unicodedata.normalize("NFKC", name).translate(str.maketrans("", "", "“”\"' 　"))
    return _ENDINGS.sub("", narrow)
