"""What a run leaves behind in its record: counts of the published warehouse, so that trends outlive each new file."""

from pathlib import Path

_COUNTS = """
SELECT status, count(*) FROM core.document GROUP BY ALL
UNION ALL SELECT 'files', count(*) FROM core.source_file
UNION ALL SELECT 'filings', count(*) FROM core.filing
UNION ALL SELECT 'amounts', count(*) FROM core.amount
UNION ALL SELECT 'claims', count(*) FROM core.claim
UNION ALL SELECT 'unplaced', count(*) FROM core.unplaced
UNION ALL SELECT 'checks_' || outcome, count(*) FROM quality.check GROUP BY ALL
UNION ALL SELECT 'findings', count(*) FROM quality.finding
UNION ALL SELECT 'silent_rules', count(*) FROM quality.coverage_failure
"""


def published_counts(database: Path) -> dict[str, int]:
    """Name → count: documents by status, ``filings``, ``amounts``, ``checks_<outcome>``, ``findings``, …"""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        return dict(connection.execute(_COUNTS).fetchall())
