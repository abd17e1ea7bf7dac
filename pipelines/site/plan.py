"""Which data file a filing's details go into: by region and year, and in pieces of bounded size.

A region's year is split into a power of two of pieces by the digest of the filing's id. So where a filing goes depends
on itself and on how much its region published in its year, and a new filing changes one file, not all behind it. Does
not belong here: what the details are (``filings``, ``findings``).
"""

from typing import TYPE_CHECKING

from pipelines.site import scripts

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

_PIECE = 6000
"""Rows that a data file holds, about: a megabyte."""
_BATCH = 400_000
"""Rows whose details are put together at a time: what bounds the memory."""

_PLAN = f"""
CREATE TEMP TABLE plan AS
WITH sized AS (
    SELECT filing_id, fiscal_year, coalesce(region_code, 'none') AS region,
        1 + coalesce(amounts.n, 0) + 3 * coalesce(claims.n, 0) + 3 * coalesce(indicators.n, 0) AS size
    FROM core.filing
    LEFT JOIN (SELECT filing_id, count(*) AS n FROM core.amount GROUP BY ALL) AS amounts USING (filing_id)
    LEFT JOIN (SELECT filing_id, count(*) AS n FROM core.claim GROUP BY ALL) AS claims USING (filing_id)
    LEFT JOIN (SELECT filing_id, count(*) AS n FROM core.indicator GROUP BY ALL) AS indicators USING (filing_id)
),
split AS (
    SELECT region, fiscal_year, sum(sum(size)) OVER (ORDER BY region, fiscal_year) // {_BATCH} AS batch,
        CAST(2 ** greatest(0, ceil(log2(sum(size) / {_PIECE}))) AS INTEGER) AS pieces
    FROM sized GROUP BY region, fiscal_year
)
SELECT filing_id, sized.fiscal_year, CAST(batch AS INTEGER) AS batch, concat_ws('-', sized.region,
    coalesce(CAST(sized.fiscal_year AS VARCHAR), 'none'), md5_number_lower(filing_id) % pieces) AS part
FROM sized JOIN split ON split.region = sized.region AND split.fiscal_year IS NOT DISTINCT FROM sized.fiscal_year
"""
_WHERE = """
SELECT right(id, $digits) AS shard, id, part FROM (
    SELECT finding_id AS id, part FROM quality.finding JOIN plan USING (filing_id)
    UNION ALL SELECT filing_id, part FROM plan
    UNION ALL SELECT department_id, coalesce(max(region_code), 'none') FROM core.filing GROUP BY ALL
) ORDER BY shard, id
"""


def make_plan(connection: "duckdb.DuckDBPyConnection") -> list[int]:
    """Make the temporary table ``plan(filing_id, fiscal_year, part, batch)``; return the batches."""
    connection.execute(_PLAN)
    return [row[0] for row in connection.execute("SELECT DISTINCT batch FROM plan ORDER BY 1").fetchall()]


def write_where(connection: "duckdb.DuckDBPyConnection", folder: "Path") -> int:
    """Write which part each permanent address is in, split by the last digits of ids; return how many digits."""
    count = connection.execute("SELECT count(*) FROM quality.finding").fetchone()
    total = 0 if count is None else int(count[0])
    digits = 0 if total < 2_000 else 1 if total < 32_000 else 2
    shards: dict[str, list[tuple[str, str]]] = {}
    for shard, key, part in connection.execute(_WHERE, {"digits": digits}).fetchall():
        shards.setdefault(shard, []).append((key, part))
    for shard in shards or {"": []}:
        scripts.write(folder, f"where/{shard or 'all'}", dict(shards.get(shard, [])))
    return digits
