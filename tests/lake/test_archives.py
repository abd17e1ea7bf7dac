"""Archives in the raw folder: each member is a document of its own."""

import hashlib
from pathlib import Path

import pytest

from pipelines.documents.archive import member
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.reading import read_document
from pipelines.lake.files import SourceFile, scan, settle
from pipelines.lake.store import Lake
from tests.typeset.zip import set_zip

FILES = {"预算/一.txt": "部门预算".encode(), "二.txt": "部门决算".encode()}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def named(files: list[SourceFile]) -> list[tuple[str, str]]:
    return [(file.source_path, file.container_path) for file in files]


def test_each_member_is_a_file_with_the_hash_of_its_own_bytes(raw: Path, lake: Lake) -> None:
    (raw / "a.zip").write_bytes(set_zip(FILES, gbk=True))
    files = scan(raw, lake).files
    assert named(files) == [("a.zip", "预算/一.txt"), ("a.zip", "二.txt")]
    assert [file.document_id for file in files] == [hashlib.sha256(data).hexdigest() for data in FILES.values()]
    assert files[0].name == "a.zip!/预算/一.txt"


def test_an_unchanged_archive_is_not_opened_again(raw: Path, lake: Lake) -> None:
    (raw / "a.zip").write_bytes(set_zip(FILES))
    first = scan(raw, lake)
    second = scan(raw, lake)
    assert (first.hashed, second.hashed) == (1, 0)
    assert second.files == first.files


def test_a_touched_archive_touches_its_members(raw: Path, lake: Lake) -> None:
    (raw / "a.zip").write_bytes(set_zip(FILES))
    scan(raw, lake)
    (raw / "a.zip").write_bytes(set_zip({**FILES, "三.txt": b"3"}))
    assert [file.touched for file in scan(raw, lake).files] == [True] * 3
    settle(raw, lake)
    assert not any(file.touched for file in scan(raw, lake).files)


def test_an_archive_with_a_bomb_stands_for_itself_beside_its_good_members(raw: Path, lake: Lake) -> None:
    (raw / "a.zip").write_bytes(set_zip({**FILES, "bomb": bytes(20 << 20)}))
    assert named(scan(raw, lake).files) == [("a.zip", ""), ("a.zip", "预算/一.txt"), ("a.zip", "二.txt")]
    with pytest.raises(UnreadableFileError, match="1 files of the archive could not be unpacked") as caught:
        read_document(raw / "a.zip", "a.zip")
    assert caught.value.place == "a.zip!/bomb"


def test_an_archive_with_names_that_lead_out_of_it_stands_only_for_itself(raw: Path, lake: Lake) -> None:
    (raw / "a.zip").write_bytes(set_zip({**FILES, "../x.txt": b"x"}))
    assert named(scan(raw, lake).files) == [("a.zip", "")]
    with pytest.raises(UnreadableFileError, match="leads out of it"):
        read_document(raw / "a.zip", "a.zip")


def test_a_member_is_found_by_its_path_also_in_an_archive_inside(raw: Path) -> None:
    path = raw / "a.zip"
    path.write_bytes(set_zip({"x.txt": b"x", "内.zip": set_zip(FILES)}))
    assert member(path, "内.zip/二.txt", "a.zip") == FILES["二.txt"]
    with pytest.raises(FileNotFoundError):
        member(path, "三.txt", "a.zip")
