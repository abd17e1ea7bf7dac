"""The generated folder: whole, safe to open, and true to the warehouse."""

import re
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pypdfium2 as pdfium
import pytest

from data_quality.catalogue import rules
from pipelines.site import SiteError, build_site, is_current, plan, scripts
from pipelines.site.build import PAGES
from pipelines.site.originals import Original
from pipelines.site.warehouse import opened
from pipelines.site.words import words
from tests.conftest import REPOSITORY
from tests.site.conftest import data, findings

ASSETS = REPOSITORY / "pipelines" / "site" / "assets"
TEMPLATES = REPOSITORY / "pipelines" / "site" / "templates"


def part(site: Path, kind: str, key: str) -> dict:
    digits = data(site, "site")["digits"]
    where = data(site, "where/" + (key[-digits:] if digits else "all"))
    return findings(site, where[key]) if kind == "findings" else data(site, f"{kind}/{where[key]}")


def test_no_page_has_inline_script_or_style_and_each_has_a_strict_policy(site: Path) -> None:
    for page in PAGES:
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        assert "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'" in html
        assert re.findall(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|javascript:", html) == []
        assert re.findall(r"(?:src|href)=\"(?:https?:)?//", html) == []
        for target in re.findall(r"(?:src|href)=\"([^\"#]+)\"", html):
            assert (site / target).is_file()


def test_scripts_never_parse_text_as_html_or_code() -> None:
    for script in ASSETS.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|fetch\(", text)


def test_every_finding_has_its_details_under_its_permanent_id(site: Path, tables: duckdb.DuckDBPyConnection) -> None:
    found = tables.execute("SELECT finding_id, rule_id, lhs::VARCHAR, filing_id FROM quality.finding").fetchall()
    assert found
    for finding, rule, lhs, filing in found:
        details = part(site, "findings", finding)
        detail = details["findings"][finding]
        assert (detail["rule"], detail["filing"]) == (rule, filing)
        assert float(detail["lhs"]) == float(lhs)
        assert detail["evidence"]
        assert filing in details["filings"]
        assert {fact["document"] for fact in detail["evidence"]} <= set(details["documents"])


def test_lists_hold_every_finding_once(site: Path, tables: duckdb.DuckDBPyConnection) -> None:
    years = data(site, "site")["years"]
    listed = [key for year in years for key in data(site, f"years/{year or 'none'}")["findings"]["id"] or ()]
    known = [row[0] for row in tables.execute("SELECT finding_id FROM quality.finding").fetchall()]
    assert sorted(listed) == sorted(known)


def test_a_filing_holds_every_cell_of_its_forms_with_the_broken_ones_named(
    site: Path, tables: duckdb.DuckDBPyConnection
) -> None:
    filings = tables.execute("SELECT filing_id, count(*) FROM core.amount GROUP BY ALL").fetchall()
    for filing, count in filings:
        forms = part(site, "filings", filing)[filing]["forms"]
        cells = [cell for form in forms for cell in form["cells"] or ()]
        assert len(cells) == count
        details = part(site, "findings", filing)["findings"].values()
        broken = {fact["id"] for detail in details for fact in detail["evidence"] if fact["kind"] == "amount"}
        own = {
            row[0]
            for row in tables.execute("SELECT amount_id FROM core.amount WHERE filing_id = ?", [filing]).fetchall()
        }
        assert {cell[5] for cell in cells if cell[5]} >= broken & own


def test_every_page_with_evidence_has_a_picture_and_boxes_lie_on_it(site: Path) -> None:
    seen = 0
    for script in (site / "data" / "findings").glob("*.js"):
        details = findings(site, script.stem)
        for detail in details["findings"].values():
            for fact in detail["evidence"]:
                pages = details["documents"][fact["document"]]["pages"]
                if fact["page"] and pages:
                    assert (site / "pages" / f"{fact['document']}-{fact['page']}.webp").is_file()
                    width, height = pages[str(fact["page"])]
                    if fact["box"]:
                        x0, y0, x1, y1 = fact["box"]
                        assert 0 <= x0 < x1 <= width + 1
                        assert 0 <= y0 < y1 <= height + 1
                        seen += 1
    assert seen


def test_the_lines_of_a_text_file_stand_around_its_evidence(site: Path) -> None:
    seen = 0
    for script in (site / "data" / "findings").glob("*.js"):
        details = findings(site, script.stem)
        for detail in details["findings"].values():
            for fact in detail["evidence"]:
                if fact["line"] and fact["kind"] == "amount":
                    assert fact["printed"] in details["documents"][fact["document"]]["lines"][str(fact["line"])]
                    seen += 1
    assert seen


def test_pictures_are_taken_once_and_the_old_site_stays_until_the_new_one_is_whole(
    site: Path, own_warehouse: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_current(own_warehouse)
    before = (site / "data" / "site.js").stat().st_mtime_ns
    monkeypatch.setattr("pipelines.site.build._write_pages", lambda folder: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(SiteError, match="disk full"):
        build_site(samples, own_warehouse)
    assert (site / "data" / "site.js").stat().st_mtime_ns == before
    assert list(own_warehouse.glob(".site.*")) == []
    monkeypatch.undo()
    assert build_site(samples, own_warehouse).rendered == 0


def test_without_source_files_the_site_says_less_and_is_still_whole(own_warehouse: Path, tmp_path: Path) -> None:
    (tmp_path / "duizhang.duckdb").symlink_to(own_warehouse / "duizhang.duckdb")
    folder = build_site(tmp_path / "nowhere", tmp_path).folder
    assert (folder / "index.html").is_file()
    assert list((folder / "pages").iterdir()) == []


def test_a_document_that_a_browser_would_run_is_copied_as_text(tmp_path: Path) -> None:
    import hashlib

    data_of = b"<script>alert(1)</script>"
    (tmp_path / "a.HTML").write_bytes(data_of)
    original = Original(tmp_path, hashlib.sha256(data_of).hexdigest(), "a.HTML", "")
    name = original.copy_into(tmp_path / "out")
    assert name is not None
    assert name.endswith(".txt")


@pytest.mark.parametrize("value", ["');alert(1)//", "\\';", "</script><script>", "a\nb\u2028c", '"quoted"'])
def test_nothing_ends_the_string_of_a_data_script(value: str, tmp_path: Path) -> None:
    scripts.write(tmp_path, "hostile", {"name": value})
    assert data(tmp_path, "hostile") == {"name": value}
    assert len((tmp_path / "data" / "hostile.js").read_text(encoding="utf-8").rstrip("\n").splitlines()) >= 1


def test_every_word_is_there_in_both_languages_and_every_key_that_is_asked_for_exists() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in [*ASSETS.glob("*.js"), *TEMPLATES.glob("*.html")])
    asked = set(re.findall(r"\bt\(\"([a-z_]+\.[a-z_0-9]+)\"", text))
    assert asked - set(words()) == set()
    assert [key for key, (chinese, english) in words().items() if bool(chinese) != bool(english)] == []


def test_the_vocabularies_of_the_catalogue_have_words() -> None:
    used = {f"family.{rule.family}" for rule in rules()} | {f"kind.{rule.kind}" for rule in rules()}
    used |= {f"severity.{rule.severity}" for rule in rules()} | {f"tolerance.{rule.tolerance}" for rule in rules()}
    assert used - set(words()) == set()


def test_a_marked_copy_has_numbered_boxes_on_its_pages_and_a_legend_behind_them(
    site: Path, tables: duckdb.DuckDBPyConnection
) -> None:
    found = tables.execute(
        "SELECT DISTINCT document.document_id, page_count "
        "FROM quality.finding AS finding JOIN core.document AS document USING (document_id) "
        "WHERE format = 'pdf' AND contains(finding.evidence, '\"bbox\":[')"
    ).fetchall()
    assert found
    for document_id, pages in found:
        copy = pdfium.PdfDocument(site / "marked" / f"{document_id[:16]}.pdf")
        assert len(copy) > pages
        legend = "".join(copy[index].get_textpage().get_text_range() for index in range(pages, len(copy)))
        assert "1." in legend
        assert any(_is_red(copy[index]) for index in range(pages))


def test_a_marked_copy_of_a_text_has_every_finding_and_says_where_it_stands(
    site: Path, tables: duckdb.DuckDBPyConnection
) -> None:
    found = tables.execute(
        "SELECT document.document_id, count(DISTINCT finding_id) "
        'FROM (SELECT finding_id, unnest(from_json(evidence, \'[{"document_id":"VARCHAR"}]\')) AS fact '
        "FROM quality.finding) JOIN core.document AS document ON document.document_id = fact.document_id "
        "WHERE format = 'text' GROUP BY ALL"
    ).fetchall()
    assert found
    for document_id, findings_of_it in found:
        html = (site / "marked" / f"{document_id[:16]}.html").read_text(encoding="utf-8")
        assert len(re.findall(r'<article id="n\d+">', html)) == findings_of_it
        assert "原文中未能定位" not in html
        assert set(re.findall(r'href="(#[^"]+)"', html)) <= {f"#{each}" for each in re.findall(r' id="([^"]+)"', html)}


def _is_red(page: pdfium.PdfPage) -> bool:
    pixels = np.asarray(page.render(scale=1).to_pil().convert("RGB")).astype(int)
    return bool(((pixels[..., 0] > 180) & (pixels[..., 1] < 90) & (pixels[..., 2] < 90)).any())


def test_a_new_filing_moves_no_other_into_another_data_file(own_warehouse: Path, tmp_path: Path) -> None:
    before = parts_of(own_warehouse / "duizhang.duckdb")
    shutil.copyfile(own_warehouse / "duizhang.duckdb", tmp_path / "more.duckdb")
    with duckdb.connect(str(tmp_path / "more.duckdb")) as tables:
        tables.execute(
            "INSERT INTO core.filing SELECT * REPLACE ('0' || filing_id AS filing_id) FROM core.filing LIMIT 1"
        )
    after = parts_of(tmp_path / "more.duckdb")
    assert len(after) == len(before) + 1
    assert after | before == after


def parts_of(database: Path) -> dict[str, str]:
    with opened(database, database.parent) as tables:
        plan.make_plan(tables)
        return dict(tables.execute("SELECT filing_id, part FROM plan").fetchall())
