"""On the samples: which rules find something to judge there."""

import duckdb
import pytest

EVALUATED = "outcome IN ('holds', 'rounding', 'broken')"
BEYOND_THE_SAMPLES = "'performance', 'slip', 'dictionary', 'completeness'"
"""Families that need what the samples do not print: indicators, slips, odd codes."""


def test_three_of_four_rules_on_sums_and_words_find_something_to_judge(tables: duckdb.DuckDBPyConnection) -> None:
    query = f"""
        SELECT rule_id, count(checks.check_id) FILTER ({EVALUATED})
        FROM quality.rule LEFT JOIN quality."check" AS checks USING (rule_id)
        WHERE status = 'active' AND family NOT IN ({BEYOND_THE_SAMPLES}) GROUP BY rule_id
    """
    counts = dict(tables.execute(query).fetchall())
    silent = sorted(rule_id for rule_id, evaluated in counts.items() if not evaluated)

    assert len(counts) > 100
    assert len(silent) * 4 <= len(counts), silent


@pytest.mark.parametrize("rule_id", ["PP-Y01", "PP-Y02", "PP-Y03"])
def test_the_papers_of_consecutive_years_hold_against_each_other_but_for_what_was_planted(
    tables: duckdb.DuckDBPyConnection, rule_id: str
) -> None:
    query = f"SELECT outcome, count(*) FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND {EVALUATED} GROUP BY 1"
    counts = dict(tables.execute(query).fetchall())

    assert counts["holds"] > 10
    assert 1 <= counts["broken"] <= 4
