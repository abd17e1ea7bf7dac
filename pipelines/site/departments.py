"""What a department's page shows over the years: its filings with their checks, and its headline figures."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.site import scripts

if TYPE_CHECKING:
    import duckdb

_DEPARTMENTS = """
WITH region AS (
    SELECT department_id, coalesce(max(region_code), 'none') AS region FROM core.filing GROUP BY ALL
),
filing AS (
    SELECT department_id, to_json(list({
        'id': filing_id, 'year': fiscal_year, 'kind': kind, 'scope': scope, 'evaluated': evaluated, 'broken': broken,
        'critical': critical, 'warning': warning, 'info': info, 'score': plain(score)
    } ORDER BY fiscal_year DESC, kind, scope)) AS filings
    FROM mart.filing_quality GROUP BY ALL
),
missing AS (
    SELECT department_id, to_json(list({'year': fiscal_year, 'kind': kind, 'scope': scope, 'status': status}
        ORDER BY fiscal_year DESC, kind)) AS missing
    FROM mart.disclosure_coverage WHERE status = 'missing' GROUP BY ALL
),
figure AS (
    SELECT department_id, to_json(list({
        'subject': figure.subject, 'zh': subject_zh, 'en': subject.title_en, 'fund': fund, 'stage': stage,
        'scope': scope, 'year': fiscal_year, 'yuan': plain(amount_yuan), 'basis': basis, 'agrees': agrees
    } ORDER BY figure.subject, scope, fund, stage, fiscal_year)) AS figures
    FROM mart.figure AS figure LEFT JOIN reference.subject AS subject USING (subject)
    WHERE figure.level = 'headline' AND amount_yuan IS NOT NULL AND figure.subject IN (
        'income_grand_total', 'expenditure_grand_total', 'income', 'expenditure', 'basic_expenditure',
        'project_expenditure', 'three_public'
    ) GROUP BY department_id
),
named AS (
    SELECT department_id, to_json(list(alias ORDER BY alias)) AS aliases FROM reference.department_alias GROUP BY ALL
)
SELECT region, department_id, to_json({
    'name': department.department, 'region': department.region_code, 'aliases': aliases, 'filings': filings,
    'missing': missing, 'figures': figures
})
FROM region JOIN reference.department AS department USING (department_id)
LEFT JOIN filing USING (department_id) LEFT JOIN missing USING (department_id) LEFT JOIN figure USING (department_id)
LEFT JOIN named USING (department_id)
ORDER BY region, department_id
"""
_LIST = """
SELECT to_json(list({
    'id': department_id, 'name': department, 'region': region, 'filings': filings, 'evaluated': evaluated,
    'broken': broken, 'first': first_year, 'last': last_year
} ORDER BY region, department))
FROM (
    SELECT department_id, any_value(department) AS department, max(region_code) AS region, count(*) AS filings,
        sum(evaluated) AS evaluated, sum(broken) AS broken, min(fiscal_year) AS first_year,
        max(fiscal_year) AS last_year
    FROM mart.filing_quality GROUP BY department_id
)
"""


def write_departments(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Write ``data/departments.js``, the list, and ``data/departments/<region>.js``, what their pages show."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for region, department, detail in connection.execute(_DEPARTMENTS).fetchall():
        regions.setdefault(region, []).append((department, detail))
    for region, members in regions.items():
        scripts.write_text(folder, f"departments/{region}", scripts.joined(members))
    listed = connection.execute(_LIST).fetchone()
    scripts.write_text(folder, "departments", listed[0] if listed and listed[0] else "[]")
