"""The stage that asserts over the check rows of a new build, before it may be published.

A break in a disclosure is a result; a rule that crashed, or was silent where it should have spoken, is an error and
keeps the build from being published. Does not belong here: rules and assertions (``data_quality``).
"""

from pipelines.stages.tables import mark_checked, new_build
from pipelines.stages.workspace import Report, Workspace, silent


def check_rules(workspace: Workspace, report: Report = silent) -> None:
    """Mark the new build as checked, if there is one."""
    folder = new_build(workspace)
    if folder is not None:
        report("check", 0, 1)
        mark_checked(folder)
        report("check", 1, 1)
