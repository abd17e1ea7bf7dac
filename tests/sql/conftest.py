"""One warehouse of invented papers for all tests of the SQL models."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import run_dbt, write_inputs
from tests.sql.papers import PAPERS


@pytest.fixture(scope="session")
def invented_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("invented")
    lake = Lake(folder / "lake")
    for paper in PAPERS.values():
        lake.write_facts(paper.facts(), "v1")
    files = [SourceFile(path, 1, 1, paper.document_id) for path, paper in sorted(PAPERS.items())]
    write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "duizhang.duckdb")
    return folder / "duizhang.duckdb"


@pytest.fixture
def invented(invented_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the warehouse of the invented papers."""
    with duckdb.connect(str(invented_database), read_only=True) as connection:
        yield connection
