"""``duizhang review``: written from the command line, taken up by the next load, told by ``duizhang findings``."""

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from data_quality import reviews
from pipelines import stages, summary
from pipelines.cli import main
from tests.operations.papers import write_paper


def duizhang(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "reviews.csv"
    monkeypatch.setenv("DUIZHANG_REVIEWS", str(path))
    monkeypatch.setenv("DUIZHANG_REVIEWER", "李审")
    return path


def a_finding(warehouse: Path) -> str:
    _, out, _ = duizhang("findings", "--warehouse", warehouse, "--format", "json", "--limit", "1")
    return str(json.loads(out)["finding_id"])


def test_verdicts_are_written_with_who_and_why_and_listed(warehouse: Path, kept: Path) -> None:
    finding = a_finding(warehouse)
    waived = duizhang(
        "review", "waive", finding[:12], "--reason", "已更正", "--until", "2099-01-01", "--warehouse", warehouse
    )
    accepted = duizhang("review", "accept", finding, "--warehouse", warehouse)

    assert (waived[0], accepted[0]) == (0, 0)
    assert "until 2099-01-01" in waived[1]
    assert [(row.finding_id, row.verdict, row.reviewer) for row in reviews.read(kept).rows] == [
        (finding, "waived", "李审"),
        (finding, "accepted", "李审"),
    ]
    code, out, _ = duizhang("review", "list", "--warehouse", warehouse)
    assert (code, len(out.splitlines())) == (0, 1)
    assert f"{finding}  accepted (in force)" in out
    assert duizhang("review", "list", "--state", "gone", "--warehouse", warehouse)[1] == ""


@pytest.mark.parametrize("wanted", ["ffffffffffffffff", "0"])
def test_a_finding_that_is_not_there_is_not_reviewed(warehouse: Path, kept: Path, wanted: str) -> None:
    code, _, err = duizhang("review", "accept", wanted, "--warehouse", warehouse)

    assert code == 1
    assert "nothing was written" in err
    assert not kept.exists()


def test_a_dispute_or_a_waiver_without_a_reason_is_wrong_usage(warehouse: Path, kept: Path) -> None:
    finding = a_finding(warehouse)
    assert duizhang("review", "dispute", finding, "--warehouse", warehouse)[0] == 2
    assert duizhang("review", "waive", finding, "--warehouse", warehouse)[0] == 2
    code, _, err = duizhang("review", "dispute", finding, "--reason", " ", "--warehouse", warehouse)
    assert (code, "with a reason" in err) == (1, True)


def test_rows_that_count_for_nothing_are_told_by_the_list(warehouse: Path, kept: Path) -> None:
    kept.write_text(",".join(reviews.COLUMNS) + "\n坏行\n", encoding="utf-8")

    code, _, err = duizhang("review", "list", "--warehouse", warehouse)

    assert (code, "line 2" in err) == (1, True)


def test_the_next_load_takes_reviews_up_and_tells_which_rows_count_for_nothing(tmp_path: Path, kept: Path) -> None:
    paper = write_paper(tmp_path / "raw" / "a.txt")
    text = paper.read_text(encoding="utf-8").replace("合计\t\t12.30\t12.30", "合计\t\t99.00\t12.30")
    paper.write_text(text, encoding="utf-8")
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1, reviews=kept)
    stages.load(workspace)
    finding = a_finding(workspace.warehouse)
    waive = ("review", "waive", finding, "--reason", "已更正", "--warehouse", workspace.warehouse)
    assert duizhang(*waive)[0] == 0
    kept.write_text(kept.read_text(encoding="utf-8") + "坏行\n", encoding="utf-8")

    result = stages.load(workspace)

    assert result.rebuilt
    assert [problem for problem in result.problems if "reviews.csv line 3" in problem]
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        told = {each[-2]: each[-3] for each in summary.findings(connection).fetchall()}
        open_ones = {each[-2] for each in summary.findings(connection, review="open").fetchall()}
        waived = {each[-2] for each in summary.findings(connection, review="waived").fetchall()}
        query = "SELECT broken, critical + warning + info FROM mart.filing_quality"
        ((broken, counted),) = connection.execute(query).fetchall()
    assert told[finding] == "waived"
    assert waived == {finding}
    assert finding not in open_ones
    assert counted < broken
    assert not stages.load(workspace).rebuilt
