"""Data Docs open offline, run nothing of what documents say, and lead to the pages of the quality site."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from data_quality.data_docs import offline
from data_quality.suites import validate
from tests.site.browser import launch, looking

_FINDING = "0123456789abcdef0123456789abcdef"
_HOSTILE = f"""<html><head><link href="https://cdn.example/a.css"><script src="https://cdn.example/a.js"></script></head>
<body onload="go()"><i class="fas fa-times text-danger"></i><img src="https://evil.example/x" onerror="go()">
<span class="badge">rule_id == FA01-S01</span> <a href="https://evil.example">x</a><a href="javascript:go()">y</a>
<table class="table-bordered"><tr><td>{_FINDING}, {_FINDING}</td><td onclick="go()"><script>go()</script>名</td></tr>
</table><strong>2 unexpected values found. 40% of 5 total rows.</strong></body></html>"""


def test_a_page_asks_nobody_and_runs_nothing() -> None:
    page = offline(_HOSTILE)
    assert re.findall(r"https?:|<script|\son\w+=|javascript:|<img", page) == []
    assert "default-src 'none'" in page
    assert "assets/bootstrap.min.css" in page


def test_rules_and_broken_checks_are_links_to_the_quality_site() -> None:
    page = offline(_HOSTILE)
    assert 'href="../site/rule.html#id=FA01-S01"' in page
    assert page.count(f'href="../site/finding.html#id={_FINDING}"') == 2
    assert "2 unexpected values found." in page
    assert "total rows" not in page
    assert "不成立" in page


def test_broken_checks_of_a_rule_with_more_than_are_written_out_are_links_too() -> None:
    others = [f"{number:032x}" for number in range(10)]
    page = offline(f'<table class="table-bordered"><tr><td><div>{", ".join(others)}, ...</div></td></tr></table>')
    assert [f'href="../site/finding.html#id={each}"' in page for each in others] == [True] * 10
    assert "…" in page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.mark.slow
def test_data_docs_of_the_samples_open_from_disk(browser: Browser, warehouse: Path, tmp_path: Path) -> None:
    summary = validate(warehouse / "duizhang.duckdb", tmp_path / "validation")
    assert summary.errors == ()
    with looking(browser, tmp_path.as_uri()) as page:
        page.goto((tmp_path / "validation" / "index.html").as_uri())
        suites = page.locator("tbody tr").count()
        told = sum(int(cell.inner_text()) for cell in page.locator("tbody td:nth-child(2)").all())
        assert told == summary.expectations
        for number in range(suites):
            page.goto((tmp_path / "validation" / "index.html").as_uri())
            page.locator("tbody a").nth(number).click()
            assert page.locator("a[href*='rule.html#id=']").count() > 0
            assert page.locator(".status").count() > 1
            assert page.evaluate("getComputedStyle(document.querySelector('table.table')).borderCollapse") == "collapse"
