"""Faults of the machine: nothing is lost or doubled, the published file stays whole, and the next run heals."""

import datetime
import errno
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from pipelines import stages
from pipelines.stages.documents import facts_version
from pipelines.warehouse import publish as publishing
from tests.operations.papers import write_paper

_NOW = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)


def test_a_full_disk_is_no_fault_of_a_document(tmp_path: Path) -> None:
    paper = write_paper(tmp_path / "raw" / "a.txt")
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)
    found = stages.scan_files(workspace)
    (workspace.lake.folder / "readings").write_bytes(b"")  # no folder can be made here
    with pytest.raises(stages.LoadError, match="the lake cannot be written to"):
        stages.read_new(workspace, found)
    assert not workspace.lake.has_facts(found.files[0].document_id, facts_version()), paper


def test_a_first_write_that_fails_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_paper(tmp_path / "raw" / "a.txt")

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("pipelines.lake.atomic.write_bytes", refuse)
    with pytest.raises(stages.LoadError, match=r"nothing can be written to .*Read-only"):
        stages.load(stages.Workspace(tmp_path / "raw", tmp_path / "warehouse"))


def test_publications_are_numbered_though_the_clock_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return _NOW

    published = tmp_path / "duizhang.duckdb"
    monkeypatch.setattr(publishing, "_verify", lambda new: None)
    for number in (1, 2):
        with duckdb.connect(str(tmp_path / "new.duckdb")) as connection:
            connection.execute(f"create table t as select {number} as n")
        publishing.publish(tmp_path / "new.duckdb", published, str(number))
        monkeypatch.setattr(publishing.datetime, "datetime", Clock)
    note = publishing.publication(published)
    assert note is not None
    assert (note.number, note.fingerprint, note.published_at.year) == (2, "2", 2001)


_READER = """
import sys, time, duckdb
seen, until = set(), time.monotonic() + float(sys.argv[2])
while time.monotonic() < until:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        rows = connection.execute("select min(n), max(n), count(*) from t").fetchall()
    seen.add(rows[0])
    time.sleep(0.02)
print(sorted(seen))
assert all(low == high and count == 1000 for low, high, count in seen)
"""


@pytest.mark.slow
def test_readers_see_only_whole_versions_through_publications(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published, new = tmp_path / "duizhang.duckdb", tmp_path / "new.duckdb"
    monkeypatch.setattr(publishing, "_verify", lambda new: None)

    def publish(number: int) -> None:
        with duckdb.connect(str(new)) as connection:
            connection.execute(f"create table t as select {number} as n from range(1000)")
        publishing.publish(new, published, str(number))

    publish(0)
    command = [sys.executable, "-c", _READER, str(published), "8"]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(20)]
    for number in range(1, 11):
        time.sleep(0.6)
        publish(number)
    ends = [(*reader.communicate(), reader.returncode) for reader in readers]
    assert [error for _, error, code in ends if code != 0] == []
    assert any(line.count("(") > 1 for line, _, _ in ends), "no reader was there through a publication"
