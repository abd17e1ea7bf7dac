"""``duizhang build``: from a shared lake, without the documents, the tables are those of a load."""

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipelines import stages
from pipelines.cli import main
from pipelines.stages.compaction import compact_lake
from pipelines.stages.from_store import load_from_store
from tests.operations.papers import write_paper

OF_RUNS = {("quality", "run"), ("quality", "finding_history"), ("quality", "finding_trend")}
"""Tables that tell of this warehouse's own runs."""


def _build(*arguments: str | Path):
    return CliRunner().invoke(main, ["build", *map(str, arguments)])


def _different(one: Path, other: Path) -> list[tuple[str, str]]:
    """The tables whose rows are not the same."""
    with duckdb.connect() as both:
        for name, path in (("one", one), ("other", other)):
            both.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        listed = "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = '{}'"
        tables = both.execute(listed.format("one")).fetchall()
        assert sorted(tables) == sorted(both.execute(listed.format("other")).fetchall())
        assert len(tables) > 60
        rows = 'SELECT 1 FROM (FROM {a}.{s}."{t}" EXCEPT ALL FROM {b}.{s}."{t}") LIMIT 1'
        return [
            (s, t)
            for s, t in tables
            if (s, t) not in OF_RUNS
            and any(
                both.execute(rows.format(a=a, b=b, s=s, t=t)).fetchall()
                for a, b in (("one", "other"), ("other", "one"))
            )
        ]


def test_without_a_lake_or_a_province_it_says_what_is_missing(tmp_path: Path) -> None:
    done = _build("--store", tmp_path / "nation", "--province", "320000", "--warehouse", tmp_path / "warehouse")
    assert (done.exit_code, "the shared lake has no province 320000; there is nothing" in done.stderr) == (1, True)
    assert not (tmp_path / "warehouse" / "duizhang.duckdb").exists()
    assert _build("--store", tmp_path).exit_code == 2


@pytest.mark.slow
def test_tables_built_from_a_shared_lake_are_those_of_a_load(tmp_path: Path) -> None:
    raw, store = tmp_path / "raw", str(tmp_path / "nation")
    write_paper(raw / "苏州" / "a.txt", department="江苏省苏州市姑苏区文化事务局", total="12.30")
    write_paper(raw / "苏州" / "b（更正）.txt", department="江苏省苏州市姑苏区文化事务局", total="12.40")
    write_paper(raw / "苏州" / "c.txt", department="江苏省苏州市姑苏区文化事务局", year=2022, total="11.00")
    write_paper(raw / "济南" / "d.txt", department="山东省济南市历下区文化事务局", total="7.00")
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    loaded, built, part = (tmp_path / name for name in ("loaded", "built", "part"))
    stages.load(stages.Workspace(raw, loaded, workers=2))
    with duckdb.connect(str(loaded / "duizhang.duckdb"), read_only=True) as connection:
        counts = "SELECT count(*) FILTER (status = 'quarantined'), count(superseded_by) FROM core.document"
        assert connection.execute(counts).fetchall() == [(1, 1)]
    compact_lake(stages.Workspace(raw, loaded), store)

    done = _build("--store", store, "--province", "all", "--warehouse", built, "--raw", tmp_path / "nowhere",
                  "--memory", "1GB", "--spill", tmp_path / "spill")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "files       seen 5" in done.output
    assert "passed over" not in done.output
    assert _different(loaded / "duizhang.duckdb", built / "duizhang.duckdb") == []
    assert (built / "site" / "index.html").is_file()
    assert list((tmp_path / "spill").iterdir()) == []

    again = load_from_store(stages.Workspace(tmp_path, built), store, ["all"])
    assert (again.rebuilt, again.files) == (False, 5)

    jiangsu = load_from_store(stages.Workspace(tmp_path, part), store, ["320000"])
    assert (jiangsu.rebuilt, jiangsu.files) == (True, 3)
    with duckdb.connect(str(part / "duizhang.duckdb"), read_only=True) as connection:
        found = connection.execute("SELECT DISTINCT region_code, department FROM core.filing").fetchall()
    assert found == [("320508", "江苏省苏州市姑苏区文化事务局")]
