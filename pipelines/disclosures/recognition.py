"""Recognising a form whose title nobody declared, by everything else it shows.

A table is read as each form it could be; it is the one as which nearly all its figures have a meaning, whose signs it
shows and whose rows carry the right kind of code. Where several fit, the list of contents decides by its order. Belongs
here: that choice. Does not belong here: recognising titles (``titles``).
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.amounts import FormContext, read_amounts
from pipelines.disclosures.composition import Composed
from pipelines.disclosures.facts import AmountFact
from pipelines.disclosures.printed import narrow
from pipelines.disclosures.rows import code_kind
from pipelines.disclosures.tables import FormTable, distinct, is_form_line
from pipelines.disclosures.titles import TitleMatch, composed_title, form_by_meaning, words_of_title

_FEWEST_FIGURES = 3
_MEANINGFUL = 0.8
"""The share of figures that must have a meaning when a table is read as the right form."""
_FUND_WORDS = (
    (re.compile("一般公共预算|公共财政预算"), "general_public_budget"),
    (re.compile("政府性基金"), "government_managed_fund_budget"),
    (re.compile("国有资本经营"), "state_capital_operating_budget"),
    (re.compile("财政拨款"), "fiscal_appropriation"),
)
_TOPICS = ("基本支出", "项目支出", "三公", "采购", "机关运行", "购买服务", "非税", "资产")
_CODED_ROWS = {kind: kind for kind in ("function", "dept_economic", "gov_economic")}
_FEWEST_CODES = 2
_ROW_ABOVE = re.compile(r"\d\.\d+\s*$")
"""A line that ends in an amount is a row: the table below it is what is left of a larger one."""


def recognise_untitled(
    tables: Sequence[FormTable], listed: Sequence[TitleMatch], context: FormContext
) -> dict[int, TitleMatch]:
    """Which form each table without a recognised title is, by its index; left out where none is certain."""
    found = {index: match for index, table in enumerate(tables) if (match := _by_words(table, context))}
    known = {match.form.code for match in found.values()} | {t.match.form.code for t in tables if t.match}
    for index, table in enumerate(tables):
        if table.match is not None or index in found:
            continue
        fitting = [form for form in _candidates(listed, known, context) if _fits(table, form, context)]
        form = fitting[0] if len(fitting) == 1 else _by_contents(fitting, index, tables, listed)
        if form is not None:
            found[index] = _titled(table, form)
            known.add(form.code)
        elif other := _other(table, context):
            found[index] = other
    return found


def _by_words(table: FormTable, context: FormContext) -> TitleMatch | None:
    """The form of a table by the words of its title and the codes of its rows together.

    A declared title gives way where the form it names is another by the codes: 一般公共预算支出表 by economic class.
    """
    rows = coded_rows(table)
    if table.match is None:
        return composed_title(_title(table), context.paper.kind, rows) if rows else None
    form = table.match.form
    if rows is None or form.rows == rows or form.rows not in _CODED_ROWS or form.measure is None:
        return None
    said = Composed(table.match.measure, None if table.match.fund == "all" else table.match.fund)
    other = form_by_meaning(form.kind, said, rows)
    return TitleMatch(other, table.match.title, table.match.measure, table.match.fund) if other else None


def _other(table: FormTable, context: FormContext) -> TitleMatch | None:
    """A form that nobody declared, by its coded rows and the words of its title or of its columns."""
    rows, said = coded_rows(table), words_of_title(_title(table))
    form = next((form for form in catalogue.forms() if form.is_other and form.kind == context.paper.kind), None)
    if form is None or rows is None or said is None or not (said.measure or said.fund):
        return None
    measure = "expenditure" if said.measure is None and rows != "function" else said.measure
    if measure == "income_and_expenditure":
        return None
    fund = said.fund or form.fund
    form = msgspec.structs.replace(form, rows=rows, measure=measure, fund=fund)
    match = TitleMatch(form, _title(table), measure, fund)
    read_as = msgspec.structs.replace(table, match=match, notes=list(table.notes))
    numbers = [amount for amount in read_amounts(read_as, context)[0] if amount.value is not None]
    meaningful = sum(amount.subject is not None and amount.measure is not None for amount in numbers)
    return match if numbers and meaningful >= _MEANINGFUL * len(numbers) else None


def coded_rows(table: FormTable) -> str | None:
    """Which classification the rows of a table are coded by: that of most rows with a code, two at least."""
    kinds: Counter[str] = Counter()
    for row in table.matrix:
        codes = (narrow(cell.text) for cell in distinct(row)[:3])
        kind = next((kind for code in codes if (kind := code_kind(code))), None)
        kinds.update([kind] if kind else [])
    kind, count = kinds.most_common(1)[0] if kinds else (None, 0)
    return kind if count >= _FEWEST_CODES and count * 2 > kinds.total() else None


def _candidates(listed: Sequence[TitleMatch], known: set[str], context: FormContext) -> list[catalogue.Form]:
    """The forms that are still missing: those the contents promise, else all of the paper's kind that have signs."""
    missing = [match.form for match in listed if match.form.code not in known]
    of_kind = [form for form in catalogue.forms() if form.kind == context.paper.kind and form.code not in known]
    return [form for form in missing or of_kind if form.signs]


def _titled(table: FormTable, form: catalogue.Form) -> TitleMatch:
    """A match by other evidence than the title; the title still tells the fund of the three public expenses."""
    told = next((fund for words, fund in _FUND_WORDS if words.search(narrow(_title(table)))), None)
    fund = told if told and form.rows == "single" else form.fund
    return TitleMatch(form, _title(table), form.measure, fund)


def _title(table: FormTable) -> str:
    """The line above the table that states neither unit nor department."""
    lines = [line for line in table.title_lines if not is_form_line([line])]
    return " ".join(lines[-1].split()) if lines else ""


def _fits(table: FormTable, form: catalogue.Form, context: FormContext) -> bool:
    if not table.matrix or _title_speaks_against(_titled(table, form).title, form):
        return False
    read_as = msgspec.structs.replace(table, match=_titled(table, form), notes=list(table.notes))
    amounts, _ = read_amounts(read_as, context)
    numbers = [amount for amount in amounts if amount.value is not None]
    if len(numbers) < _FEWEST_FIGURES:
        return False
    meaningful = sum(amount.subject is not None and amount.measure is not None for amount in numbers)
    told = {amount.measure for amount in amounts} | {amount.fund for amount in amounts}
    return (
        meaningful >= _MEANINGFUL * len(numbers)
        and bool(told.intersection(form.signs))
        and not told.intersection(form.never)
        and _rows_fit(numbers, form)
    )


def _title_speaks_against(title: str, form: catalogue.Form) -> bool:
    """Whether the line above is a row, or names another topic or fund than the form's: such a table is left alone."""
    plain = narrow(title)
    if _ROW_ABOVE.search(plain):
        return True
    if "表" not in plain:
        return False
    if any((topic in plain) != (topic in narrow(form.zh)) for topic in _TOPICS):
        return True
    fund = next((fund for words, fund in _FUND_WORDS if words.search(plain)), None)
    return fund is not None and fund != form.fund and form.rows != "single"


def _rows_fit(numbers: Sequence[AmountFact], form: catalogue.Form) -> bool:
    """Whether half the figures or more stand in rows of the kind the form has."""
    kinds = [amount.row_code_kind for amount in numbers]
    wanted = _CODED_ROWS.get(form.rows)
    if wanted:
        return kinds.count(wanted) * 2 >= len(kinds)
    return not any(kind in _CODED_ROWS.values() for kind in kinds)


def _by_contents(
    fitting: Sequence[catalogue.Form], index: int, tables: Sequence[FormTable], listed: Sequence[TitleMatch]
) -> catalogue.Form | None:
    """The one fitting form that the contents list between the recognised forms around the table."""
    order = [match.form.code for match in listed]
    before = [order.index(t.match.form.code) for t in tables[:index] if t.match and t.match.form.code in order]
    after = [order.index(t.match.form.code) for t in tables[index + 1 :] if t.match and t.match.form.code in order]
    low, high = (before[-1] if before else -1), (after[0] if after else len(order))
    between = [form for form in fitting if form.code in order and low < order.index(form.code) < high]
    return between[0] if len(between) == 1 else None
