"""What `duizhang inspect` shows of one file: why, its forms, what is left over, and which checks hold."""

from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from pipelines import inspection
from pipelines.cli import main
from pipelines.disclosures.facts import Facts
from pipelines.disclosures.understanding import understand
from tests.disclosures.build import document

COVER = "2022年度青禾市财政局部门决算"
ROWS = [
    "科目编码|科目名称|本年支出合计|基本支出|项目支出|援助物资折价",
    "|合计|9.00|4.00|5.00|0.10",
    "208|社会保障和就业支出|9.00|4.00|5.00|0.10",
    "20805|行政事业单位养老支出|8.00|4.00|3.00|",
]


def paper() -> Facts:
    return understand(document(COVER, "支出决算表", "单位：万元", ROWS))


def rendered(facts: Facts, rows: int) -> str:
    console = Console(width=160, record=True, file=StringIO())
    for table in inspection.form_tables(facts, rows):
        console.print(table)
    return console.export_text()


def test_the_evidence_units_and_reasons_are_told() -> None:
    lines = list(inspection.evidence_lines(paper()))
    assert "because     department: cover: 青禾市财政局" in lines
    assert "units       printed 1" in lines
    assert [line for line in lines if line.startswith("unplaced    2 × unknown header: 援助物资折价")]


def test_a_form_is_shown_as_printed_below_what_its_columns_were_taken_for() -> None:
    shown = rendered(paper(), 8)
    assert "FA03 支出决算表 · table 1 · 万元 (printed) · 2 of 11 without a meaning" in shown
    assert "project_expenditure" in shown
    assert "final 2022" in shown
    assert [
        line for line in shown.splitlines() if "20805" in line and "8.00" in line and "行政事业单位养老支出" in line
    ]


def test_rows_that_are_not_shown_are_counted() -> None:
    assert "and 2 more rows, 0 more columns" in rendered(paper(), 1)


def test_the_rules_are_evaluated_on_the_file_alone_and_nothing_is_kept() -> None:
    checks = inspection.checks_of(paper())
    lines = list(inspection.check_lines(checks))
    assert {"holds", "broken"} <= {check.outcome for check in checks}
    assert [line for line in lines if line.startswith("  broken: FA03-R01") and "8.00 ≠" in line]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken"])
def test_a_file_that_cannot_be_read_ends_with_1(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    done = CliRunner().invoke(main, ["inspect", str(tmp_path / "a.pdf")])
    assert done.exit_code == 1
    assert "quarantined" in done.output
