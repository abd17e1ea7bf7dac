"""On the samples: every rule finds something to judge there, and papers of consecutive years agree."""

import duckdb
import pytest

from tests.data_quality.messages import unreadable

EVALUATED = "outcome IN ('holds', 'rounding', 'broken')"


def test_every_active_rule_is_evaluated_on_the_samples(tables: duckdb.DuckDBPyConnection) -> None:
    query = f"""
        SELECT rule_id, count(checks.check_id) FILTER ({EVALUATED})
        FROM quality.rule LEFT JOIN quality."check" AS checks USING (rule_id)
        WHERE status = 'active' GROUP BY rule_id
    """
    counts = dict(tables.execute(query).fetchall())

    assert len(counts) > 250
    assert sorted(rule_id for rule_id, evaluated in counts.items() if not evaluated) == []


@pytest.mark.parametrize("rule_id", ["PP-Y01", "PP-Y02", "PP-Y03"])
def test_the_papers_of_consecutive_years_hold_against_each_other_but_for_what_was_planted(
    tables: duckdb.DuckDBPyConnection, rule_id: str
) -> None:
    query = f"SELECT outcome, count(*) FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND {EVALUATED} GROUP BY 1"
    counts = dict(tables.execute(query).fetchall())

    assert counts["holds"] > 10
    assert 1 <= counts["broken"] <= 4


def test_the_department_with_money_of_every_fund_has_no_break_but_those_planted(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    query = """
        SELECT DISTINCT rule_id, file.source_path LIKE '%2023年度部门决算.docx' FROM quality.finding
        JOIN core.source_file AS file USING (document_id) WHERE file.source_path LIKE '青禾市样板区群众艺术服务局%'
    """
    found = dict(tables.execute(query).fetchall())

    assert {"TX-T21", "TX-T22", "TX-T23"} <= found.keys() <= {"TX-T01", "TX-T21", "TX-T22", "TX-T23", "TX-W06"}
    assert set(found.values()) == {True}


def test_every_message_on_the_samples_reads_well(tables: duckdb.DuckDBPyConnection) -> None:
    messages = tables.execute("SELECT message_zh, message_en FROM quality.finding").fetchall()

    assert messages
    assert unreadable(messages) == []
