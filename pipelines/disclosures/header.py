"""The header of a form table: where it ends, the path of words above each column, and what each column means.

Belongs here: header rows, roles and meanings of columns. Does not belong here: row labels and values (``rows``).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.classification import economic_name_to_code
from pipelines.disclosures import catalogue
from pipelines.disclosures.composition import compose
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import narrow, read_printed
from pipelines.disclosures.tables import FormTable, Matrix, distinct
from pipelines.documents.model import Cell

_CODE = re.compile(r"\d{3}(\d\d){0,4}")
_ORDINAL_LINE = re.compile(r"^([一二三四五六七八九十]+、|\d{1,2}[.、])")
_YEAR = re.compile(r"((?:19|20)\d\d)年(度)?")
_REMARK = re.compile(r"^其中:?|\((百万元|千元|亿元|万元|元|单位:(百万元|千元|亿元|万元|元)|[A-Z]|[A-Z]/[A-Z])\)$|:$")
_UNIT = re.compile(r"\((?:单位:)?(百万元|千元|亿元|万元|元)\)$")
_BESIDE_NUMBERS = frozenset(("项目", "行次", "类", "款", "项", "目"))
_LABEL_ROLES = frozenset({"code", "code_part", "label", "unit", "attribute", "second_code", "second_label", "line_no"})


class ColumnMeaning(msgspec.Struct):
    """One column: its role (``value`` unless it identifies rows) and, for values, what they tell."""

    index: int
    path: tuple[str, ...]
    """Header words as printed, top to bottom."""
    role: str
    measure: str | None = None
    fund: str | None = None
    """None: the form's own fund, or the line's."""
    stage: str | None = None
    fiscal_year: int | None = None
    unknown: tuple[str, ...] = ()
    """Header words nobody declared."""
    group: int = 0
    """Which side-by-side group of columns it belongs to."""
    side: str | None = None
    unit: str | None = None
    """The unit of money that the words above this column alone state."""

    @property
    def label(self) -> str:
        """The header path as printed, joined with ``/``."""
        return "/".join(self.path)


def is_header_again(row: Sequence[Cell | None], form_code: str) -> bool:
    """Whether a row inside the table is a header of its own: known header words only, one of them for labels."""
    words = [column_word(cell.text, form_code)[0] for cell in distinct(row) if cell.text.strip()]
    return (
        len(words) > 1
        and all(word is not None for word in words)
        and any(word is not None and word.role in ("label", "unit") for word in words)
        and any(word is not None and word.role is None for word in words)
    )


def header_row_count(matrix: Matrix, form_code: str) -> int:
    """How many leading rows are header: up to the first row that can only be data."""
    for index, row in enumerate(matrix):
        if _is_data(row, form_code, matrix[index - 1] if index else None):
            return index
    return len(matrix)


def _is_data(row: list[Cell | None], form_code: str, above: Sequence[Cell | None] | None) -> bool:
    texts = [narrow(cell.text) for cell in distinct(row) if cell.text.strip()]
    if not texts or is_column_numbers(row):
        return False
    if any(_CODE.fullmatch(text) or read_printed(text).kind in ("number", "percent", "mark") for text in texts):
        return True
    if above is None:
        return False
    if any(_ORDINAL_LINE.match(text) for text in texts):
        return True
    if any(_declared(text, form_code)[0] is not None for text in texts):
        return len(texts) == 1 and texts[0] in ("合计", "总计")
    begins_below = row[0] is None or not row[0].text.strip() or row[0] is above[0]
    below = [text for text in texts if row[0] is None or text != narrow(row[0].text)]
    return not (begins_below and below and all(column_word(text, form_code)[0] is not None for text in below))


def is_column_numbers(row: Sequence[Cell | None]) -> bool:
    """Whether a row holds the printed column numbers (栏次 1 2 3 …), perhaps beside the header words 类 款 项."""
    texts = [narrow(cell.text) for cell in distinct(row) if cell.text.strip()]
    numbers = [int(text) for text in texts if _is_small(text)]
    others = {text for text in texts if not _is_small(text)}
    if not numbers or not all("栏次" in text or text in _BESIDE_NUMBERS for text in others):
        return False
    return bool(others) or (len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))))


def _is_small(text: str) -> bool:
    return text.isdigit() and len(text) < 3


def header_paths(header: Matrix, *, spans: bool) -> list[list[Cell]]:
    """For each column the header cells above it, top to bottom.

    ``spans`` says whether the reader gave merged cells their spans. Text conversions print a merged cell once with
    empty cells behind: there an empty cell belongs to its left neighbour when both stand under the same cell of the
    row above.
    """
    paths: list[list[Cell]] = [[] for _ in range(len(header[0]))] if header else []
    parents: list[Cell | None] = [None] * len(paths)
    for row in header:
        words = _without_numbers(row) if is_column_numbers(row) else row
        covering = _filled(words) if spans else _fill(words, parents)
        for column, cell in enumerate(covering):
            if cell is not None and cell.text.strip() and (not paths[column] or paths[column][-1] is not cell):
                paths[column].append(cell)
        parents = [cell if cell is not None else parent for cell, parent in zip(covering, parents, strict=True)]
    return paths


def _without_numbers(row: Sequence[Cell | None]) -> list[Cell | None]:
    """A row of column numbers without them: only 类 款 项 may be left."""
    kept = frozenset("类款项目")
    return [cell if cell is not None and narrow(cell.text) in kept else None for cell in row]


def _filled(row: Sequence[Cell | None]) -> list[Cell | None]:
    return [cell if cell is not None and cell.text.strip() else None for cell in row]


def _fill(row: list[Cell | None], parents: Sequence[Cell | None]) -> list[Cell | None]:
    filled: list[Cell | None] = []
    for column, cell in enumerate(row):
        left = filled[column - 1] if column else None
        if cell is not None and (cell.text.strip() or cell.column_span > 1 or cell.row_span > 1):
            filled.append(cell)
        elif left is not None and parents[column] is parents[column - 1]:
            filled.append(left)
        else:
            filled.append(None)
    return filled


def column_word(word: str, form_code: str) -> tuple[catalogue.Column | None, int | None]:
    """The meaning of one header word, declared or by the words it is made of, and the year it names, if any."""
    declared, year, plain = _declared(word, form_code)
    return declared or _composed(plain, form_code), year


def _declared(word: str, form_code: str) -> tuple[catalogue.Column | None, int | None, str]:
    """The declared meaning of a header word, its year, and the word without it."""
    plain = narrow(word)
    year = _YEAR.search(plain)
    plain = _YEAR.sub("", plain) if year else plain
    plain = _REMARK.sub("", plain)
    return catalogue.column_of(plain, form_code), int(year.group(1)) if year else None, plain


def _composed(plain: str, form_code: str) -> catalogue.Column | None:
    """A header word by the words it is made of; one that says something only below a balance says nothing here."""
    meaning = compose(plain, sources=_tells_sources(form_code))
    if meaning is None or meaning.is_part or meaning.rows or meaning.measure == "income_and_expenditure":
        return None
    return catalogue.Column(
        match=plain, neutral=meaning.is_empty, measure=meaning.measure, fund=meaning.fund, stage=meaning.stage
    )


def _tells_sources(form_code: str) -> bool:
    """Whether the columns of a form may tell by which money its expenditure is paid: those of budgets and projects."""
    form = next((form for form in catalogue.forms() if form.code == form_code), None)
    side = catalogue.vocabulary().measures[form.measure].side if form is not None and form.measure else None
    return (
        form is not None
        and side == "expenditure"
        and (form.kind == "budget" or form.rows in ("project", "procurement"))
    )


def read_columns(table: FormTable, header: Matrix, paper: Paper) -> list[ColumnMeaning]:
    """What every column of a recognised form table means, from its header rows."""
    assert table.match is not None
    spans = any(cell.row_span > 1 or cell.column_span > 1 for cell in table.grid.cells)
    paths = header_paths(header, spans=spans)
    columns = [_role(index, path, table.match.form.code) for index, path in enumerate(paths)]
    if table.match.form.rows not in ("project", "procurement"):
        _group(columns)
    for column, path in zip(columns, paths, strict=True):
        column.side = _side_of(path)
        if column.role == "value":
            own = [cell for cell in path if not _titles_a_group(cell, column, columns, paths)]
            _read_meaning(column, own, table, paper)
    return columns


def _role(index: int, path: Sequence[Cell], form_code: str) -> ColumnMeaning:
    printed = tuple(" ".join(cell.text.split()) if cell.text.isascii() else _joined(cell.text) for cell in path)
    role = "value"
    for cell in path:
        meaning, _ = column_word(cell.text, form_code)
        if meaning is not None and meaning.role:
            role = meaning.role
        elif meaning is not None:
            role = "value"
    return ColumnMeaning(index, printed, role if path else "blank")


def _joined(text: str) -> str:
    return "".join(text.split())


def _group(columns: Sequence[ColumnMeaning]) -> None:
    """Number the side-by-side groups: a row-identifying column after a value column begins a new one."""
    group, seen_value = 0, False
    for column in columns:
        if column.role in _LABEL_ROLES and column.role not in ("attribute", "line_no") and seen_value:
            group, seen_value = group + 1, False
        seen_value = seen_value or column.role == "value"
        column.group = group


def _side_of(path: Sequence[Cell]) -> str | None:
    for cell in path:
        plain = narrow(cell.text)
        if plain.startswith(("收入", "本年收入", "财政拨款收入")):
            return "income"
        if plain.startswith(("支出", "本年支出", "财政拨款支出", "功能分类", "支出用途")):
            return "expenditure"
    return None


def _titles_a_group(
    cell: Cell, column: ColumnMeaning, columns: Sequence[ColumnMeaning], paths: Sequence[Sequence[Cell]]
) -> bool:
    """A header cell that also stands above a row-identifying column names the group, not the figure."""
    identifying = (other for other in columns if other.role in _LABEL_ROLES and other.group == column.group)
    return any(cell is above for other in identifying for above in paths[other.index])


def _read_meaning(column: ColumnMeaning, path: Sequence[Cell], table: FormTable, paper: Paper) -> None:
    """Put the meaning of a value column together from its header words, from whole to part."""
    assert table.match is not None
    form = table.match.form
    column.stage, column.fiscal_year = form.stage, paper.fiscal_year
    told: str | None = None
    economic: str | None = None
    unknown: list[str] = []
    for cell in path:
        stated = _UNIT.search(narrow(cell.text))
        column.unit = stated.group(1) if stated else column.unit
        meaning, year = column_word(cell.text, form.code)
        economic = economic_name_to_code(_joined(cell.text), economic) if meaning is None else economic
        if meaning is None:
            unknown += [] if economic else [_joined(cell.text)]
            continue
        if meaning.measure:
            told, fund = catalogue.narrowed(told, meaning.measure)
            column.fund = fund or column.fund
            unknown += [] if told else [_joined(cell.text)]
        column.fund = meaning.fund or column.fund
        column.stage = meaning.stage or column.stage
        if year is not None and paper.fiscal_year is not None:
            column.stage, column.fiscal_year = dated(column.stage, year, paper.fiscal_year)
    column.measure = f"dept_economic:{economic}" if economic else told or table.match.measure
    if column.fiscal_year == paper.fiscal_year:
        column.stage, column.fiscal_year = dated(column.stage, None, paper.fiscal_year)
    column.unknown = tuple(unknown)


def dated(stage: str | None, year: int | None, paper_year: int | None) -> tuple[str | None, int | None]:
    """Stage and fiscal year of what a header or row word names: figures of last year are a stage of their own."""
    if year is None or paper_year is None:
        is_prior = stage is not None and stage.startswith("prior_")
        return stage, paper_year - 1 if is_prior and paper_year else paper_year
    prior = {"initial_budget": "prior_budget", "final": "prior_final"}
    return prior.get(stage or "", stage) if year == paper_year - 1 else stage, year
