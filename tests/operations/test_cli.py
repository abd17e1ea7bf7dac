"""The command line: helpful, fast to start, and with exit codes that scripts can use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.warehouse.lock import exclusive
from tests.operations.papers import write_paper


def duizhang(*arguments: str | Path, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(each) for each in arguments], input=stdin)
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("command", ["", *main.commands])
def test_help_shows_examples(command: str) -> None:
    code, out, _ = duizhang(*([command] if command else []), "--help")
    assert code == 0
    assert f"  duizhang {command}" in out


def test_help_states_the_exit_codes() -> None:
    _, out, _ = duizhang("--help")
    assert [line.split()[0] for line in out.split("Exit codes:")[1].splitlines() if line.strip()] == list("01234")


def test_starting_imports_nothing_heavy() -> None:
    code = "import sys, pipelines.cli; print([m for m in %r if m in sys.modules])"
    heavy = ("polars", "duckdb", "pandas", "great_expectations", "dbt", "dagster", "pdfplumber", "rich", "msgspec")
    done = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_a_warehouse_the_exit_code_is_3_and_the_message_says_what_to_do(tmp_path: Path) -> None:
    for command in ("findings", "sql"):
        code, _, err = duizhang(command, "--warehouse", tmp_path)
        assert code == 3
        assert "duizhang load" in err


def test_a_failed_load_ends_with_1(tmp_path: Path) -> None:
    code, _, err = duizhang("load", "--raw", tmp_path / "nowhere", "--warehouse", tmp_path / "warehouse")
    assert code == 1
    assert "there is no folder" in err


def test_wrong_usage_ends_with_2() -> None:
    assert duizhang("load", "--workers", "0")[0] == 2


def test_a_busy_warehouse_ends_with_4(tmp_path: Path) -> None:
    write_paper(tmp_path / "raw" / "a.txt")
    with exclusive(tmp_path / "warehouse"):
        code, _, err = duizhang("load", "--raw", tmp_path / "raw", "--warehouse", tmp_path / "warehouse")
    assert code == 4
    assert "wait until it is done" in err


def test_sql_prints_rows_as_table_csv_and_json(warehouse: Path) -> None:
    query = "SELECT 1.50::DECIMAL(20, 2) AS yuan, '文化' AS name"
    assert "文化" in duizhang("sql", query, "--warehouse", warehouse)[1]
    assert duizhang("sql", query, "--warehouse", warehouse, "--format", "csv")[1] == "yuan,name\n1.50,文化\n"
    _, out, _ = duizhang("sql", "--warehouse", warehouse, "--format", "json", stdin=query)
    assert json.loads(out) == {"yuan": "1.50", "name": "文化"}


def test_sql_without_a_query_lists_the_tables(warehouse: Path) -> None:
    code, out, _ = duizhang("sql", "--warehouse", warehouse, "--format", "csv", stdin="")
    assert code == 0
    assert "core,amount," in out


def test_sql_cannot_write_and_says_what_is_wrong_with_a_query(warehouse: Path) -> None:
    code, _, err = duizhang("sql", "DELETE FROM core.amount", "--warehouse", warehouse)
    assert (code, "read-only" in err) == (1, True)
    code, _, err = duizhang("sql", "SELECT no_such_column FROM core.amount", "--warehouse", warehouse)
    assert (code, "no_such_column" in err) == (1, True)


def test_findings_come_gravest_first_and_can_be_narrowed(warehouse: Path) -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        _, out, _ = duizhang("findings", "--warehouse", warehouse, "--format", "json", *arguments)
        return [json.loads(line) for line in out.splitlines()]

    found = rows()
    grave = ["critical", "warning", "info"]
    assert found
    assert [row["severity"] for row in found] == sorted((row["severity"] for row in found), key=grave.index)
    department, rule = found[0]["department"], found[0]["rule_id"]
    assert {row["department"] for row in rows("--department", department)} == {department}
    assert {row["rule_id"] for row in rows("--rule", rule)} == {rule}
    assert len(rows("--limit", "1")) == 1
    assert rows("--department", "没有这个部门") == []


def test_inspect_tells_paper_forms_and_amounts_and_writes_nothing(tmp_path: Path) -> None:
    paper = write_paper(tmp_path / "a.txt", department="云溪县档案局", year=2023)
    code, out, _ = duizhang("inspect", paper)
    assert code == 0
    assert "final_accounts, department, 云溪县档案局, 2023" in out
    assert "FA03" in out
    assert "amounts in 万元" in out
    assert list(tmp_path.iterdir()) == [paper]


def test_inspect_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    code, out, _ = duizhang("inspect", tmp_path / "empty.pdf")
    assert code == 1
    assert "quarantined" in out
    assert "the file is empty" in out
