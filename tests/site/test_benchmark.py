"""The benchmark of the site measures what it says, at a size that takes seconds."""

import pytest

from benchmarks.site import CHROMIUM, measure, over_budget

pytestmark = pytest.mark.slow


def test_the_benchmark_measures_building_opening_and_filtering() -> None:
    found = measure(filings=40, findings=500, many=3000)
    assert found["filings"] == 40
    assert (found["findings"], found["findings_of_many"]) == (500, 3000)
    assert 0 < found["build_seconds"] < 60
    assert found["rendering"]["pages_a_cpu_second"] > 0
    if CHROMIUM.is_file():
        assert 0 < found["filter_ms"] < found["filter_ms_worst"] + 1
        assert found["first_page_ms"] > 0


def test_what_is_above_its_budget_is_told() -> None:
    assert over_budget({"build_seconds": 31.0, "first_page_ms": 10.0}) == ["build_seconds 31.0 > 30.0"]
    assert over_budget({"filter_ms": None}) == []
