"""The stage that asserts over the check rows of a new build, before it may be published.

A break in a disclosure is a result, and a rule that was silent where it should have spoken is told with the results;
an assertion that could not be evaluated is an error, and keeps the build from being published. Does not belong here:
rules and assertions (``data_quality``).
"""

from typing import TYPE_CHECKING

from pipelines.stages.tables import mark_checked, new_build
from pipelines.stages.workspace import LoadError, Report, Workspace, silent

if TYPE_CHECKING:
    from data_quality.asset_checks import FamilyOutcome


def check_rules(workspace: Workspace, report: Report = silent) -> "tuple[FamilyOutcome, ...]":
    """Assert over the new build, if there is one, and mark it as checked; results are kept in ``validation/``.

    Returns:
        The outcome of each rule family in the new build, else in the published warehouse.

    Raises:
        LoadError: an assertion could not be evaluated.
    """
    from data_quality.asset_checks import family_outcomes

    folder = new_build(workspace)
    if folder is None:
        return family_outcomes(workspace.database)
    from data_quality.suites import validate  # Great Expectations takes seconds to import

    report("check", 0, 1)
    database = folder / workspace.database.name
    errors = validate(database, workspace.warehouse / "validation").errors
    if errors:
        raise LoadError("the rules could not be asserted: " + "; ".join(errors))
    mark_checked(folder)
    report("check", 1, 1)
    return family_outcomes(database)
