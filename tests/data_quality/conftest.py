"""One database with an invented filing for every rule and case, evaluated once for all tests of a process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_quality.catalogue import Rule, rule_terms, rules
from tests.data_quality.cases import CASES, figures
from tests.data_quality.engine import Engine

ABSENT = "form_absent"


def terms_of(rule: Rule):
    return tuple(term for term in rule_terms() if term.rule_id == rule.rule_id)


def add_filing(engine: Engine, filing_id: str, kind: str, made, forms, format_: str = "text", **filing) -> None:
    """Note a filing of 2023, unless ``filing`` says otherwise, with these figures on these forms."""
    row = {"filing_id": filing_id, "kind": kind, "fiscal_year": 2023, "department": "示例局"} | filing
    engine.add("filing", [row])
    engine.add("document", [{"document_id": filing_id, "filing_id": filing_id, "format": format_, "kind": kind}])
    engine.add(
        "form",
        [
            {"form_id": f"{filing_id}/{form}", "filing_id": filing_id, "document_id": filing_id, "form_code": form,
             "form_title": form, "present": True, "is_empty": False}
            for form in forms
        ],
    )  # fmt: skip
    engine.add("amount", [_amount(filing_id, kind, number, figure) for number, figure in enumerate(made)])


def _amount(filing_id: str, kind: str, number: int, figure) -> dict:
    return {
        "amount_id": f"{filing_id}/{number}", "form_id": f"{filing_id}/{figure.form}", "filing_id": filing_id,
        "document_id": filing_id, "form_code": figure.form, "form_title": figure.form, "subject": figure.subject,
        "row_label": figure.label or figure.subject, "column_label": figure.measure,
        "measure": figure.measure, "fund": figure.fund,
        "stage": figure.stage or ("final" if kind == "final_accounts" else "initial_budget"),
        "fiscal_year": figure.fiscal_year, "amount_yuan": figure.value, "quantum_yuan": figure.quantum,
        "printed": str(figure.value), "unit": "元",
        "table_no": 1, "row_no": figure.row_no, "column_no": number + 1, "confidence": figure.confidence,
    }  # fmt: skip


@pytest.fixture(scope="session")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("rules")
    engine = Engine(folder)
    for rule in (rule for rule in rules() if rule.relation is None):
        for case in CASES:
            made = figures(rule, terms_of(rule), case)
            add_filing(engine, f"{rule.rule_id}|{case}", rule.kind, made, rule.forms)
    for kind in ("final_accounts", "budget"):
        add_filing(engine, f"{kind}|{ABSENT}", kind, [], [])
    yield engine.build()
    engine.close()
