"""How the warehouse tells departments apart: by name within a region, and by what people confirmed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

from pipelines.classification.departments import Alias, Declared
from pipelines.cli import main
from pipelines.lake.files import SourceFile
from pipelines.lake.store import Lake
from pipelines.warehouse import reference
from pipelines.warehouse.build import run_dbt, write_inputs
from tests.lake.facts import Paper

Connection = duckdb.DuckDBPyConnection
ZONE = "淄博高新技术产业开发区"
PAPERS = {
    "甲/1.txt": Paper("甲", year=2018, department="青禾县人社局").form("FA03").amount("expenditure", "1.00"),
    "甲/2.txt": Paper("乙", year=2019, department="青禾县人力资源局").form("FA03").amount("expenditure", "2.00"),
    "甲/3.txt": Paper("丙", year=2021, department="青禾县人社局").form("FA03").amount("expenditure", "3.00"),
    "z/1.txt": Paper("z1", department=f"{ZONE}人社中心"),
    "z/2.txt": Paper("z2", department=f"{ZONE}人社中心（先创）"),
    "z/3.txt": Paper("z3", department=f"{ZONE}人力资源和社会保障局"),
    "上海市/普陀区财政局/2023/1.txt": Paper("p1", department="普陀区财政局"),
    "舟山市/普陀区审计局/2023/1.txt": Paper("p2", department="普陀区审计局"),
    "安居区/水利中心/2023/1.txt": Paper("p3", department="水利中心"),
    "别处/普陀区统计局/2023/1.txt": Paper("p4", department="普陀区统计局"),
    "乙/1.txt": Paper("b1", department="白石县教育局（本级）"),
    "乙/2.txt": Paper("b2", year=2022, department="白石县教育局本级"),
    "乙/3.txt": Paper("b3", department="白石县教育局"),
}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("named")
    lake = Lake(folder / "lake")
    for paper in PAPERS.values():
        lake.write_facts(paper.facts(), "v1")
    confirmed = Alias("青禾县人社局", "青禾县人力资源局", "same", None, 2019, "改名")
    apart = Alias("白石县教育局", "白石县教育局本级", "different", None, None, "")
    known = Declared("青禾县人力资源局", "110101", "青禾县人民政府", None, None, "")
    files = [SourceFile(path, 1, 1, paper.document_id) for path, paper in sorted(PAPERS.items())]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reference, "aliases", lambda: (confirmed, apart))
        patch.setattr(reference, "declared", lambda: (known,))
        write_inputs(lake, files, folder, version="v1")
    run_dbt(folder, folder / "named.duckdb", select=("+reference_department", "+reference_department_alias", "+filing"))
    with duckdb.connect(str(folder / "named.duckdb"), read_only=True) as connection:
        yield connection


def rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def test_a_confirmed_alias_is_one_department_in_the_years_it_holds_for_and_no_other(named: Connection) -> None:
    found = rows(named, "select fiscal_year, department from core.filing where department like '青禾县%' order by 1")
    assert found == [(2018, "青禾县人力资源局"), (2019, "青禾县人力资源局"), (2021, "青禾县人社局")]
    alias = "select department_id, first_year, last_year, basis from reference.department_alias where alias = ?"
    assert sorted(row[1:] for row in named.execute(alias, ["青禾县人社局"]).fetchall()) == [
        (2018, 2018, "printed and confirmed"),
        (2021, 2021, "printed"),
    ]


def test_three_bodies_of_one_zone_are_three_departments(named: Connection) -> None:
    assert len(rows(named, f"select department_id from reference.department where department like '{ZONE}%'")) == 3


def test_two_spellings_of_the_department_proper_are_one_and_it_knows_its_superior(named: Connection) -> None:
    found = rows(
        named, "select superior_department, first_year from reference.department where department like '%本级%'"
    )
    assert found == [("白石县教育局", 2022)]
    [(superior,)] = rows(named, "select superior_id from reference.department where department like '%本级%'")
    assert rows(named, "select department_id from reference.department where department = '白石县教育局'") == [
        (superior,)
    ]


@pytest.mark.parametrize(
    ("department", "region", "basis"),
    [
        ("普陀区财政局", "310107", "name and folder"),
        ("普陀区审计局", "330903", "name and folder"),
        ("普陀区统计局", None, None),
        ("水利中心", "510904", "folder"),
        ("青禾县人力资源局", "110101", "declared"),
    ],
)
def test_a_region_rests_on_the_name_the_folder_or_a_declaration(
    named: Connection, department: str, region: str | None, basis: str | None
) -> None:
    query = "select region_code, region_basis from reference.department where department = ?"
    assert named.execute(query, [department]).fetchall() == [(region, basis)]


def test_the_command_suggests_names_of_the_warehouse_as_rows_to_decide_on(named: Connection, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "duizhang.duckdb")) as published:
        published.execute("create schema reference")
        published.execute(
            """create table reference.department as select * from (values ('青禾县人社局', '1', 2020, 2021),
               ('青禾县人力资源和社会保障局', '1', 2022, 2023)) as t (department, region_code, first_year, last_year)"""
        )
    done = CliRunner().invoke(main, ["departments", "--suggest", "--warehouse", str(tmp_path)])
    header, line = done.output.splitlines()
    assert header == "alias,department,decision,first_year,last_year,evidence"
    assert line.startswith("青禾县人社局,青禾县人力资源和社会保障局,,,,likeness 100")


def test_without_a_warehouse_the_command_says_so(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["departments", "--warehouse", str(tmp_path)]).exit_code == 3
