"""One warehouse of invented papers for the tests of the marts."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse.build import run_dbt, write_inputs
from tests.marts.papers import PAPERS


@pytest.fixture(scope="session")
def marts_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marts")
    lake = Lake(folder / "lake")
    for paper in PAPERS:
        lake.write_facts(paper.facts(), "v1")
    files = [SourceFile(paper.name, 1, 1, paper.document_id) for paper in sorted(PAPERS, key=lambda each: each.name)]
    write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "duizhang.duckdb")
    return folder / "duizhang.duckdb"


@pytest.fixture
def marts(marts_database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the warehouse of these papers."""
    with duckdb.connect(str(marts_database), read_only=True) as connection:
        yield connection
