"""The comparisons of real disclosures against answers checked or recomputed by hand; skipped where these are absent.

``comparisons_by_hand.csv`` holds thirty rows of ``mart.year_over_year``, fifteen of each of two departments, drawn at
random; what they compare was read off the pages by eye, and the year before is recomputed here from what is printed.
"""

import csv
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import run_dbt, write_inputs
from tests.sql.disagreements import disagreements

Connection = duckdb.DuckDBPyConnection
PAPERS = ("000_*.txt", "003_*.txt", "004_*.txt", "real/*江苏*.pdf", "real/*万里*.pdf")
SUBJECTS = {
    "收支预算": [("income_grand_total", "all"), ("expenditure_grand_total", "all")],
    "一般公共预算收入": [("income", "general_public_budget")],
    "项目支出": [("project_expenditure", "all")],
    "事业运行经费": [("institutional_operating_costs", "fiscal_appropriation")],
}
BY_HAND = Path(__file__).with_name("comparisons_by_hand.csv")
KEY = ("subject", "measure", "fund", "from_stage", "to_stage", "from_year", "to_year", "basis")
YUAN = {"元": 1, "万元": 10_000}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("real")
    lake, files = Lake(folder / "lake"), []
    for path in sorted(path for pattern in PAPERS for path in (shared / "disclosures").glob(pattern)):
        facts = understand(read_document(path, path.name))
        lake.write_facts(facts, "v1")
        files.append(SourceFile(path.name, 1, 1, facts.document.document_id))
    write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "real.duckdb", select=("+finding", "+path:models/mart/year_over_year"))
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


def by_hand() -> list[dict[str, str]]:
    with BY_HAND.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def recomputed(row: dict[str, str]) -> tuple[Decimal, Decimal]:
    """Both amounts in yuan, from what the page prints: two amounts, or one and a difference or rate."""
    factor = YUAN[row["unit"]]
    after = Decimal(row["to_printed"].replace(",", "")) * factor
    if row["from_printed"]:
        return Decimal(row["from_printed"].replace(",", "")) * factor, after
    if row["told"].endswith("%"):
        before = after / (1 + Decimal(row["told"].removesuffix("%")) / 100)
        return before.quantize(Decimal("0.01"), ROUND_HALF_UP), after
    return after - Decimal(row["told"]) * factor, after


def test_there_are_thirty_by_hand_of_two_departments() -> None:
    assert [row["department"] for row in by_hand()] == ["江苏"] * 15 + ["万里"] * 15


@pytest.mark.parametrize("row", by_hand(), ids=lambda row: "-".join(row[column] for column in ("department", *KEY)))
def test_a_row_agrees_with_the_figures_read_off_the_page(real: Connection, row: dict[str, str]) -> None:
    where = " and ".join(f"{column} = ?" for column in KEY)
    query = f"select from_yuan, to_yuan, change_yuan from mart.year_over_year where department like ? and {where}"
    found = real.execute(query, [f"%{row['department']}%", *(row[column] for column in KEY)]).fetchall()
    before, after = recomputed(row)
    assert found == [(before, after, after - before)]


def test_told_and_own_figures_that_disagree_are_findings(real: Connection) -> None:
    found = disagreements(real)
    assert {(department[:3], subject) for department, subject, _ in found} == {
        ("江苏省", "reserve_expenditure"),
        *(("上海市", f"function:{code}") for code in ("2012902", "2080506", "2210201")),
    }
    assert all(rules for _, _, rules in found)
