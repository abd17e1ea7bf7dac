"""What was typeset as DOCX, XLSX, XLS or HTML is read back: every cell of every table, and what the forms mean."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings

from pipelines.disclosures.facts import AmountFact
from pipelines.disclosures.understanding import understand
from pipelines.documents.model import Document
from pipelines.documents.reading import read_data
from tests.documents.grids import Seen, expected, grids, seen, uncollapsed
from tests.samples.strategies import YEAR, Case, cases, filing
from tests.typeset import docx, html, xls, xlsx
from tests.typeset.docx import table_rows
from tests.typeset.model import Paper, Row, expected_amounts
from tests.typeset.papers import LAYOUTS, Frame, compose
from tests.typeset.style import Style
from tests.typeset.workbook import grid_sheet

Rows = tuple[Row, ...]
GRIDS: dict[str, tuple[Callable[[Rows, int], bytes], Callable[[Rows, int], list[Seen]]]] = {
    "docx": (lambda rows, width: docx.package(docx.grid(rows, width)), expected),
    "html": (lambda rows, _: f"<html><body>{html.grid(rows)}</body></html>".encode(), expected),
    "xlsx": (lambda rows, width: xlsx.workbook([grid_sheet(rows, width)]), uncollapsed),
    "xls": (lambda rows, width: xls.workbook([grid_sheet(rows, width)]), uncollapsed),
}
SETTERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": docx.set_docx,
    "html in UTF-8": html.set_html,
    "html in GBK that declares GB2312": lambda paper: html.set_html(paper, "gbk", declared="gb2312"),
    "html in UTF-8 that declares GB2312": lambda paper: html.set_html(paper, declared="gb2312"),
    "html in a frame": lambda paper: html.set_html(paper, framed=True),
    "xlsx": xlsx.set_xlsx,
    "xlsx without borders": lambda paper: xlsx.set_xlsx(paper, ruled=False),
    "xls": xls.set_xls,
    "xls without borders": lambda paper: xls.set_xls(paper, ruled=False),
}

PAPERS = settings(max_examples=2, deadline=None, phases=(Phase.explicit, Phase.generate))


def _check_grids(name: str, examples: int) -> None:
    set_grid, told = GRIDS[name]

    @settings(max_examples=examples, deadline=None)
    @given(table=grids())
    def read_back(table: tuple[Rows, int]) -> None:
        document = read_data(set_grid(*table), "a")
        assert document.format == name
        assert seen(document) == [told(*table)]

    read_back()


@pytest.mark.parametrize("name", GRIDS)
def test_every_cell_of_a_table_is_read_back(name: str) -> None:
    _check_grids(name, 25)


@pytest.mark.slow
@pytest.mark.parametrize("name", GRIDS)
def test_every_cell_of_500_tables_is_read_back(name: str) -> None:
    _check_grids(name, 500)


def _meaning(amount: AmountFact) -> tuple[object, ...]:
    place = (amount.form_code, amount.subject, amount.measure, amount.fund, amount.stage, amount.fiscal_year)
    return (*place, amount.amount_yuan, amount.printed, amount.unit)


@pytest.mark.parametrize("name", SETTERS)
def test_a_paper_is_understood(name: str) -> None:
    @PAPERS
    @given(case=cases(tuple(LAYOUTS)))
    def read_back(case: Case) -> None:
        paper = case.paper()
        facts = understand(_read(SETTERS[name](paper)))
        read, told = Counter(map(_meaning, facts.amounts)), Counter(map(tuple, expected_amounts(paper)))
        assert (sorted(map(str, told - read)), sorted(map(str, read - told))) == ([], [])
        forms = [(form.form_code, form.unit, form.is_empty) for form in facts.forms if form.present]
        assert forms == [(table.form_code, table.unit, table.is_empty) for table in paper.tables()]

    read_back()


@pytest.mark.parametrize("name", SETTERS)
def test_department_year_and_kind_are_understood(name: str) -> None:
    truth = filing(5, "final_accounts")
    document = understand(_read(SETTERS[name](compose(truth, Style(), "final_accounts", Frame())))).document
    assert (document.department, document.fiscal_year, document.kind) == (truth.department, YEAR, truth.kind)


@pytest.mark.parametrize("name", ["docx", "html in a frame", "xlsx", "xls"])
def test_every_cell_of_a_papers_forms_is_read_back(name: str) -> None:
    @PAPERS
    @given(case=cases(tuple(LAYOUTS)))
    def read_back(case: Case) -> None:
        paper = case.paper()
        told = uncollapsed if name.startswith("xls") else expected
        assert seen(_read(SETTERS[name](paper))) == [
            told(table_rows(table), table.column_count) for table in paper.tables()
        ]

    read_back()


def _read(content: bytes) -> Document:
    return read_data(content, f"{YEAR}年度")
