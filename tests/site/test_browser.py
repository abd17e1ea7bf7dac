"""The site in a real browser, opened from disk: each page kind, filters, keyboard, print, and what it must never do."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import openpyxl
import pypdfium2 as pdfium
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipelines.site import build_site
from tests.site.browser import go, looking
from tests.site.hostile import COPIES, FORMULA, HOSTILE, make_hostile

pytestmark = pytest.mark.slow

_WIDTH = """name => new Promise(resolve => {
    const image = new Image();
    image.onload = () => resolve(image.naturalWidth);
    image.onerror = () => resolve(0);
    image.src = name;
})"""


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    with looking(browser, site.as_uri()) as page:
        yield page


@pytest.fixture(scope="module")
def hostile(warehouse: Path, samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(samples, make_hostile(warehouse, tmp_path_factory.mktemp("hostile")), with_pictures=False).folder


@pytest.fixture(scope="module")
def ids(warehouse: Path) -> dict[str, str]:
    """A finding with boxes, one in a text, their filing and department."""
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as tables:
        query = """
            SELECT min(finding_id) FILTER (format = 'pdf' AND contains(finding.evidence, '"bbox":[')),
                min(finding_id) FILTER (format = 'text'),
                min(finding.filing_id) FILTER (format = 'pdf' AND contains(finding.evidence, '"bbox":[')),
                min(department_id), min(rule_id)
            FROM quality.finding AS finding JOIN core.document AS document USING (document_id)
            JOIN core.filing AS filing ON filing.filing_id = finding.filing_id
        """
        row = tables.execute(query).fetchone()
    assert row is not None
    return dict(zip(("boxed", "told", "filing", "department", "rule"), row, strict=True))


def kinds(site: Path, ids: dict[str, str]) -> dict[str, str]:
    """An address of each page kind."""
    return {
        "overview": (site / "index.html").as_uri(),
        "explore": (site / "explore.html").as_uri(),
        "finding": f"{(site / 'finding.html').as_uri()}#id={ids['boxed']}",
        "finding in a text": f"{(site / 'finding.html').as_uri()}#id={ids['told']}",
        "filing": f"{(site / 'filing.html').as_uri()}#id={ids['filing']}",
        "departments": (site / "department.html").as_uri(),
        "department": f"{(site / 'department.html').as_uri()}#id={ids['department']}",
        "rules": (site / "rule.html").as_uri(),
        "rule": f"{(site / 'rule.html').as_uri()}#id={ids['rule']}",
        "help": (site / "help.html").as_uri(),
        "nothing": f"{(site / 'finding.html').as_uri()}#id=0000",
    }


def test_every_page_kind_opens_from_disk_in_both_languages(page: Page, site: Path, ids: dict[str, str]) -> None:
    for kind, address in kinds(site, ids).items():
        go(page, address)
        assert page.locator("h1").count() == 1, kind
        assert "undefined" not in page.inner_text("main"), kind
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
        page.click("#language")
        page.wait_for_selector("body[data-ready]")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        left = re.findall(r"\b[a-z]+\.[a-z_]+\b(?!\.)", page.inner_text("h1"))
        assert left == [], f"{kind} shows the key of a word"
        page.click("#language")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_keeps_people_from_using_a_page(
    browser: Browser, site: Path, ids: dict[str, str], scheme: str
) -> None:
    with looking(browser, site.as_uri(), color_scheme=scheme) as page:
        for kind, address in kinds(site, ids).items():
            go(page, address)
            found = Axe().run(page, options={"preload": False}).response["violations"]
            grave = [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found
                     if each["impact"] in ("serious", "critical")]  # fmt: skip
            assert grave == [], kind


def test_dark_mode_is_dark_and_the_switch_is_remembered(browser: Browser, site: Path) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with looking(browser, site.as_uri(), color_scheme="dark") as page:
        go(page, (site / "index.html").as_uri())
        assert max(map(int, re.findall(r"\d+", page.evaluate(background)))) < 60
        page.click("#theme")
        assert min(map(int, re.findall(r"\d+", page.evaluate(background)))) > 200
        go(page, (site / "explore.html").as_uri())
        assert min(map(int, re.findall(r"\d+", page.evaluate(background)))) > 200


def test_three_clicks_lead_from_the_overview_to_the_boxed_cell(page: Page, site: Path, ids: dict[str, str]) -> None:
    go(page, (site / "index.html").as_uri())
    page.click(".tile.bad a")
    page.wait_for_selector("body[data-page=explore][data-ready] #list table")
    page.click(f"#list a[href*='{ids['boxed']}']")
    page.wait_for_selector(".page-picture .mark-box rect")
    picture = page.locator(".page-picture").first
    box, frame = picture.locator(".mark-box rect").first.bounding_box(), picture.bounding_box()
    assert box is not None
    assert frame is not None
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
    picture_file = picture.locator("image").get_attribute("href")
    assert page.evaluate(_WIDTH, picture_file) > 100


def test_figures_are_numbered_from_the_first_side_on_and_shown_with_their_whole_lines(
    page: Page, site: Path, ids: dict[str, str]
) -> None:
    go(page, f"{(site / 'finding.html').as_uri()}#id={ids['boxed']}")
    numbers = [int(text) for text in page.locator(".side .tag").all_inner_texts()]
    assert numbers == list(range(1, len(numbers) + 1))
    picture = page.locator(".page-picture").first
    left, _, width, _ = (picture.get_attribute("viewBox") or "").split()
    assert (left, width) == ("0", picture.locator("image").get_attribute("width"))


def test_what_a_side_without_figures_says_is_told_in_the_chosen_language(page: Page, site: Path) -> None:
    sides = "duizhang.sides({evidence: [], unit: 'text', lhs_text: '甲|乙 3 项', rhs_text: '只列一次 | printed once'})"
    go(page, (site / "finding.html").as_uri() + "#id=0000")
    told = page.evaluate(f"{sides}[0].textContent")
    assert "甲|乙 3 项" in told
    assert "只列一次" in told
    assert "printed once" not in told
    page.click("#language")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    told = page.evaluate(f"{sides}[0].textContent")
    assert "printed once" in told
    assert "只列一次" not in told


def test_quotients_are_shown_with_four_places_and_money_with_all_it_has(page: Page, site: Path) -> None:
    go(page, (site / "finding.html").as_uri() + "#id=0000")
    shown = {
        ("90.3846153846", "percent"): "90.3846%",
        ("-0.12500000", "percent"): "-0.125%",
        ("1234.56", "percent"): "1,234.56%",
        ("1234567.891234", "yuan"): "1,234,567.891234 元",
    }
    for (text, unit), expected in shown.items():
        assert page.evaluate("([text, unit]) => duizhang.measured(text, unit)", [text, unit]) == expected


def test_filters_narrow_the_list_and_the_address_keeps_them(page: Page, site: Path, warehouse: Path) -> None:
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as tables:
        rule, count = tables.execute(
            "SELECT rule_id, count(*) FROM quality.finding GROUP BY ALL ORDER BY 2, 1"
        ).fetchall()[0]
    go(page, (site / "explore.html").as_uri())
    page.select_option("select[data-facet=rule]", rule)
    expect(page.locator("#list tbody tr")).to_have_count(count)
    expect(page).to_have_url(re.compile(f"rule={rule}"))
    deep = page.url
    go(page, deep)
    expect(page.locator("#list tbody tr")).to_have_count(count)
    expect(page.locator("select[data-facet=rule]")).to_have_value(rule)
    page.fill("#search", "zzzz")
    expect(page.locator("#list tbody tr")).to_have_count(0)
    expect(page).to_have_url(re.compile("q=zzzz"))


def test_everything_works_with_the_keyboard_alone(page: Page, site: Path, ids: dict[str, str]) -> None:
    go(page, (site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    _tab_to(page, "explore.html")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-page=explore][data-ready] #list table")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.key") == "difference":
            break
    page.keyboard.press("Enter")
    expect(page.locator("th:has([data-key=difference])")).to_have_attribute("aria-sort", "descending")
    expect(page.locator("[data-key=difference]")).to_be_focused()
    _tab_to(page, "finding.html")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-page=finding][data-ready]")
    go(page, f"{(site / 'filing.html').as_uri()}#id={ids['filing']}")
    page.locator("td.broken a").first.focus()
    expect(page.locator("#tip")).to_be_visible()
    expect(page.locator(".peer").first).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()


def _tab_to(page: Page, target: str) -> None:
    for _ in range(120):
        page.keyboard.press("Tab")
        if target in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            return
    raise AssertionError(f"the keyboard does not reach {target}")


def test_pointing_at_a_broken_cell_shows_its_sum(page: Page, site: Path, ids: dict[str, str]) -> None:
    go(page, f"{(site / 'filing.html').as_uri()}#id={ids['filing']}")
    cell = page.locator("td.broken a").first
    cell.hover()
    expect(page.locator("#tip")).to_contain_text(cell.inner_text().split()[0])
    expect(page.locator("#tip")).to_contain_text("相差")


def test_printed_to_pdf_a_list_holds_all_rows_of_the_view(browser: Browser, hostile: Path, tmp_path: Path) -> None:
    with looking(browser, hostile.as_uri()) as page:
        go(page, (hostile / "explore.html").as_uri())
        shown = page.locator("#list tbody tr").count()
        total = int(re.sub(r"\D", "", page.inner_text(".count").split("（")[0]))
        assert shown == 50 < total
        page.pdf(path=tmp_path / "view.pdf")
        expect(page.locator("#list tbody tr")).to_have_count(50)
    document = pdfium.PdfDocument(tmp_path / "view.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(re.findall(r"=HYPERLINK", "".join(text.split()))) == total


def test_hostile_names_stay_text(browser: Browser, hostile: Path, ids: dict[str, str]) -> None:
    with looking(browser, hostile.as_uri()) as page:
        for kind, address in kinds(hostile, ids).items():
            go(page, address)
            assert page.evaluate("window.hacked") is None, kind
            assert page.locator("main img, main script").count() == 0, kind
            if kind in ("overview", "explore", "filing", "departments", "department"):
                assert HOSTILE[:20] in page.inner_text("main"), kind


def test_the_view_goes_into_files_that_spreadsheets_open_and_nothing_in_them_is_a_formula(
    browser: Browser, hostile: Path, warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse / "duizhang.duckdb"), read_only=True) as tables:
        (count,) = tables.execute("SELECT count(*) FROM quality.finding").fetchall()[0]
    wanted = count * (COPIES + 1)
    with looking(browser, hostile.as_uri()) as page:
        go(page, (hostile / "explore.html").as_uri())
        with page.expect_download() as saved:
            page.click("#csv")
        rows = list(csv.reader(io.StringIO(saved.value.path().read_text("utf-8-sig"))))
        with page.expect_download() as saved:
            page.click("#xlsx")
        book = openpyxl.load_workbook(io.BytesIO(saved.value.path().read_bytes()))
    assert len(rows) == wanted + 1
    assert all(not re.match(r"[=+@\t\r]|-(?![\d.]+$)", value) for row in rows for value in row)
    sheet = book.active
    assert sheet is not None
    assert sheet.max_row == wanted + 1
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in cells}
    assert any(str(cell.value).startswith(FORMULA) for cell in cells)
    assert any(isinstance(cell.value, int | float) for cell in cells)


def test_pages_fit_a_narrow_screen(browser: Browser, site: Path, ids: dict[str, str]) -> None:
    with looking(browser, site.as_uri(), viewport={"width": 390, "height": 800}) as page:
        for kind, address in kinds(site, ids).items():
            go(page, address)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, kind


def test_a_review_is_given_on_the_page_of_a_served_site(
    browser: Browser, site: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    import threading

    from data_quality import reviews
    from pipelines.site.serve import SiteServer

    server = SiteServer(site, tmp_path / "reviews.csv", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with looking(browser, server.origin) as page:
        go(page, f"{server.origin}/finding.html#id={ids['boxed']}")
        page.select_option("select[name=verdict]", "disputed")
        page.fill("textarea[name=reason]", "表下附注已说明口径")
        page.fill("input[name=reviewer]", "李审")
        page.click(".review-form button")
        expect(page.locator("main")).to_contain_text("表下附注已说明口径")
    server.shutdown()
    server.server_close()
    assert [(row.finding_id, row.verdict) for row in reviews.read(server.reviews).rows] == [(ids["boxed"], "disputed")]


def test_a_marked_copy_of_a_text_is_reached_from_its_finding_and_leads_from_the_legend_to_the_line(
    page: Page, site: Path, ids: dict[str, str], tmp_path: Path
) -> None:
    go(page, f"{(site / 'finding.html').as_uri()}#id={ids['told']}")
    link = page.locator("main a[href^='marked/'][href$='.html']").first
    assert link.get_attribute("download") is not None
    page.goto(link.evaluate("link => link.href"))
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).outlineStyle") == "solid"
    page.locator("#legend .places a").first.click()
    expect(page.locator("mark .tag:target")).to_be_in_viewport()
    page.locator("mark .tag:target").click()
    expect(page.locator("article:target")).to_be_in_viewport()
    entries = page.locator("article").count()
    page.pdf(path=tmp_path / "copy.pdf", prefer_css_page_size=True)
    printed = pdfium.PdfDocument(tmp_path / "copy.pdf")
    text = "".join("".join(each.get_textpage().get_text_range().split()) for each in printed)
    assert len(re.findall(r"\[(?:严重|需解释|形式)\]", text)) >= entries > 0
    assert printed[0].get_width() > printed[0].get_height()


def test_a_site_on_disk_has_no_form(page: Page, site: Path, ids: dict[str, str]) -> None:
    go(page, f"{(site / 'finding.html').as_uri()}#id={ids['boxed']}")
    assert page.locator(".review-form").count() == 0
