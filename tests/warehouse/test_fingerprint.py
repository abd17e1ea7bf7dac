"""A build is skipped only when it would change nothing."""

from pathlib import Path

import pytest

from pipelines.lake.files import SourceFile
from pipelines.warehouse import fingerprint
from pipelines.warehouse.fingerprint import build_fingerprint

FILES = [SourceFile("a.txt", 1, 1, "aa"), SourceFile("b.txt", 1, 1, "bb")]


def test_touched_files_of_the_same_bytes_change_nothing() -> None:
    later = [SourceFile("a.txt", 1, 2, "aa", touched=True), FILES[1]]
    assert build_fingerprint(later, "v1") == build_fingerprint(FILES, "v1")


@pytest.mark.parametrize(
    "files",
    [FILES[:1], [SourceFile("c.txt", 1, 1, "aa"), FILES[1]], [SourceFile("a.txt", 1, 1, "cc"), FILES[1]]],
    ids=["removed", "renamed", "changed"],
)
def test_other_files_are_another_build(files: list[SourceFile]) -> None:
    assert build_fingerprint(files, "v1") != build_fingerprint(FILES, "v1")


def test_another_review_is_another_build() -> None:
    assert build_fingerprint(FILES, "v1", reviews=["a"]) != build_fingerprint(FILES, "v1")


@pytest.mark.parametrize(
    ("path", "is_rule"),
    [("data_quality/catalogue/a.yaml", True), ("sql/models/quality/a.sql", True), ("sql/models/core/a.sql", False)],
)
def test_rules_have_a_version_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, is_rule: bool
) -> None:
    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
    before = fingerprint.rules_version()
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("a")
    assert (fingerprint.rules_version() != before) is is_rule


def test_another_version_of_the_facts_is_another_build() -> None:
    assert build_fingerprint(FILES, "v2") != build_fingerprint(FILES, "v1")


@pytest.mark.parametrize("path", ["sql/models/core/a.sql", "sql/macros/b.sql", "data_quality/catalogue/c.yaml"])
def test_another_declaration_is_another_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
    before = build_fingerprint(FILES, "v1")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("select 1")
    assert build_fingerprint(FILES, "v1") != before
