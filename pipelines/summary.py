"""What a person reads after a run: counts, reasons, the gravest findings, and where the warehouse is.

Belongs here: queries over the published warehouse and the lines made of them. Does not belong here: how lines and
rows are shown (``console``), and what a run does (``stages``).
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.disclosures.facts import Facts
from pipelines.stages import LoadResult, Workspace

if TYPE_CHECKING:
    import duckdb

TABLES = """
SELECT schema_name AS "schema", table_name AS "table", estimated_size AS "rows", comment
FROM duckdb_tables() WHERE NOT internal ORDER BY ALL
"""
"""The tables there are, with their comments."""

_FINDINGS = """
SELECT f.severity, g.department, g.fiscal_year, g.kind, f.rule_id, r.title_zh, f.scope, f.unit,
    f.lhs::DECIMAL(38, 2) AS lhs, f.rhs::DECIMAL(38, 2) AS rhs, f.difference::DECIMAL(38, 2) AS difference,
    f.message_zh, f.message_en, d.source_path, f.review, f.finding_id,
    count(*) OVER (PARTITION BY coalesce(f.root_id, f.finding_id)) - 1 AS same_root
FROM quality.finding AS f
JOIN core.filing AS g USING (filing_id)
JOIN quality.rule AS r USING (rule_id)
LEFT JOIN core.document AS d ON d.document_id = f.document_id
WHERE ($severity IS NULL OR f.severity = $severity)
    AND ($rule IS NULL OR f.rule_id = $rule)
    AND ($department IS NULL OR contains(g.department, $department))
    AND CASE $review WHEN 'open' THEN f.review IS DISTINCT FROM 'waived'
        WHEN 'none' THEN f.review IS NULL ELSE $review IS NULL OR f.review = $review END
QUALIFY NOT $roots OR coalesce(f.root_id, f.finding_id) = f.finding_id
ORDER BY f.review IS NOT DISTINCT FROM 'waived',
    CASE f.severity WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    abs(f.difference) DESC NULLS LAST, f.finding_id
LIMIT $limit
"""
_GRAVEST = 5


def lines(workspace: Workspace, result: LoadResult) -> Iterator[str]:
    """Say what is in the published warehouse, and what this run did for it, line by line."""
    import duckdb

    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        yield from _documents(connection, result)
        yield from _contents(connection)
        yield from _silent_rules(connection)
        yield from _gravest(connection)
    yield f"warehouse   {workspace.database.resolve()}" + ("" if result.rebuilt else " (unchanged)")


def findings(
    connection: "duckdb.DuckDBPyConnection",
    *,
    severity: str | None = None,
    rule: str | None = None,
    department: str | None = None,
    review: str | None = None,
    limit: int = 50,
    roots: bool = False,
) -> "duckdb.DuckDBPyRelation":
    """The findings, gravest first, with filing and both sides; each condition counts only when it is given.

    ``review`` is a verdict, ``none``, or ``open`` for all but what is waived.
    ``roots`` leaves out what follows from another finding; ``same_root`` counts how many follow from each.
    """
    conditions = {"severity": severity, "rule": rule, "department": department, "review": review}
    return connection.sql(_FINDINGS, params=conditions | {"limit": limit, "roots": roots})


def document_lines(facts: Facts) -> Iterator[str]:
    """Say what one document tells: paper, forms with their amounts, claims, and what was not understood."""
    document = facts.document
    yield f"{document.status}: {document.problem}" if document.problem else document.status
    yield (
        f"paper       {document.kind}, {document.scope or 'scope unknown'}, "
        f"{document.department or 'department unknown'}, {document.fiscal_year or 'year unknown'}"
    )
    yield f"read by     {document.reader} {document.reader_version}, {document.page_count or 'no'} pages"
    amounts = Counter(amount.form_id for amount in facts.amounts)
    for form in facts.forms:
        state = f"{amounts[form.form_id]} amounts in {form.unit or 'an unknown unit'}"
        yield f"form        {form.form_code or '?':5} {form.form_title} · " + (state if form.present else "only listed")
    yield f"claims      {len(facts.claims)}"
    yield f"unplaced    {len(facts.unplaced)}"
    for left in facts.unplaced:
        place = f"page {left.page_no}" if left.page_no else f"line {left.line_no}"
        yield f"  {place}: {left.reason}: {' '.join(left.text.split())[:80]}"


def _documents(connection: "duckdb.DuckDBPyConnection", result: LoadResult) -> Iterator[str]:
    status = dict(connection.execute("SELECT status, count(*) FROM core.document GROUP BY ALL").fetchall())
    counts = " · ".join(f"{name} {status.get(name, 0)}" for name in ("loaded", "partial", "quarantined"))
    yield f"files       seen {result.files} · read now {result.read} · {counts}"
    problems = connection.execute(
        "SELECT status, source_path, problem FROM core.document WHERE problem IS NOT NULL ORDER BY status, source_path"
    )
    for state, path, problem in problems.fetchall():
        yield f"  {state}: {path}: {problem}"
    yield from (f"  passed over: {problem}" for problem in result.problems)


def _contents(connection: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    for label, table in (("filings", "core.filing"), ("amounts", "core.amount"), ("unplaced", "core.unplaced")):
        yield f"{label:11} {_count(connection, table):,}"
    outcomes = connection.execute(
        "SELECT outcome, count(*) FROM quality.check GROUP BY ALL ORDER BY outcome"
    ).fetchall()
    yield "checks      " + (" · ".join(f"{outcome} {count:,}" for outcome, count in outcomes) or "none")


def _silent_rules(connection: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    silent = connection.execute("SELECT rule_id, reason FROM quality.coverage_failure ORDER BY ALL").fetchall()
    if silent:
        yield f"silent      {len(silent)} rules did not speak where their forms are present:"
        yield "  " + " · ".join(f"{rule} {reason}" for rule, reason in silent)


def _gravest(connection: "duckdb.DuckDBPyConnection") -> Iterator[str]:
    total = _count(connection, "quality.finding")
    waived = _count(connection, "quality.finding WHERE review = 'waived'")
    said = f" ({waived:,} of them waived)" if waived else ""
    yield f"findings    {total:,}{said}" + (", the gravest:" if total > waived else "")
    for row in findings(connection, review="open", limit=_GRAVEST, roots=True).fetchall():
        severity, department, year, kind, rule, title, scope, unit, lhs, rhs, difference, *_, path, _, _, same = row
        known = lhs is not None and rhs is not None
        sides = f"{lhs:,} ≠ {rhs:,} {unit} (difference {difference:,})" if known else unit
        more = f" · and {same} more from the same root" if same else ""
        yield f"  {severity} · {department} {year} {kind} · {rule} {title} · {sides} · {path} {scope}{more}"


def _count(connection: "duckdb.DuckDBPyConnection", table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])
