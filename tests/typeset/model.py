"""The typeset paper: blocks of words and tables, where every printed number carries what it means.

Belongs here: what a paper consists of, and the list of truths that can be read back from it. Does not belong here: how
a paper is filled (``final_forms``, ``budget_forms``, …) or set (``pdf``, ``text``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

YUAN_PER = {"元": Decimal(1), "万元": Decimal(10_000)}


class Key(NamedTuple):
    """What a number is about, in the words of the vocabulary."""

    subject: str
    measure: str
    fund: str
    stage: str
    fiscal_year: int


class Expected(NamedTuple):
    """One number that a reader of the paper has to find."""

    form_code: str
    subject: str
    measure: str
    fund: str
    stage: str
    fiscal_year: int
    amount_yuan: Decimal
    """What the printed text says, in yuan."""
    printed: str
    unit: str


class Told(NamedTuple):
    """One figure told in a sentence. ``figure`` is one of amount, change, growth_rate, share, completion_rate."""

    figure: str
    key: Key
    value: Decimal
    """In yuan, or in percent; a decrease is negative."""
    printed: str
    """As it stands in the sentence, without sign and unit."""
    compared_with: Key | None = None
    """The key it is compared with: last year's for a change, the whole for a share, the budget for a completion."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table. A cell with a key is a number of a statutory form."""

    text: str = ""
    key: Key | None = None
    row_span: int = 1
    column_span: int = 1
    align: str = "center"
    """``left``, ``center`` or ``right``."""


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One form. Rows hold the cells that begin in them; positions covered by a span are left out."""

    form_code: str
    title: str
    unit: str
    caption: tuple[str, ...]
    """The lines between title and grid: printed number, department, unit; the order is the publisher's."""
    header: tuple[Row, ...]
    numbers: Row
    """The 栏次 row; empty when the form has none."""
    body: tuple[Row, ...]
    column_count: int
    notes: tuple[str, ...] = ()
    printed_no: str | None = None
    title_in_grid: bool = False
    landscape: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no row carries a number."""
        return not any(cell.key for row in self.body for cell in row)


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is a part on a page of its own."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Prose:
    """One paragraph and the figures it tells."""

    text: str
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class Cover:
    """The title page: the title in its lines, and the lines below it."""

    title: tuple[str, ...]
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """The contents list stands here; it lists all headings and forms."""


Block = Cover | Contents | Heading | Prose | Table


@dataclass(frozen=True)
class Paper:
    """A whole disclosure, ready to be set."""

    blocks: tuple[Block, ...]
    rows_per_page: int = 40
    repeat_header: bool = True
    top_rule_after_break: bool = True
    share_pages: bool = False
    header_line: str = ""
    """Printed at the head of each page."""

    def tables(self) -> Iterator[Table]:
        """Yield the forms in the order of the paper."""
        return (block for block in self.blocks if isinstance(block, Table))

    def prose(self) -> Iterator[Prose]:
        """Yield the paragraphs in the order of the paper."""
        return (block for block in self.blocks if isinstance(block, Prose))


def project_subject(name: str) -> str:
    """Name a project as a subject: half-width brackets, no spaces."""
    return "project:" + "".join(name.split()).replace("（", "(").replace("）", ")")


def amount_of(printed: str, unit: str) -> Decimal:
    """What a printed number says, in yuan.

    Raises:
        KeyError: the unit is no unit of money.
    """
    return Decimal(printed.replace(",", "")) * YUAN_PER[unit]


def expected_amounts(paper: Paper) -> list[Expected]:
    """List every number printed in the statutory forms of a paper, in reading order."""
    return [
        Expected(table.form_code, *cell.key, amount_of(cell.text, table.unit), cell.text, table.unit)
        for table in paper.tables()
        for row in table.body
        for cell in row
        if cell.key is not None
    ]


def expected_claims(paper: Paper) -> list[Told]:
    """List every figure told in the sentences of a paper, in reading order.

    A figure told of income and expenditure together (收、支总计) is one claim about each side.
    """
    return [each for prose in paper.prose() for told in prose.told for each in _sides(told)]


def _sides(told: Told) -> Iterator[Told]:
    if told.key.measure != "income_and_expenditure":
        yield told
        return
    for measure in ("income_grand_total", "expenditure_grand_total"):
        before = told.compared_with
        yield told._replace(
            key=told.key._replace(subject=measure, measure=measure),
            compared_with=before._replace(subject=measure, measure=measure) if before else None,
        )


def places(rows: Sequence[Row], column_count: int) -> dict[tuple[int, int], Cell]:
    """Find where each cell begins: (row, column) → cell.

    Raises:
        ValueError: a row has more or fewer cells than fit.
    """
    covered: set[tuple[int, int]] = set()
    found = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            found[number, column] = cell
            covered |= {
                (number + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span)
            }
        missing = [each for each in range(column_count) if (number, each) not in covered]
        if missing or any(right >= column_count for _, right in covered):
            raise ValueError(f"row {number} does not fill {column_count} columns: {[cell.text for cell in row]}")
    return found
