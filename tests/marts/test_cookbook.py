"""Every query of the cookbook runs on the samples."""

import re
from pathlib import Path

import duckdb

COOKBOOK = Path(__file__).resolve().parents[2] / "docs" / "cookbook.md"


def test_all_queries_run_and_most_find_something(tables: duckdb.DuckDBPyConnection) -> None:
    queries = re.findall(r"```sql\n(.*?)```", COOKBOOK.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) >= 20
    found = [bool(tables.execute(query).fetchall()) for query in queries]
    assert found.count(True) >= 15
