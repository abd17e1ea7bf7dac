"""What a rule's page shows: the rule in words, its terms, how its checks came out, and where it breaks most."""

from typing import TYPE_CHECKING, Any

from pipelines.site.warehouse import rows

if TYPE_CHECKING:
    import duckdb

_RULES = """
WITH outcomes AS (
    SELECT rule_id, count(*) FILTER (outcome = 'holds') AS holds, count(*) FILTER (outcome = 'rounding') AS rounding,
        count(*) FILTER (outcome = 'broken') AS broken, count(*) FILTER (outcome = 'not_applicable') AS not_applicable,
        count(*) FILTER (outcome = 'not_evaluable') AS not_evaluable
    FROM quality."check" GROUP BY rule_id
)
SELECT rule.rule_id AS id, kind, family, severity, title_zh, title_en, formula, formula_en, basis, basis_en, tolerance,
    how_to_fix_zh, how_to_fix_en, related, forms, since, until, status,
    coalesce(holds, 0) AS holds, coalesce(rounding, 0) AS rounding,
    coalesce(broken, 0) AS broken, coalesce(not_applicable, 0) AS not_applicable,
    coalesce(outcomes.not_evaluable, 0) AS not_evaluable, failure.reason AS silent
FROM quality.rule AS rule LEFT JOIN outcomes USING (rule_id)
LEFT JOIN quality.coverage_failure AS failure USING (rule_id)
ORDER BY rule.rule_id
"""
_PLACES = """
WITH counted AS (
    SELECT rule_id, department_id, any_value(department) AS department, any_value(region_code) AS region,
        count(*) FILTER (outcome = 'broken') AS broken,
        count(*) FILTER (outcome IN ('holds', 'rounding', 'broken')) AS evaluated
    FROM quality."check" JOIN core.filing USING (filing_id) GROUP BY rule_id, department_id
)
SELECT rule_id, department_id, department, region, broken, evaluated FROM counted WHERE broken > 0
QUALIFY row_number() OVER (PARTITION BY rule_id ORDER BY broken DESC, department_id) <= 20
ORDER BY rule_id, broken DESC, department_id
"""
_YEARS = """
SELECT rule_id, fiscal_year AS year, count(*) FILTER (outcome = 'broken') AS broken,
    count(*) FILTER (outcome IN ('holds', 'rounding', 'broken')) AS evaluated
FROM quality."check" JOIN core.filing USING (filing_id) GROUP BY ALL HAVING evaluated > 0 ORDER BY rule_id, year
"""


def rules(connection: "duckdb.DuckDBPyConnection") -> list[dict[str, Any]]:
    """Every rule in order of its id, with its outcomes, the departments it breaks most in, and its years."""
    places, years = _grouped(connection, _PLACES), _grouped(connection, _YEARS)
    return [
        {**rule, "places": places.get(rule["id"], []), "years": years.get(rule["id"], [])}
        for rule in rows(connection, _RULES)
    ]


def _grouped(connection: "duckdb.DuckDBPyConnection", query: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows(connection, query):
        found.setdefault(row.pop("rule_id"), []).append(row)
    return found
