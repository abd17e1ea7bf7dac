"""What people say of findings is kept whatever happens, counts while it is in force, and never deletes a finding."""

import threading
from datetime import date
from pathlib import Path

import pytest

from data_quality import reviews
from data_quality.reviews import Review, ReviewError, Reviews
from pipelines.stages.reviews import review_marks
from tests.data_quality.cases import Figure
from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import Engine
from tests.data_quality.papers import figure

HEADER = ",".join(reviews.COLUMNS) + "\n"
ID, OTHER = "0a" * 16, "1b" * 16
DAY = date(2026, 3, 1)
WAIVER = Review(ID, "waived", "已更正公开", "李审", DAY, date(2026, 12, 31))
BREAK: list[Figure] = [
    figure("BG01", "income_grand_total", "1000.00"),
    figure("BG01", "expenditure_grand_total", "9000.00"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "reviews.csv"


def test_reviews_are_read_as_they_were_written_and_the_last_one_counts(path: Path) -> None:
    accepted = Review(ID, "accepted", "", "王核", date(2026, 4, 1))
    reviews.append(path, [WAIVER])
    reviews.append(path, [Review(OTHER, "disputed", "附注“,”\n已说明", "李审", DAY), accepted])

    found = reviews.read(path)

    assert found.problems == ()
    assert [row.finding_id for row in found.rows] == [ID, OTHER, ID]
    assert found.rows[1].reason == "附注“,” 已说明"
    assert found.latest()[ID] == accepted
    assert found.times() == {ID: 2, OTHER: 1}
    assert not [each.name for each in path.parent.iterdir() if each != path]


def test_no_file_is_no_review_and_an_empty_one_too(path: Path) -> None:
    assert reviews.read(path) == Reviews()
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    assert reviews.read(path) == Reviews()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{ID},wavied,x,李审,2026-03-01,2026-04-01", "verdict 'wavied' is none of"),
        (f"{ID},waived,x,李审,2026-03-01,", "needs expires_on"),
        (f"{ID},waived,,李审,2026-03-01,2026-04-01", "with a reason"),
        (f"{ID},disputed,,李审,2026-03-01,", "with a reason"),
        (f"{ID},accepted,,,2026-03-01,", "say who"),
        (f"{ID},accepted,,李审,上周,", "write it as 2026-01-31"),
        (f"{ID},accepted,,李审,2026-02-30,", "write it as 2026-01-31"),
        (f"{ID},accepted,,李审,2026-03-01,2026-04-01", "only a waiver"),
        (f"{ID},waived,x,李审,2026-03-01,2026-02-01", "before reviewed_on"),
        (f"{ID[:-1]},accepted,,李审,2026-03-01,", "no finding_id"),
        (f"{ID},accepted,李审,2026-03-01", "4 values where there must be 6"),
    ],
)
def test_a_bad_row_counts_for_nothing_is_told_with_its_line_and_leaves_the_others(
    path: Path, row: str, said: str
) -> None:
    path.parent.mkdir()
    path.write_text(f"{HEADER}{row}\n{OTHER},accepted,,李审,2026-03-01,\n", encoding="utf-8")

    found = reviews.read(path)

    assert [each.finding_id for each in found.rows] == [OTHER]
    (problem,) = found.problems
    assert "reviews.csv line 2" in problem
    assert said in problem
    assert "until it is mended" in problem


def test_a_file_saved_by_excel_is_read(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(f"{HEADER}{ID},waived,已更正公开,李审,2026/3/1,2026/12/31\r\n".encode("gb18030"))

    assert reviews.read(path) == Reviews((WAIVER,))


def test_a_file_of_something_else_counts_for_nothing_and_is_not_written_to(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("部门,金额\n文化局,1\n", encoding="utf-8")

    (problem,) = reviews.read(path).problems
    assert "line 1" in problem
    with pytest.raises(ReviewError, match="its first line must be"):
        reviews.append(path, [WAIVER])
    assert path.read_text(encoding="utf-8") == "部门,金额\n文化局,1\n"


def test_appending_keeps_rows_that_count_for_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"{HEADER}坏行", encoding="utf-8")
    reviews.append(path, [WAIVER])

    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == "坏行"
    assert reviews.read(path).rows == (WAIVER,)


def test_a_review_that_is_not_well_formed_is_not_written(path: Path) -> None:
    with pytest.raises(ReviewError, match="with a reason"):
        reviews.append(path, [WAIVER, Review(ID, "disputed", " ", "李审", DAY)])
    assert not path.exists()


def test_many_may_append_at_once_and_no_row_is_lost(path: Path) -> None:
    ids = [f"{number:032x}" for number in range(20)]
    threads = [
        threading.Thread(target=reviews.append, args=(path, [Review(each, "accepted", "", "李审", DAY)]))
        for each in ids
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(row.finding_id for row in reviews.read(path).rows) == ids


def test_a_waiver_that_expires_changes_what_a_build_takes_in() -> None:
    found = Reviews((WAIVER,))

    assert review_marks(found, date(2026, 12, 31)) == review_marks(found, DAY)
    assert review_marks(found, date(2027, 1, 1)) != review_marks(found, DAY)
    assert review_marks(Reviews(), DAY) != review_marks(found, DAY)


@pytest.mark.parametrize(("today", "said"), [(date(2026, 12, 31), "waived"), (date(2027, 1, 1), None)])
def test_a_waived_finding_stays_and_counts_again_once_the_waiver_expired(
    tmp_path: Path, today: date, said: str | None
) -> None:
    first = evaluated(tmp_path / "first", Reviews(), today)
    ((finding_id, review),) = first.rows("SELECT finding_id, review FROM quality.finding")
    assert review is None

    again = evaluated(
        tmp_path / "again", Reviews((Review(finding_id, "waived", "x", "李审", DAY, WAIVER.expires_on),)), today
    )

    assert again.rows("SELECT finding_id, review FROM quality.finding") == [(finding_id, said)]
    assert again.rows("SELECT verdict, in_force, times FROM quality.review") == [("waived", said is not None, 1)]


def evaluated(folder: Path, said: Reviews, today: date) -> Engine:
    folder.mkdir()
    engine = Engine(folder)
    engine.review(said, today)
    add_filing(engine, "f", "budget", BREAK, ["BG01"])
    return engine.build()
