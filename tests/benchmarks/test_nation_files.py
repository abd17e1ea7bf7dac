"""Files of a made nation are in every format, the same every time, and load back exactly as their list says."""

from pathlib import Path

import duckdb
import pytest

from benchmarks.nation_files import EACH, FORMATS, KINDS, YEARS, Said, files_of, said_in, write_files
from benchmarks.nation_loaded import Held, held_against
from pipelines.classification.regions import regions
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_data

COUNT = 3 * EACH


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return [made.said for made in files_of(COUNT)]


def test_departments_publish_every_kind_every_year_from_the_first_region_to_the_last(said: list[Said]) -> None:
    assert len(said) == COUNT == len({each.document_id for each in said}) == len({each.path for each in said})
    papers = {(each.department, each.kind, each.fiscal_year) for each in said}
    assert papers == {(d, k, y) for d in {each.department for each in said} for k in KINDS for y in YEARS}
    counties = [each.code for each in regions() if each.level == "county"]
    found = sorted({each.region_code for each in said})
    assert found == [counties[number * len(counties) // 3] for number in range(3)]


def test_the_same_number_makes_the_same_bytes_and_a_list_beside_them(tmp_path: Path) -> None:
    counts = write_files(tmp_path, 8)
    assert sum(counts.values()) == 8
    assert list(said_in(tmp_path)) == [made.said for made in files_of(8)]
    for made in files_of(8):
        assert (tmp_path / "raw" / made.said.path).read_bytes() == made.content
    assert write_files(tmp_path, 2) != counts
    assert sum(1 for path in (tmp_path / "raw").rglob("*") if path.is_file()) == 2


def test_files_of_every_format_are_understood_as_the_list_says() -> None:
    left = set(FORMATS)
    for made in files_of(400):
        suffix = made.said.path.rpartition(".")[2]
        if suffix not in left or not made.said.amounts:
            continue
        left.remove(suffix)
        facts = understand(read_data(made.content, made.said.path))
        document = (facts.document.department, facts.document.fiscal_year, facts.document.kind)
        assert document == (made.said.department, made.said.fiscal_year, made.said.kind)
        assert sorted(str(each.amount_yuan) for each in facts.amounts) == sorted(row[6] for row in made.said.amounts)
        if not left:
            return
    assert left == set()


def _database(folder: Path, said: list[Said]) -> Path:
    """What a warehouse would hold of these files, as far as it is looked at."""
    path = folder / "loaded.duckdb"
    rows = [(each, row) for each in said for row in each.amounts]
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            CREATE SCHEMA core;
            CREATE TABLE core.filing (filing_id VARCHAR, region_code VARCHAR);
            CREATE TABLE core.document (document_id VARCHAR, filing_id VARCHAR, status VARCHAR, department VARCHAR,
                fiscal_year INTEGER, kind VARCHAR);
            CREATE TABLE core.amount (document_id VARCHAR, form_code VARCHAR, subject VARCHAR, measure VARCHAR,
                fund VARCHAR, stage VARCHAR, fiscal_year INTEGER, amount_yuan DECIMAL(20, 2), printed VARCHAR,
                unit VARCHAR);
            CREATE TABLE core.project (document_id VARCHAR, project VARCHAR, adjusted_budget_yuan DECIMAL(20, 2),
                executed_yuan DECIMAL(20, 2));
        """)
        filings = [(each.path, each.region_code) for each in said]
        documents = [
            (each.document_id, each.path, "loaded", each.department, each.fiscal_year, each.kind) for each in said
        ]
        connection.executemany("INSERT INTO core.filing VALUES (?, ?)", filings)
        connection.executemany("INSERT INTO core.document VALUES (?, ?, ?, ?, ?, ?)", documents)
        connection.executemany(
            f"INSERT INTO core.amount VALUES ({', '.join('?' * 10)})", [(each.document_id, *row) for each, row in rows]
        )
        connection.executemany(
            "INSERT INTO core.project VALUES (?, ?, ?, ?)",
            [(each.document_id, *row) for each in said for row in each.projects],
        )
    return path


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("DELETE FROM core.amount WHERE rowid = 3", ["not there:"]),
        ("UPDATE core.amount SET amount_yuan = amount_yuan + 0.01 WHERE rowid = 3", ["not there:", "not said:"]),
        ("INSERT INTO core.amount SELECT * FROM core.amount LIMIT 1", ["not said:"]),
        ("UPDATE core.filing SET region_code = '110105' WHERE rowid = 0", ["not there:", "not said:"]),
        ("UPDATE core.document SET status = 'quarantined' WHERE rowid = 0", ["not there:", "not said:"]),
        ("DELETE FROM core.project WHERE rowid = 0", ["not there:"]),
        ("INSERT INTO core.document (document_id) VALUES ('more')", ["documents there"]),
    ],
)
def test_what_is_lost_changed_or_doubled_is_named(
    tmp_path: Path, said: list[Said], change: str, told: list[str]
) -> None:
    few = said[:3]
    database = _database(tmp_path, few)
    exact = held_against(few, database)
    assert exact.is_exact
    assert (exact.documents, exact.amounts) == (3, sum(len(each.amounts) for each in few))
    with duckdb.connect(str(database)) as connection:
        connection.execute(change)
    held = held_against(few, database)
    assert not held.is_exact
    assert [next(word for word in told if word in line) for line in held.shown] == told


def test_nothing_at_all_is_not_exact() -> None:
    assert not Held().is_exact


@pytest.mark.slow
def test_a_load_of_files_is_exactly_what_their_list_says(tmp_path: Path) -> None:
    from pipelines import stages

    write_files(tmp_path, 36)
    stages.load(stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=2))
    held = held_against(said_in(tmp_path), tmp_path / "warehouse" / "duizhang.duckdb")
    assert held.shown == []
    assert (held.is_exact, held.documents) == (True, 36)
