"""What a run leaves behind in its record: counts of the published warehouse, so that trends outlive each new file."""

from pathlib import Path

from pipelines.warehouse.difference import Difference

_COUNTS = """
SELECT status, count(*) FROM core.document GROUP BY ALL
UNION ALL SELECT 'files', count(*) FROM core.source_file
UNION ALL SELECT 'filings', count(*) FROM core.filing
UNION ALL SELECT 'amounts', count(*) FROM core.amount
UNION ALL SELECT 'claims', count(*) FROM core.claim
UNION ALL SELECT 'unplaced', count(*) FROM core.unplaced
UNION ALL SELECT 'checks_' || outcome, count(*) FROM quality.check GROUP BY ALL
UNION ALL SELECT 'findings', count(*) FROM quality.finding
UNION ALL SELECT 'findings_waived', count(*) FROM quality.finding WHERE review = 'waived'
UNION ALL SELECT 'silent_rules', count(*) FROM quality.coverage_failure
"""


def published_counts(database: Path) -> dict[str, int]:
    """Name → count: documents by status, ``filings``, ``amounts``, ``checks_<outcome>``, ``findings``, …"""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        return dict(connection.execute(_COUNTS).fetchall())


def change_counts(difference: Difference | None) -> dict[str, int]:
    """Name → count: ``files_new``, ``figures_revised``, ``findings_new``, …; empty if nothing was compared."""
    if difference is None:
        return {}
    states = [state for _, state in difference.files]
    return {
        **{f"files_{state}": states.count(state) for state in ("new", "changed", "removed")},
        "documents_superseded": len(difference.superseded),
        "documents_quarantined": len(difference.quarantined),
        "figures_revised": len(difference.revised),
        "findings_new": len(difference.findings_new),
        "findings_gone": len(difference.findings_gone),
    }


def table_changes(difference: Difference | None) -> dict[str, tuple[int, int, int]]:
    """Table → rows added, removed, changed; only those with a difference."""
    tables = difference.tables if difference else []
    return {each.table: (each.added, each.removed, each.changed) for each in tables}
