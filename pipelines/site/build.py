"""Generating the site: everything is written into a new folder, which then takes the place of the old one.

Belongs here: the order of the work, and the pages made from templates. Does not belong here: what is on a page.
"""

import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipelines import __version__
from pipelines.site import departments, evidence, filings, findings, overview, pictures, plan, reuse, rules, scripts
from pipelines.site.originals import copy_all, originals, read_lines
from pipelines.site.warehouse import opened
from pipelines.site.words import words
from pipelines.warehouse.versions import publication

if TYPE_CHECKING:
    import duckdb
    from markupsafe import Markup

PAGES = ("index", "explore", "filing", "finding", "department", "rule", "help")
"""The templates, one page each."""
_HERE = Path(__file__).parent
_SITE, _PICTURES, _VERSION = "site", "pictures", "version.txt"


class SiteError(RuntimeError):
    """The site could not be generated; the message says why. What was there before is untouched."""


class SiteReport(msgspec.Struct, frozen=True):
    """What a generation made."""

    folder: Path
    files: int
    size: int
    """Bytes of everything but sources and their marked copies."""
    rendered: int
    """Pages rendered now; the others were there already."""


def build_site(
    raw: Path,
    warehouse: Path,
    *,
    with_pictures: bool = True,
    anew: bool = True,
    workers: int = 1,
    report: Callable[[str, int, int], None] | None = None,
) -> SiteReport:
    """Generate ``<warehouse>/site`` from the published file and the source files below ``raw``.

    Without pictures, pages that were rendered before are still shown. Not ``anew``: what a site of the publication
    before says of papers that were not exchanged since is taken over.

    Raises:
        SiteError: there is no published warehouse, it lacks tables, or the folder cannot be written.
    """
    import duckdb

    database = warehouse / "duizhang.duckdb"
    if not database.is_file():
        raise SiteError(f"there is no {database} yet; `duizhang load` makes it")
    before = None if anew else _earlier(warehouse, with_pictures=with_pictures)
    folder = Path(tempfile.mkdtemp(prefix=".site.", suffix=".tmp", dir=warehouse))
    try:
        folder.chmod(0o755)
        with opened(database, folder) as connection:
            _prepare(connection, raw, folder, before)
            taken = pictures.take_pictures(
                connection,
                originals(connection, raw) if with_pictures else {},
                warehouse / _PICTURES,
                workers,
                lambda done, total: report("pictures", done, total) if report else None,
            )
            _link_copies(connection, warehouse / _PICTURES, folder)
            _write_data(connection, folder, before)
            reuse.write_parts(connection, folder, with_pictures=with_pictures)
        (folder / _VERSION).write_text(version(warehouse), encoding="ascii")
        _write_pages(folder)
        _link_pictures(warehouse / _PICTURES, folder)
        _swap(folder, warehouse / _SITE)
    except (duckdb.Error, OSError) as error:
        raise SiteError(f"the quality site could not be generated: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return _measured(warehouse / _SITE, taken)


def version(warehouse: Path) -> str:
    """What the site would be made from: the publication, and the code that makes it."""
    published = publication(warehouse / "duizhang.duckdb")
    code = hashlib.sha256()
    for path in sorted(_HERE.rglob("*")):
        if path.suffix in (".py", ".yaml", ".html", ".js", ".css"):
            code.update(path.read_bytes())
    return f"{published.number if published else 0} {code.hexdigest()[:16]}"


def is_current(warehouse: Path) -> bool:
    """Whether the site is there and was made from what is published now."""
    return _mark(warehouse) == version(warehouse)


def _mark(warehouse: Path) -> str:
    """The version of the site that stands; empty if there is none."""
    mark = warehouse / _SITE / _VERSION
    return mark.read_text(encoding="ascii") if mark.is_file() else ""


def _earlier(warehouse: Path, *, with_pictures: bool) -> reuse.Earlier | None:
    published = publication(warehouse / "duizhang.duckdb")
    site, mark, present = warehouse / _SITE, _mark(warehouse), version(warehouse)
    return reuse.earlier(site, mark, present, published, with_pictures=with_pictures)


def _prepare(connection: "duckdb.DuckDBPyConnection", raw: Path, folder: Path, before: reuse.Earlier | None) -> None:
    """The temporary tables that pages are made from."""
    evidence.make_evidence(connection)
    findings.take_news(connection)
    found = originals(connection, raw)
    copy_all(connection, found, folder, before.folder if before else None)
    read_lines(connection, found)


def _write_data(connection: "duckdb.DuckDBPyConnection", folder: Path, before: reuse.Earlier | None) -> None:
    batches = plan.make_plan(connection)
    if before is not None:
        batches = reuse.take_over(connection, before, folder)
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
    scripts.write(folder, "reviews", {})  # what was said since: only a server knows


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
        reuse.link(picture, folder / "pages" / f"{picture.parent.name}-{picture.name}")


def _link_copies(connection: "duckdb.DuckDBPyConnection", taken: Path, folder: Path) -> None:
    """Give the site the marked copies of sources."""
    (folder / "marked").mkdir()
    for document_id, name in connection.execute("SELECT document_id, name FROM copy_of").fetchall():
        reuse.link(taken / document_id[:16] / name, folder / "marked" / f"{document_id[:16]}{Path(name).suffix}")


def _swap(folder: Path, site: Path) -> None:
    """Put the new folder in the place of the old one."""
    old = folder.with_name(f"{folder.name}.old.tmp")
    if site.exists():
        site.rename(old)
    folder.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _measured(site: Path, rendered: int) -> SiteReport:
    sizes = [
        path.stat().st_size
        for path in site.rglob("*")
        if path.is_file() and path.parent.name not in ("sources", "marked")
    ]
    return SiteReport(site, len(sizes), sum(sizes), rendered)
