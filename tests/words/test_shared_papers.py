"""The told comparisons and levels of the real texts beside the repository."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.disclosures.facts import ClaimFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.words import claims_of, paragraphs_of
from pipelines.documents.reading import read_document

PAPERS = {
    "000": Paper("final_accounts", "department", None, 2021),
    "003": Paper("final_accounts", "department", None, 2023),
    "004": Paper("budget", "unit", None, 2023),
}
TRUTH = {
    "收支预算": ("income_grand_total", "all"),
    "一般公共预算收入": ("income", "general_public_budget"),
    "项目支出": ("project_expenditure", "all"),
    "事业运行经费": ("institutional_operating_costs", "fiscal_appropriation"),
}


def claims(shared: Path, number: str) -> tuple[ClaimFact, ...]:
    path = next((shared / "disclosures").glob(f"{number}_*.txt"))
    return claims_of(paragraphs_of(read_document(path, path.name)), PAPERS[number])[0]


def changes(found: tuple[ClaimFact, ...], stage: str) -> dict[tuple[str | None, str | None], ClaimFact]:
    """The yearly changes of one stage by subject and fund."""
    return {
        (claim.subject, claim.fund): claim
        for claim in found
        if claim.figure == "change"
        and claim.value is not None
        and claim.comparison_year != claim.fiscal_year
        and claim.stage == claim.comparison_stage == stage
    }


def test_the_comparisons_of_a_budget_are_the_checked_ones(shared: Path) -> None:
    told = changes(claims(shared, "004"), "initial_budget")
    with (shared / "truth" / "004" / "yoy.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    for row in truth:
        claim = told[TRUTH[row["subject"]]]
        assert claim.value == Decimal(row["change"])
        assert (claim.comparison_year, claim.fiscal_year) == (int(row["from_year"]), int(row["to_year"]))
        assert (claim.comparison_stage, claim.stage) == ("initial_budget", "initial_budget")
    rates = {claim.subject: claim.value for claim in claims(shared, "004") if claim.figure == "growth_rate"}
    assert rates == {"institutional_operating_costs": Decimal("48.83")}


@pytest.mark.parametrize(
    ("number", "subject", "fund", "value"),
    [
        ("000", "income_grand_total", "all", "2136.61"),
        ("000", "expenditure_grand_total", "fiscal_appropriation", "2136.61"),
        ("000", "income", "fiscal_appropriation", "2114.07"),
        ("000", "basic_expenditure", "all", "838.69"),
        ("000", "project_expenditure", "all", "1297.48"),
        ("000", "expenditure", "general_public_budget", "2136.17"),
        ("000", "superior_subsidy_income", "all", "0"),
        ("003", "income_grand_total", "all", "60.35"),
        ("003", "expenditure_grand_total", "fiscal_appropriation", "60.35"),
        ("003", "expenditure", "general_public_budget", "141.4"),
        ("003", "three_public", "fiscal_appropriation", "1.61"),
        ("003", "official_reception", "fiscal_appropriation", "1.61"),
        ("003", "agency_operating_costs", "all", "17.15"),
        ("003", "overseas_travel", "fiscal_appropriation", "0"),
    ],
)
def test_the_comparisons_of_final_accounts(shared: Path, number: str, subject: str, fund: str, value: str) -> None:
    claim = changes(claims(shared, number), "final")[subject, fund]
    year = PAPERS[number].fiscal_year
    assert claim.value == Decimal(value)
    assert (claim.fiscal_year, claim.comparison_year, claim.comparison_stage) == (year, (year or 0) - 1, "final")


def test_split_codes_name_their_items(shared: Path) -> None:
    told = [claim for claim in claims(shared, "003") if (claim.subject or "").startswith("function:2")]
    items = {
        claim.subject: claim.value for claim in told if claim.figure == "amount" and len(claim.subject or "") == 16
    }
    assert len(items) == 14
    assert items["function:2080101"] == Decimal("357.26")
    assert sum(value for value in items.values() if value) == Decimal("958.15")


def test_every_claim_of_every_paper_points_at_its_printed_figure(shared: Path) -> None:
    path = next((shared / "disclosures").glob("003_*.txt"))
    paragraphs = paragraphs_of(read_document(path, path.name))
    texts = {paragraph.paragraph_id: paragraph.text for paragraph in paragraphs}
    for claim in claims_of(paragraphs, PAPERS["003"])[0]:
        printed = texts[claim.paragraph_id][claim.char_start : claim.char_end]
        if claim.unit is not None and claim.value is not None and claim.unit not in {"人", "人次", "册", "条"}:
            assert str(abs(claim.value)) in printed.replace(",", "") or "万" in printed
