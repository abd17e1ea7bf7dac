"""Generating the site: everything is written into a new folder, which then takes the place of the old one.

Belongs here: the order of the work, and the pages made from templates. Does not belong here: what is on a page.
"""

import datetime
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines import __version__
from pipelines.site import departments, evidence, filings, findings, overview, pictures, plan, rules, scripts
from pipelines.site.originals import copy_all, originals, read_lines
from pipelines.site.warehouse import opened
from pipelines.site.words import words

if TYPE_CHECKING:
    import duckdb
    from markupsafe import Markup

PAGES = ("index", "explore", "filing", "finding", "department", "rule", "help")
"""The templates, one page each."""
_HERE = Path(__file__).parent
_SITE, _PICTURES = "site", "pictures"


class SiteError(RuntimeError):
    """The site could not be generated; the message says why. What was there before is untouched."""


class SiteReport(msgspec.Struct, frozen=True):
    """What a generation made."""

    folder: Path
    files: int
    size: int
    """Bytes of everything but copies of source files."""
    rendered: int
    """Pages rendered now; the others were there already."""


def build_site(
    raw: Path,
    warehouse: Path,
    *,
    with_pictures: bool = True,
    workers: int = 1,
    report: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> SiteReport:
    """Generate ``<warehouse>/site`` from the published file and the source files below ``raw``.

    Without pictures, pages that were rendered before are still shown.

    Raises:
        SiteError: there is no published warehouse, it lacks tables, or the folder cannot be written.
    """
    import duckdb

    database = warehouse / "duizhang.duckdb"
    if not database.is_file():
        raise SiteError(f"there is no {database} yet; `duizhang load` makes it")
    folder = Path(tempfile.mkdtemp(prefix=".site.", suffix=".tmp", dir=warehouse))
    try:
        folder.chmod(0o755)
        with opened(database, folder) as connection:
            _prepare(connection, raw, folder)
            taken = pictures.take_pictures(
                connection,
                originals(connection, raw) if with_pictures else {},
                warehouse / _PICTURES,
                workers,
                lambda done, total: report("pictures", done, total),
            )
            _write_data(connection, folder)
        _write_pages(folder)
        _link_pictures(warehouse / _PICTURES, folder)
        _swap(folder, warehouse / _SITE)
    except (duckdb.Error, OSError) as error:
        raise SiteError(f"the quality site could not be generated: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _measured(warehouse / _SITE, taken)


def _prepare(connection: "duckdb.DuckDBPyConnection", raw: Path, folder: Path) -> None:
    """The temporary tables that pages are made from."""
    evidence.make_evidence(connection)
    findings.mark_new(connection)
    found = originals(connection, raw)
    copy_all(connection, found, folder)
    read_lines(connection, found)


def _write_data(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    batches = plan.make_plan(connection)
    findings.write_details(connection, folder, batches)
    filings.write_filings(connection, folder, batches)
    departments.write_departments(connection, folder)
    catalogue = rules.rules(connection)
    scripts.write(folder, "rules", catalogue)
    scripts.write(folder, "missing", overview.missing(connection))
    years = findings.write_lists(connection, folder, [rule["id"] for rule in catalogue])
    site: dict[str, Any] = {
        **overview.overview(connection),
        "version": __version__,
        "generated": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC",
        "years": years,
        "digits": plan.write_where(connection, folder),
    }
    scripts.write(folder, "site", site)
    scripts.write(folder, "words", words())


def _write_pages(folder: Path) -> None:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["t"] = _both
    for page in PAGES:
        html = environment.get_template(f"{page}.html").render(page=page)
        (folder / f"{page}.html").write_text(html + "\n", encoding="utf-8")
    shutil.copytree(_HERE / "assets", folder / "assets")


def _both(key: str) -> "Markup":
    """A word in both languages; the style sheet shows the one that is chosen."""
    from markupsafe import Markup

    chinese, english = words()[key]
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(
        chinese, english
    )


def _link_pictures(taken: Path, folder: Path) -> None:
    """Give the site the pictures of pages, without copying them where the disk has links."""
    (folder / "pages").mkdir()
    for picture in taken.glob("*/*.webp"):
        target = folder / "pages" / f"{picture.parent.name}-{picture.name}"
        try:
            os.link(picture, target)
        except OSError:
            shutil.copyfile(picture, target)


def _swap(folder: Path, site: Path) -> None:
    """Put the new folder in the place of the old one."""
    old = folder.with_name(f"{folder.name}.old.tmp")
    if site.exists():
        site.rename(old)
    folder.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _measured(site: Path, rendered: int) -> SiteReport:
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file() and path.parent.name != "sources"]
    return SiteReport(site, len(sizes), sum(sizes), rendered)
