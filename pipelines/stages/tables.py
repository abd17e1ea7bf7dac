"""The stages that work on the warehouse as a whole: build, check, publish.

They hand over on disk: a build folder that holds ``fingerprint`` is complete, one that also holds ``checked`` may be
published. What a killed run leaves there is removed by the next build. Does not belong here: single documents.
"""

import shutil
from pathlib import Path

from pipelines.lake.files import Scan
from pipelines.lake.store import LakeError
from pipelines.stages.documents import facts_version
from pipelines.stages.workspace import LoadError, Report, Workspace, silent
from pipelines.warehouse.build import BuildError, build, remove_leftovers
from pipelines.warehouse.fingerprint import build_fingerprint
from pipelines.warehouse.publish import PublishError, publication, publish

_FINGERPRINT, _CHECKED = "fingerprint", "checked"


def build_tables(workspace: Workspace, found: Scan, report: Report = silent) -> bool:
    """Build a new warehouse file beside the published one, unless that one was built from the same.

    Returns:
        Whether there is a new file to check and publish.

    Raises:
        LoadError: a model or one of its tests failed.
    """
    remove_leftovers(workspace.warehouse)
    version = facts_version()
    fingerprint = build_fingerprint(found.files, version)
    published = publication(workspace.database)
    if published is not None and published.fingerprint == fingerprint:
        return False
    report("build", 0, 1)
    try:
        built = build(workspace.lake, found.files, workspace.database, version=version)
    except (BuildError, LakeError) as error:
        raise LoadError(f"the tables could not be built: {error}") from error
    (built.folder / _FINGERPRINT).write_text(fingerprint, encoding="ascii")
    report("build", 1, 1)
    return True


def publish_tables(workspace: Workspace, report: Report = silent) -> bool:
    """Put a new and checked file in the place of the published one.

    Returns:
        Whether there was one.

    Raises:
        LoadError: the new file was not checked, or is not whole.
    """
    folder = new_build(workspace)
    if folder is None:
        return False
    if not (folder / _CHECKED).is_file():
        raise LoadError("the new tables were not checked; run the whole load")
    report("publish", 0, 1)
    try:
        publish(folder / workspace.database.name, workspace.database, (folder / _FINGERPRINT).read_text("ascii"))
    except PublishError as error:
        raise LoadError(str(error)) from error
    shutil.rmtree(folder, ignore_errors=True)
    report("publish", 1, 1)
    return True


def new_build(workspace: Workspace) -> Path | None:
    """The folder of a complete build that is not published yet, if there is one."""
    marks = sorted(workspace.warehouse.glob(f"build-*/{_FINGERPRINT}"), key=lambda mark: mark.stat().st_mtime)
    return marks[-1].parent if marks else None


def mark_checked(folder: Path) -> None:
    """Say that a build may be published."""
    (folder / _CHECKED).touch()
