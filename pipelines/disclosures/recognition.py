"""Recognising a form whose title nobody declared, by everything else it shows.

A table is read as each form it could be; it is the one as which nearly all its figures have a meaning, whose signs it
shows and whose rows carry the right kind of code. Where several fit, the list of contents decides by its order. Belongs
here: that choice. Does not belong here: recognising titles (``titles``).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.amounts import FormContext, read_amounts
from pipelines.disclosures.facts import AmountFact
from pipelines.disclosures.printed import narrow
from pipelines.disclosures.tables import FormTable, is_form_line
from pipelines.disclosures.titles import TitleMatch

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
_CODED_ROWS = {"function": "function", "dept_economic": "dept_economic"}


def recognise_untitled(
    tables: Sequence[FormTable], listed: Sequence[TitleMatch], context: FormContext
) -> dict[int, TitleMatch]:
    """Which form each table without a recognised title is, by its index; left out where none is certain."""
    found: dict[int, TitleMatch] = {}
    known = {table.match.form.code for table in tables if table.match}
    for index, table in enumerate(tables):
        if table.match is not None:
            continue
        fitting = [form for form in _candidates(listed, known, context) if _fits(table, form, context)]
        form = fitting[0] if len(fitting) == 1 else _by_contents(fitting, index, tables, listed)
        if form is not None:
            found[index] = _titled(table, form)
            known.add(form.code)
    return found


def _candidates(listed: Sequence[TitleMatch], known: set[str], context: FormContext) -> list[catalogue.Form]:
    """The forms that are still missing: those the contents promise, else all of the paper's kind that have signs."""
    missing = [match.form for match in listed if match.form.code not in known]
    of_kind = [form for form in catalogue.forms() if form.kind == context.paper.kind and form.code not in known]
    return [form for form in missing or of_kind if form.signs]


def _titled(table: FormTable, form: catalogue.Form) -> TitleMatch:
    """A match whose title is the line above the table that states neither unit nor department."""
    lines = [line for line in table.title_lines if not is_form_line([line])]
    return TitleMatch(form, " ".join(lines[-1].split()) if lines else "", form.measure, form.fund)


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
    """Whether an undeclared title names another topic or fund than the form's: such a table is left alone."""
    plain = narrow(title)
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
