"""Titles of forms: recognising one in a line of text, and in the list of contents.

Belongs here: matching printed titles with the catalogue. Does not belong here: cutting tables at titles (``tables``).
"""

import re

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.composition import Composed, compose
from pipelines.disclosures.printed import narrow

_LONGEST_TITLE = 60
_ECONOMIC = ("dept_economic", "gov_economic")
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
    r".*(局|委|会|办|院|厅|处|所|中心|街道|镇|乡|村|区|县|市|省|室|队|馆|站|校|园|部|庭|社|团|协会|公司|银行|大学|学院|部门|单位|本级|级|(综合|部门|单位)(预算|决算))"
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
    return best[1] if best else composed_title(text, kind)


def composed_title(text: str, kind: str | None, rows: str | None = None) -> TitleMatch | None:
    """The form an undeclared title means by the words it is made of.

    ``rows`` says what the codes of the table's rows are, where they are known. None where the words name no form of
    this kind of paper.
    """
    said = words_of_title(text)
    told = None if said is None else {"final": "final_accounts", "initial_budget": "budget"}.get(said.stage or "")
    if said is None or (kind or told) is None or (told or kind) != (kind or told):
        return None
    form = form_by_meaning(kind or told or "", said, rows)
    if form is None:
        return None
    fund = said.fund if said.fund and form.fund != said.fund else form.fund
    return TitleMatch(form, " ".join(text.split()), form.measure, fund)


def words_of_title(text: str) -> Composed | None:
    """What the words of a title say, after the name of whose it is; None where one of them is unknown."""
    plain = plain_title(text)
    if len(plain) > _LONGEST_TITLE or not re.search(r"表(\([^()]*\))?$", plain):
        return None
    for start in range(len(plain) - 2):
        if _is_whose(plain[:start]):
            said = compose(plain[start:])
            if said is not None and not said.is_part:
                return said
    return None


def form_by_meaning(kind: str, said: Composed, rows: str | None) -> catalogue.Form | None:
    """The first declared form with this measure, fund and kind of rows; of the three public expenses any."""
    rows, fund = said.rows or rows, said.fund or "all"
    measure = said.measure or ("expenditure" if said.fund and rows in _ECONOMIC else None)
    if measure is None:
        return None
    forms = [form for form in catalogue.forms() if form.kind == kind and not form.is_other]
    if measure == "income_and_expenditure":
        sided = [form for form in forms if form.measure is None and form.fund == fund]
        return sided[0] if sided else _first(forms, "expenditure", (fund,), "function")
    found = _first(forms, measure, (fund,), rows)
    if found is None and measure == "three_public":
        return _first(forms, measure, ("fiscal_appropriation",), None)
    return found


def _first(
    forms: list[catalogue.Form], measure: str, funds: tuple[str, ...], rows: str | None
) -> catalogue.Form | None:
    fitting = (f for f in forms if f.measure == measure and f.fund in funds and rows in (None, f.rows))
    return next(fitting, None)


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
