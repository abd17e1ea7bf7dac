"""The figures each finding rests on, one row a figure, with everything that says where it stands.

Makes the temporary table ``evidence`` that pictures and pages are made from. Does not belong here: drawing
(``pictures``), what pages show of it (``findings``).
"""

from typing import TYPE_CHECKING

from pipelines.site.warehouse import has

if TYPE_CHECKING:
    import duckdb

_SHAPE = (
    '[{"document_id":"VARCHAR","side":"VARCHAR","sign":"INTEGER","kind":"VARCHAR","id":"VARCHAR",'
    '"printed":"VARCHAR","page_no":"INTEGER","bbox":["DOUBLE"],"line_no":"INTEGER"}]'
)
_TERMS = f"""
CREATE TEMP TABLE term AS
WITH listed AS (
    SELECT finding_id, filing_id, from_json(evidence, '{_SHAPE}') AS facts FROM quality.finding
)
SELECT finding_id, filing_id, unnest(facts) AS fact, generate_subscripts(facts, 1) AS position FROM listed
"""
_PLACES = """
CREATE TEMP TABLE place AS
WITH wanted AS (SELECT DISTINCT fact.id FROM term)
-- provenance.source has all this of every figure; here each table is asked for the few that are wanted
SELECT amount_id AS id, page_no, CASE WHEN page_no IS NULL THEN row_no END AS line_no, form_title, row_label,
    column_label, NULL AS sentence, form_id, table_no, row_no, column_no, x0, y0, x1, y1
FROM core.amount SEMI JOIN wanted ON amount_id = wanted.id
UNION ALL BY NAME
SELECT claim_id AS id, claim.page_no, claim.line_no, section AS form_title, subject_text AS row_label,
    figure AS column_label, sentence
FROM (FROM core.claim SEMI JOIN wanted ON claim_id = wanted.id) AS claim JOIN core.paragraph USING (paragraph_id)
UNION ALL BY NAME
SELECT paragraph_id AS id, page_no, line_no, text AS sentence
FROM core.paragraph SEMI JOIN wanted ON paragraph_id = wanted.id
UNION ALL BY NAME
SELECT project_amount_id AS id, amount.page_no, amount.line_no, form_title, project AS row_label
FROM (FROM core.project_amount SEMI JOIN wanted ON project_amount_id = wanted.id) AS amount
JOIN core.project USING (project_id)
UNION ALL BY NAME
SELECT project_id AS id, page_no, line_no, form_title, project AS row_label
FROM core.project SEMI JOIN wanted ON project_id = wanted.id
UNION ALL BY NAME
SELECT indicator_id AS id, page_no, line_no, concat_ws('/', level1, level2, level3) AS row_label
FROM core.indicator SEMI JOIN wanted ON indicator_id = wanted.id
"""
_CELLS = """
CREATE TEMP TABLE cell AS
SELECT fact_id AS id, printed, unnest(min({
    'page_no': page_no, 'line_no': line_no, 'x0': x0, 'y0': y0, 'x1': x1, 'y1': y1
}))
FROM core.performance_cell SEMI JOIN term ON fact_id = term.fact.id GROUP BY fact_id, printed
"""
_NO_CELLS = """
CREATE TEMP TABLE cell (id VARCHAR, printed VARCHAR, page_no INTEGER, line_no INTEGER,
    x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE)
"""
_EVIDENCE = """
CREATE TEMP TABLE evidence AS
SELECT term.finding_id, term.filing_id, term.position, fact.document_id, fact.side, fact.sign, fact.kind, fact.id,
    fact.printed, coalesce(cell.page_no, fact.page_no, place.page_no) AS page_no,
    coalesce(fact.bbox[1], cell.x0, place.x0) AS x0, coalesce(fact.bbox[2], cell.y0, place.y0) AS y0,
    coalesce(fact.bbox[3], cell.x1, place.x1) AS x1, coalesce(fact.bbox[4], cell.y1, place.y1) AS y1,
    CASE WHEN document.format = 'text' THEN coalesce(fact.line_no, cell.line_no, place.line_no) END AS line_no,
    fact.kind IN ('project', 'indicator') AND coalesce(fact.line_no, cell.line_no) IS NULL AS somewhere_below,
    place.form_title, place.row_label, place.column_label, place.sentence, place.form_id, place.table_no,
    place.row_no, place.column_no, document.format,
    second.amount_id IS NOT NULL AS read_twice, second.printed AS second_printed, second.reader AS second_reader
FROM term
LEFT JOIN core.document AS document ON document.document_id = fact.document_id
LEFT JOIN place ON place.id = fact.id AND fact.kind <> 'sheet'
LEFT JOIN cell ON cell.id = fact.id AND cell.printed = fact.printed AND fact.bbox IS NULL
LEFT JOIN core.second_reading AS second ON second.amount_id = fact.id
"""


def make_evidence(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the temporary table ``evidence``, in the order of ``quality.finding.evidence``."""
    cells = _CELLS if has(connection, "core.performance_cell") else _NO_CELLS
    for statement in (_TERMS, _PLACES, cells, _EVIDENCE):
        connection.execute(statement)
