"""The scan: which files count, which are hashed, which are touched."""

import hashlib
import os
from pathlib import Path

import pytest

from pipelines.lake.files import scan, settle
from pipelines.lake.store import Lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def put(raw: Path, path: str, text: str = "x") -> Path:
    file = raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def paths(raw: Path, lake: Lake) -> list[str]:
    return [file.source_path for file in scan(raw, lake).files]


def test_files_are_known_by_their_bytes_and_listed_in_order(raw: Path, lake: Lake) -> None:
    put(raw, "乙/b.txt", "same")
    put(raw, "a.txt", "same")
    found = scan(raw, lake)
    assert [file.source_path for file in found.files] == ["a.txt", "乙/b.txt"]
    assert {file.document_id for file in found.files} == {hashlib.sha256(b"same").hexdigest()}
    assert found.hashed == 2


def test_unchanged_files_are_not_hashed_again_and_nothing_is_written(raw: Path, lake: Lake) -> None:
    put(raw, "a.txt")
    first = scan(raw, lake)
    index = next(lake.folder.rglob("*.parquet"))
    written = index.stat().st_mtime_ns
    second = scan(raw, lake)
    settle(raw, lake)
    assert second.hashed == 0
    assert second.files == first.files
    assert index.stat().st_mtime_ns == written


def test_a_touched_file_stays_touched_until_it_was_read_again(raw: Path, lake: Lake) -> None:
    file = put(raw, "a.txt")
    put(raw, "b.txt")
    assert not any(f.touched for f in scan(raw, lake).files)
    os.utime(file, ns=(1, 1))
    assert [f.source_path for f in scan(raw, lake).files if f.touched] == ["a.txt"]
    again = scan(raw, lake)  # a run that was killed before it read the file
    assert [f.source_path for f in again.files if f.touched] == ["a.txt"]
    assert again.hashed == 0
    settle(raw, lake)
    assert not any(f.touched for f in scan(raw, lake).files)


def test_changed_bytes_are_another_document(raw: Path, lake: Lake) -> None:
    put(raw, "a.txt", "old")
    before = scan(raw, lake).files[0]
    os.utime(put(raw, "a.txt", "new"), ns=(1, 1))
    after = scan(raw, lake).files[0]
    assert after.document_id != before.document_id
    assert after.touched


def test_a_removed_file_is_forgotten(raw: Path, lake: Lake) -> None:
    put(raw, "a.txt")
    put(raw, "b.txt").unlink()
    scan(raw, lake)
    put(raw, "b.txt")
    scan(raw, lake)
    (raw / "a.txt").unlink()
    assert paths(raw, lake) == ["b.txt"]
    put(raw, "a.txt")
    assert not any(file.touched for file in scan(raw, lake).files)


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.pdf",
        ".folder/a.pdf",
        "~$draft.docx",
        "a.pdf.part",
        "a.tmp",
        "a.crdownload",
        "README.md",
        "sources.yaml",
    ],
)
def test_hidden_unfinished_and_descriptive_files_are_no_disclosures(raw: Path, lake: Lake, name: str) -> None:
    put(raw, name)
    assert paths(raw, lake) == []


def test_samples_load_only_while_no_other_disclosure_is_there(raw: Path, lake: Lake) -> None:
    put(raw, "samples/a.txt")
    put(raw, "README.md")
    assert paths(raw, lake) == ["samples/a.txt"]
    put(raw, "甲县/财政局/2023/b.txt")
    assert paths(raw, lake) == ["甲县/财政局/2023/b.txt"]


def test_a_folder_called_samples_further_down_is_a_folder_like_any_other(raw: Path, lake: Lake) -> None:
    put(raw, "甲县/samples/a.txt")
    put(raw, "b.txt")
    assert paths(raw, lake) == ["b.txt", "甲县/samples/a.txt"]


def test_two_raw_folders_do_not_share_what_is_known(raw: Path, lake: Lake, tmp_path: Path) -> None:
    put(raw, "a.txt", "one")
    other = tmp_path / "other"
    put(other, "a.txt", "two")
    for folder in (raw, other):
        os.utime(folder / "a.txt", ns=(1, 1))
    assert scan(raw, lake).files[0].document_id != scan(other, lake).files[0].document_id


def test_a_name_that_is_no_text_is_reported(raw: Path, lake: Lake) -> None:
    put(raw, "a.txt")
    Path(os.fsdecode(os.fsencode(raw) + b"/\xb2\xc6.txt")).write_bytes(b"x")
    found = scan(raw, lake)
    assert [file.source_path for file in found.files] == ["a.txt"]
    assert len(found.problems) == 1
    assert "could not be opened" in found.problems[0]


def test_a_folder_that_is_not_there_is_said_to_be_missing(raw: Path, lake: Lake) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        scan(raw / "nowhere", lake)
