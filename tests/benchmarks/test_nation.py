"""A made nation is a shared lake as the product writes it, and what is said of its cost follows from the figures."""

import copy
import json
import xml.etree.ElementTree
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.capacity import (
    FIGURES,
    PAGE,
    PICTURE,
    costs,
    machine_told,
    page_with,
    picture,
    rules_seconds,
    rules_told,
)
from benchmarks.filings import templates
from benchmarks.nation import DOCUMENTS, sizes_up_to, verdict
from benchmarks.nation_lake import Nation, make_nation
from benchmarks.nation_queries import ask
from pipelines.classification.regions import regions
from pipelines.lake.schema import lake_schemas
from pipelines.lake.shared.batches import WHOSE, connected, locations, rows_of

SAVED = json.loads(FIGURES.read_text("utf-8"))


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    return make_nation(tmp_path_factory.mktemp("nation"), 20_000)


def _ask(nation: Nation, table: str, question: str) -> list[tuple]:
    everywhere = {each.province for each in nation.state.partitions}
    years = {each.year for each in nation.state.partitions}
    rows = rows_of(locations(nation.objects, nation.state, table, provinces=everywhere, years=years))
    with connected(nation.objects) as connection:
        return connection.execute(question.format(rows=rows)).fetchall()


def test_a_nation_has_the_columns_of_a_shared_lake_and_every_id_once(nation: Nation) -> None:
    described = _ask(nation, "amount", "DESCRIBE ({rows})")
    assert [row[0] for row in described] == [*lake_schemas()["amount"], *WHOSE, "province", "year"]
    [(rows, ids, documents)] = _ask(
        nation, "amount", "SELECT count(*), count(DISTINCT amount_id), count(DISTINCT document_id) FROM ({rows})"
    )
    assert rows == ids == nation.amounts
    assert abs(nation.amounts - 20_000) < 5_000
    # self-evaluations have no amounts
    assert 0 < documents < nation.documents == sum(each.documents for each in nation.state.partitions)


def test_departments_lie_in_regions_there_are_and_papers_span_eight_years(nation: Nation) -> None:
    found = _ask(nation, "document", "SELECT DISTINCT region_code, paper_year, department_id FROM ({rows})")
    assert {code for code, _, _ in found} <= {region.code for region in regions()}
    assert {year for _, year, _ in found} == set(range(2017, 2025))
    assert len({department for *_, department in found}) == nation.departments


def test_every_total_is_still_the_sum_of_its_classes(nation: Nation) -> None:
    question = """
        SELECT document_id, max(amount_yuan) FILTER (subject = 'expenditure') AS total,
            sum(amount_yuan) FILTER (row_code_kind = 'function' AND length(row_code) = 3) AS parts
        FROM ({rows}) WHERE form_code = 'FA03' AND measure = 'expenditure' GROUP BY document_id
    """
    found = _ask(nation, "amount", question)
    assert len(found) > 10
    assert len({total for _, total, _ in found}) > len(templates()) * 4, "departments have money of their own"
    assert [row for row in found if abs(row[1] - row[2]) > Decimal(1_000_000)] == []


def test_every_question_has_an_answer(nation: Nation) -> None:
    costs_of = ask(nation)
    assert costs_of["code_by_year"].rows == 8
    assert costs_of["history_of_a_department"].rows > 8
    assert costs_of["movers"].rows > 0


def test_what_is_above_a_budget_is_named() -> None:
    figures = copy.deepcopy(SAVED)
    largest, scale = figures["lakes"][-1], max(1.0, figures["lakes"][-1]["amounts"] / 10_000_000)
    for lake in figures["lakes"]:
        lake["megabytes"] = 1000
        for cost in lake["questions"].values():
            cost.update(wall_seconds=0.05, cpu_seconds=0.05)
    figures["rules"].update(cpu_seconds=1.0, megabytes=1000)
    assert verdict(figures) == []
    largest["questions"]["movers"].update(wall_seconds=5.1 * scale, cpu_seconds=1000)
    largest["megabytes"] = 5000
    figures["rules"]["cpu_seconds"] = 2 * 121 * figures["rules"]["amounts"] / 10_000_000
    assert rules_seconds(figures) == pytest.approx(121)
    assert [over.split(":")[0] for over in verdict(figures)] == ["movers", "movers", "all rules", "memory"]


def test_every_lake_is_held_against_the_budgets_and_beyond_ten_million_in_proportion() -> None:
    figures = copy.deepcopy(SAVED)
    figures["rules"].update(cpu_seconds=1.0, megabytes=1000)
    figures["lakes"] = [
        {
            "amounts": amounts,
            "megabytes": 1000,
            "questions": {
                name: {"wall_seconds": seconds, "cpu_seconds": seconds}
                for name, seconds in (("history_of_a_department", 0.05), ("code_by_year", code), ("movers", 0.5))
            },
        }
        for amounts, code in ((10_000_000, 0.9), (100_000_000, 8.9))
    ]
    assert verdict(figures) == []
    figures["lakes"][1]["questions"]["code_by_year"]["wall_seconds"] = 10.1
    assert verdict(figures) == ["code_by_year: 10.1 s, allowed 10.00 s at 100,000,000 amounts"]
    figures["lakes"][0]["questions"]["code_by_year"]["wall_seconds"] = 1.1
    assert len(verdict(figures)) == 2, "a smaller lake counts too"


def test_lakes_go_up_by_tens() -> None:
    assert sizes_up_to(DOCUMENTS * 245) == [99_999, 999_992, 9_999_920]
    assert [len(str(size)) for size in sizes_up_to(408_164 * 245)] == [6, 7, 8, 9]
    assert sizes_up_to(5_000) == [5_000]


def test_the_page_says_over_how_much_rules_were_measured_and_whether_others_were_at_work() -> None:
    figures = {"cores": 2, "load_before": 0.1, "rules": SAVED["rules"] | {"amounts": 500_000, "partitions": 1}}
    assert "taken from 500,000 amounts, which are 5% of them" in rules_told(figures)
    assert machine_told(figures) == "Measured on 2 cores that were idle."
    figures["rules"] |= {"amounts": 9_900_000, "partitions": 20}
    assert "over 20 partitions" in rules_told(figures)
    assert "measured over all of them" in rules_told(figures)
    assert "busy with other programs" in machine_told(figures | {"load_before": 3.0})


def test_the_capacity_page_and_its_picture_show_the_saved_figures() -> None:
    page = PAGE.read_text("utf-8")
    assert page_with(page, SAVED) == page
    assert f"{costs(SAVED)['read']:.2f} s CPU" in page
    assert PICTURE.read_text("utf-8") == picture(SAVED)
    drawn = xml.etree.ElementTree.fromstring(PICTURE.read_text("utf-8"))
    assert len(drawn.findall("{*}polyline")) == 3


def test_everything_the_page_names_is_there() -> None:
    page = PAGE.read_text("utf-8")
    for path in ("deploy/province-load.service", "deploy/kuberay.yaml", "benchmarks/nation_lake.py"):
        assert path in page
        assert (Path(PAGE).parents[1] / path).is_file()
