"""Facts of invented documents, for tests that need some but not a reader."""

import hashlib
from decimal import Decimal
from typing import Any

import msgspec

from pipelines.disclosures.facts import (
    AmountFact,
    ClaimFact,
    DocumentFact,
    Facts,
    FormFact,
    ParagraphFact,
    ProjectFact,
    UnplacedFact,
)

TEN_THOUSAND = Decimal(10000)


def document_id(name: str) -> str:
    """A document's identity, from any name."""
    return hashlib.sha256(name.encode()).hexdigest()


class Paper:
    """Collects the facts of one document; ``facts()`` gives them all. Amounts are told in 万元 of two places."""

    def __init__(
        self,
        name: str,
        kind: str = "final_accounts",
        year: int | None = 2023,
        department: str | None = "青山县财政局",
        scope: str | None = "department",
    ) -> None:
        self.name, self.kind, self.year, self.department, self.scope = name, kind, year, department, scope
        self.document_id = document_id(name)
        self.stage = {"final_accounts": "final", "budget": "initial_budget"}.get(kind)
        self.forms: list[FormFact] = []
        self.paragraphs: list[ParagraphFact] = []
        self.amounts: list[AmountFact] = []
        self.claims: list[ClaimFact] = []
        self.unplaced: list[UnplacedFact] = []
        self.projects: list[ProjectFact] = []

    def form(self, code: str, present: bool = True) -> "Paper":
        number = len(self.forms) + 1
        self.forms.append(
            FormFact(f"{self.document_id}-f{number}", self.document_id, code, code, None, "万元", True, present, False,
                     None, None, number)
        )  # fmt: skip
        return self

    def amount(self, subject: str, value: str, measure: str | None = None, **other: Any) -> "Paper":
        """Add a number to the last form; every subject has its own row."""
        form, yuan = self.forms[-1], Decimal(value) * TEN_THOUSAND
        known = {
            "amount_id": f"{self.document_id}-a{len(self.amounts) + 1}", "form_id": form.form_id,
            "document_id": self.document_id, "form_code": form.form_code, "form_title": form.form_title,
            "side": "expenditure", "subject": subject, "row_code": subject.partition(":")[2] or None,
            "row_code_kind": None, "second_code": None, "row_label": subject, "column_label": "金额",
            "measure": measure or subject, "fund": "all", "stage": self.stage, "fiscal_year": self.year,
            "value": Decimal(value), "unit": "万元", "amount_yuan": yuan, "quantum_yuan": Decimal(100),
            "printed": value, "page_no": None, "table_no": form.table_no,
            "row_no": 1 + sorted({*(a.subject or "" for a in self.amounts), subject}).index(subject),
            "column_no": len(self.amounts) + 1, "reader": "text",
        }  # fmt: skip
        self.amounts.append(AmountFact(**(known | other)))
        return self

    def paragraph(self, text: str) -> "Paper":
        number = len(self.paragraphs) + 1
        self.paragraphs.append(
            ParagraphFact(f"{self.document_id}-p{number}", self.document_id, None, None, text, None, number)
        )
        return self

    def claim(self, subject: str, printed: str, figure: str = "amount", sign: int = 1, **other: Any) -> "Paper":
        """Add a figure that stands as printed in the last paragraph; percentages end in ``%``."""
        paragraph = self.paragraphs[-1]
        percent = printed.endswith("%")
        value = Decimal(printed.removesuffix("%")) * sign
        start = paragraph.text.index(printed)
        known = {
            "claim_id": f"{self.document_id}-c{len(self.claims) + 1}", "document_id": self.document_id,
            "paragraph_id": paragraph.paragraph_id, "subject": subject, "subject_text": subject, "measure": subject,
            "figure": figure, "stage": self.stage, "fund": "all", "fiscal_year": self.year,
            "comparison_stage": None if figure == "amount" else self.stage,
            "comparison_year": None if figure == "amount" or self.year is None else self.year - 1, "value": value,
            "unit": "%" if percent else "万元", "value_yuan": None if percent else value * TEN_THOUSAND,
            "quantum_yuan": None if percent else Decimal(100), "sentence": paragraph.text, "char_start": start,
            "char_end": start + len(printed), "page_no": None, "line_no": paragraph.line_no,
        }  # fmt: skip
        self.claims.append(ClaimFact(**(known | other)))
        return self

    def left_over(self, text: str) -> "Paper":
        self.unplaced.append(UnplacedFact(self.document_id, "cell", "no row", text, None, 1))
        return self

    def project(self, name: str) -> "Paper":
        """Add a project of which only the name is known, in the last form."""
        known: dict[str, Any] = dict.fromkeys(field.name for field in msgspec.structs.fields(ProjectFact))
        known |= {"document_id": self.document_id, "project": name, "form_code": self.forms[-1].form_code}
        known["project_id"] = f"{self.document_id}-j{len(self.projects) + 1}"
        self.projects.append(ProjectFact(**known))
        return self

    def facts(self) -> Facts:
        document = DocumentFact(self.document_id, "text", self.kind, self.scope, self.department, self.year, None,
                                "loaded", None, "text", "1", "{}")  # fmt: skip
        return Facts(
            document, tuple(self.forms), tuple(self.paragraphs), tuple(self.amounts), tuple(self.claims),
            tuple(self.unplaced), tuple(self.projects),
        )  # fmt: skip
