"""The measurement of a night, on few papers: each is of another department, and a quiet night writes nothing."""

import itertools
from pathlib import Path

import pytest

from benchmarks.nightly import DOCUMENTS, NO_CHANGE, SOME_NEW, measure, papers
from pipelines import stages


def test_every_paper_has_bytes_and_a_department_of_its_own(tmp_path: Path) -> None:
    made = list(itertools.islice(papers(), 5200))
    assert len(set(made)) == len(made)
    told = set()
    for number in (0, 40, 5199):
        (tmp_path / f"{number}.pdf").write_bytes(made[number])
        document = stages.inspect(tmp_path / f"{number}.pdf").document
        assert (document.status, document.fiscal_year, document.page_count) == ("loaded", 2024, 14)
        told.add(document.department)
    assert len(told) == 3


@pytest.mark.slow
def test_a_night_without_a_change_costs_its_budget_and_leaves_its_record_alone(tmp_path: Path) -> None:
    nights = measure(DOCUMENTS // 10, tmp_path)
    assert [Path(name).suffix for name in nights.written] == [".json", ".md"]
    assert nights.shares[0] <= NO_CHANGE
    # what a night costs whatever comes weighs ten times as much here as it does with all documents
    assert nights.shares[1] <= 5 * SOME_NEW
