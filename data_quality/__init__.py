"""What must hold: the rule catalogue, the Great Expectations suites generated from it, and what Dagster shows of both.

Data flows one way: the catalogue goes into the warehouse build as two Parquet sources, the models under
``sql/models/quality`` evaluate every rule set-based, and the suites here assert over the resulting check rows.

Does not belong here: how a rule is evaluated (``sql``), and what a number means (``pipelines.disclosures``).
"""
