"""The Dagster definitions: everything in ``pipelines/defs``, found automatically.

``dagster dev -m pipelines.definitions`` (``make dev``) opens them. Loading them imports neither Great Expectations
nor a character recogniser nor dbt: assets import what they run when they run.
"""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs and schedules."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
