"""The overview over several publications of one warehouse: the trend, what is new since the last, what is gone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pipelines import stages
from tests.operations.papers import write_paper
from tests.site.browser import go, looking
from tests.site.conftest import data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nights(warehouse: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' site after two more nights: a paper with a slip in one row, then in another instead."""
    folder = tmp_path_factory.mktemp("nights")
    raw, own = shutil.copytree(samples, folder / "raw"), shutil.copytree(warehouse, folder / "warehouse")
    workspace = stages.Workspace(Path(raw), Path(own), workers=1)
    paper = write_paper(workspace.raw / "a.txt")
    text = paper.read_text("utf-8")
    for number in ("208", "20805"):
        slipped = re.sub(rf"(\n{number}\t[^\t]*)\t12.30\t12.30\t", r"\1\t12.03\t12.30\t", text)
        paper.write_text(slipped, encoding="utf-8")
        stages.load(workspace)
    return workspace.warehouse / "site"


@pytest.fixture
def page(browser: Browser, nights: Path) -> Iterator[Page]:
    with looking(browser, nights.as_uri()) as page:
        yield page


def test_the_trend_has_a_point_and_a_row_for_each_night(page: Page, nights: Path) -> None:
    runs = data(nights, "site")["runs"]
    assert len(runs) == 3
    assert runs[1]["findings_new"] > 0
    assert runs[1]["findings"] == runs[0]["findings"] + runs[1]["findings_new"]
    assert runs[2]["findings_new"] > 0
    assert runs[2]["findings_gone"] > 0
    go(page, (nights / "index.html").as_uri())
    points = page.locator("svg.line circle")
    expect(points).to_have_count(3)
    heights = [float(points.nth(index).get_attribute("cy") or "nan") for index in range(3)]
    assert heights[0] > heights[1], "more findings stand higher"
    page.get_by_text("逐次数字").click()
    rows = page.locator("details[open] tbody tr")
    expect(rows).to_have_count(3)
    newest = rows.first.locator("td").all_inner_texts()
    assert newest[2:] == [str(runs[2][key]) for key in ("findings", "findings_new", "findings_gone")]


def test_what_is_new_since_the_last_run_is_counted_listed_and_can_be_filtered(page: Page, nights: Path) -> None:
    site = data(nights, "site")
    new = site["runs"][-1]["findings_new"]
    assert site["counts"]["new"] == new == len(site["fresh"])
    go(page, (nights / "index.html").as_uri())
    listed = page.locator("main section", has=page.get_by_role("heading", name="新增问题"))
    expect(listed.locator("tbody tr")).to_have_count(new)
    page.locator(".tile a[href*='age=new']").click()
    expect(page.locator("body[data-page=explore][data-ready] #list tbody tr")).to_have_count(new)
    expect(page.locator("#list tbody .badge.new")).to_have_count(new)
    page.select_option("select[data-facet=age]", "")
    expect(page.locator("#list tbody tr")).to_have_count(min(site["counts"]["findings"], 50))
