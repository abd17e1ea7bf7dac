"""Reviews as the SQL models read them: the last of each finding, and whether it is in force on the day of the build.

Does not belong here: the file they are kept in (``data_quality.reviews``).
"""

from datetime import date

import polars as pl

from data_quality.reviews import COLUMNS, Reviews

_DAYS = ("reviewed_on", "expires_on")


def review_frame(reviews: Reviews, today: date | None = None) -> pl.DataFrame:
    """One row for each reviewed finding: its last review, ``in_force`` and ``times``, how often it was reviewed."""
    day = today or date.today()
    times = reviews.times()
    rows = [
        (*(getattr(review, name) for name in COLUMNS), review.in_force(day), times[finding])
        for finding, review in reviews.latest().items()
    ]
    kinds = {name: pl.Date() if name in _DAYS else pl.String() for name in COLUMNS}
    return pl.DataFrame(rows, schema={**kinds, "in_force": pl.Boolean(), "times": pl.Int32()}, orient="row")
