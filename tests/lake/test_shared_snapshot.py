"""What a build takes from a shared lake is what it takes from the lake of the documents."""

from pathlib import Path

import polars as pl
import pytest

from pipelines.lake.files import SourceFile
from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.compaction import compact
from pipelines.lake.shared.objects import FolderObjects
from pipelines.lake.shared.parts import FILES, PLACES
from pipelines.lake.shared.snapshot import ALL, partitions_in, write_partitions
from pipelines.lake.snapshot import write_snapshot
from pipelines.lake.store import Lake, LakeError
from tests.lake.facts import Paper

VERSION = "v1"
REGIONS = {"苏州市财政局": "320500", "济南市财政局": "370100", "无名局": None}


def _papers() -> list[Paper]:
    return [
        Paper(f"{department}{year}", year=year, department=department)
        .form("FA03")
        .amount("expenditure", f"{number + 1}.00")
        for number, (department, year) in enumerate((d, y) for d in REGIONS for y in (2022, 2023))
    ]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    for paper in _papers():
        lake.write_facts(paper.facts(), VERSION)
    return lake


@pytest.fixture
def shared(lake: Lake, tmp_path: Path) -> FolderObjects:
    """All papers, of which the first does not count, and the second was found twice, once in an archive."""
    objects = FolderObjects(tmp_path / "o'brien")
    rows = [(each.document_id, each.name, each.department, REGIONS[each.department], each.year) for each in _papers()]
    files = [(file.document_id, file.source_path, file.container_path) for file in _files()]
    compact(
        lake,
        VERSION,
        pl.DataFrame(rows, schema=PLACES, orient="row"),
        objects,
        aside={_papers()[0].document_id},
        files=pl.DataFrame(files, schema=FILES, orient="row"),
    )
    return objects


def _files() -> list[SourceFile]:
    files = [SourceFile(f"{paper.name}.txt", 1, 1, paper.document_id) for paper in _papers()]
    return [*files, SourceFile("b.zip", 1, 1, files[1].document_id, "inside.txt")]


def _inputs(folder: Path) -> dict[str, pl.DataFrame]:
    frames = {name: pl.read_parquet(folder / f"{name}.parquet") for name in (*lake_schemas(), "source_file")}
    return {name: frame.sort(frame.columns) for name, frame in frames.items()}


def test_all_partitions_give_the_inputs_of_the_documents_own_lake(
    lake: Lake, shared: FolderObjects, tmp_path: Path
) -> None:
    own, other = tmp_path / "own", tmp_path / "it's other"
    own.mkdir()
    other.mkdir()
    write_snapshot(lake, _files(), VERSION, own)
    write_partitions(shared, partitions_in(manifests.latest(shared), [ALL], VERSION), other)
    wanted, found = _inputs(own), _inputs(other)
    assert wanted["document"].height == 6
    assert wanted["source_file"].height == 7
    for name, frame in wanted.items():
        assert found[name].schema == frame.schema, name
        assert found[name].equals(frame), name


def test_some_provinces_give_their_papers_and_no_others(shared: FolderObjects, tmp_path: Path) -> None:
    write_partitions(shared, partitions_in(manifests.latest(shared), ["320000", "000000"], VERSION), tmp_path)
    found = _inputs(tmp_path)
    wanted = {each.document_id for each in _papers() if each.department != "济南市财政局"}
    for name in ("document", "amount", "source_file"):
        assert set(found[name]["document_id"]) == wanted


def test_a_province_that_is_not_there_and_facts_of_another_release_are_refused_by_name(shared: FolderObjects) -> None:
    state = manifests.latest(shared)
    with pytest.raises(LakeError, match="has no province 440000; there is 000000, 320000, 370000"):
        partitions_in(state, ["440000", "320000"], VERSION)
    with pytest.raises(LakeError, match="has no province all; there is nothing"):
        partitions_in(manifests.Manifest(), [ALL], VERSION)
    with pytest.raises(
        LakeError, match="2 of 2 partitions were compacted by another release, for example province 320000"
    ):
        partitions_in(state, ["320000"], "v2")
