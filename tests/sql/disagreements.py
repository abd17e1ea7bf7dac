"""Comparisons whose bases contradict each other, with the rules that found it."""

import duckdb

_QUERY = """
    with compared as (
      select
        department, subject, measure, fund, from_stage, to_stage, from_year, to_year,
        list_concat(list(claim_id), list(from_amount_id), list(to_amount_id)) as sources
      from mart.year_over_year group by all having bool_or(not agrees)
    ),
    cited as (
      select rule_id, unnest(from_json(evidence, '["json"]')) ->> 'id' as source from quality.finding
    )
    select department, subject, coalesce(list(distinct rule_id order by rule_id) filter (rule_id is not null), [])
    from compared left join cited on list_contains(sources, source) group by all order by all
"""


def disagreements(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, list[str]]]:
    """Department, subject, and the rules with a finding that cites a figure compared."""
    return connection.execute(_QUERY).fetchall()
