"""The one entrance of this package: a Document in, its Facts out.

Belongs here: the order of the steps. Does not belong here: any of the steps themselves.
"""

import json
from collections.abc import Sequence

from pipelines.disclosures import catalogue
from pipelines.disclosures.facts import AmountFact, DocumentFact, Facts
from pipelines.disclosures.forms import read_forms
from pipelines.disclosures.paper import Paper, recognise_paper
from pipelines.disclosures.performance import read_performance, rest_of, with_projects
from pipelines.disclosures.words import claims_of, paragraphs_of
from pipelines.documents.model import Document

UNDERSTANDING_VERSION = "13"
"""Raised when the code of this package changes what facts say."""


def facts_version() -> str:
    """The version of facts: of this code and of the declared catalogue together."""
    return f"{UNDERSTANDING_VERSION}-{catalogue.fingerprint()}"


def understand(document: Document) -> Facts:
    """Everything ``document`` says: paper, forms, amounts, projects, paragraphs, claims, and what is left over."""
    paper = recognise_paper(document)
    performance = read_performance(document)
    forms, amounts, unplaced = read_forms(rest_of(document, performance), paper)
    paragraphs = with_projects(paragraphs_of(document), performance.projects)
    claims, untold = claims_of(paragraphs, paper, _printed_names(amounts))
    return Facts(
        document=_document_fact(document, paper),
        forms=tuple(forms),
        paragraphs=paragraphs,
        amounts=tuple(amounts),
        claims=tuple(claims),
        unplaced=(*unplaced, *performance.unplaced, *untold),
        projects=tuple(performance.projects),
        project_amounts=tuple(performance.amounts),
        indicators=tuple(performance.indicators),
        performance_cells=tuple(performance.cells),
    )


def _printed_names(amounts: Sequence[AmountFact]) -> dict[str, str]:
    """Functional codes with the names the document's own forms give them, for sentences that tell names only."""
    return {a.row_code: a.row_label for a in amounts if a.row_code_kind == "function" and a.row_code and a.row_label}


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
