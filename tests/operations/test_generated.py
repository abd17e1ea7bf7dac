"""The dictionary and Dagster's index say what the SQL models declare."""

import pytest

from pipelines import generated


@pytest.fixture(scope="module")
def declared() -> list[generated.Model]:
    return generated.models()


def test_the_dictionary_is_what_the_models_declare(declared: list[generated.Model]) -> None:
    assert generated.DICTIONARY.read_text(encoding="utf-8") == generated.dictionary(declared), "run `make docs`"


def test_the_index_for_dagster_is_what_the_models_declare(declared: list[generated.Model]) -> None:
    assert generated.INDEX.read_text(encoding="utf-8") == generated.index(declared), "run `make docs`"


def test_a_table_is_upstream_over_unpublished_steps(declared: list[generated.Model]) -> None:
    upstream = {model.name: model.upstream for model in declared}
    assert "core.amount" in upstream["mart.year_over_year"]
    assert all(name in upstream for names in upstream.values() for name in names)


def test_every_published_table_has_a_description_in_both_languages_and_a_key(declared: list[generated.Model]) -> None:
    assert [model.name for model in declared if " | " not in model.description or not model.key] == []
