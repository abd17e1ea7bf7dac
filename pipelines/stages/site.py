"""The stage after publication: the quality site, generated again when what is published, or the site's code, changed.

A site that cannot be generated is a problem that the run tells; the published warehouse is whole without it.
"""

from pipelines.site import SiteError, build_site, is_current
from pipelines.stages.workspace import Report, Workspace, silent


def generate_site(workspace: Workspace, report: Report = silent) -> tuple[str, ...]:
    """Generate ``site/`` beside the published warehouse, unless it is current; return what went wrong, if anything."""
    if is_current(workspace.warehouse):
        return ()
    report("site", 0, 1)
    try:
        build_site(workspace.raw, workspace.warehouse, anew=False, workers=workspace.workers or 1, report=report)
    except SiteError as error:
        return (f"{error}; try `duizhang site`",)
    report("site", 1, 1)
    return ()
