"""The rows of a form table: their codes, labels and canonical subjects.

Belongs here: putting codes together, finding the label of a row, and what subject a label or code stands for. Does not
belong here: header and columns (``header``), values (``amounts``).
"""

import re
from collections.abc import Sequence

import msgspec

from pipelines.classification import economic_name_to_code, function_name_to_code, gov_economic_name_to_code
from pipelines.disclosures import catalogue
from pipelines.disclosures.catalogue.terms import term_of
from pipelines.disclosures.composition import compose
from pipelines.disclosures.cover import is_organisation
from pipelines.disclosures.header import ColumnMeaning, column_word, dated
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import narrow, read_printed
from pipelines.disclosures.tables import distinct
from pipelines.documents.model import Cell

_FUNCTION = re.compile(r"2\d{2}(\d\d){0,2}")
_DEPT_ECONOMIC = re.compile(r"3\d{2}(\d\d)?")
_GOV_ECONOMIC = re.compile(r"5\d{2}(\d\d)?")
_CODED_LABEL = re.compile(r"[\[(]?(\d{3}(?:\d\d){0,2})[\])]?[-—_:.]?([一-鿿\"].*)")
_TOTAL = re.compile(r"(合计|总计|本年(收入|支出)合计|(收入|支出)(总计|合计)|.*支出合计)")
_ORDINAL = re.compile(
    r"^(第?[一二三四五六七八九十]+[、.]|\(?[一二三四五六七八九十]+\)|\(?\d{1,2}\)|\d{1,2}[、.](?!\d)|[①-⑳])"
)
_NAMES = ("label", "unit")
_CODE_HEADER = frozenset("类款项目")
"""Header words that some forms set in the row of the total."""
_NAMED = ("project", "procurement")
"""Forms whose rows have names of their own, which may read like a quantity."""
_HEADING = re.compile(r"[一二三四五六七八九十]+、")
_LISTS = ("lines", "single")
"""Forms whose rows are called by the field's terms, or by a declared line."""
_UNIT_CODE = re.compile(r"(单位|部门)\)?(编码|代码)")
_ONLY_YEAR = re.compile(r"(19|20)\d\d(年度?)?")
_OF_WHICH = re.compile(r"^(其中|其中:|:)+:?")


_BALANCES = ("opening_balance", "closing_balance", "brought_forward", "carried_forward", "surplus_distribution")
"""Lines whose parts stand below them under names of their own."""


class RowMeaning(msgspec.Struct):
    """One row within one group of columns. ``subject`` None with ``total`` set means: the measure of the column."""

    label: str | None
    code: str | None = None
    code_kind: str | None = None
    second_code: str | None = None
    subject: str | None = None
    total: bool = False
    line: catalogue.Line | None = None
    measure: str | None = None
    """Given by the line; None where the column tells it."""
    fund: str | None = None
    stage: str | None = None
    fiscal_year: int | None = None
    """Given by a row that is called by its stage or year (预算数 above 决算数); None where the column tells them."""
    reason: str | None = None
    """Why the row has no meaning, when it has none."""


def plain_label(label: str) -> str:
    """A row label without spaces, ordinal and 其中."""
    plain = narrow(label)
    for _ in range(2):
        plain = _OF_WHICH.sub("", _ORDINAL.sub("", plain))
    return plain


def code_kind(code: str) -> str | None:
    """Which classification a joined code belongs to, by its first digit and length."""
    for kind, form in (("function", _FUNCTION), ("dept_economic", _DEPT_ECONOMIC), ("gov_economic", _GOV_ECONOMIC)):
        if form.fullmatch(code):
            return kind
    return None


def _class_of(code: str, kind: str) -> str:
    """An economic class printed with five digits (``30400``) as the class it is."""
    return code[:3] if kind != "function" and len(code) == 5 and code.endswith("00") else code


class RowReader:
    """Reads the rows of one form table in order; remembers what a later row leans on."""

    def __init__(self, form: catalogue.Form, columns: Sequence[ColumnMeaning], paper: Paper) -> None:
        self._form = form
        self._paper = paper
        self._groups: dict[int, list[ColumnMeaning]] = {}
        for column in columns:
            self._groups.setdefault(column.group, []).append(column)
        self._above: dict[int, str | None] = {}
        self._heading: dict[int, str | None] = {}
        self._path: list[str] = []
        """The names (functional) or the code (economic) of the last row that was told by name alone."""

    def read(self, row: Sequence[Cell | None]) -> dict[int, RowMeaning]:
        """The meaning of ``row`` in each group of columns."""
        meanings: dict[int, RowMeaning] = {}
        for group, columns in self._groups.items():
            meanings[group] = self._read_group(group, columns, row)
        return meanings

    def _read_group(self, group: int, columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> RowMeaning:
        code, second, labels = _parts(columns, row)
        if not labels and code is None:
            labels = _total_elsewhere(columns, row) or self._carried_label(columns, row)
        if code is None and labels and self._form.rows not in _NAMED:
            code, labels = _code_of_label(labels)
        label = "/".join(labels) or None
        line_no = next((text for column in columns if column.role == "line_no" and (text := _text(row, column))), None)
        kind = code_kind(code) if code else None
        if code and kind:
            return self._coded(RowMeaning(label, _class_of(code, kind), kind, second), columns, row)
        meaning = RowMeaning(label, line_no, "line" if line_no else None, second)
        if code:
            meaning.reason = f"code {code} belongs to no classification"
        name = _own_name(columns, row, self._form.rows)
        meaning.label = name or label
        self._understand_label(meaning, group, columns)
        if name is None and meaning.subject and meaning.subject.startswith("project:") and self._is_unit(columns, row):
            meaning.subject = f"unit:{plain_label(meaning.label or '')}"
        if _HEADING.match(narrow(label or "")):
            self._heading[group] = meaning.measure
        return meaning

    def _is_unit(self, columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> bool:
        """Whether a row of a list of projects is the subtotal of a unit: its name, beside a code of units."""
        name = "".join(_text(row, column) for column in columns if column.role == "label").strip()
        if name and name == self._paper.department:
            return True
        codes = [column for column in columns if column.role == "attribute" and _UNIT_CODE.search(column.label)]
        return is_organisation(narrow(name)) and any(_text(row, code).strip().isdigit() for code in codes)

    def _coded(self, meaning: RowMeaning, columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> RowMeaning:
        """A row with a code: it is about the code, or about what has a name of its own beside it (项目名称)."""
        name = _own_name(columns, row, self._form.rows)
        meaning.subject = f"{self._form.rows}:{plain_label(name)}" if name else f"{meaning.code_kind}:{meaning.code}"
        meaning.label = name or meaning.label
        is_income = any(column.side == "income" for column in columns)
        meaning.measure = "expenditure" if self._form.measure is None and not is_income else None
        return meaning

    def _understand_label(self, meaning: RowMeaning, group: int, columns: Sequence[ColumnMeaning]) -> None:
        rows, label = self._form.rows, plain_label(meaning.label or "")
        side = next((column.side for column in columns if column.side), None) or _side_of_form(self._form)
        if self._form.measure is not None and _TOTAL.fullmatch(label):
            heading = self._heading.get(group) if rows in _LISTS else None
            meaning.total, meaning.subject, meaning.measure = heading is None, heading, heading
            return
        if not label:
            meaning.total = not any(column.role in ("label", "unit", "code", "code_part") for column in columns)
            meaning.reason = None if meaning.total else "the row has no label"
            return
        line = catalogue.line_of(label, side, self._form.code, self._above.get(group))
        if line is not None:
            self._take_line(meaning, group, line)
            return
        if rows == "single" and self._staged(meaning):
            return
        term = term_of(label, side, self._above.get(group)) if rows in _LISTS else None
        if term is not None:
            meaning.subject = meaning.measure = term
            return
        class_code = function_name_to_code([label]) if side != "income" and rows in _LISTS else None
        if class_code is not None:
            meaning.subject, meaning.measure = f"function:{class_code}", "expenditure"
        elif named := self._named(label, rows if rows not in _LISTS else _rows_of(columns)):
            meaning.subject = named
            meaning.measure = "expenditure" if self._form.measure is None else None
        elif rows not in _NAMED and self._compose(meaning, label, side, group):
            return
        elif any(column.role == "unit" for column in columns) and not any(_names(column, rows) for column in columns):
            meaning.subject = f"unit:{label}"
        elif rows in _NAMED:
            meaning.subject = f"{rows}:{label}"
        else:
            meaning.reason = f"no line of the catalogue is called {meaning.label}"

    def _staged(self, meaning: RowMeaning) -> bool:
        """Understand a row that is called by its stage or year; its columns tell the quantities."""
        word, year = column_word(meaning.label or "", self._form.code)
        if word is None and _ONLY_YEAR.fullmatch(narrow(meaning.label or "")):
            word = catalogue.Column(match="", neutral=True)
        measure = catalogue.vocabulary().measures.get(word.measure or "") if word else None
        if word is None or word.role or word.fund or (measure is not None and not measure.of_any):
            return False
        if measure is None and word.stage is None and year is None:
            return False
        meaning.stage, meaning.fiscal_year = dated(word.stage or self._form.stage, year, self._paper.fiscal_year)
        meaning.total, meaning.measure = True, word.measure
        return True

    def _named(self, label: str, rows: str | None) -> str | None:
        """The subject of a row of a classification that is told by its name alone, below the names above it."""
        if rows == "gov_economic":
            code = gov_economic_name_to_code(label)
            return f"gov_economic:{code}" if code else None
        if rows == "dept_economic":
            code = economic_name_to_code(label, self._path[0][:3] if self._path else None)
            self._path = [code] if code else self._path
            return f"dept_economic:{code}" if code else None
        if rows != "function":
            return None
        for depth in (2, 1, 0):
            names = [*self._path[:depth], label]
            code = function_name_to_code(names) if len(self._path) >= depth else None
            if code:
                self._path = names
                return f"function:{code}"
        return None

    def _compose(self, meaning: RowMeaning, label: str, side: str | None, group: int) -> bool:
        """Understand a label by the words it is made of; below a balance they may name a part or a fund of it."""
        said = compose(label)
        if said is None or said.stage not in (None, self._form.stage) or (said.measure or said.fund) is None:
            return False
        above = self._above.get(group)
        if above is not None and (said.measure is None or said.is_part):
            measure = catalogue.narrowed(above, said.measure)[0] if said.measure else above
        else:
            measure = None if said.is_part else said.measure or ("income" if side == "income" else None)
        if measure is None or (side and catalogue.vocabulary().measures[measure].side not in (side, "balance")):
            return False
        meaning.subject = meaning.measure = measure
        meaning.fund = said.fund
        if measure in _BALANCES:
            self._above[group] = measure
        return True

    def _carried_label(self, columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> list[str]:
        """The label of a total or known line whose merged cell reaches over from the group to the left.

        ``公用经费合计 | | | | | 27.88`` in a text conversion: every cell between label and value is empty.
        """
        cells = [cell for cell in reversed(row[: columns[0].index]) if cell is not None and cell.text.strip()]
        if not cells or read_printed(cells[0].text).kind != "text":
            return []
        label = plain_label(cells[0].text)
        side = next((column.side for column in columns if column.side), None)
        known = side is not None and catalogue.line_of(label, side, self._form.code, None) is not None
        return [_unwrapped(cells[0].text)] if known or label.endswith(("合计", "总计", "小计")) else []

    def _take_line(self, meaning: RowMeaning, group: int, line: catalogue.Line) -> None:
        above = self._above.get(group)
        meaning.line, meaning.fund = line, line.fund
        meaning.measure = above if line.measure == "inherit" else line.measure
        meaning.subject = meaning.measure
        if line.measure in _BALANCES:
            self._above[group] = line.measure
        elif line.measure != "inherit" and not line.after:
            self._above[group] = None


def _names(column: ColumnMeaning, rows: str) -> bool:
    """Whether a column names projects or purchases: not units, nor, beside projects, a classification."""
    of_classification = any(word in column.label for word in ("科目", "分类"))
    return column.role == "label" and not (rows == "project" and of_classification)


def _own_name(columns: Sequence[ColumnMeaning], row: Sequence[Cell | None], rows: str) -> str | None:
    """What a project or purchase is called, where other columns tell units or a classification beside."""
    if rows not in _NAMED:
        return None
    names = [column for column in columns if _names(column, rows)]
    if not names or len(names) == sum(column.role in _NAMES for column in columns):
        return None
    cells = distinct([row[column.index] for column in names])
    return "/".join(_unwrapped(cell.text) for cell in cells if cell.text.strip()) or None


def _rows_of(columns: Sequence[ColumnMeaning]) -> str | None:
    """By which classification the labels of a group are named, as the words above them say."""
    words = "".join(column.label for column in columns if column.role in ("label", "code"))
    if "经济" in words:
        return "gov_economic" if "政府" in words else "dept_economic"
    return "function" if "功能" in words else None


def _total_elsewhere(columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> list[str]:
    """The label of a total that stands in a column of attributes (合计 below 序号)."""
    cells = (row[column.index] for column in columns if column.role in ("attribute", "ignore"))
    texts = [_unwrapped(cell.text) for cell in cells if cell is not None and cell.text.strip()]
    return texts[:1] if texts and _TOTAL.fullmatch(plain_label(texts[0])) else []


def _code_of_label(labels: list[str]) -> tuple[str | None, list[str]]:
    """A classification code printed before its name in one cell: ``[301]工资福利支出``, ``201 一般公共服务支出``."""
    found = _CODED_LABEL.fullmatch(narrow(labels[0]))
    if found is None or code_kind(found.group(1)) is None:
        return None, labels
    return found.group(1), [found.group(2), *labels[1:]]


def _side_of_form(form: catalogue.Form) -> str | None:
    if form.measure is None:
        return None
    return catalogue.vocabulary().measures[form.measure].side


def _text(row: Sequence[Cell | None], column: ColumnMeaning) -> str:
    cell = row[column.index]
    return cell.text if cell is not None else ""


def _parts(columns: Sequence[ColumnMeaning], row: Sequence[Cell | None]) -> tuple[str | None, str | None, list[str]]:
    """Code, second code and label words of a row within a group; a text in a code column is a label.

    A section or item printed without its leading zero (``301 | 2``, a spreadsheet's doing) gets it back.
    """
    codes: list[str] = []
    seconds: list[str] = []
    labels: list[str] = []
    seen: list[Cell] = []
    second_follows = any(column.role == "second_label" for column in columns)
    label_passed = False
    for column in columns:
        cell = row[column.index]
        label_passed = label_passed or column.role in _NAMES
        if cell is None or any(cell is other for other in seen) or not cell.text.strip():
            continue
        if column.role in ("attribute", "ignore", "line_no"):
            continue
        seen.append(cell)
        plain = narrow(cell.text)
        if column.role in ("code", "code_part", "second_code"):
            if plain in _CODE_HEADER:
                continue
            if plain.isdigit():
                again = column.role == "code" and code_kind("".join(codes)) and code_kind(plain)
                joined = (
                    seconds if again or column.role == "second_code" or (second_follows and label_passed) else codes
                )
                joined.append(plain.zfill(2) if joined else plain)
            else:
                labels.append(_unwrapped(cell.text))
        elif column.role in _NAMES:
            labels.append(_unwrapped(cell.text))
    return "".join(codes) or None, "".join(seconds) or None, labels


def _unwrapped(text: str) -> str:
    """A label without the line breaks of its cell; spaces inside Chinese text go too."""
    return "".join(text.split())
