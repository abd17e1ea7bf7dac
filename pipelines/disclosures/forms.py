"""The forms of a document: which are there, which are only promised, and all their amounts.

Belongs here: going through the tables in order, and keeping tables that are no statutory form. Does not belong here:
what a table's cells mean (``amounts``), in which unit they are (``units``).
"""

import re
from collections.abc import Container, Iterator, Sequence

import msgspec

from pipelines.disclosures.amounts import FormContext, read_amounts
from pipelines.disclosures.contents import listed_forms
from pipelines.disclosures.facts import AmountFact, FormFact, UnplacedFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import narrow, read_printed
from pipelines.disclosures.recognition import recognise_untitled
from pipelines.disclosures.tables import FormTable, distinct, form_tables, is_untitled
from pipelines.disclosures.titles import TitleMatch
from pipelines.disclosures.units import Unit, choose_units, printed_unit
from pipelines.documents.model import Document

_CALLED_EMPTY = re.compile(r"(本表|此表)(无数据|没有数据|为空|无内容|无数字)")


def read_forms(document: Document, paper: Paper) -> tuple[list[FormFact], list[AmountFact], list[UnplacedFact]]:
    """All forms of a document with their amounts, and what could not be placed."""
    listed = listed_forms(document, paper.kind)
    tables = form_tables(document, paper.kind)
    context = FormContext(document, paper, "", None)
    for index, match in recognise_untitled(tables, listed, context).items():
        tables[index].match = match
    forms: list[FormFact] = []
    amounts: list[AmountFact] = []
    unplaced: list[UnplacedFact] = []
    promised = {match.form.code: match for match in listed}
    readings = _in_their_units(tables, document, paper)
    for table in tables:
        if table.match is None:
            rows = list(_unplaced_table(document, table))
            unplaced.extend(rows)
            if rows and forms and is_untitled(table) and not forms[-1].empty_note:
                # its header stands on the page before: who knows whether the form is empty?
                forms[-1] = msgspec.structs.replace(forms[-1], is_empty=False)
            continue
        found, left, unit = next(readings)
        forms.append(_form_fact(_form_id(document, len(forms) + 1), document, table, unit, promised, found))
        amounts.extend(found)
        unplaced.extend(left)
    present = {form.form_code for form in forms}
    missing = [match for code, match in promised.items() if code not in present]
    forms += [_promised(document, match, len(forms) + number) for number, match in enumerate(missing, 1)]
    return forms, amounts, unplaced


def _in_their_units(
    tables: Sequence[FormTable], document: Document, paper: Paper
) -> Iterator[tuple[list[AmountFact], list[UnplacedFact], Unit]]:
    """Each recognised table's amounts, what was left over, and its unit."""
    own = [table for table in tables if table.match]
    contexts = [
        FormContext(document, paper, _form_id(document, number), printed_unit(table))
        for number, table in enumerate(own, 1)
    ]
    readings = [read_amounts(table, context) for table, context in zip(own, contexts, strict=True)]
    units = choose_units([context.unit for context in contexts], [found for found, _ in readings])
    for table, context, reading, unit in zip(own, contexts, readings, units, strict=True):
        again = unit[0] != context.unit
        found, left = read_amounts(table, msgspec.structs.replace(context, unit=unit[0])) if again else reading
        yield found, left, unit


def _form_id(document: Document, number: int) -> str:
    return f"{document.document_id[:16]}-f{number}"


def _form_fact(
    form_id: str,
    document: Document,
    table: FormTable,
    unit: Unit,
    promised: Container[str],
    amounts: list[AmountFact],
) -> FormFact:
    assert table.match is not None
    is_empty = not any(amount.value is not None for amount in amounts)
    first = next((cell for row in table.matrix for cell in row if cell is not None), None)
    place = first.place if first is not None else table.grid.place
    return FormFact(
        form_id=form_id,
        document_id=document.document_id,
        form_code=table.match.form.code,
        form_title=table.match.title,
        printed_no=table.printed_no,
        unit=unit[0],
        listed=table.match.form.code in promised,
        present=True,
        is_empty=is_empty,
        empty_note=_empty_note(table.notes, is_empty=is_empty),
        page_no=place.page_no,
        table_no=table.grid.table_no,
        unit_basis=unit[1],
    )


def _empty_note(notes: Sequence[str], *, is_empty: bool) -> str | None:
    """What is printed below an empty form; below one with figures only what calls it empty all the same."""
    said = [note for note in notes if is_empty or _CALLED_EMPTY.search(narrow(note))]
    return " ".join(said) or None


def _promised(document: Document, match: TitleMatch, number: int) -> FormFact:
    return FormFact(
        form_id=_form_id(document, number),
        document_id=document.document_id,
        form_code=match.form.code,
        form_title=match.title,
        printed_no=None,
        unit=None,
        listed=True,
        present=False,
        is_empty=False,
        empty_note=None,
        page_no=None,
        table_no=None,
    )


def _unplaced_table(document: Document, table: FormTable) -> Iterator[UnplacedFact]:
    """A table that is no statutory form, kept row by row where it holds figures."""
    title = " ".join(table.title_lines[-1:]) or "no title"
    for row in table.matrix:
        cells = distinct(row)
        if any(read_printed(cell.text).kind in ("number", "percent") for cell in cells):
            place = cells[0].place
            text = " | ".join(" ".join(cell.text.split()) for cell in cells)
            reason = f"table is no statutory form: {title[:80]}"
            yield UnplacedFact(document.document_id, "row", reason, text, place.page_no, place.line_no)
