"""Is this installation sound? Each look is at one thing and says what to do where it is not.

``problem``: a load cannot work, or did not; ``warning``: it works with something less; ``good``. Nothing is changed.
Belongs here: the order. Does not belong here: the looks (``installation``, ``state``).
"""

from pathlib import Path

from pipelines.operations import installation, state
from pipelines.operations.checks import Check
from pipelines.stages.workspace import Workspace


def examine(raw: Path, warehouse: Path) -> list[Check]:
    """All looks in order."""
    place = Workspace(raw, warehouse)
    return [
        *installation.python(),
        *installation.packages(),
        *installation.programs(),
        *state.folders(place),
        *state.lock(place),
        *state.published(place),
        *installation.dagster(),
        *installation.notices(),
    ]
