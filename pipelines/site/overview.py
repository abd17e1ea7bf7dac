"""What the first page shows: counts, what breaks, the trend over runs, coverage, the best and the worst.

Does not belong here: details of a filing or a finding; rules and departments have modules of their own.
"""

from typing import TYPE_CHECKING, Any

from pipelines.site.warehouse import has, rows

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

_COUNTS = """
SELECT
    (SELECT count(*) FROM core.filing) AS filings, (SELECT count(*) FROM core.document) AS documents,
    (SELECT count(DISTINCT department_id) FROM core.filing) AS departments,
    (SELECT count(*) FROM core.amount) AS amounts, (SELECT count(*) FROM core.claim) AS claims,
    (SELECT count(*) FROM core.unplaced) AS unplaced,
    count(*) FILTER (outcome = 'holds') AS holds, count(*) FILTER (outcome = 'rounding') AS rounding,
    count(*) FILTER (outcome = 'broken') AS broken, count(*) FILTER (outcome = 'not_applicable') AS not_applicable,
    count(*) FILTER (outcome = 'not_evaluable') AS not_evaluable,
    (SELECT count(*) FROM quality.finding) AS findings,
    (SELECT count(*) FROM quality.finding WHERE coalesce(root_id, finding_id) = finding_id) AS roots,
    (SELECT count(*) FROM said JOIN quality.finding USING (finding_id)) AS reviewed,
    (SELECT count(*) FROM fresh) AS new
FROM quality."check"
"""
_FAMILIES = """
SELECT rule.family, finding.severity, count(*) AS findings
FROM quality.finding AS finding JOIN quality.rule AS rule USING (rule_id) GROUP BY ALL ORDER BY ALL
"""
_CAUSES = "SELECT cause, count(*) AS findings FROM quality.finding GROUP BY ALL ORDER BY ALL"
_YEARS = """
SELECT filing.fiscal_year AS year, filing.kind, count(DISTINCT filing_id) AS filings, sum(evaluated) AS evaluated,
    sum(broken) AS broken
FROM mart.filing_quality AS filing GROUP BY ALL ORDER BY year DESC, kind
"""
_FRESH = """
SELECT finding_id AS id, rule_id AS rule, severity, department, filing.fiscal_year AS year, kind, finding.scope AS place
FROM fresh JOIN quality.finding AS finding USING (finding_id) JOIN core.filing AS filing USING (filing_id)
ORDER BY array_position(['critical', 'warning', 'info'], severity), finding_id LIMIT 10
"""
_GRAVEST = """
SELECT finding_id AS id, rule_id AS rule, finding.severity, department, filing.fiscal_year AS year, kind,
    finding.scope AS place, unit, plain(lhs) AS lhs, plain(rhs) AS rhs, plain(difference) AS difference
FROM quality.finding AS finding JOIN core.filing AS filing USING (filing_id)
WHERE coalesce(root_id, finding_id) = finding_id AND review IS NULL
ORDER BY array_position(['critical', 'warning', 'info'], finding.severity), unit <> 'yuan', abs(difference) DESC,
    finding_id
LIMIT 10
"""
_COVERAGE = """
SELECT fiscal_year AS year, kind, count(*) FILTER (expected) AS expected,
    count(*) FILTER (status = 'published') AS published, count(*) FILTER (status = 'partial') AS partial,
    count(*) FILTER (status = 'missing') AS missing
FROM mart.disclosure_coverage WHERE kind <> 'unknown' GROUP BY ALL ORDER BY year DESC, kind
"""
_MISSING = """
SELECT department_id, department, region_code AS region, scope, fiscal_year AS year, kind, status, filing_id AS filing,
    missing_forms, incomplete_documents
FROM mart.disclosure_coverage WHERE status <> 'published' ORDER BY status, year DESC, region, department, kind
"""
_WORST = """
SELECT filing_id AS filing, department, fiscal_year AS year, kind, plain(score) AS score, critical, warning, info,
    evaluated
FROM mart.filing_quality WHERE score IS NOT NULL AND broken > 0
ORDER BY score, critical DESC, warning DESC, broken DESC, filing_id LIMIT 10
"""
_IMPROVED = """
SELECT filing_id AS filing, department, fiscal_year AS year, kind, plain(score) AS score, plain(before) AS before,
    plain(score - before) AS change
FROM (
    SELECT *, lag(score) OVER same AS before, lag(fiscal_year) OVER same AS year_before
    FROM mart.filing_quality WHERE score IS NOT NULL
    WINDOW same AS (PARTITION BY department_id, scope, kind ORDER BY fiscal_year)
)
WHERE fiscal_year = year_before + 1 AND score > before ORDER BY score - before DESC, filing_id LIMIT 10
"""
_UNREAD = """
SELECT source_path AS path, format, status, problem FROM core.document
WHERE status <> 'loaded' AND superseded_by IS NULL ORDER BY status DESC, path LIMIT 200
"""
_REGIONS = """
WITH used AS (SELECT DISTINCT region_code AS code FROM core.filing WHERE region_code IS NOT NULL),
named AS (
    SELECT code FROM used UNION SELECT left(code, 4) || '00' FROM used UNION SELECT left(code, 2) || '0000' FROM used
)
SELECT region_code AS code, title_zh AS name FROM reference.region JOIN named ON code = region_code ORDER BY code
"""
_WORDS = """
SELECT 'fund' AS what, fund AS code, title_zh AS zh, title_en AS en FROM reference.fund
UNION ALL SELECT 'stage', stage, title_zh, title_en FROM reference.stage
"""

_RUNS = """
SELECT strftime(started_at, '%Y-%m-%d %H:%M') AS started_at, filings, findings, findings_new, findings_gone
FROM quality.run WHERE outcome = 'published' AND findings IS NOT NULL ORDER BY started_at DESC LIMIT 200
"""


def overview(connection: "duckdb.DuckDBPyConnection") -> Row:
    """Everything the first page shows, and what every page needs: regions and words of the field."""
    return {
        "counts": rows(connection, _COUNTS)[0],
        "families": rows(connection, _FAMILIES),
        "causes": rows(connection, _CAUSES),
        "papers": rows(connection, _YEARS),
        "fresh": rows(connection, _FRESH),
        "gravest": rows(connection, _GRAVEST),
        "coverage": rows(connection, _COVERAGE),
        "worst": rows(connection, _WORST),
        "improved": rows(connection, _IMPROVED),
        "unread": rows(connection, _UNREAD),
        "regions": {row["code"]: row["name"] for row in rows(connection, _REGIONS)},
        "terms": {f"{row['what']}.{row['code']}": [row["zh"], row["en"]] for row in rows(connection, _WORDS)},
        "runs": trend(connection),
    }


def missing(connection: "duckdb.DuckDBPyConnection") -> list[Row]:
    """Papers that are expected and not here, or not whole."""
    return rows(connection, _MISSING)


def trend(connection: "duckdb.DuckDBPyConnection") -> list[Row]:
    """The published runs, oldest first, with what they found; none where the warehouse keeps no history."""
    return rows(connection, _RUNS)[::-1] if has(connection, "quality.run") else []
