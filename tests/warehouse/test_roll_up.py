"""One file over many warehouses: all rows of each, with their comments; nothing where they do not fit together."""

import shutil
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.warehouse.build import BuildResult
from pipelines.warehouse.roll_up import RollUpError, roll_up


@pytest.fixture
def two(built: BuildResult, tmp_path: Path) -> tuple[Path, Path]:
    """Two published warehouses of different filings."""
    paths = [tmp_path / name / "duizhang.duckdb" for name in ("jiangsu", "o'zhejiang")]
    for path in paths:
        path.parent.mkdir()
        shutil.copy(built.database, path)
    with duckdb.connect(str(paths[1])) as connection:
        connection.execute("UPDATE core.filing SET filing_id = filing_id || '-other', region_code = '330000'")
    return paths[0], paths[1]


def _rows(path: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_roll_up_has_the_rows_of_all_and_rules_once(two, tmp_path) -> None:
    rows = roll_up(two, tmp_path / "nation.duckdb")
    nation = tmp_path / "nation.duckdb"
    filings = [row for path in two for row in _rows(path, "SELECT filing_id, region_code FROM core.filing")]
    assert sorted(_rows(nation, "SELECT filing_id, region_code FROM core.filing")) == sorted(filings)
    assert rows["core.filing"] == len(filings) == 2
    for table in ("mart.year_over_year", "mart.disclosure_coverage", "mart.functional_spending", "quality.finding"):
        [(one,)] = _rows(two[0], f"SELECT count(*) FROM {table}")
        assert _rows(nation, f"SELECT count(*) FROM {table}") == [(2 * one,)] == [(rows[table],)]
    [(rules,)] = _rows(two[0], "SELECT count(*) FROM quality.rule")
    assert rows["quality.rule"] == rules > 100
    assert "mart.peers" not in rows
    assert sorted(each.name for each in tmp_path.iterdir()) == ["jiangsu", "nation.duckdb", "o'zhejiang"]


def test_a_roll_up_says_what_its_columns_mean(two, tmp_path) -> None:
    roll_up(two, tmp_path / "nation.duckdb")
    query = "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = 'filing'"
    comments = dict(_rows(tmp_path / "nation.duckdb", query))
    assert comments == dict(_rows(two[0], query))
    assert all(comments.values())


def test_the_same_filing_twice_is_refused_and_the_old_file_stays(two, tmp_path) -> None:
    nation = tmp_path / "nation.duckdb"
    nation.write_bytes(b"old")
    with pytest.raises(RollUpError, match="1 filings are in more than one warehouse, for example 2023-final_accounts"):
        roll_up((two[0], two[0]), nation)
    assert nation.read_bytes() == b"old"


def test_warehouses_of_two_releases_are_refused_by_name(two, tmp_path) -> None:
    with duckdb.connect(str(two[1])) as connection:
        connection.execute("CREATE TABLE mart.of_another_release (a INTEGER)")
    with pytest.raises(RollUpError, match=r"o'zhejiang/duizhang.duckdb has other tables than .*same release"):
        roll_up(two, tmp_path / "nation.duckdb")


def test_the_command_names_what_is_missing(two, tmp_path) -> None:
    folders = [str(path.parent) for path in two]
    done = CliRunner().invoke(main, ["roll-up", "--into", str(tmp_path / "n.duckdb"), *folders])
    assert (done.exit_code, "core.filing" in done.output) == (0, True)
    done = CliRunner().invoke(main, ["roll-up", "--into", str(tmp_path / "n.duckdb"), str(tmp_path / "nowhere")])
    assert (done.exit_code, "there is no published file at" in done.stderr) == (1, True)
