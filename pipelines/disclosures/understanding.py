"""The one entrance of this package: a Document in, its Facts out.

Belongs here: the order of the steps. Does not belong here: any of the steps themselves.
"""

import json
from collections.abc import Iterator

from pipelines.disclosures import catalogue
from pipelines.disclosures.amounts import FormContext, read_amounts
from pipelines.disclosures.contents import listed_forms
from pipelines.disclosures.facts import AmountFact, DocumentFact, Facts, FormFact, UnplacedFact
from pipelines.disclosures.paper import Paper, recognise_paper
from pipelines.disclosures.printed import read_printed
from pipelines.disclosures.tables import FormTable, distinct, form_tables
from pipelines.disclosures.titles import TitleMatch
from pipelines.disclosures.words import claims_of, paragraphs_of
from pipelines.documents.model import Document

UNDERSTANDING_VERSION = "1"
"""Raised when the code of this package changes what facts say."""


def facts_version() -> str:
    """The version of facts: of this code and of the declared catalogue together."""
    return f"{UNDERSTANDING_VERSION}-{catalogue.fingerprint()}"


def understand(document: Document) -> Facts:
    """Everything ``document`` says: paper, forms, amounts, paragraphs, claims, and what could not be placed."""
    paper = recognise_paper(document)
    tables = form_tables(document, paper.kind)
    forms, amounts, unplaced = _read_forms(document, paper, tables)
    paragraphs = paragraphs_of(document)
    claims, untold = claims_of(paragraphs, paper)
    unplaced = [*unplaced, *untold]
    return Facts(
        document=_document_fact(document, paper),
        forms=tuple(forms),
        paragraphs=tuple(paragraphs),
        amounts=tuple(amounts),
        claims=tuple(claims),
        unplaced=tuple(unplaced),
    )


def _document_fact(document: Document, paper: Paper) -> DocumentFact:
    problem = "; ".join(document.problems) or None
    return DocumentFact(
        document_id=document.document_id,
        format=document.format,
        kind=paper.kind,
        scope=paper.scope,
        department=paper.department,
        fiscal_year=paper.fiscal_year,
        page_count=document.page_count,
        status="partial" if problem else "loaded",
        problem=problem,
        reader=document.reader,
        reader_version=document.reader_version,
        evidence=json.dumps(paper.evidence, ensure_ascii=False, sort_keys=True),
    )


def _read_forms(
    document: Document, paper: Paper, tables: list[FormTable]
) -> tuple[list[FormFact], list[AmountFact], list[UnplacedFact]]:
    forms: list[FormFact] = []
    amounts: list[AmountFact] = []
    unplaced: list[UnplacedFact] = []
    listed = {match.form.code: match for match in listed_forms(document, paper.kind)}
    unit: str | None = None
    for table in tables:
        if table.match is None:
            unplaced.extend(_unplaced_table(document, table))
            continue
        unit = table.unit or unit
        form_id = f"{document.document_id[:16]}-f{len(forms) + 1}"
        found, left = read_amounts(table, FormContext(document, paper, form_id, unit))
        forms.append(_form_fact(form_id, document, table, unit, table.match.form.code in listed, found))
        amounts.extend(found)
        unplaced.extend(left)
    present = {form.form_code for form in forms}
    for match in listed.values():
        if match.form.code not in present:
            forms.append(_promised(document, match, len(forms) + 1))
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
