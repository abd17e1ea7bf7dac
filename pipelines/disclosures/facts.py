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
    unit_basis: str | None = None
    """``printed``, ``inherited`` from the form before, or ``inferred`` by agreement with another form."""


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


class ProjectFact(msgspec.Struct, frozen=True, kw_only=True):
    """One project as one form, or one row of a summary, reports it; ``project`` None: the whole department."""

    project_id: str
    document_id: str
    project: str | None
    project_code: str | None
    form_code: str
    form_title: str | None
    table_no: int
    fiscal_year: int | None
    department: str | None
    implementing_unit: str | None
    description: str | None
    initial_budget_yuan: Decimal | None
    adjusted_budget_yuan: Decimal | None
    executed_yuan: Decimal | None
    execution_rate_printed: str | None
    rate_points: Decimal | None
    rate_score: Decimal | None
    score: Decimal | None
    grade: str | None
    goal: str | None
    result: str | None
    completion_printed: str | None
    conclusion: str | None
    problems: str | None
    measures: str | None
    note: str | None
    page_no: int | None
    line_no: int | None


class ProjectAmountFact(msgspec.Struct, frozen=True, kw_only=True):
    """One printed amount (or mark) of a project, by stage and source; ``source`` None: all of its money."""

    project_amount_id: str
    project_id: str
    document_id: str
    stage: str
    source: str | None
    value: Decimal | None
    unit: str | None
    amount_yuan: Decimal | None
    quantum_yuan: Decimal | None
    printed: str
    page_no: int | None
    line_no: int | None


class IndicatorFact(msgspec.Struct, frozen=True, kw_only=True):
    """One row of indicators. ``row_kind`` is ``indicator``, ``subtotal`` (of a level) or ``total``."""

    indicator_id: str
    project_id: str | None
    document_id: str
    project: str | None
    table_no: int
    row_kind: str
    level1: str | None
    level1_points: Decimal | None
    level2: str | None
    level2_points: Decimal | None
    level3: str | None
    operator: str | None
    target: str | None
    target_value: Decimal | None
    target_unit: str | None
    actual: str | None
    weight: Decimal | None
    score: Decimal | None
    score_text: str | None
    score_rate: Decimal | None
    score_rate_printed: str | None
    explanation: str | None
    criteria: str | None
    evidence: str | None
    note: str | None
    page_no: int | None
    line_no: int | None


class PerformanceCellFact(msgspec.Struct, frozen=True, kw_only=True):
    """Where one printed figure or name of a performance form stands; ``fact_id`` is that of the fact it belongs to."""

    fact_id: str
    field: str
    document_id: str
    printed: str
    page_no: int | None
    line_no: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None


class UnplacedFact(msgspec.Struct, frozen=True):
    """Something that was read and not understood, kept with the reason."""

    document_id: str
    what: str
    reason: str
    text: str
    page_no: int | None
    line_no: int | None


class SecondReadingFact(msgspec.Struct, frozen=True, kw_only=True):
    """What a second reader saw in the place of an amount; all None but the first three where it saw none."""

    amount_id: str
    document_id: str
    reader: str
    value: Decimal | None
    printed: str | None
    page_no: int | None
    row_no: int | None
    column_no: int | None


class Facts(msgspec.Struct, frozen=True):
    """All facts of one document, in the order of the page."""

    document: DocumentFact
    forms: tuple[FormFact, ...] = ()
    paragraphs: tuple[ParagraphFact, ...] = ()
    amounts: tuple[AmountFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    unplaced: tuple[UnplacedFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    project_amounts: tuple[ProjectAmountFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    performance_cells: tuple[PerformanceCellFact, ...] = ()
