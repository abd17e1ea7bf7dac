"""Earlier files are kept for a while and can be gone back to."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.build import BuildResult
from pipelines.warehouse.publish import publication, publish
from pipelines.warehouse.versions import KEPT, NoVersionError, go_back, versions


def publish_amounts(built: BuildResult, published: Path, printed: str) -> None:
    """Publish a copy of the build whose only amount was printed so."""
    folder = published.parent / "build-x"
    folder.mkdir(exist_ok=True)
    new = Path(shutil.copy(built.database, folder / published.name))
    with duckdb.connect(str(new)) as connection:
        connection.execute("update core.amount set printed = ?", [printed])
    publish(new, published, f"from {printed}")


def printed(database: Path) -> str:
    with duckdb.connect(str(database), read_only=True) as connection:
        [(text,)] = connection.execute("select printed from core.amount").fetchall()
        return str(text)


@pytest.fixture
def published(built: BuildResult, tmp_path: Path) -> Path:
    path = tmp_path / "duizhang.duckdb"
    for text in ("1", "2", "3"):
        publish_amounts(built, path, text)
    return path


def test_each_publication_keeps_the_one_before_up_to_a_number(built: BuildResult, published: Path) -> None:
    assert [note.number for note in versions(published)] == [2, 1]
    for text in ("4", "5", "6"):
        publish_amounts(built, published, text)
    assert [note.number for note in versions(published)] == [5, 4, 3]
    assert len(list((published.parent / "versions").iterdir())) == KEPT


def test_going_back_and_forth(published: Path) -> None:
    assert go_back(published).number == 2
    assert printed(published) == "2"
    assert go_back(published).number == 1
    assert printed(published) == "1"
    assert go_back(published, 3).number == 3
    assert printed(published) == "3"


def test_a_reader_of_the_bad_file_keeps_it_when_somebody_goes_back(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as reader:
        go_back(published)
        assert reader.execute("select printed from core.amount").fetchall() == [("3",)]


def test_what_was_gone_back_from_is_not_built_again_but_may_be_gone_forward_to(published: Path) -> None:
    assert go_back(published).rejected == "from 3"
    note = publication(published)
    assert note is not None
    assert (note.fingerprint, note.rejected) == ("from 2", "from 3")
    assert go_back(published, 3).rejected is None


def test_numbers_go_on_after_going_back(built: BuildResult, published: Path) -> None:
    go_back(published)
    publish_amounts(built, published, "4")
    note = publication(published)
    assert note is not None
    assert note.number == 4
    assert [each.number for each in versions(published)] == [3, 2, 1]


def test_without_an_earlier_file_there_is_nothing_to_go_back_to(published: Path) -> None:
    go_back(published, 1)
    with pytest.raises(NoVersionError, match="there are: 3, 2"):
        go_back(published)
    with pytest.raises(NoVersionError):
        go_back(published, 9)
    assert printed(published) == "1"


def test_what_a_killed_run_left_among_the_earlier_files_goes(built: BuildResult, published: Path) -> None:
    folder = published.parent / "versions"
    (folder / "000009").mkdir()
    (folder / "000009" / published.name).write_bytes(b"half a file, without a note")
    publish_amounts(built, published, "4")
    assert sorted(path.name for path in folder.iterdir()) == ["000001", "000002", "000003"]
