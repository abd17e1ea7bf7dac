"""The forms of a document: which are there, which are only promised, and all their amounts.

Belongs here: going through the tables in order, handing units on, and keeping tables that are no statutory form. Does
not belong here: what a table's cells mean (``amounts``).
"""

from collections.abc import Iterator

from pipelines.disclosures.amounts import FormContext, read_amounts
from pipelines.disclosures.contents import listed_forms
from pipelines.disclosures.facts import AmountFact, FormFact, UnplacedFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import read_printed
from pipelines.disclosures.recognition import recognise_untitled
from pipelines.disclosures.tables import FormTable, distinct, form_tables
from pipelines.disclosures.titles import TitleMatch
from pipelines.documents.model import Document


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
    unit: str | None = None
    for table in tables:
        if table.match is None:
            unplaced.extend(_unplaced_table(document, table))
            continue
        unit = table.unit or unit
        form_id = f"{document.document_id[:16]}-f{len(forms) + 1}"
        found, left = read_amounts(table, FormContext(document, paper, form_id, unit))
        forms.append(_form_fact(form_id, document, table, unit, table.match.form.code in promised, found))
        amounts.extend(found)
        unplaced.extend(left)
    present = {form.form_code for form in forms}
    missing = [match for code, match in promised.items() if code not in present]
    forms += [_promised(document, match, len(forms) + number) for number, match in enumerate(missing, 1)]
    return forms, amounts, unplaced


def _form_fact(
    form_id: str,
    document: Document,
    table: FormTable,
    unit: str | None,
    listed: bool,
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
        unit=unit,
        listed=listed,
        present=True,
        is_empty=is_empty,
        empty_note=(" ".join(table.notes) or None) if is_empty else None,
        page_no=place.page_no,
        table_no=table.grid.table_no,
    )


def _promised(document: Document, match: TitleMatch, number: int) -> FormFact:
    return FormFact(
        form_id=f"{document.document_id[:16]}-f{number}",
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
