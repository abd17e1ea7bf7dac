"""The stages that work on the warehouse as a whole: build, check, publish.

They hand over on disk: a build folder that holds ``fingerprint`` is complete, one that also holds ``checked`` may be
published. What a killed run leaves there is removed by the next build. Does not belong here: single documents.
"""

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import duckdb

from pipelines.lake.files import Scan
from pipelines.lake.store import LakeError
from pipelines.stages.again import is_build_asked, settle_build
from pipelines.stages.documents import facts_version
from pipelines.stages.notes import note
from pipelines.stages.reviews import review_marks, reviews_of
from pipelines.stages.runs import keep_history, present_run
from pipelines.stages.workspace import LoadError, Report, Workspace, silent
from pipelines.warehouse.build import BuildError, BuildResult, build, remove_leftovers
from pipelines.warehouse.compiled import compiled_models, keep_models, kept_models
from pipelines.warehouse.difference import difference
from pipelines.warehouse.fingerprint import build_basis, build_fingerprint, rules_version
from pipelines.warehouse.incremental import NotIncrementalError, build_incrementally
from pipelines.warehouse.publish import PublishError, publication, publish
from pipelines.warehouse.ranges import outside_ranges
from pipelines.warehouse.touched import kept_touched

_NO_ROOM = os.strerror(errno.ENOSPC)
_FINGERPRINT, _BASIS, _RULES, _CHECKED = "fingerprint", "basis", "rules", "checked"
_OTHER_RULES = (
    "The rules are others than those of what was published before: the numbers of rows of the quality tables "
    "were not held against it, and findings may be new or gone for that reason alone."
)
_MODELS = "models.json"
"""The models as the last full build compiled them, beside the published file."""


def build_tables(workspace: Workspace, found: Scan, report: Report = silent) -> bool:
    """Build a new warehouse file beside the published one, unless that one was built from the same.

    Where only a few papers changed, it is built out of the published one. It is not built again from what somebody went
    back from with ``duizhang rollback``.

    Returns:
        Whether there is a new file to check and publish.

    Raises:
        LoadError: a model or one of its tests failed.
    """
    remove_leftovers(workspace.warehouse)
    version = facts_version()
    documents = {file.document_id for file in found.files}
    read_twice = [document for document in documents if workspace.lake.second_folder(document, version).is_dir()]
    marks = review_marks(reviews_of(workspace))
    fingerprint = build_fingerprint(found.files, version, read_twice, marks)
    published = publication(workspace.database)
    is_known = published is not None and fingerprint in (published.fingerprint, published.rejected)
    if is_known and not is_build_asked(workspace.warehouse):
        return False
    report("build", 0, 1)
    present_run(workspace)
    basis = build_basis(version, marks)
    try:
        built = _build_out_of_published(workspace, found, basis) or _build_in_full(workspace, found, basis)
    except (BuildError, LakeError) as error:
        raise not_built(workspace, error) from error
    mark_built(built.folder, fingerprint, basis)
    report("build", 1, 1)
    return True


def not_built(workspace: Workspace, error: Exception) -> LoadError:
    """What to say of a build that failed."""
    if _NO_ROOM in str(error):
        return LoadError(f"the disk is full: no room for new tables in {workspace.warehouse}")
    return LoadError(f"the tables could not be built: {error}")


def mark_built(folder: Path, fingerprint: str, basis: str) -> None:
    """Say that a build is complete, and what it was made from."""
    (folder / _BASIS).write_text(basis, encoding="ascii")
    (folder / _RULES).write_text(rules_version(), encoding="ascii")
    (folder / _FINGERPRINT).write_text(fingerprint, encoding="ascii")


def _build_in_full(workspace: Workspace, found: Scan, basis: str) -> BuildResult:
    reviews = reviews_of(workspace)
    built = build(
        workspace.lake,
        found.files,
        workspace.database,
        version=facts_version(),
        reviews=reviews,
        resources=workspace.resources,
    )
    keep_models(workspace.warehouse / _MODELS, basis, compiled_models(built.folder))
    return built


def _build_out_of_published(workspace: Workspace, found: Scan, basis: str) -> BuildResult | None:
    """The new file with a few papers exchanged; None where that cannot be or must not be done."""
    published, models = publication(workspace.database), kept_models(workspace.warehouse / _MODELS, basis)
    if workspace.full or is_build_asked(workspace.warehouse):
        return None
    if published is None or published.basis != basis or models is None:
        return None
    reviews, version = reviews_of(workspace), facts_version()
    try:
        return build_incrementally(
            workspace.lake,
            found.files,
            workspace.database,
            models,
            version=version,
            reviews=reviews,
            resources=workspace.resources,
        )
    except NotIncrementalError:
        return None


def publish_tables(workspace: Workspace, report: Report = silent) -> bool:
    """Put a new and checked file in the place of the published one.

    Returns:
        Whether there was one.

    Raises:
        LoadError: the new file was not checked, is not whole, or has far fewer or more rows than the last.
    """
    folder = new_build(workspace)
    if folder is None:
        return False
    if not (folder / _CHECKED).is_file():
        raise LoadError("the new tables were not checked; run the whole load")
    report("publish", 0, 1)
    new = folder / workspace.database.name
    compared = _compare(workspace, new)
    try:
        fingerprint, basis, rules = ((folder / name).read_text("ascii") for name in (_FINGERPRINT, _BASIS, _RULES))
        publish(new, workspace.database, fingerprint, present_run(workspace).publication, basis, rules)
        settle_build(workspace.warehouse)
        keep_history(workspace)
    except PublishError as error:
        raise LoadError(str(error)) from error
    note(workspace, rebuilt=True, **compared)
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


def _compare(workspace: Workspace, new: Path) -> dict[str, Any]:
    """What to note of a new file against the published one; refuses it if rows are missing or too many."""
    if not workspace.database.is_file():
        return {"first": True}
    same_rules = _is_judged_alike(workspace, new)
    outside = [] if workspace.any_size else outside_ranges(new, workspace.database, same_rules=same_rules)
    if outside:
        raise LoadError(
            f"the new tables were not published: {'; '.join(outside)}. They are in {new} until the next load; "
            "if they are right, load with --any-size"
        )
    compared: dict[str, Any] = {} if same_rules else {"remark": _OTHER_RULES}
    try:
        return {**compared, "difference": difference(new, workspace.database, kept_touched(new.parent))}
    except duckdb.Error as error:  # published by a release with other tables
        return {"remark": f"Not comparable with what was published before: {error}"}


def _is_judged_alike(workspace: Workspace, new: Path) -> bool:
    """Whether the new and the published file were judged by the same rules."""
    published = publication(workspace.database)
    return published is not None and published.rules == (new.parent / _RULES).read_text("ascii")
