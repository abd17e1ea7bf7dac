"""What Dagster shows of the rules: one outcome a family, with counts. Knows neither Dagster nor Great Expectations.

A break in a disclosure is what the warehouse is for, and never more than a warning. A rule that was silent where its
forms are present is a failure of our own, and blocks publication.
"""

from pathlib import Path

import duckdb
import msgspec

from data_quality.catalogue import FAMILIES

_COUNTS = ("rules", "holds", "rounding", "broken", "not_applicable", "not_evaluable", "silent")
_QUERY = """
WITH outcomes AS (
    SELECT rule_id,
        count(*) FILTER (outcome = 'holds') AS holds,
        count(*) FILTER (outcome = 'rounding') AS rounding,
        count(*) FILTER (outcome = 'broken') AS broken,
        count(*) FILTER (outcome = 'not_applicable') AS not_applicable,
        count(*) FILTER (outcome = 'not_evaluable') AS not_evaluable
    FROM quality."check" GROUP BY rule_id
)
SELECT rule.family, count(*), coalesce(sum(holds), 0), coalesce(sum(rounding), 0), coalesce(sum(broken), 0),
    coalesce(sum(not_applicable), 0), coalesce(sum(outcomes.not_evaluable), 0), count(failure.rule_id)
FROM quality.rule AS rule
LEFT JOIN outcomes USING (rule_id)
LEFT JOIN quality.coverage_failure AS failure USING (rule_id)
WHERE rule.status = 'active'
GROUP BY rule.family
"""


class FamilyOutcome(msgspec.Struct, frozen=True):
    """How the rules of one family came out."""

    family: str
    severity: str
    """``ERROR`` when a rule was silent (blocks publication), else ``WARN``."""
    passed: bool
    """Nothing is broken and no rule was silent."""
    counts: dict[str, int]
    """``rules``, the checks by outcome, and ``silent`` rules."""


def family_outcomes(database: Path) -> tuple[FamilyOutcome, ...]:
    """The outcome of every family, in the order of the catalogue. Raises ``duckdb.Error`` without quality tables."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = {
            row[0]: dict(zip(_COUNTS, map(int, row[1:]), strict=True)) for row in connection.execute(_QUERY).fetchall()
        }
    return tuple(_outcome(family, rows[family]) for family in FAMILIES if family in rows)


def _outcome(family: str, counts: dict[str, int]) -> FamilyOutcome:
    return FamilyOutcome(
        family=family,
        severity="ERROR" if counts["silent"] else "WARN",
        passed=not counts["silent"] and not counts["broken"],
        counts=counts,
    )
