"""The quality site: one static folder that shows what is wrong, where, and why; generated from a published warehouse.

It opens from disk or from any web server and asks nothing of anybody: pages are a handful of templates, data are
scripts that register themselves (``data/*.js``), split so that a page loads what it shows. Data come from the published
DuckDB file alone, pictures and lines from the source files.

Belongs here: what the pages show and how it looks. Does not belong here: anything that decides what is right or wrong
(``sql``, ``data_quality``), and the commands (``pipelines.cli_site``).
"""

from pipelines.site.build import SiteError, SiteReport, build_site, is_current

__all__ = ["SiteError", "SiteReport", "build_site", "is_current"]
