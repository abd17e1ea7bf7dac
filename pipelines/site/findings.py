"""What a finding's page and the list of findings show.

A list for each year holds the columns that are filtered and sorted; the rest is split by region and year, loaded when
somebody opens a finding. DuckDB writes the JSON, because there may be hundreds of thousands. Does not belong here: how
it is shown (``assets/``).
"""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.site import scripts
from pipelines.site.warehouse import has

if TYPE_CHECKING:
    import duckdb

_FACT = (
    "side", "sign", "kind", "id", "printed", "document", "page", "line", "until", "box", "form", "form_id", "row",
    "column", "sentence", "read_twice", "second", "reader",
)  # fmt: skip
"""What the figures of evidence are told in, in this order: names would be most of what is written."""
_EVIDENCE = """
CREATE TEMP TABLE evidence_json AS
SELECT evidence.finding_id, to_json(list(json_array(
    side, sign, evidence.kind, evidence.id, evidence.printed, short(evidence.document_id), evidence.page_no,
    coalesce(traced.first, evidence.line_no), traced.last,
    CASE
        WHEN evidence.x0 IS NOT NULL THEN [evidence.x0, evidence.y0, evidence.x1, evidence.y1]
        WHEN located.x0 IS NOT NULL THEN [located.x0, located.y0, located.x1, located.y1] END,
    form_title, form_id, row_label, column_label, CASE WHEN evidence.kind <> 'amount' THEN sentence END,
    read_twice, second_printed, second_reader
) ORDER BY position)) AS evidence
FROM evidence
LEFT JOIN located ON located.document_id = evidence.document_id AND located.page_no = evidence.page_no
    AND located.id = evidence.id AND located.printed = evidence.printed
LEFT JOIN traced ON somewhere_below AND traced.document_id = evidence.document_id AND traced.line_no = evidence.line_no
    AND traced.kind = evidence.kind AND traced.printed IS NOT DISTINCT FROM evidence.printed
GROUP BY evidence.finding_id
"""
_DETAILS = """
SELECT plan.part, finding.finding_id, to_json({
    'rule': finding.rule_id, 'severity': finding.severity, 'filing': finding.filing_id,
    'document': short(finding.document_id), 'other_filing': checks.other_filing_id, 'scope': finding.scope,
    'unit': finding.unit, 'lhs': plain(finding.lhs), 'rhs': plain(finding.rhs), 'lhs_text': checks.lhs_text,
    'rhs_text': checks.rhs_text, 'difference': plain(finding.difference), 'allowance': plain(checks.allowance),
    'hint': checks.hint, 'cause': finding.cause, 'root': finding.root_id, 'suspect': finding.suspect_id,
    'suggested': plain(finding.suggested_value), 'zh': finding.message_zh, 'en': finding.message_en,
    'review': said.review, 'new': finding.finding_id IN (SELECT finding_id FROM fresh),
    'evidence': evidence_json.evidence
}) AS detail
FROM quality.finding AS finding
JOIN plan USING (filing_id)
JOIN quality."check" AS checks USING (check_id)
LEFT JOIN evidence_json USING (finding_id)
LEFT JOIN said USING (finding_id)
WHERE plan.batch = $batch
ORDER BY part, finding_id
"""
_DOCUMENTS = """
WITH shown AS (SELECT DISTINCT part, document_id FROM evidence JOIN plan USING (filing_id) WHERE batch = $batch),
pages AS (
    SELECT document_id, to_json(map(list(CAST(page_no AS VARCHAR)), list([width, height]))) AS pages
    FROM page GROUP BY ALL
),
lines AS (
    SELECT document_id, to_json(map(list(CAST(line_no AS VARCHAR)), list(text))) AS lines FROM line GROUP BY ALL
)
SELECT shown.part, short(document_id) AS key, to_json({
    'path': document.source_path, 'format': document.format, 'filing': document.filing_id,
    'source': copied.name,
    'marked': short(document_id) || regexp_extract(copy_of.name, '[.][a-z]+$'),
    'pages': pages.pages, 'lines': lines.lines
}) AS detail
FROM shown JOIN core.document AS document USING (document_id)
LEFT JOIN copied USING (document_id) LEFT JOIN copy_of USING (document_id)
LEFT JOIN pages USING (document_id) LEFT JOIN lines USING (document_id)
ORDER BY part, key
"""
_FILINGS = """
SELECT plan.part, filing_id AS key, to_json({
    'department': department, 'department_id': department_id, 'region': region_code, 'year': filing.fiscal_year,
    'kind': kind, 'scope': scope
}) AS detail
FROM core.filing AS filing JOIN plan USING (filing_id) WHERE batch = $batch ORDER BY part, key
"""
_NO_NEWS = "CREATE TEMP TABLE fresh (finding_id VARCHAR)"
_NEWS = """
CREATE TEMP TABLE fresh AS
SELECT finding_id FROM quality.finding_history
WHERE until_publication IS NULL AND from_publication > 1
    AND from_publication = (SELECT max(publication) FROM quality.run)
"""
_NOT_SAID = "CREATE TEMP TABLE said (finding_id VARCHAR, verdict VARCHAR, review JSON)"
_SAID = """
CREATE TEMP TABLE said AS
SELECT finding_id, CASE WHEN in_force THEN verdict ELSE 'expired' END AS verdict, to_json({
    'verdict': CASE WHEN in_force THEN verdict ELSE 'expired' END, 'reason': reason, 'reviewer': reviewer,
    'on': reviewed_on, 'until': expires_on
}) AS review
FROM quality.review
"""
_YEAR = """
WITH filing AS (
    SELECT *, row_number() OVER (ORDER BY department, kind, scope, filing_id) - 1 AS position
    FROM core.filing WHERE fiscal_year IS NOT DISTINCT FROM $year
),
place AS (
    SELECT scope, row_number() OVER (ORDER BY scope) - 1 AS position
    FROM (SELECT DISTINCT finding.scope FROM quality.finding AS finding JOIN filing USING (filing_id))
),
listed AS (
    SELECT finding.*, said.verdict, filing.position AS filing_position, place.position AS place_position,
        array_position($rules, finding.rule_id) - 1 AS rule_position,
        finding.finding_id IN (SELECT finding_id FROM fresh) AS is_new
    FROM quality.finding AS finding JOIN filing USING (filing_id)
    LEFT JOIN place ON place.scope IS NOT DISTINCT FROM finding.scope
    LEFT JOIN said USING (finding_id)
)
SELECT to_json({
    'filings': (SELECT {
        'id': list(filing_id ORDER BY position), 'department': list(department ORDER BY position),
        'department_id': list(department_id ORDER BY position), 'region': list(region_code ORDER BY position),
        'kind': list(kind ORDER BY position), 'scope': list(scope ORDER BY position)
    } FROM filing),
    'places': (SELECT list(scope ORDER BY position) FROM place),
    'findings': (SELECT {
        'id': list(finding_id ORDER BY finding_id), 'filing': list(filing_position ORDER BY finding_id),
        'rule': list(rule_position ORDER BY finding_id), 'cause': list(cause ORDER BY finding_id),
        'unit': list(unit ORDER BY finding_id), 'place': list(place_position ORDER BY finding_id),
        'lhs': list(plain(lhs) ORDER BY finding_id), 'rhs': list(plain(rhs) ORDER BY finding_id),
        'difference': list(plain(difference) ORDER BY finding_id),
        'suggested': list(plain(suggested_value) ORDER BY finding_id),
        'root': list(coalesce(root_id, finding_id) = finding_id ORDER BY finding_id),
        'new': list(is_new ORDER BY finding_id), 'review': list(verdict ORDER BY finding_id)
    } FROM listed)
})
"""


def write_details(connection: "duckdb.DuckDBPyConnection", folder: Path, batches: list[int]) -> None:
    """Write ``data/findings/<part>.js``: findings with their evidence, and the filings and documents they name."""
    connection.execute(_EVIDENCE)
    names = ("fact", msgspec.json.encode(_FACT).decode())
    for batch in batches:
        found = {"findings": _DETAILS, "documents": _DOCUMENTS, "filings": _FILINGS}
        pieces: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for name, query in found.items():
            for part, key, detail in connection.execute(query, {"batch": batch}).fetchall():
                pieces.setdefault(part, {each: [] for each in found})[name].append((key, detail))
        for part, members in pieces.items():
            text = scripts.joined([names, *((name, scripts.joined(items)) for name, items in members.items())])
            scripts.write_text(folder, f"findings/{part}", text)


def take_news(connection: "duckdb.DuckDBPyConnection") -> None:
    """Make the temporary tables ``fresh``, findings that the publication before had not, and ``said``, reviews."""
    connection.execute(_NEWS if has(connection, "quality.finding_history") else _NO_NEWS)
    connection.execute(_SAID if has(connection, "quality.review") else _NOT_SAID)


def write_lists(connection: "duckdb.DuckDBPyConnection", folder: Path, rules: list[str]) -> list[int | None]:
    """Write ``data/years/<year>.js``: every finding of a year in columns; return the years, latest first."""
    found = connection.execute("SELECT DISTINCT fiscal_year FROM core.filing ORDER BY 1 DESC NULLS LAST").fetchall()
    years: list[int | None] = [row[0] for row in found]
    for year in years:
        row = connection.execute(_YEAR, {"year": year, "rules": rules}).fetchone()
        assert row is not None
        scripts.write_text(folder, f"years/{year or 'none'}", row[0])
    return years
