"""After an exchange of papers only what they touch is written anew, and the site is as if all of it were."""

import re
import shutil
from pathlib import Path

import pytest

from pipelines.site import build_site
from pipelines.site.build import _earlier
from pipelines.stages import Workspace
from pipelines.stages import tables as stages
from pipelines.stages.documents import read_new, scan_files, understand_new, understood
from pipelines.warehouse.versions import publication


@pytest.fixture
def exchanged(warehouse: Path, samples: Path, tmp_path: Path) -> Workspace:
    """The warehouse of the samples with its site, and one paper more exchanged since."""
    raw = Path(shutil.copytree(samples, tmp_path / "raw"))
    workspace = Workspace(raw, Path(shutil.copytree(warehouse, tmp_path / "warehouse")))
    build_site(raw, workspace.warehouse, with_pictures=False)
    text = next(samples.glob("高新区人社局/**/*.txt")).read_text(encoding="utf-8")
    (raw / "2020自评.txt").write_text(text.replace("高新区人社局", "青禾市样板区交通局"), encoding="utf-8")
    found = scan_files(workspace)
    read_new(workspace, found)
    understand_new(workspace, found)
    assert stages.build_tables(workspace, understood(workspace, found))
    folder = stages.new_build(workspace)
    assert folder is not None
    stages.mark_checked(folder)
    assert stages.publish_tables(workspace)
    return workspace


def test_a_site_after_an_exchange_is_the_same_as_one_made_anew(exchanged: Workspace, tmp_path: Path) -> None:
    inodes = _inodes(exchanged.warehouse / "site")
    site = build_site(exchanged.raw, exchanged.warehouse, with_pictures=False, anew=False).folder
    taken_over = {name for name, inode in _inodes(site).items() if inodes.get(name) == inode}
    details = {name for name in _inodes(site) if name.startswith(("data/filings/", "data/findings/"))}
    assert taken_over & details
    assert details - taken_over
    kept = Path(shutil.copytree(site, tmp_path / "kept"))
    build_site(exchanged.raw, exchanged.warehouse, with_pictures=False)
    assert _contents(kept) == _contents(site)


def test_only_a_site_of_the_publication_before_with_the_same_pictures_is_taken_over(exchanged: Workspace) -> None:
    note = publication(exchanged.database)
    assert note is not None
    assert note.since == note.number - 1
    assert len(note.departments) > 0
    assert _earlier(exchanged.warehouse, with_pictures=True) is None
    assert _earlier(exchanged.warehouse, with_pictures=False) is not None
    mark = exchanged.warehouse / "site" / "version.txt"
    number, code = mark.read_text(encoding="ascii").split()
    for other in (f"{int(number) - 1} {code}", f"{number} another"):
        mark.write_text(other, encoding="ascii")
        assert _earlier(exchanged.warehouse, with_pictures=False) is None


def _inodes(site: Path) -> dict[str, int]:
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*") if path.is_file()}


def _contents(site: Path) -> dict[str, bytes]:
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    found["data/site.js"] = re.sub(rb'"generated":"[^"]*"', b"", found["data/site.js"])
    return found
