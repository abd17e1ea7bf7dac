"""What the READMEs promise: their queries run, their tables, commands and links exist."""

import re
from pathlib import Path

import duckdb
import pytest

from pipelines.cli import main
from tests.conftest import REPOSITORY

READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def queries(name: str) -> list[str]:
    return re.findall(r"```sql\n(.*?)```", text(name), flags=re.DOTALL)


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_query_of_the_readme_gives_rows_on_the_samples(
    name: str, number: int, tables: duckdb.DuckDBPyConnection
) -> None:
    assert tables.execute(queries(name)[number]).fetchall()


@pytest.mark.parametrize("name", READMES)
def test_each_table_the_readme_names_is_published(name: str, tables: duckdb.DuckDBPyConnection) -> None:
    named = set(re.findall(r"`((?:core|mart|quality|reference)\.\w+)`", text(name)))
    published = tables.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables()").fetchall()
    assert named
    assert named <= {table for (table,) in published}


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/architecture.md"])
def test_each_link_and_path_in_the_documentation_leads_somewhere(name: str) -> None:
    page = REPOSITORY / name
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(name))
    assert [link for link in links if not (page.parent / link).exists()] == []
    paths = re.findall(r"`((?:pipelines|sql|data_quality|tests|raw|docs)/[\w./*-]*)`", text(name))
    assert [path for path in paths if not any(REPOSITORY.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_command(name: str) -> None:
    assert [command for command in main.commands if f"`{command}`" not in text(name)] == []


def test_both_readmes_have_the_same_tables_and_commands() -> None:
    english, chinese = (set(re.findall(r"`[a-z.]+`", text(name))) for name in READMES)
    assert english == chinese


def test_make_help_names_every_target() -> None:
    makefile = Path(REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)
    assert phony is not None
    assert set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE)) == set(phony.group(1).split())
