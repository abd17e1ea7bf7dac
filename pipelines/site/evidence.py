"""The figures each finding rests on, one row a figure, with everything that says where it stands.

Makes the temporary table ``evidence`` that pictures and pages are made from. Does not belong here: drawing
(``pictures``), what pages show of it (``findings``).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_SHAPE = (
    '[{"document_id":"VARCHAR","side":"VARCHAR","sign":"INTEGER","kind":"VARCHAR","id":"VARCHAR",'
    '"printed":"VARCHAR","page_no":"INTEGER","bbox":["DOUBLE"]}]'
)
_EVIDENCE = f"""
CREATE TEMP TABLE evidence AS
WITH listed AS (
    SELECT finding_id, filing_id, from_json(evidence, '{_SHAPE}') AS facts FROM quality.finding
),
one AS (
    SELECT finding_id, filing_id, unnest(facts) AS fact, generate_subscripts(facts, 1) AS position FROM listed
)
SELECT one.finding_id, one.filing_id, one.position, fact.document_id, fact.side, fact.sign, fact.kind, fact.id,
    fact.printed, coalesce(fact.page_no, place.page_no, paragraph.page_no) AS page_no,
    fact.bbox[1] AS x0, fact.bbox[2] AS y0, fact.bbox[3] AS x1, fact.bbox[4] AS y1,
    CASE WHEN document.format = 'text' THEN coalesce(place.line_no, place.row_no, paragraph.line_no) END AS line_no,
    place.form_title, place.row_label, place.column_label, coalesce(place.sentence, paragraph.text) AS sentence,
    amount.form_id, amount.row_no, amount.column_no, document.format,
    second.amount_id IS NOT NULL AS read_twice, second.printed AS second_printed, second.reader AS second_reader
FROM one
LEFT JOIN core.document AS document ON document.document_id = fact.document_id
LEFT JOIN provenance.source AS place ON place.source_id = fact.id
LEFT JOIN core.amount AS amount ON fact.kind = 'amount' AND amount.amount_id = fact.id
LEFT JOIN core.paragraph AS paragraph ON paragraph.paragraph_id = fact.id
LEFT JOIN core.second_reading AS second ON fact.kind = 'amount' AND second.amount_id = fact.id
"""


def make_evidence(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the temporary table ``evidence``, in the order of ``quality.finding.evidence``."""
    connection.execute(_EVIDENCE)
