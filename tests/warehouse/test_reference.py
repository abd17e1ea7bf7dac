"""The references that SQL joins come from the catalogues and code lists, each row once."""

import polars as pl
import pytest

from pipelines.classification.crosswalk import economic_crosswalk
from pipelines.classification.regions import regions
from pipelines.warehouse.declared import declared_tables
from pipelines.warehouse.reference import reference_frames

KEYS = {
    "reference_function_code": ["code", "title_zh"],
    "reference_economic_code": ["kind", "code", "title_zh"],
    "reference_economic_crosswalk": ["gov_code", "dept_code"],
    "reference_region": ["region_code"],
    "reference_form": ["form_code"],
    "reference_measure": ["measure"],
    "reference_fund": ["fund"],
    "reference_stage": ["stage"],
    "reference_code_change": ["kind", "from_code", "to_code", "effective_year"],
    "reference_department_declared": ["department", "region_code", "first_year"],
    "reference_department_alias": ["alias", "department", "first_year"],
}
CONFIRMED_BY_PEOPLE = {"reference_department_declared", "reference_department_alias"}
"""Nobody has confirmed a department yet."""


def test_there_are_these_references() -> None:
    assert set(reference_frames()) == set(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_rows_are_distinct_by_key(name: str) -> None:
    frame = reference_frames()[name]
    assert frame.height > 0 or name in CONFIRMED_BY_PEOPLE
    assert frame.select(pl.struct(KEYS[name]).n_unique()).item() == frame.height


def test_every_region_stands_in_one_that_is_there() -> None:
    codes = {region.code for region in regions()}
    assert {region.parent for region in regions()} - {None} <= codes
    assert all(region.parent is None for region in regions() if region.level == "province")


def test_groups_of_regions_are_no_regions() -> None:
    assert not [region for region in regions() if region.name in {"市辖区", "省直辖县级行政区划"}]


def test_a_city_that_is_its_own_county_stands_once() -> None:
    assert [region.level for region in regions() if region.name == "东莞市"] == ["city"]


def test_the_crosswalk_goes_from_government_to_departmental_codes() -> None:
    assert ("50101", "30101") in economic_crosswalk()
    assert all(gov.startswith("5") and dept.startswith("3") for gov, dept in economic_crosswalk())


def test_every_published_table_declares_its_key_among_its_columns() -> None:
    for table in declared_tables():
        assert set(table.key) <= set(table.columns), table.full_name
