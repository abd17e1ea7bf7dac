"""The reviews of findings as a build takes them in: read anew by each stage that needs them, never kept.

Does not belong here: the file itself (``data_quality.reviews``), what a review does (``sql/models/quality``).
"""

from datetime import date

from data_quality import reviews
from pipelines.stages.workspace import Workspace


def reviews_of(workspace: Workspace) -> reviews.Reviews:
    """The reviews that are kept for this workspace, and which rows count for nothing."""
    return reviews.read(workspace.reviews)


def review_marks(found: reviews.Reviews, today: date | None = None) -> tuple[str, ...]:
    """What of the reviews decides what a build holds: every row, and whether it is in force today."""
    day = today or date.today()
    return tuple(f"{review!r} {review.in_force(day)}" for review in found.rows)
