"""Invented sentences beside invented tables, for the rules about words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.data_quality.cases import Figure
from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import Engine

Claim = Mapping[str, Any]
WAN = Decimal(10_000)


def told(subject: str, printed: str, **given: Any) -> Claim:
    """One figure told in words, in 万元 (or percent for rates): ``printed`` are its digits with the sign of a decrease.

    The subject is the measure, the stage the budget of 2023, the fund general public budget, each figure a sentence of
    the paragraph ``p``, unless given; ``start`` puts it where the digits of another claim stand.
    """
    figure = given.get("figure", "amount")
    money = figure in ("amount", "change")
    value = Decimal(printed)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return {
        "subject": subject, "measure": subject, "figure": figure, "value": value, "unit": "万元" if money else "%",
        "value_yuan": value * WAN if money else None, "quantum_yuan": WAN.scaleb(exponent) if money else None,
        "stage": "initial_budget", "fund": "general_public_budget", "fiscal_year": 2023, "subject_text": subject,
        "direction": ("decrease" if value < 0 else "increase") if figure in ("change", "growth_rate") else None,
        "sentence": f"{subject}一般公共预算{printed.lstrip('-')}", "paragraph": "p", "digits": printed.lstrip("-"),
        "comparison_stage": None, "comparison_year": None,
    } | given  # fmt: skip


def add_words(engine: Engine, filing_id: str, claims: Iterable[Claim]) -> None:
    """Write the claims into paragraphs, in their order, each figure where its digits stand."""
    texts: dict[str, str] = {}
    rows = []
    for number, claim in enumerate(claims):
        paragraph = f"{filing_id}-{claim['paragraph']}"
        start = claim.get("start", len(texts.setdefault(paragraph, "")))
        texts[paragraph] = texts.setdefault(paragraph, "")[:start] + claim["digits"]
        rows.append({
            **claim, "claim_id": f"{filing_id}/c{number}", "filing_id": filing_id, "document_id": filing_id,
            "paragraph_id": paragraph, "char_start": start, "char_end": len(texts[paragraph]), "line_no": number,
        })  # fmt: skip
    engine.add("claim", rows)
    engine.add(
        "paragraph", [{"paragraph_id": key, "document_id": filing_id, "text": text} for key, text in texts.items()]
    )


def judge_words(
    folder: Path,
    claims: Iterable[Claim],
    figures: Iterable[Figure] = (),
    *,
    kind: str = "budget",
    format_: str = "text",
) -> Engine:
    """The engine after one filing ``f`` with these sentences and tables was evaluated."""
    engine = Engine(folder)
    made = list(figures)
    add_filing(engine, "f", kind, made, dict.fromkeys(figure.form for figure in made), format_)
    add_words(engine, "f", claims)
    return engine.build()
