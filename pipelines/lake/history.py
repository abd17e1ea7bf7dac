"""The history of findings: with each publication, which findings came and which went, as files that never change.

    findings/<publication>.parquet      numbers of six digits

Only what is different is kept, so that a year of nights costs little more than its news. Belongs here: the files and
their columns. Does not belong here: what is different (``quality.finding_history`` says it in the build, and the stages
copy it from the published file).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.lake import atomic
from pipelines.lake.store import Lake

EVENT_SCHEMA = pl.Schema(
    {
        "publication": pl.Int32(),
        "run_id": pl.String(),
        "run_at": pl.Datetime("us"),
        "event": pl.String(),
        "finding_id": pl.String(),
        "rule_id": pl.String(),
        "severity": pl.String(),
        "filing_id": pl.String(),
        "department_id": pl.String(),
        "department": pl.String(),
        "fiscal_year": pl.Int32(),
        "kind": pl.String(),
        "message_zh": pl.String(),
        "message_en": pl.String(),
    }
)
"""One row for each finding that ``appeared`` or is ``gone`` with a publication."""


def has_events(lake: Lake, publication: int) -> bool:
    """Say whether the news of a publication are kept."""
    return _path(lake, publication).is_file()


def write_events(lake: Lake, publication: int, events: Iterable[tuple[Any, ...]]) -> None:
    """Keep the news of a publication, rows in the order of the columns; nothing if they are kept already."""
    if not has_events(lake, publication):
        atomic.write_frame(_path(lake, publication), pl.DataFrame(list(events), schema=EVENT_SCHEMA, orient="row"))


def read_events(lake: Lake) -> pl.DataFrame:
    """Return the news of all publications."""
    paths = sorted(_folder(lake).glob("[0-9]*.parquet"))
    return pl.read_parquet(paths, schema=EVENT_SCHEMA) if paths else pl.DataFrame(schema=EVENT_SCHEMA)


def last_publication(lake: Lake) -> int:
    """Return the highest number there are news of; 0 if there are none."""
    return max((int(path.stem) for path in _folder(lake).glob("[0-9]*.parquet")), default=0)


def _folder(lake: Lake) -> Path:
    return lake.folder / "findings"


def _path(lake: Lake, publication: int) -> Path:
    return _folder(lake) / f"{publication:06}.parquet"
