"""Listing pages, articles, sources.yaml and the command."""

from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.defs.folders import Folders
from pipelines.defs.harvest import harvested
from pipelines.harvest import SourcesError
from pipelines.harvest.pages import read_page
from pipelines.harvest.sources import read_sources
from pipelines.warehouse.lock import exclusive
from tests.harvest.conftest import PDF, Field, Site


def page(*links: tuple[str, str], more: str = "", encoding: str = "utf-8") -> bytes:
    anchors = "".join(f'<li><a href="{href}">{words}</a></li>' for href, words in links)
    return f"<html><body><ul>{anchors}</ul>{more}</body></html>".encode(encoding)


def numbered(number: int) -> bytes:
    return PDF.replace(b"numbers", str(number).encode())


def test_listing_pages_are_turned_by_links_and_by_script(field: Field, site: Site) -> None:
    for number in range(5):
        site.serves(f"/{number}.pdf", numbered(number))
    site.serves("/list.html", page(("/0.pdf", "2020年预算"), ("/about.pdf", "关于我们"), ("/p2.html", "下一页")))
    site.serves("/p2.html", page(("/1.pdf", "2021年决算"), ("/list.html", "下一页")))
    script = "<script>createPageHTML(3, {}, 'index', 'html');</script>"
    site.serves("/x/index.html", page(("/2.pdf", "2022年决算"), more=script.format(0)))
    site.serves("/x/index_1.html", page(("/3.pdf", "2023年决算"), more=script.format(1)))
    site.serves("/x/index_2.html", page(("/4.pdf", "2024年预算"), more=script.format(2)))
    field.sources({"pages": [f"{site.url}/list.html", f"{site.url}/x/index.html"]})
    became = field.harvest()
    assert [(each.state, each.path.split("/")[2]) for each in became] == [
        ("new", str(year)) for year in range(2020, 2025)
    ]
    assert "/about.pdf" not in site.asked


def test_articles_are_opened_for_their_attachments(field: Field, site: Site) -> None:
    site.serves("/list.html", page(("/art.html", "青禾市财政局2023年度部门决算公开"), ("/news.html", "新闻")))
    site.serves("/art.html", page(("/P0001.pdf", "附件1")))
    site.serves("/P0001.pdf")
    field.sources({"pages": [f"{site.url}/list.html"]})
    (became,) = field.harvest()
    assert became.path == "青禾市/财政局/2023/青禾市财政局2023年度部门决算公开 附件1.pdf"
    assert "/news.html" not in site.asked


def test_pages_in_gbk_are_read_and_their_queries_sent_in_gbk() -> None:
    data = page(("/d.jsp?f=决算.pdf", "2023年决算"), encoding="gb18030")
    (link,) = read_page(data, "http://x.example/", "下一?页").links
    assert (link.words, link.url) == ("2023年决算", "http://x.example/d.jsp?f=%BE%F6%CB%E3.pdf")


def test_a_listing_without_end_is_left_at_its_limit(field: Field, site: Site) -> None:
    for number in range(9):
        site.serves(f"/{number}.html", page((f"/{number + 1}.html", "下一页")))
    field.sources({"pages": [f"{site.url}/0.html"], "max_pages": 3})
    assert field.harvest() == []
    assert site.files_asked() == ["/0.html", "/1.html", "/2.html"]


def test_one_site_that_is_down_keeps_no_other_from_being_harvested(field: Field, site: Site) -> None:
    site.serves("/down.html", b"", 500)
    site.serves("/a.pdf")
    field.sources(
        {"pages": [f"{site.url}/down.html"]}, {"department": "水利局", "files": [f"{site.url}/a.pdf"], "year": 2023}
    )
    assert [each.state for each in field.harvest()] == ["failed", "new"]
    assert [each.state for each in field.harvest(only="水利")] == ["unchanged"]


def test_a_dry_run_fetches_no_file(field: Field, site: Site) -> None:
    site.serves("/list.html", page(("/a.pdf", "2023年决算")))
    field.sources({"pages": [f"{site.url}/list.html"]})
    assert [(each.state, each.address) for each in field.harvest(dry_run=True)] == [("wanted", f"{site.url}/a.pdf")]
    assert "/a.pdf" not in site.asked
    assert field.files() == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("region: x", "must be a list"),
        ("- region: x", "entry 1: .*department"),
        ("- {region: x, department: y}", "entry 1: .*`pages` or `files`"),
        ("- {region: x, department: y, files: [a], colour: red}", "entry 1: .*colour"),
        ("- {region: x, department: y, files: [a], types: [exe]}", "knows no exe"),
        ("- {region: x, department: y, files: [a], match: '('}", "no regular expression"),
        ("- {region: x, department: y, files: [a], kind: novel}", "must be one of"),
        ("- [", "no YAML"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError, match=message):
        read_sources(tmp_path / "sources.yaml")


def test_the_command_tells_what_became_of_each_address(field: Field, site: Site) -> None:
    field.sources({"files": [site.serves("/a.pdf"), site.serves("/b.pdf", b"")], "year": 2023})
    done = CliRunner().invoke(main, ["harvest", "--raw", str(field.raw)])
    assert done.exit_code == 0, done.output
    assert f"new       青禾市 财政局 · {site.url}/a.pdf · 青禾市/财政局/2023/a.pdf" in done.output
    assert "it is empty" in done.output
    assert done.output.rstrip().endswith("new 1 · refused 1")


def test_the_command_fails_where_a_site_is_down_the_list_is_missing_or_another_harvest_runs(
    field: Field, tmp_path: Path
) -> None:
    run = CliRunner().invoke
    assert run(main, ["harvest", "--raw", str(tmp_path / "nowhere")]).exit_code == 1
    field.sources({"files": ["http://127.0.0.1:9/a.pdf"]})
    with exclusive(field.raw):
        assert run(main, ["harvest", "--raw", str(field.raw)]).exit_code == 4


def test_the_asset_tells_what_it_fetched_and_a_bad_list_keeps_nothing_from_being_loaded(
    field: Field, site: Site, tmp_path: Path
) -> None:
    folders = Folders(raw=str(field.raw), warehouse=str(tmp_path / "warehouse"))

    def metadata() -> dict[str, object]:
        result = dg.materialize([harvested], resources={"folders": folders}, instance=dg.DagsterInstance.ephemeral())
        (event,) = result.get_asset_materialization_events()
        return {name: value.value for name, value in event.materialization.metadata.items()}

    assert metadata() == {"sources": 0}
    field.sources({"files": [site.serves("/a.pdf"), site.serves("/b.pdf", b"")]})
    told = metadata()
    assert (told["new"], told["refused"]) == (1, 1)
    assert "it is empty" in str(told["not_fetched"])
    (field.raw / "sources.yaml").write_text("- [", encoding="utf-8")
    assert "no YAML" in str(metadata()["problem"])
