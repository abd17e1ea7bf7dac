"""What two files tell differently, and whether one has as many rows as it should."""

import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.build import BuildResult
from pipelines.warehouse.difference import TableChange, difference
from pipelines.warehouse.ranges import outside_ranges


@pytest.fixture
def new(built: BuildResult, tmp_path: Path) -> Path:
    return Path(shutil.copy(built.database, tmp_path / "it's new.duckdb"))


def change(database: Path, *statements: str) -> None:
    with duckdb.connect(str(database)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_file_does_not_differ_from_itself(built: BuildResult, new: Path) -> None:
    found = difference(new, built.database)
    assert (found.tables, found.files, found.revised, found.findings_new) == ([], [], [], [])


def test_rows_added_removed_and_changed_are_counted_by_key(built: BuildResult, new: Path) -> None:
    change(
        new,
        "update core.amount set printed = 'other'",
        "delete from core.form",
        "insert into core.unplaced (document_id, unplaced_no, what, reason, text) values ('d', 1, 'x', 'x', 'x')",
    )
    changed = {each.table: each for each in difference(new, built.database).tables}
    assert changed["core.amount"] == TableChange("core.amount", 0, 0, 1)
    assert changed["core.form"] == TableChange("core.form", 0, 1, 0)
    assert changed["core.unplaced"] == TableChange("core.unplaced", 1, 0, 0)
    assert "core.document" not in changed


def test_a_figure_is_revised_when_its_value_changed_whatever_its_place(built: BuildResult, new: Path) -> None:
    change(new, "update core.amount set amount_yuan = 12345, amount_id = 'elsewhere', page_no = 9")
    [revised] = difference(new, built.database).revised
    assert revised[3:5] == ("FA03", "expenditure")
    assert revised[-2:] == ("10000.00", "12345.00")


def test_files_are_new_changed_or_removed(built: BuildResult, new: Path) -> None:
    change(
        new,
        "update core.source_file set document_id = 'other'",
        "insert into core.source_file (source_path, container_path, document_id) values ('b.zip', 'c.txt', 'd')",
    )
    assert difference(new, built.database).files == [("a.txt", "changed"), ("b.zip!/c.txt", "new")]
    assert difference(built.database, new).files == [("a.txt", "changed"), ("b.zip!/c.txt", "removed")]


def test_documents_superseded_and_quarantined_since_are_named(built: BuildResult, new: Path) -> None:
    change(new, "update core.document set superseded_by = 'x', status = 'quarantined', problem = 'why'")
    found = difference(new, built.database)
    assert (found.superseded, found.quarantined) == ([("a.txt",)], [("a.txt", "why")])


def fill(database: Path, rows: int) -> None:
    change(
        database,
        "create or replace table core.unit_copy as from core.amount limit 1",
        "delete from core.amount",
        "insert into core.amount by name select * exclude (i) replace (amount_id || '-' || i as amount_id)"
        f" from core.unit_copy, range({rows}) as numbers (i)",
        "drop table core.unit_copy",
    )


@pytest.mark.parametrize(("before", "after", "fits"), [(400, 190, False), (400, 210, True), (400, 1210, False)])
def test_half_or_three_times_the_rows_from_the_same_documents_do_not_pass(
    built: BuildResult, new: Path, tmp_path: Path, before: int, after: int, fits: bool
) -> None:
    old = Path(shutil.copy(built.database, tmp_path / "old.duckdb"))
    fill(old, before)
    fill(new, after)
    complaints = outside_ranges(new, old)
    assert complaints == ([] if fits else [f"core.amount has {after:,} rows; {before:,} were published last"])


def test_other_rules_may_make_other_numbers_of_checks_but_not_of_figures(
    built: BuildResult, new: Path, tmp_path: Path
) -> None:
    old = Path(shutil.copy(built.database, tmp_path / "old.duckdb"))
    fill(old, 400)
    fill(new, 100)
    change(
        new,
        "insert into quality.coverage by name select 'x' || n as filing_id from range(5000) as more (n)",
    )
    change(old, "insert into quality.coverage by name select 'x' || n as filing_id from range(500) as more (n)")
    complaints = outside_ranges(new, old)
    assert [complaint.split()[0] for complaint in complaints] == ["core.amount", "quality.coverage"]
    assert outside_ranges(new, old, same_rules=False) == complaints[:1]


def test_few_rows_may_change_as_they_like(built: BuildResult, new: Path, tmp_path: Path) -> None:
    old = Path(shutil.copy(built.database, tmp_path / "old.duckdb"))
    fill(old, 90)
    fill(new, 1)
    assert outside_ranges(new, old) == []
