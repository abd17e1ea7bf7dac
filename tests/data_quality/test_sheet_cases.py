"""Rules on whole performance forms, and reports on them: each holds, breaks and keeps silent when it should."""

from collections.abc import Iterator
from typing import Any

import pytest

from data_quality.catalogue import rules
from tests.data_quality.engine import Engine
from tests.data_quality.place_rows import Case
from tests.data_quality.sheet_cases import CASES

PAIRS = [(rule_id, name) for rule_id, cases in CASES.items() for name in cases]


def _add(engine: Engine, filing: str, case: Case) -> None:
    engine.add("filing", [{"filing_id": filing, "kind": case.kind, "fiscal_year": 2023}])
    engine.add("document", [{"document_id": filing, "filing_id": filing, "format": "text", "status": "loaded"}])
    for table in ("project", "project_amount", "indicator", "paragraph", "claim"):
        given = [dict(row) for name, row in case.rows if name == table]
        engine.add(table, [_row(filing, table, number, row) for number, row in enumerate(given)])


def _row(filing: str, table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A row with its own id; the ids of its project and paragraph begin with the filing."""
    for key in ("project_id", "paragraph_id"):
        if row.get(key):
            row[key] = f"{filing}/{row[key]}"
    own = row["project_id"] if table == "project" else f"{filing}/{number}"
    return {"filing_id": filing, "document_id": filing, **row, f"{table}_id": own}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("sheets"))
    for rule_id, name in PAIRS:
        _add(engine, f"{rule_id}|{name}", CASES[rule_id][name])
    yield engine.build()
    engine.close()


@pytest.mark.parametrize(("rule_id", "name"), PAIRS, ids=[f"{rule_id}-{name}" for rule_id, name in PAIRS])
def test_a_rule_comes_out_as_its_case_says(judged: Engine, rule_id: str, name: str) -> None:
    query = f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND filing_id = '{rule_id}|{name}'"
    found, wanted = {outcome for (outcome,) in judged.rows(query)}, CASES[rule_id][name].outcome

    assert (wanted or "not_applicable") in found
    if wanted != "broken":
        assert "broken" not in found


def test_every_rule_on_whole_sheets_holds_and_breaks() -> None:
    known = {rule.rule_id for rule in rules()}
    outcomes = {rule_id: {case.outcome for case in cases.values()} for rule_id, cases in CASES.items()}

    assert CASES.keys() <= known
    assert [rule_id for rule_id, found in outcomes.items() if not {"holds", "broken"} <= found] == []
