"""What all forms share: a filing's figures as cells, merged headers from header paths, coded rows, captions.

Does not belong here: which form has which columns (``final_forms``, ``budget_forms``, ``shanghai``, ``jiangsu``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from tests.typeset.model import Cell, Key, Row, Table
from tests.typeset.style import Style

ORDINALS = "一二三四五六七八九十"
Path = tuple[str, ...]


@dataclass(frozen=True)
class Filing:
    """One disclosure's figures and names, whether invented or published."""

    department: str
    year: int
    kind: str
    """``final_accounts`` or ``budget``."""
    amounts: dict[Key, Decimal]
    """What is printed, in yuan; a quantity that is not there is blank."""
    functions: dict[str, str]
    """Code → name, for every function code the paper prints, in order."""
    economics: dict[str, str]
    """Departmental economic code → name, all that the forms list."""
    government: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Departmental economic code → code and name of the government's classification."""
    projects: tuple[str, ...] = ()
    by_form: dict[tuple[str, Key], Decimal] = field(default_factory=dict)
    """Figures that were published differently on one form (form code, key)."""
    known: frozenset[tuple[str, int]] = frozenset()
    """Stages and years whose every figure is known, so that what is not there is zero."""
    scope: str = "部门"
    gives_reasons: bool = True
    """Whether changes are explained. Never for a real department: its reasons are not ours to tell."""

    @property
    def stage(self) -> str:
        """The stage of the paper's plain figures."""
        return "final" if self.kind == "final_accounts" else "initial_budget"

    def key(self, subject: str, measure: str, fund: str, stage: str | None = None, year: int | None = None) -> Key:
        """Return a key; stage and year are the paper's own unless told."""
        return Key(subject, measure, fund, stage or self.stage, year or self.year)

    def amount(self, key: Key, form_code: str = "") -> Decimal | None:
        """Return what stands for a key, on one form if that form was published differently."""
        return self.by_form.get((form_code, key), self.amounts.get(key))

    def known_amount(self, key: Key) -> Decimal | None:
        """Return what is true of a key: zero if not there where all is known, None where nobody knows."""
        zero = Decimal(0) if (key.stage, key.fiscal_year) in self.known else None
        return self.amounts.get(key, zero)


class Column(NamedTuple):
    """One amount column: its header path and what it tells."""

    path: Path
    measure: str
    """Empty for a column that stays blank."""
    fund: str
    stage: str | None = None
    year: int | None = None


def label(text: str, *, rows: int = 1, columns: int = 1, align: str = "left") -> Cell:
    """Make a cell of words."""
    return Cell(text, None, rows, columns, align)


def ordinal(number: int) -> str:
    """Write a number (1 to 99) as on lists: 一, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return (ORDINALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (ORDINALS[ones - 1] if ones else "")


def header_from_paths(paths: Sequence[Path]) -> tuple[Row, ...]:
    """Merge header paths, one for each column, into header rows.

    Neighbours that agree so far share a cell; the last word of a short path reaches down to the last row.
    """
    depth = max(map(len, paths))
    rows = []
    for level in range(depth):
        row: list[Cell] = []
        start = 0
        while start < len(paths):
            end = start + 1
            while (
                end < len(paths) and paths[end][: level + 1] == paths[start][: level + 1] and level < len(paths[start])
            ):
                end += 1
            if level < len(paths[start]):
                last = len(paths[start]) == level + 1
                row.append(Cell(paths[start][level], None, depth - level if last else 1, end - start))
            start = end
        rows.append(tuple(row))
    return tuple(rows)


@dataclass(frozen=True)
class Sheet:
    """A form being filled: makes cells, rows and the finished table."""

    filing: Filing
    style: Style
    form_code: str
    title: str
    printed_no: str | None = None
    unit: str = ""

    @property
    def money(self) -> str:
        """The unit of the form's amounts."""
        return self.unit or self.style.unit

    def figure(self, key: Key) -> Cell:
        """Make the cell of a number: keyed when something is printed."""
        amount = self.filing.amount(key, self.form_code)
        printed = self.style.number(amount, self.money)
        return Cell(printed, key if printed else None, align="right")

    def cells(self, subject: str | None, columns: Iterable[Column]) -> Row:
        """Make the number cells of one row; without a subject the row is the total."""
        return tuple(
            self.figure(self.filing.key(subject or each.measure, each.measure, each.fund, each.stage, each.year))
            if each.measure
            else Cell(align="right")
            for each in columns
        )

    def code_paths(self, *prefix: str, words: tuple[str, str] = ("科目编码", "科目名称")) -> list[Path]:
        """Return the header paths of code and name columns."""
        code, name = words
        if self.style.code_columns == 1:
            return [(*prefix, code), (*prefix, name)]
        return [*((*prefix, code, part) for part in "类款项"), (*prefix, name)]

    def function_rows(self, columns: Sequence[Column]) -> list[Row]:
        """Make a row for each function code that has an amount in one of the columns, and the total row."""
        rows = []
        for code, name in self.filing.functions.items():
            numbers = self.cells(f"function:{code}", columns)
            if any(self._amount(cell) for cell in numbers):
                rows.append((*self._code_cells(code), label(name), *numbers))
        if not rows:
            return []
        total = (*self._total_label(), *self.cells(None, columns))
        return [total, *rows] if self.style.total_first else [*rows, total]

    def _amount(self, cell: Cell) -> Decimal | None:
        return self.filing.amount(cell.key, self.form_code) if cell.key else None

    def _code_cells(self, code: str) -> Row:
        if self.style.code_columns == 1:
            return (label(code),)
        parts = (code[:3], code[3:5], code[5:7])
        return tuple(label(part, align="center") for part in parts)

    def _total_label(self) -> Row:
        width = self.style.code_columns
        if self.style.total_column == 0:
            return (Cell("合计", column_span=width + 1),)
        return (*(Cell() for _ in range(width)), Cell("合计"))

    def table(
        self,
        paths: Sequence[Path],
        body: Iterable[Row],
        *,
        notes: Iterable[str] = (),
        numbers: Row = (),
    ) -> Table:
        """Finish the form: header from paths, captions in the publisher's order."""
        word = self.style.department_word
        captions = {
            "number": self.printed_no if self.style.printed_numbers else None,
            "department": f"{word}：{self.filing.department}" if word else None,
            "unit": f"{self.style.unit_word}：{self.money}",
        }
        return Table(
            form_code=self.form_code,
            title=self.title,
            unit=self.money,
            caption=tuple(text for name in self.style.caption_order if (text := captions[name])),
            header=header_from_paths(paths),
            numbers=numbers,
            body=tuple(body),
            column_count=len(paths),
            notes=tuple(notes),
            printed_no=captions["number"],
            title_in_grid=self.style.title_in_grid,
            landscape=self.style.landscape,
        )

    def column_numbers(self, leading: int, count: int) -> Row:
        """Make the 栏次 row: the word over the leading columns, then 1, 2, 3 …"""
        if not self.style.line_numbers:
            return ()
        return (Cell("栏次", column_span=leading), *(Cell(str(number)) for number in range(1, count + 1)))
