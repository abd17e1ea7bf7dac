"""The report of a run says first what needs attention, and a bad publication does not pass without a word."""

import datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipelines import stages
from pipelines.cli import main
from pipelines.lake.runs import Run, read_runs
from pipelines.stages.notes import Notes, clear_notes, note_work, read_notes
from pipelines.stages.run_report import markdown
from pipelines.warehouse.difference import Difference, TableChange
from tests.operations.papers import write_paper

_NOW = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)
_DIFFERENCE = Difference(
    tables=[TableChange("core.amount", 5, 4, 3)],
    files=[("b.pdf", "new")],
    superseded=[("old.pdf",)],
    quarantined=[("bad.pdf", "it has | no pages")],
    revised=[("财政局", "final_accounts", 2023, "FA03", "expenditure", "expenditure", "all", "final", "1.00", "2.00")],
    findings_new=[("critical", "财政局", 2023, "R001", "合计不等")],
    findings_gone=[],
)


def test_the_report_tells_what_is_new_changed_and_slow() -> None:
    run = Run("r1", _NOW, _NOW, {"files": 1200, "figures_revised": 1}, errors=("x.pdf went away",))
    text = markdown(run, Notes(read=2, slowest=[("b.pdf", 9.5)], rebuilt=True, difference=_DIFFERENCE))
    assert "**A new warehouse was published.**" in text
    for line in (
        "- files: 1,200",
        "| x.pdf went away |",
        "| bad.pdf | it has \\| no pages |",
        "| critical | 财政局 | 2023 | R001 | 合计不等 |",
        "| final | 1.00 | 2.00 |",
        "| b.pdf | new |",
        "| old.pdf |",
        "| core.amount | 5 | 4 | 3 |",
        "| b.pdf | 9.5 |",
    ):
        assert line in text
    assert "Findings gone" not in text
    assert text.index("## Quarantined") < text.index("## Rows by table")


def test_the_report_of_a_failed_run_says_that_the_warehouse_stays() -> None:
    text = markdown(Run("r1", _NOW, _NOW, errors=("LoadError: no",)), Notes())
    assert "**The run failed; the published warehouse stays.**" in text
    assert "| LoadError: no |" in text


def test_notes_add_up_over_stages_until_the_run_is_recorded(tmp_path: Path) -> None:
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse")
    note_work(workspace, "read", {"a": 1.0, "b": 3.0})
    note_work(workspace, "understand", {"a": 4.0})
    note_work(workspace, "read", {})
    notes = read_notes(workspace)
    assert (notes.read, notes.understood, notes.slowest) == (2, 1, [("a", 5.0), ("b", 3.0)])
    clear_notes(workspace)
    assert read_notes(workspace) == Notes()


@pytest.mark.slow
def test_a_revised_figure_is_reported_and_can_be_rolled_back(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    workspace = stages.Workspace(raw, warehouse, workers=1)
    write_paper(raw / "a.txt", total="1.00")
    stages.load(workspace)
    write_paper(raw / "a.txt", total="2.00")
    write_paper(raw / "b.txt", department="云溪县水利局")
    (raw / "bad.pdf").write_bytes(b"")
    stages.load(workspace)

    first, second = read_runs(workspace.lake)
    assert "files_new" not in first.counts
    changes = {name: second.counts[name] for name in ("files_new", "files_changed", "documents_quarantined")}
    assert changes == {"files_new": 2, "files_changed": 1, "documents_quarantined": 1}
    assert second.counts["figures_revised"] > 0
    assert second.tables["core.document"] == (3, 1, 0)
    text = (warehouse / "runs" / f"{second.run_id}.md").read_text(encoding="utf-8")
    assert "| 10000.00 | 20000.00 |" in text
    assert "| a.txt | changed |" in text
    assert "first warehouse" in (warehouse / "runs" / f"{first.run_id}.md").read_text(encoding="utf-8")

    done = CliRunner().invoke(main, ["rollback", "--warehouse", str(warehouse)])
    assert done.exit_code == 0, done.output
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM core.document").fetchall() == [(1,)]
    assert not stages.load(workspace).rebuilt, "what was gone back from must not come back by itself"
    listed = CliRunner().invoke(main, ["rollback", "--list", "--warehouse", str(warehouse)]).output
    assert [line.split()[0] for line in listed.splitlines()] == ["1", "2"]
    again = CliRunner().invoke(main, ["rollback", "--warehouse", str(warehouse)])
    assert (again.exit_code, "no such earlier version" in again.stderr) == (1, True)


def test_rows_lost_with_no_reason_keep_a_build_from_being_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "build-x"
    folder.mkdir()
    for name in ("fingerprint", "basis", "rules", "checked", "duizhang.duckdb"):
        (folder / name).write_text("new", encoding="ascii")
    (tmp_path / "duizhang.duckdb").write_text("old", encoding="ascii")
    monkeypatch.setattr(
        "pipelines.stages.tables.outside_ranges", lambda new, old, same_rules: ["core.amount has 1 rows"]
    )
    with pytest.raises(stages.LoadError, match=r"core\.amount has 1 rows.*--any-size"):
        stages.publish_tables(stages.Workspace(tmp_path / "raw", tmp_path))
    assert (tmp_path / "duizhang.duckdb").read_text("ascii") == "old"
    assert (folder / "duizhang.duckdb").exists()


def test_rollback_without_a_warehouse_ends_with_3(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["rollback", "--warehouse", str(tmp_path)]).exit_code == 3
