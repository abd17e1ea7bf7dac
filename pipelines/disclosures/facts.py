"""Facts: what a document says in the field's terms, one class for each lake table.

A fact names the document and the place it was read from, and keeps what was printed beside what it means. Which
filing a document belongs to is decided later, in SQL, from all documents together.

The columns are those declared in ``sql/models/core/*.yml`` (less the ones derived there); a test keeps them equal.
"""

from decimal import Decimal

import msgspec

PAPER_KINDS = ("final_accounts", "budget", "self_evaluation", "evaluation", "unknown")


class DocumentFact(msgspec.Struct, frozen=True):
    """One file and what kind of paper it is. ``evidence`` is JSON: what each recognised property rests on."""

    document_id: str
    format: str
    kind: str
    scope: str | None
    department: str | None
    fiscal_year: int | None
    page_count: int | None
    status: str
    problem: str | None
    reader: str | None
    reader_version: str
    evidence: str


class FormFact(msgspec.Struct, frozen=True):
    """One form that is present in the body, or only promised by the contents list."""

    form_id: str
    document_id: str
    form_code: str | None
    form_title: str
    printed_no: str | None
    unit: str | None
    listed: bool
    present: bool
    is_empty: bool
    empty_note: str | None
    page_no: int | None
    table_no: int | None


class ParagraphFact(msgspec.Struct, frozen=True):
    """One paragraph and the heading it stands under."""

    paragraph_id: str
    document_id: str
    section: str | None
    project_id: str | None
    text: str
    page_no: int | None
    line_no: int | None


class AmountFact(msgspec.Struct, frozen=True, kw_only=True):
    """One number (or mark) of a statutory form. ``amount_yuan`` and ``quantum_yuan`` are exact yuan."""

    amount_id: str
    form_id: str
    document_id: str
    form_code: str
    form_title: str
    side: str | None
    subject: str | None
    row_code: str | None
    row_code_kind: str | None
    second_code: str | None
    row_label: str | None
    column_label: str | None
    measure: str | None
    fund: str | None
    stage: str | None
    fiscal_year: int | None
    value: Decimal | None
    unit: str | None
    amount_yuan: Decimal | None
    quantum_yuan: Decimal | None
    printed: str
    page_no: int | None
    table_no: int
    row_no: int
    column_no: int
    x0: float | None = None
    y0: float | None = None
    x1: float | None = None
    y1: float | None = None
    reader: str
    confidence: float | None = None


class ClaimFact(msgspec.Struct, frozen=True, kw_only=True):
    """One figure told in words. A decrease has a negative ``value``; ``figure`` says what kind of figure it is."""

    claim_id: str
    document_id: str
    paragraph_id: str
    project_id: str | None = None
    subject: str | None
    subject_text: str | None
    measure: str | None
    figure: str
    stage: str | None
    fund: str | None
    fiscal_year: int | None
    comparison_stage: str | None = None
    comparison_year: int | None = None
    value: Decimal | None
    unit: str | None
    value_yuan: Decimal | None
    quantum_yuan: Decimal | None
    direction: str | None = None
    sentence: str
    char_start: int
    char_end: int
    page_no: int | None
    line_no: int | None


class UnplacedFact(msgspec.Struct, frozen=True):
    """Something that was read and not understood, kept with the reason."""

    document_id: str
    what: str
    reason: str
    text: str
    page_no: int | None
    line_no: int | None


class Facts(msgspec.Struct, frozen=True):
    """All facts of one document, in the order of the page."""

    document: DocumentFact
    forms: tuple[FormFact, ...] = ()
    paragraphs: tuple[ParagraphFact, ...] = ()
    amounts: tuple[AmountFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    unplaced: tuple[UnplacedFact, ...] = ()
