"""What was typeset is read back: every number of every form, with its meaning, and nothing more."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from pipelines.disclosures.facts import AmountFact, Facts
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document
from tests.samples.strategies import YEAR, Case, cases, filing
from tests.typeset.model import Paper, expected_amounts, expected_claims
from tests.typeset.papers import LAYOUTS, Frame, compose
from tests.typeset.pdf import set_pdf
from tests.typeset.samples import Sample, samples
from tests.typeset.style import Style
from tests.typeset.text import set_text

TEXT = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PDF = settings(TEXT, max_examples=3, phases=(Phase.explicit, Phase.generate))
SHOWN = 8


def _read(content: bytes, folder: Path, name: str) -> Facts:
    path = folder / hashlib.sha256(content).hexdigest()
    path.write_bytes(content)
    return understand(read_document(path, name))


def _meaning(amount: AmountFact) -> tuple[object, ...]:
    place = (amount.form_code, amount.subject, amount.measure, amount.fund, amount.stage, amount.fiscal_year)
    return (*place, amount.amount_yuan, amount.printed, amount.unit)


def _differences(paper: Paper, facts: Facts) -> list[str]:
    """List what was not read and what was read without having been set."""
    read: Counter[tuple[object, ...]] = Counter(map(_meaning, facts.amounts))
    expected: Counter[tuple[object, ...]] = Counter(map(tuple, expected_amounts(paper)))
    missing = [f"not read: {each}" for each in (expected - read).elements()]
    return [*missing[:SHOWN], *[f"not set: {each}" for each in (read - expected).elements()][:SHOWN]]


@TEXT
@given(case=cases(tuple(LAYOUTS)))
def test_every_number_of_a_text_is_read_back(case: Case, tmp_path: Path) -> None:
    paper = case.paper()
    assert _differences(paper, _read(set_text(paper), tmp_path, f"{YEAR}年度.txt")) == []


@pytest.mark.slow
def test_every_number_of_500_tables_of_text_is_read_back(tmp_path: Path) -> None:
    tables = 0

    @settings(TEXT, max_examples=60, phases=(Phase.explicit, Phase.generate))
    @given(case=cases(tuple(LAYOUTS)))
    def read_back(case: Case) -> None:
        nonlocal tables
        paper = case.paper()
        tables += len(list(paper.tables()))
        assert _differences(paper, _read(set_text(paper), tmp_path, f"{YEAR}年度.txt")) == []

    read_back()
    assert tables >= 500


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_number_of_a_pdf_is_read_back(layout: str, tmp_path: Path) -> None:
    @PDF
    @given(case=cases((layout,)))
    def read_back(case: Case) -> None:
        paper = case.paper()
        assert _differences(paper, _read(set_pdf(paper), tmp_path, f"{YEAR}年度.pdf")) == []

    read_back()


@pytest.mark.parametrize("sample", list(samples()), ids=lambda sample: sample.path.rpartition("/")[2])
def test_every_number_of_the_samples_is_read_back(sample: Sample, tmp_path: Path) -> None:
    assert _differences(sample.paper, _read(sample.content(), tmp_path, sample.path)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_forms_and_their_units_are_read_back(layout: str, tmp_path: Path) -> None:
    style = Style(unit="元" if layout == "shanghai" else "万元", code_columns=3 if layout == "shanghai" else 1)
    paper = compose(filing(5, layout), style, layout, Frame())
    forms = _read(set_text(paper), tmp_path, "paper.txt").forms
    expected = [(table.form_code, table.unit, table.is_empty) for table in paper.tables()]
    assert [(form.form_code, form.unit, form.is_empty) for form in forms if form.present] == expected


@pytest.mark.parametrize("layout", ["final_accounts", "shandong"])
def test_department_year_and_kind_are_read_back(layout: str, tmp_path: Path) -> None:
    truth = filing(5, layout)
    paper = compose(truth, Style(), layout, Frame())
    for content in (set_text(paper), set_pdf(paper)):
        document = _read(content, tmp_path, "paper").document
        assert (document.department, document.fiscal_year) == (truth.department, truth.year)
        assert (document.kind, document.scope) == (truth.kind, "department")


@pytest.mark.parametrize("layout", ["final_accounts", "shandong", "shanghai"])
def test_every_told_change_and_rate_is_read_back(layout: str, tmp_path: Path) -> None:
    truth = filing(5, layout)
    paper = compose(truth, Style(), layout, Frame())
    read: set[tuple[object, ...]] = {
        (claim.figure, claim.subject, claim.fiscal_year, claim.comparison_year, claim.value_yuan or claim.value)
        for claim in _read(set_text(paper), tmp_path, "paper.txt").claims
    }
    told: set[tuple[object, ...]] = {
        (told.figure, told.key.subject, YEAR, YEAR - 1, told.value)
        for told in expected_claims(paper)
        if told.figure in ("change", "growth_rate")
    }
    assert told
    assert told - read == set()
