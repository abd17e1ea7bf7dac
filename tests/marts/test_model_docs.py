"""dbt's page of the SQL models: it is made from a file that others read, and opens without a network."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from pipelines.cli import main
from tests.site.browser import launch


@pytest.mark.slow
def test_the_page_of_the_models_opens_from_disk_and_shows_columns_without_a_network(
    tables: duckdb.DuckDBPyConnection, warehouse: Path, tmp_path: Path
) -> None:
    done = CliRunner().invoke(main, ["docs", "--warehouse", str(warehouse), "--to", str(tmp_path)])
    assert done.exit_code == 0, done.output
    page_file = tmp_path / "models.html"
    assert done.output.strip() == str(page_file)
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{page_file.as_uri()}#!/model/model.duizhang.year_over_year")
        page.get_by_text("comparisons of two years of one department").first.wait_for(timeout=30_000)
        shown = page.inner_text("body")
        columns = tables.execute(
            "select column_name from duckdb_columns() where schema_name = 'mart' and table_name = 'year_over_year'"
        ).fetchall()
        assert [name for (name,) in columns if name not in shown] == []
        assert "DECIMAL(20,2)" in shown
    assert [address for address in asked if not address.startswith(("file:", "data:", "blob:"))] == []


def test_without_a_warehouse_there_is_nothing_to_describe(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["docs", "--warehouse", str(tmp_path), "--to", str(tmp_path / "docs")])
    assert done.exit_code == 3
    assert "duizhang load" in done.output
