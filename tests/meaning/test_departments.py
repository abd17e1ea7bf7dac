"""Which names are suggested to be one department, and how decisions on them are read."""

from pathlib import Path

import pytest

from pipelines.classification.departments import Alias, aliases, suggestions

ZONE = "青禾高新技术产业开发区"


def pairs(*names: str, decided: tuple[Alias, ...] = ()) -> list[tuple[str, str]]:
    return [(each.alias, each.department) for each in suggestions(names, decided)]


def test_three_bodies_of_one_zone_are_never_suggested_to_be_one() -> None:
    assert pairs(f"{ZONE}人社中心", f"{ZONE}人社中心（先创）", f"{ZONE}人力资源和社会保障局") == []


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("清流区财政局", "青禾市清流区财政局"),
        ("青禾市人社局", "青禾市人力资源和社会保障局"),
        ("青禾省人大办公厅", "青禾省人大常委会办公厅"),
        ("青禾市发展改革委员会", "青禾市发展和改革委员会"),
        ("清流区万石街道办事处", "清流区人民政府万石街道办事处"),
    ],
)
def test_names_that_may_be_one_are_suggested(short: str, long: str) -> None:
    assert pairs(short, long) == [(short, long)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾市财政局", "白石市财政局"),
        ("青禾市财政局", "青禾市审计局"),
        ("青禾市财政局", "青禾市财政局（本级）"),
        ("青禾市第一实验中学", "青禾市第二实验中学"),
        ("青禾市教育局", "青禾市教育中心"),
    ],
)
def test_names_of_different_bodies_are_not(one: str, other: str) -> None:
    assert pairs(one, other) == []


@pytest.mark.parametrize("decision", ["same", "different"])
def test_a_decided_pair_is_not_suggested_again(decision: str) -> None:
    decided = Alias("青禾市人社局", "青禾市人力资源和社会保障局", decision, None, None, "")
    assert pairs(decided.alias, decided.department, decided=(decided,)) == []


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("甲局,乙局,maybe,,,", "neither same nor different"),
        ("甲局,乙局,same,,2020,\n甲局,丙局,same,2020,,", "two departments in one year"),
    ],
)
def test_a_decision_that_cannot_hold_is_refused(tmp_path: Path, rows: str, complaint: str) -> None:
    path = tmp_path / "department_aliases.csv"
    path.write_text(f"alias,department,decision,first_year,last_year,evidence\n{rows}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        aliases(path)


def test_an_alias_may_pass_to_another_department(tmp_path: Path) -> None:
    path = tmp_path / "department_aliases.csv"
    rows = "甲局,乙局,same,,2018,\n甲局,丙局,same,2019,,"
    path.write_text(f"alias,department,decision,first_year,last_year,evidence\n{rows}\n", encoding="utf-8")
    assert [(row.department, row.first_year, row.last_year) for row in aliases(path)] == [
        ("乙局", None, 2018),
        ("丙局", 2019, None),
    ]
