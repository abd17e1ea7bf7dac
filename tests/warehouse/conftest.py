"""One finished build of a tiny lake; tests copy it before they change anything."""

from pathlib import Path

import pytest

from pipelines.lake.files import SourceFile
from pipelines.lake.runs import finish_run, start_run
from pipelines.lake.store import Lake
from pipelines.warehouse.build import BuildResult, build
from tests.lake.facts import Paper

VERSION = "v1"


def a_lake(folder: Path, *papers: Paper) -> tuple[Lake, list[SourceFile]]:
    """A lake that holds the facts of some papers, and their files."""
    lake = Lake(folder / "lake")
    for paper in papers:
        lake.write_facts(paper.facts(), VERSION)
    return lake, [SourceFile(f"{paper.name}.txt", 1, 1, paper.document_id) for paper in papers]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    folder = tmp_path_factory.mktemp("built")
    lake, files = a_lake(folder, Paper("a").form("FA03").amount("expenditure", "1.00"))
    finish_run(lake, start_run(lake), {"files": 1})
    return build(lake, files, folder / "duizhang.duckdb", version=VERSION)
