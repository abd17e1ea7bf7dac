"""The shared lake: compacted, committed by one at a time, whole whatever is interrupted, in a folder and in S3."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.batches import FOLDER, WHOSE, connected, locations, rows_of
from pipelines.lake.shared.compaction import Compacted, compact, lake_id
from pipelines.lake.shared.manifest import Manifest, Partition
from pipelines.lake.shared.objects import FolderObjects, Objects, S3Objects, objects_at
from pipelines.lake.shared.parts import FILES, PLACES
from pipelines.lake.store import Lake, LakeError
from tests.conftest import REPOSITORY
from tests.lake.facts import Paper

VERSION = "v1"
PLACED = {"苏州市财政局": "320500", "南京市财政局": "320100", "济南市财政局": "370100", "无名局": None}
ALL_YEARS = (0, 2022, 2023)
ALL_PROVINCES = ("000000", "320000", "370000")


class Killed(BaseException):
    """What a killed process would not have done."""


class Interrupted(FolderObjects):
    """A folder whose writer dies before its nth change."""

    def __init__(self, folder: Path, changes: int) -> None:
        super().__init__(folder)
        self.left = changes

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed

    def create(self, name: str, content: bytes) -> bool:
        self._count()
        return super().create(name, content)

    def upload(self, name: str, file: Path) -> None:
        self._count()
        super().upload(name, file)

    def remove(self, name: str) -> None:
        self._count()
        super().remove(name)


def _papers(total: str = "1.00") -> list[Paper]:
    return [
        Paper(f"{department}{year}", year=year, department=department)
        .form("FA03")
        .amount("expenditure", total if (department, year) == ("苏州市财政局", 2023) else "1.00")
        .amount("basic_expenditure", "1.00")
        for department, year in itertools.product(PLACED, (2022, 2023))
    ]


def _places(papers: list[Paper]) -> pl.DataFrame:
    rows = [
        (paper.document_id, f"{paper.year}-{paper.department}", paper.department, PLACED[paper.department], paper.year)
        for paper in papers
    ]
    return pl.DataFrame(rows, schema=PLACES, orient="row")


def _compact(lake: Lake, papers: list[Paper], objects: Objects) -> Compacted:
    for paper in papers:
        lake.write_facts(paper.facts(), VERSION)
    return compact(lake, VERSION, _places(papers), objects)


def _changed(papers: list[Paper]) -> list[Paper]:
    """One paper is another, one is gone."""
    new = Paper("new", year=2023, department="苏州市财政局").form("FA03").amount("expenditure", "7.00")
    return [new, *(paper for paper in papers if (paper.department, paper.year) != ("苏州市财政局", 2023))][:-1]


def _read(objects: Objects, table: str = "amount", provinces=ALL_PROVINCES, years=ALL_YEARS) -> list[tuple]:
    places = locations(objects, manifests.latest(objects), table, provinces=provinces, years=years)
    with connected(objects) as connection:
        return connection.execute(rows_of(places)).fetchall() if places else []


def _documents(objects: Objects) -> list[str]:
    return sorted(row[0] for row in _read(objects, "document"))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def shared(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path / "shared")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket in an S3 store on this machine, reached as any program reaches one."""
    server = pytest.importorskip("moto.server", reason="moto is not installed").ThreadedMotoServer("127.0.0.1", 0)
    pytest.importorskip("s3fs", reason="the extra `s3` is not installed")
    server.start()
    _, port = server.get_host_and_port()
    settings = {"AWS_ACCESS_KEY_ID": "someone", "AWS_SECRET_ACCESS_KEY": "o'clock", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (settings | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}).items():
            patch.setenv(name, value)
        import s3fs

        s3fs.S3FileSystem(endpoint_url=os.environ["AWS_ENDPOINT_URL"]).mkdir("nation")
        yield "s3://nation/lake"
    server.stop()


def test_a_shared_lake_holds_every_row_once_with_whose_it_is(lake, shared) -> None:
    papers = _papers()
    done = _compact(lake, papers, shared)
    assert (done.partitions, done.documents, done.state) == (6, 8, 1)
    assert _documents(shared) == sorted(paper.document_id for paper in papers)
    names = [*lake_schemas()["amount"], *WHOSE, "province", "year"]
    rows = [dict(zip(names, row, strict=True)) for row in _read(shared)]
    assert len(rows) == len({row["amount_id"] for row in rows}) == 16
    for row in rows:
        assert row["province"] == (row["region_code"] or "00")[:2] + "0000"
        assert row["year"] == row["paper_year"]
        assert row["filing_id"] == f"{row['year']}-{row['department_id']}"


def test_rows_are_sorted_by_department_and_keep_their_order_in_a_document(lake, shared) -> None:
    _compact(lake, _papers(), shared)
    rows = _read(shared, provinces=["320000"], years=[2023])
    names = [*lake_schemas()["amount"], *WHOSE]
    found = [(row[names.index("region_code")], row[names.index("subject")]) for row in rows]
    assert found == [
        (code, subject) for code in ("320100", "320500") for subject in ("expenditure", "basic_expenditure")
    ]


def test_readers_state_province_and_year_and_open_nothing_else(lake, shared) -> None:
    _compact(lake, _papers(), shared)
    state = manifests.latest(shared)
    [place] = locations(shared, state, "amount", provinces=["370000"], years=[2022])
    assert "/province=370000/year=2022/" in place
    for stated in ({"provinces": [], "years": [2022]}, {"provinces": ["370000"], "years": []}):
        with pytest.raises(ValueError, match="state the provinces and the years"):
            locations(shared, state, "amount", **stated)


def test_only_touched_partitions_are_made_anew_and_the_same_again_is_nothing(lake, shared) -> None:
    papers = _papers()
    _compact(lake, papers, shared)
    before = manifests.latest(shared).by_key
    assert _compact(lake, papers, shared) == Compacted(0, 0, 0, 0, 1)
    done = _compact(lake, _changed(papers), shared)
    after = manifests.latest(shared).by_key
    assert (done.partitions, done.state) == (2, 2)
    assert set(before) - set(after) == {("000000", 2023, lake_id(lake))}
    assert [key for key in after if after[key] != before[key]] == [("320000", 2023, "")]


def test_the_same_facts_give_the_same_batches_wherever_they_are_compacted(lake, shared, tmp_path) -> None:
    _compact(lake, _papers(), shared)
    other = FolderObjects(tmp_path / "other")
    second = Lake(tmp_path / "lake2")
    _compact(second, list(reversed(_papers())), other)
    mine = [name.replace(lake_id(lake), "lake") for name in shared.names(FOLDER)]
    assert mine == [name.replace(lake_id(second), "lake") for name in other.names(FOLDER)] != []


@pytest.mark.parametrize("start", ["empty", "full"])
def test_an_interrupted_compaction_loses_and_doubles_nothing(lake, tmp_path, start) -> None:
    papers = _papers()[:4]
    for count in itertools.count():
        folder = tmp_path / f"{start}{count}"
        before: list[str] = []
        if start == "full":
            _compact(lake, papers, FolderObjects(folder))
            before = _documents(FolderObjects(folder))
        wanted = _changed(papers) if before else papers
        try:
            _compact(lake, wanted, Interrupted(folder, count))
        except Killed:
            is_whole = False
        else:
            is_whole = True
        after = sorted(paper.document_id for paper in wanted)
        assert _documents(FolderObjects(folder)) in (before, after)
        _compact(lake, wanted, FolderObjects(folder))
        assert _documents(FolderObjects(folder)) == after
        named = {b.name for s in manifests.kept(FolderObjects(folder)) for p in s.partitions for b in p.batches}
        assert set(FolderObjects(folder).names(FOLDER)) == named, "nothing is left that no state names"
        if is_whole:
            break
    assert count > 2


def test_states_and_batches_that_nobody_reads_any_more_are_removed(lake, shared) -> None:
    for total in ("1.00", "2.00", "3.00", "4.00", "5.00"):
        papers = [*_papers()[:-1], Paper(total, year=2023, department="苏州市财政局").form("FA03").amount("x", total)]
        _compact(lake, papers, shared)
    assert manifests.numbers(shared) == [3, 4, 5]
    assert len(shared.names(f"{FOLDER}amount/province=320000/year=2023")) == 3


def test_two_warehouses_share_a_lake_but_no_partition(lake, shared, tmp_path) -> None:
    suzhou, jinan = _papers()[:2], _papers()[4:6]
    other = Lake(tmp_path / "lake2")
    _compact(lake, suzhou, shared)
    _compact(other, jinan, shared)
    _compact(lake, [], shared)
    assert _documents(shared) == sorted(paper.document_id for paper in jinan)
    with pytest.raises(LakeError, match="written by another warehouse, for example province 370000, year 2022"):
        _compact(lake, jinan, shared)


def test_documents_of_unknown_region_of_two_warehouses_lie_side_by_side(lake, shared, tmp_path) -> None:
    mine, theirs = [paper for paper in _papers() if paper.department == "无名局"]
    other = Lake(tmp_path / "lake2")
    same_year = Paper("other", year=mine.year, department="无名局").form("FA03").amount("expenditure", "5.00")
    _compact(lake, [mine], shared)
    _compact(other, [theirs, same_year], shared)
    assert _documents(shared) == sorted(each.document_id for each in (mine, theirs, same_year))
    _compact(lake, [], shared)
    assert _documents(shared) == sorted(each.document_id for each in (theirs, same_year))
    _compact(other, [theirs], shared)
    assert _documents(shared) == [theirs.document_id]


def test_what_does_not_count_and_the_files_are_kept_in_tables_of_their_own(lake, shared) -> None:
    papers = _papers()[:3]
    for paper in papers:
        lake.write_facts(paper.facts(), VERSION)
    rows = [(papers[0].document_id, f"{number}.txt", "") for number in (2, 1)] + [(papers[2].document_id, "3.txt", "")]
    files = pl.DataFrame(rows, schema=FILES, orient="row")
    aside = {papers[0].document_id}
    done = compact(lake, VERSION, _places(papers), shared, aside=aside, files=files)
    assert (done.documents, {each.version for each in manifests.latest(shared).partitions}) == (2, {VERSION})
    assert _documents(shared) == sorted(paper.document_id for paper in papers[1:])
    assert [row[0] for row in _read(shared, "aside_document")] == [papers[0].document_id]
    assert len(_read(shared, "aside_amount")) == 2
    found = [(row[2], row[0]) for row in _read(shared, "source_file")]
    assert sorted(found) == sorted((document, path) for document, path, _ in rows)
    assert compact(lake, VERSION, _places(papers), shared, aside=aside, files=files).partitions == 0
    moved = files.with_columns(source_path="new/" + pl.col("source_path"))
    assert compact(lake, VERSION, _places(papers), shared, aside=aside, files=moved).partitions == 1
    assert compact(lake, VERSION, _places(papers), shared, files=moved).documents == 2, "it counts again"
    assert _read(shared, "aside_document") == []


def test_who_commits_second_starts_from_the_first(shared) -> None:
    mine, theirs = (Partition(code, 2023, code, "", 1, ()) for code in ("320000", "370000"))
    rivals = [theirs]

    def change(state: Manifest) -> Manifest:
        if rivals:  # somebody commits after this one looked
            rival = rivals.pop()
            manifests.commit(shared, lambda seen: Manifest(0, (*seen.partitions, rival)))
        return Manifest(0, (*state.partitions, mine))

    assert manifests.commit(shared, change) == Manifest(2, (mine, theirs))
    assert manifests.latest(shared) == Manifest(2, (mine, theirs))


def test_a_document_without_facts_is_told_by_name(lake, shared) -> None:
    with pytest.raises(LakeError, match="has no facts of version v1"):
        compact(lake, VERSION, _places(_papers()), shared)
    assert manifests.latest(shared) == Manifest()


def test_an_address_nobody_can_read_is_refused() -> None:
    with pytest.raises(LakeError, match="is a folder or begins with s3://"):
        objects_at("gs://bucket")


def test_a_lake_in_s3_is_the_same_as_in_a_folder(lake, shared, bucket) -> None:
    remote = objects_at(bucket)
    assert isinstance(remote, S3Objects)
    papers = _papers()
    assert _compact(lake, papers, remote) == _compact(lake, papers, shared)
    assert _read(remote) == _read(shared)
    assert remote.names("") == shared.names("")
    _compact(lake, _changed(papers), remote)
    assert _documents(remote) == sorted(paper.document_id for paper in _changed(papers))
    assert remote.create("manifests/000000002.json", b"{}") is False
    with pytest.raises(FileNotFoundError):
        manifests.read(remote, 99)


_COMPACTION = """
import sys
from pathlib import Path
from pipelines.lake.shared.objects import FolderObjects
from pipelines.lake.store import Lake
from tests.lake.test_shared import _changed, _compact, _papers
print("ready", flush=True)
_compact(Lake(Path(sys.argv[1])), _changed(_papers()), FolderObjects(Path(sys.argv[2])))
"""


@pytest.mark.slow
@pytest.mark.parametrize("milliseconds", [10, 40, 80, 120, 200, 400])
def test_a_process_killed_while_it_compacts_leaves_one_state_or_the_other(lake, shared, milliseconds) -> None:
    papers = _papers()
    _compact(lake, papers, shared)
    before, after = _documents(shared), sorted(paper.document_id for paper in _changed(papers))
    command = [sys.executable, "-c", _COMPACTION, str(lake.folder), str(shared.folder)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGKILL)
    assert _documents(shared) in (before, after)
    _compact(lake, _changed(papers), shared)
    assert _documents(shared) == after
    assert lake_id(lake) == manifests.latest(shared).partitions[0].source
