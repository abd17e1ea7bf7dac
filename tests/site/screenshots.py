"""Take the pictures of ``docs/site/`` again: ``python -m tests.site.screenshots warehouse/site`` (the samples' site).

Each page kind once, at the size of a laptop, with few colours so that the files stay small; then dark, on a telephone,
printed, and a marked copy.
"""

import io
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import REPOSITORY
from tests.site.browser import go, launch

FOLDER = REPOSITORY / "docs" / "site"
_HEIGHT = 1100
_TELEPHONE = {"width": 390, "height": 844}
_COLOURS = 128
_MOST = """rows => rows.sort((a, b) => Number(b.cells[3].innerText) - Number(a.cells[3].innerText))[0]
    .querySelector("a[href^='department']").href"""


def main(site: Path) -> None:
    """Take all pictures; findings and filings are the first that the list shows."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(viewport={"width": 1180, "height": _HEIGHT}).new_page()
        _take(page, "overview", (site / "index.html").as_uri(), whole=True)
        _take(page, "explore", (site / "explore.html").as_uri())
        finding, filing = _address(page, "finding.html"), _address(page, "filing.html")
        go(page, finding)
        rule = _address(page, "rule.html#")
        _take(page, "rules", (site / "rule.html").as_uri())
        _take(page, "rule", rule)
        _take(page, "finding", finding)
        _take(page, "filing", filing, "td.broken a")
        go(page, (site / "department.html").as_uri())
        _take(page, "department", str(page.locator("#main tbody tr").evaluate_all(_MOST)))
        page.emulate_media(color_scheme="dark")
        _take(page, "dark", finding)
        page.emulate_media(color_scheme="light")
        _take_marked(page, site)
        _take_printed(page, (site / "explore.html").as_uri())
        _take_mobile(browser, finding)
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


def _take(page: Page, name: str, address: str, hover: str | None = None, *, whole: bool = False) -> None:
    go(page, address)
    if hover and page.locator(hover).count():
        page.locator(hover).first.scroll_into_view_if_needed()
        page.locator(hover).first.focus()
    _keep(name, Image.open(io.BytesIO(page.screenshot(full_page=whole))))


def _take_marked(page: Page, site: Path) -> None:
    """The marked copy of a text that has most findings, at its first mark."""
    copies = sorted((site / "marked").glob("*.html"))
    most = max(copies, key=lambda path: path.read_text(encoding="utf-8").count("<article"))
    page.goto(most.as_uri())
    page.locator("mark").first.evaluate("mark => scrollBy(0, mark.getBoundingClientRect().top - 300)")
    _keep("marked", Image.open(io.BytesIO(page.screenshot())))


def _take_printed(page: Page, address: str) -> None:
    """The first printed page of the list."""
    go(page, address)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "printed.pdf")
        page.pdf(path=path, prefer_css_page_size=True)
        _keep("print", pdfium.PdfDocument(path)[0].render(scale=1.3).to_pil())


def _take_mobile(browser: Browser, address: str) -> None:
    page = browser.new_context(viewport=_TELEPHONE, device_scale_factor=1.5).new_page()
    go(page, address)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    _keep("mobile", picture.crop((0, 0, picture.width, min(picture.height, 4 * picture.width))))


def _keep(name: str, picture: Image.Image) -> None:
    picture.convert("RGB").quantize(_COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
