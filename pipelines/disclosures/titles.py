"""Titles of forms: recognising one in a line of text, and in the list of contents.

Belongs here: matching printed titles with the catalogue. Does not belong here: cutting tables at titles (``tables``).
"""

import re

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.printed import narrow

_LONGEST_TITLE = 60
_YEAR = re.compile(r"(19|20)\d\d年(度)?")
_NUMERAL = r"([一二三四五六七八九十百]+|\d{1,2})"
_ORDINAL = re.compile(rf"^(第{_NUMERAL}(部分|章|节)|{_NUMERAL}[、..,:)]|\({_NUMERAL}\))")
_TABLE_NO = re.compile(
    r"^((预算|决算)?公开\d{1,2}表|(预算|决算|公开|附)?附?表第?(\d{1,2}-\d{1,2}|\d{1,2}|[一二三四五六七八九十]+)号?表?)[:、.]?(?=\D)"
)
_REMARK = re.compile(
    r"(\(([一二三四]|续|续表|公开\d*表?|公开表.*|单位:.*|金额单位:.*|部门|本级|汇总|样表|\d+)\)|-公开表|\(?续表?\)?)$"
)
_PRINTED_NO = re.compile(r"(公开|附|预算公开|决算公开|表)(表)?(第)?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(表)?")
_WHOSE = re.compile(
    r".*(局|委|会|办|院|厅|处|所|中心|街道|镇|乡|村|区|县|市|省|室|队|馆|站|校|园|部|庭|社|团|协会|公司|银行|大学|学院|部门|单位|本级|级)"
)
_LEADERS = re.compile(r"([..…·‥]{2,}|\s)\s*-?\d*-?\s*$")


class TitleMatch(msgspec.Struct, frozen=True):
    """A recognised title: its form, as printed, and what the title changes."""

    form: catalogue.Form
    title: str
    measure: str | None
    fund: str


def plain_title(text: str) -> str:
    """A title without spaces, years, ordinal, table number, remarks such as (续) and the leaders of a contents list."""
    plain = _ORDINAL.sub("", _YEAR.sub("", narrow(_LEADERS.sub("", text.strip(" -—\t")))))
    return _REMARK.sub("", _TABLE_NO.sub("", plain))


def match_title(text: str, kind: str | None = None) -> TitleMatch | None:
    """The form a line is the title of, or None.

    ``kind`` restricts the search to the forms of one kind of paper. What stands before the title proper must be empty
    or end like the name of a department or region.
    """
    printed = " ".join(text.split())
    plain = plain_title(text)
    if len(plain) > _LONGEST_TITLE or "表" not in plain:
        return None
    best: tuple[int, TitleMatch] | None = None
    for form in catalogue.forms():
        if kind and form.kind != kind:
            continue
        for title in form.titles:
            found = catalogue.pattern(f"(?:{title.match})$").search(plain)
            if not found or not _is_whose(plain[: found.start()]):
                continue
            if best is None or len(found.group()) > best[0]:
                match = TitleMatch(form, printed, title.measure or form.measure, title.fund or form.fund)
                best = (len(found.group()), match)
    return best[1] if best else None


def _is_whose(prefix: str) -> bool:
    return not prefix or bool(_WHOSE.fullmatch(prefix))


def match_title_in(text: str, kind: str | None = None) -> TitleMatch | None:
    """As :func:`match_title`, over a text of several lines: the last line, or lines at the end, that are a title."""
    lines = [line for line in text.split("\n") if line.strip()]
    for count in (1, 2, 3):
        for start in range(max(len(lines) - count, -1), -1, -1):
            found = match_title("".join(lines[start : start + count]), kind)
            if found:
                return found
    return None


def printed_number(text: str) -> str | None:
    """The printed number of a form (``公开01表``, ``公开表一``), or None."""
    found = _PRINTED_NO.search(narrow(text))
    return found.group() if found and len(found.group()) > 2 else None
