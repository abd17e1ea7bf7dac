"""Take the pictures of ``docs/site/`` again: ``python -m tests.site.screenshots warehouse/site`` (the samples' site).

Each page kind once, at the size of a laptop, with few colours so that the files stay small.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.conftest import REPOSITORY
from tests.site.browser import go, launch

FOLDER = REPOSITORY / "docs" / "site"
_HEIGHT = 1100
_COLOURS = 64


def main(site: Path) -> None:
    """Take all pictures; findings and filings are the first that the list shows."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(viewport={"width": 1180, "height": _HEIGHT}).new_page()
        go(page, (site / "explore.html").as_uri())
        finding = _address(page, "finding.html")
        filing = _address(page, "filing.html")
        for name, address in {"overview": "index.html", "explore": "explore.html", "rules": "rule.html"}.items():
            _take(page, name, (site / address).as_uri())
        _take(page, "finding", finding)
        _take(page, "filing", filing, "td.broken a")
        department = _address(page, "department.html")
        _take(page, "department", department)
        page.emulate_media(color_scheme="dark")
        _take(page, "dark", finding)
        browser.close()


def _address(page: Page, start: str) -> str:
    """The first link to such a page; of findings, the first with boxes on a page."""
    links = [str(link) for link in page.eval_on_selector_all(f"main a[href^='{start}']", "all => all.map(a => a.href)")]
    if start != "finding.html":
        return links[0]
    for link in links:
        other = page.context.new_page()
        go(other, link)
        boxes = other.locator(".mark-box").count()
        other.close()
        if boxes:
            return link
    return links[0]


def _take(page: Page, name: str, address: str, hover: str | None = None) -> None:
    go(page, address)
    if hover and page.locator(hover).count():
        page.locator(hover).first.scroll_into_view_if_needed()
        page.locator(hover).first.focus()
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(_COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
