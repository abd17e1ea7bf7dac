"""Debian's chromium as the tests drive it, and what may never happen on any page."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Request

CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    """A fresh browser with a user directory of its own; the test is skipped where there is none."""
    if not CHROMIUM.is_file():
        pytest.skip("there is no /usr/bin/chromium to look at pages with (apt-get install chromium)")
    return playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)


@contextmanager
def looking(browser: Browser, origin: str, **settings: Any) -> Iterator[Page]:
    """A page; at its end, that it ran without an error and asked for nothing outside of ``origin``."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on(
        "request", lambda request: None if _is_ours(request.url, origin) else wrong.append(f"asked for {request.url}")
    )
    page.on("requestfailed", lambda request: None if _left_behind(request) else wrong.append(f"failed {request.url}"))
    yield page
    context.close()
    assert wrong == [], wrong


def _is_ours(url: str, origin: str) -> bool:
    return url.startswith((origin, f"blob:{origin}", "blob:null/", "about:blank"))


def _left_behind(request: Request) -> bool:
    """Whether the browser dropped the request because the test went on to the next page before it ended."""
    return request.failure == "net::ERR_ABORTED"


def go(page: Page, address: str) -> None:
    """Open an address and wait until the page is drawn."""
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("body[data-ready]", timeout=10_000)
