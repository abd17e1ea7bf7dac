"""The lake's schema is the declaration in ``sql/models/core``, and the facts are the lake's rows."""

import msgspec
import polars as pl
import pytest

from pipelines.disclosures.facts import (
    AmountFact,
    ClaimFact,
    DocumentFact,
    FormFact,
    IndicatorFact,
    ParagraphFact,
    PerformanceCellFact,
    ProjectAmountFact,
    ProjectFact,
    SecondReadingFact,
    UnplacedFact,
)
from pipelines.lake.schema import lake_schemas, polars_type

FACTS: dict[str, type[msgspec.Struct]] = {
    "document": DocumentFact,
    "form": FormFact,
    "paragraph": ParagraphFact,
    "amount": AmountFact,
    "claim": ClaimFact,
    "unplaced": UnplacedFact,
    "project": ProjectFact,
    "project_amount": ProjectAmountFact,
    "indicator": IndicatorFact,
    "performance_cell": PerformanceCellFact,
    "second_reading": SecondReadingFact,
}


@pytest.mark.parametrize("table", FACTS)
def test_fields_of_the_facts_are_the_declared_lake_columns_in_order(table: str) -> None:
    fields = [field.name for field in msgspec.structs.fields(FACTS[table])]
    assert fields == lake_schemas()[table].names()


def test_exactly_the_facts_tables_live_in_the_lake() -> None:
    assert set(lake_schemas()) == set(FACTS)


def test_money_is_an_exact_decimal() -> None:
    amount = lake_schemas()["amount"]
    assert amount["amount_yuan"] == pl.Decimal(20, 2)
    assert amount["quantum_yuan"] == pl.Decimal(24, 8)


def test_a_type_without_counterpart_is_refused() -> None:
    with pytest.raises(ValueError, match="HUGEINT"):
        polars_type("HUGEINT")
