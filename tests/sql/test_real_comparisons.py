"""The comparisons that three real disclosures tell, against checked answers; skipped where these are absent."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import run_dbt, write_inputs

Connection = duckdb.DuckDBPyConnection
TEXTS = ("000_7d799849e772e2e5.txt", "003_0e201cd617051de5.txt", "004_fe784ab243f6b12f.txt")
SUBJECTS = {
    "收支预算": [("income_grand_total", "all"), ("expenditure_grand_total", "all")],
    "一般公共预算收入": [("income", "general_public_budget")],
    "项目支出": [("project_expenditure", "all")],
    "事业运行经费": [("institutional_operating_costs", "fiscal_appropriation")],
}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("real")
    lake, files = Lake(folder / "lake"), []
    for name in TEXTS:
        facts = understand(read_document(shared / "disclosures" / name, name))
        lake.write_facts(facts, "v1")
        files.append(SourceFile(name, 1, 1, facts.document.document_id))
    write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "real.duckdb", select=("+path:models/mart/year_over_year",))
    with duckdb.connect(str(folder / "real.duckdb"), read_only=True) as connection:
        yield connection


def rows(connection: Connection, file: str, where: str) -> list[tuple[Any, ...]]:
    query = f"""select from_year, to_year, from_yuan, to_yuan, agrees from mart.year_over_year
                join core.document on document_id = to_document_id
                where source_path like ? || '%' and {where} order by all"""
    return connection.execute(query, [file]).fetchall()


def test_every_comparison_004_states_comes_out_exactly(real: Connection, shared: Path) -> None:
    with (shared / "truth" / "004" / "yoy.csv").open(encoding="utf-8-sig") as file:
        truth = list(csv.DictReader(file))
    assert {row["subject"] for row in truth} == set(SUBJECTS)
    for row in truth:
        before, after = (Decimal(row[column]) * 10000 for column in ("from_value", "to_value"))
        for subject, fund in SUBJECTS[row["subject"]]:
            where = f"basis = '{row['basis']}' and subject = '{subject}' and fund = '{fund}'"
            found = [values[:4] for values in rows(real, "004", where)]
            assert found == [(int(row["from_year"]), int(row["to_year"]), before, after)], row["subject"]


def test_000_begins_from_nothing_in_2020(real: Connection) -> None:
    where = "subject = 'expenditure_grand_total' and fund = 'all'"
    assert rows(real, "000", where) == [(2020, 2021, Decimal(0), Decimal("21366100"), None)]


def test_003_tells_difference_and_rate_that_agree(real: Connection) -> None:
    where = "subject = 'expenditure' and fund = 'general_public_budget'"
    assert rows(real, "003", where) == [
        (2022, 2023, Decimal("8167500"), Decimal("9581500"), True),
        (2022, 2023, Decimal("8167675.39"), Decimal("9581500"), True),
    ]
