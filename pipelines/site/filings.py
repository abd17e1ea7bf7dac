"""What a filing's page shows: its forms rebuilt from cells, its told figures, projects and comparisons.

Each piece is one query that gives a filing's JSON; DuckDB writes it. Evidence ids are kept only for figures that stand
in findings, so that a cell can say what is wrong with it. Does not belong here: findings themselves (``findings``).
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.site import scripts
from pipelines.site.warehouse import has

if TYPE_CHECKING:
    import duckdb

_MARKED = "CREATE TEMP TABLE marked AS SELECT DISTINCT id FROM evidence"
_CLAIMS = """
CREATE TEMP TABLE told AS
SELECT claim_id AS id, bool_or(outcome = 'broken') AS wrong, bool_or(outcome IN ('holds', 'rounding')) AS right_
FROM quality.check_part JOIN quality.check USING (check_id)
WHERE claim_id IS NOT NULL AND outcome IN ('broken', 'holds', 'rounding') GROUP BY ALL
"""
_NO_CLAIMS = "CREATE TEMP TABLE told (id VARCHAR, wrong BOOLEAN, right_ BOOLEAN)"
_FORMS = """
WITH cell AS (
    SELECT filing_id, form_id, row_no, column_no, column_label, json_array(row_no, column_no, printed,
        CASE WHEN lag(row_label) OVER same_row = row_label AND lag(row_code) OVER same_row IS NOT DISTINCT FROM row_code
            THEN to_json(0) ELSE to_json(row_label) END,
        CASE WHEN row_code_kind <> 'line' THEN row_code END, marked.id) AS cell
    FROM core.amount JOIN plan USING (filing_id) LEFT JOIN marked ON marked.id = amount_id
    WHERE batch = $batch
    WINDOW same_row AS (PARTITION BY form_id, row_no ORDER BY column_no)
),
headed AS (
    SELECT form_id, to_json(list(json_array(column_no, label) ORDER BY column_no)) AS columns
    FROM (SELECT form_id, column_no, mode(column_label) AS label FROM cell GROUP BY ALL) GROUP BY ALL
),
filled AS (SELECT form_id, to_json(list(cell ORDER BY row_no, column_no)) AS cells FROM cell GROUP BY ALL)
SELECT filing_id, to_json(list({
    'id': form.form_id, 'code': form.form_code, 'title': form.form_title, 'no': form.printed_no, 'unit': form.unit,
    'document': short(form.document_id), 'page': form.page_no, 'present': form.present, 'empty': form.is_empty,
    'note': form.empty_note, 'columns': headed.columns, 'cells': filled.cells
} ORDER BY form.document_id, NOT form.present, form.table_no, form.form_code, form.form_id))
FROM core.form AS form JOIN plan USING (filing_id) LEFT JOIN headed USING (form_id) LEFT JOIN filled USING (form_id)
WHERE batch = $batch GROUP BY filing_id
"""
_WORDS = """
WITH figure AS (
    SELECT filing_id, paragraph_id, to_json(list(json_array(char_start, char_end,
        CASE WHEN told.wrong OR marked.id IS NOT NULL THEN 2 WHEN told.right_ THEN 1 ELSE 0 END, marked.id)
        ORDER BY char_start, char_end, claim_id)) AS figures
    FROM core.claim JOIN plan USING (filing_id)
    LEFT JOIN told ON told.id = claim_id LEFT JOIN marked ON marked.id = claim_id
    WHERE batch = $batch GROUP BY filing_id, paragraph_id
)
SELECT filing_id, to_json(list({
    'text': text, 'section': section, 'page': page_no, 'line': line_no, 'figures': figures
} ORDER BY document_id, page_no, line_no, try_cast(regexp_extract(paragraph_id, '[0-9]+$') AS INTEGER)))
FROM figure JOIN core.paragraph USING (paragraph_id) GROUP BY filing_id
"""
_PROJECTS = """
WITH indicators AS (
    SELECT filing_id, coalesce(project_id, concat('whole-', document_id, '-', table_no)) AS project_id,
        to_json(list(json_array(level1, level2, level3, target, actual, plain(weight),
            coalesce(score_text, plain(score)), marked.id, row_kind)
            ORDER BY page_no, line_no, length(indicator_id), indicator_id)) AS indicators
    FROM core.indicator JOIN plan USING (filing_id) LEFT JOIN marked ON marked.id = indicator_id
    WHERE batch = $batch GROUP BY ALL
),
project AS (
    SELECT filing_id, project_id, project, form_code, form_title, page_no, line_no,
        plain(initial_budget_yuan) AS initial, plain(adjusted_budget_yuan) AS adjusted,
        plain(executed_yuan) AS executed, execution_rate_printed AS rate, plain(score) AS score, grade,
        marked.id AS marked
    FROM core.project JOIN plan USING (filing_id) LEFT JOIN marked ON marked.id = project_id WHERE batch = $batch
)
SELECT filing_id, to_json(list({
    'id': project_id, 'name': project, 'form': form_code, 'title': form_title, 'page': page_no, 'line': line_no,
    'initial': initial, 'adjusted': adjusted, 'executed': executed, 'rate': rate, 'score': score, 'grade': grade,
    'marked': marked, 'indicators': indicators
} ORDER BY page_no, line_no, length(project_id), project_id))
FROM project FULL JOIN indicators USING (filing_id, project_id) GROUP BY filing_id
"""
_YEARS = """
SELECT plan.filing_id, to_json(list({
    'subject': subject_zh, 'subject_en': title_en, 'fund': fund, 'from_stage': from_stage, 'to_stage': to_stage,
    'from_year': from_year, 'to_year': to_year, 'from': plain(from_yuan), 'to': plain(to_yuan),
    'change': plain(change_yuan), 'rate': plain(round(100 * change_rate, 2)), 'basis': basis, 'agrees': agrees
} ORDER BY subject_zh, fund, from_year, to_stage))
FROM mart.year_over_year_best AS change
JOIN core.document AS document ON document.document_id = change.to_document_id
JOIN plan ON plan.filing_id = document.filing_id AND plan.fiscal_year = change.to_year
LEFT JOIN reference.subject AS subject USING (subject)
WHERE change.level = 'headline' AND batch = $batch GROUP BY ALL
"""
_DOCUMENTS = """
SELECT filing_id, to_json(list({
    'id': short(document_id), 'path': source_path, 'format': format, 'pages': page_count, 'status': status,
    'problem': problem, 'reader': reader, 'source': copied.name,
    'marked': short(document_id) || regexp_extract(copy_of.name, '[.][a-z]+$')
} ORDER BY source_path))
FROM core.document JOIN plan USING (filing_id) LEFT JOIN copied USING (document_id)
LEFT JOIN copy_of USING (document_id)
WHERE batch = $batch AND superseded_by IS NULL GROUP BY filing_id
"""
_QUALITY = """
SELECT filing_id, to_json({
    'department': department, 'department_id': department_id, 'region': region_code, 'year': quality.fiscal_year,
    'kind': kind, 'scope': scope, 'evaluated': evaluated, 'holds': holds, 'rounding': rounding, 'broken': broken,
    'not_evaluable': not_evaluable, 'unplaced': unplaced, 'score': plain(score)
})
FROM mart.filing_quality AS quality JOIN plan USING (filing_id) WHERE batch = $batch
"""
_PIECES = {
    "summary": _QUALITY,
    "documents": _DOCUMENTS,
    "forms": _FORMS,
    "words": _WORDS,
    "projects": _PROJECTS,
    "years": _YEARS,
}


def write_filings(connection: "duckdb.DuckDBPyConnection", folder: Path, batches: list[int]) -> None:
    """Write ``data/filings/<part>.js``: everything a filing's page shows but its findings."""
    connection.execute(_MARKED)
    connection.execute(_CLAIMS if has(connection, "quality.check_part", "claim_id") else _NO_CLAIMS)
    for batch in batches:
        _write_batch(connection, folder, batch)


def _write_batch(connection: "duckdb.DuckDBPyConnection", folder: Path, batch: int) -> None:
    order = "SELECT part, filing_id FROM plan WHERE batch = $batch ORDER BY part, filing_id"
    parts: dict[str, list[str]] = {}
    for part, filing in connection.execute(order, {"batch": batch}).fetchall():
        parts.setdefault(part, []).append(filing)
    pieces = {name: dict(connection.execute(query, {"batch": batch}).fetchall()) for name, query in _PIECES.items()}
    for part, filings in parts.items():
        members = (
            (filing, scripts.joined((name, found[filing]) for name, found in pieces.items() if filing in found))
            for filing in filings
        )
        scripts.write_text(folder, f"filings/{part}", scripts.joined(members))
