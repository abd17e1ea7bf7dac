"""Publishing swaps a verified file in at once; readers and a failed attempt lose nothing."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import verify
from pipelines.warehouse.build import BuildResult
from pipelines.warehouse.publish import PublishError, publication, publish

_READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select count(*) from core.amount").fetchall()[0][0], flush=True)
"""


@pytest.fixture
def new(built: BuildResult, tmp_path: Path) -> Path:
    folder = tmp_path / "build-x"
    folder.mkdir()
    return Path(shutil.copy(built.database, folder / "duizhang.duckdb"))


def change(database: Path, statement: str) -> None:
    with duckdb.connect(str(database)) as connection:
        connection.execute(statement)


def amounts(database: Path) -> int:
    with duckdb.connect(str(database), read_only=True) as connection:
        [(count,)] = connection.execute("select count(*) from core.amount").fetchall()
        return int(count)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[type]:
    """A second process that keeps a warehouse open; ``Reader(path).count()`` asks it for its number of amounts."""
    started: list[subprocess.Popen[str]] = []

    class Reader:
        def __init__(self, database: Path) -> None:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _READER, str(database)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            started.append(self.process)

        def count(self) -> int:
            assert self.process.stdin
            assert self.process.stdout
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            return int(self.process.stdout.readline())

    yield Reader
    for process in started:
        process.communicate()


def test_the_first_publication_is_the_whole_file_and_its_note(new: Path, tmp_path: Path) -> None:
    published = tmp_path / "duizhang.duckdb"
    assert publication(published) is None
    publish(new, published, "f1")
    assert amounts(published) == 1
    assert not new.exists()
    assert not published.with_name("duizhang.duckdb.wal").exists()
    note = publication(published)
    assert note is not None
    assert note.fingerprint == "f1"


def test_a_reader_connected_before_the_swap_keeps_working(new: Path, tmp_path: Path, reader: type) -> None:
    published = tmp_path / "duizhang.duckdb"
    publish(Path(shutil.copy(new, tmp_path / "first.duckdb")), published, "f1")
    before = reader(published)
    assert before.count() == 1

    change(new, "delete from core.amount")
    publish(new, published, "f2")

    assert before.count() == 1
    assert reader(published).count() == 0
    assert before.count() == 1


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("drop table core.amount", "core.amount is missing"),
        ("alter table core.amount drop column printed", "core.amount lacks its columns printed"),
        ("insert into core.amount from core.amount", "core.amount has its key"),
        ("comment on column core.form.unit is null", "core.form has no comment on unit"),
        ("comment on table core.form is null", "core.form has no comment on itself"),
    ],
)
def test_a_file_that_is_not_whole_is_not_published(new: Path, tmp_path: Path, damage: str, complaint: str) -> None:
    published = tmp_path / "duizhang.duckdb"
    publish(Path(shutil.copy(new, tmp_path / "first.duckdb")), published, "f1")
    change(new, damage)

    with pytest.raises(PublishError, match=complaint):
        publish(new, published, "f2")

    assert amounts(published) == 1
    assert not new.exists()
    note = publication(published)
    assert note is not None
    assert note.fingerprint == "f1"


def test_a_file_that_is_no_database_is_not_published(tmp_path: Path) -> None:
    new = tmp_path / "new.duckdb"
    new.write_bytes(b"nothing of the kind" * 1000)
    with pytest.raises(PublishError, match="cannot be opened"):
        publish(new, tmp_path / "duizhang.duckdb", "f1")
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_last_is_in_the_one_published_file(new: Path, tmp_path: Path) -> None:
    """A write-ahead log left by a killed writer is brought in before the swap."""
    script = f"import duckdb,os; c=duckdb.connect({str(new)!r}); c.execute('delete from core.amount'); os._exit(0)"
    subprocess.run([sys.executable, "-c", script], check=True)
    assert new.with_name("duizhang.duckdb.wal").exists()
    published = tmp_path / "duizhang.duckdb"
    publish(new, published, "f1")
    assert amounts(published) == 0
    assert not list(tmp_path.rglob("*.wal"))


def test_a_swap_without_its_note_is_not_taken_for_current(new: Path, tmp_path: Path) -> None:
    """A run killed between the swap and the note: the next one builds again."""
    published = tmp_path / "duizhang.duckdb"
    publish(new, published, "f1")
    published.with_suffix(".json").unlink()
    assert publication(published) is None


def test_verifying_tells_every_problem(new: Path) -> None:
    assert verify.problems(new) == []
    change(new, "drop table core.claim; drop table core.form")
    assert verify.problems(new) == ["core.claim is missing", "core.form is missing"]
