"""Amounts: every number of a form table with its meaning, printed text, unit, quantum and place.

Belongs here: joining row and column meaning for each cell. A figure of a recognised form that has no meaning is kept
as an amount without one, and is reported as unplaced. Does not belong here: finding those meanings (``header``,
``rows``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.facts import AmountFact, UnplacedFact
from pipelines.disclosures.header import (
    ColumnMeaning,
    header_row_count,
    is_column_numbers,
    is_header_again,
    read_columns,
)
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import Printed, count_unit, read_printed, to_fen, to_yuan
from pipelines.disclosures.rows import RowMeaning, RowReader
from pipelines.disclosures.tables import FormTable, Matrix
from pipelines.documents.model import Cell, Document


class FormContext(msgspec.Struct, frozen=True):
    """What all amounts of one form share."""

    document: Document
    paper: Paper
    form_id: str
    unit: str | None


def read_amounts(table: FormTable, context: FormContext) -> tuple[list[AmountFact], list[UnplacedFact]]:
    """All numbers and marks of a recognised form table, and what could not be given a meaning."""
    amounts: list[AmountFact] = []
    unplaced: list[UnplacedFact] = []
    columns: list[ColumnMeaning] = []
    for header, body in _blocks(table):
        columns = _with_roles_of(columns, read_columns(table, header, context.paper))
        _settle_blank(columns, body)
        _settle_total(columns, _form_of(table))
        reader = RowReader(_form_of(table), columns, context.paper)
        for row in body:
            meanings = reader.read(row)
            for cell, column, printed in _figures(row, columns):
                amount = _amount(cell, column, meanings[column.group], printed, table, context)
                amounts.append(amount)
                unplaced.extend(_unexplained(amount, column, meanings[column.group], context))
            unplaced.extend(_strays(row, columns, context))
    return _with_usual_quantum(amounts), unplaced


def _form_of(table: FormTable) -> catalogue.Form:
    assert table.match is not None
    return table.match.form


def _with_roles_of(before: Sequence[ColumnMeaning], columns: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """The columns of a later block; one without a header word keeps identifying rows if it did so above."""
    for column, above in zip(columns, before, strict=False):
        if column.role == "blank" and above.role not in ("blank", "value"):
            column.role = above.role
    return columns


def _settle_blank(columns: Sequence[ColumnMeaning], body: Matrix) -> None:
    """A column of unknown or no header that holds texts and no figures says what the rows are, or more about them."""
    labelled = any(column.role in ("label", "unit", "code") for column in columns)
    for column in columns:
        if column.role == "blank" or column.unknown:
            cells = (row[column.index] for row in body)
            kinds = {read_printed(cell.text).kind for cell in cells if cell is not None}
            if "text" in kinds and not kinds & {"number", "percent"}:
                column.role = "attribute" if labelled and column.role != "blank" else "label"


def _settle_total(columns: Sequence[ColumnMeaning], form: catalogue.Form) -> None:
    """The plain total beside meetings and training, or beside the year's subtotal and a carry-over, is that of both."""
    values = [column for column in columns if column.role == "value"]
    told = {column.measure for column in values}
    if form.measure == "three_public" and told & {"meetings", "training"}:
        whole, word = "public_and_meeting_expenses", "三公"
    elif (
        form.measure == "income" and "brought_forward" in told and any(_of_year(column, "income") for column in values)
    ):
        whole, word = "income_grand_total", "本年"
    else:
        return
    for column in values:
        if column.measure == form.measure and not column.fund and not any(word in said for said in column.path):
            column.measure = whole


def _of_year(column: ColumnMeaning, measure: str) -> bool:
    return column.measure == measure and not column.fund and any("本年" in word for word in column.path)


def _blocks(table: FormTable) -> Iterator[tuple[Matrix, Matrix]]:
    """The header and body of a table; several of them where a header stands inside the table again."""
    code = _form_of(table).code
    count = header_row_count(table.matrix, code)
    header = table.matrix[:count]
    body: Matrix = []
    again = False
    for row in table.matrix[count:]:
        if is_column_numbers(row):
            continue
        if is_header_again(row, code):
            if again and not body:
                header.append(row)
                continue
            yield header, body
            header, body, again = [row], [], True
        else:
            body.append(row)
    yield header, body


def _with_usual_quantum(amounts: list[AmountFact]) -> list[AmountFact]:
    """Give every amount the finer of its own last place and the table's usual one.

    Converters drop trailing zeros (``2098.4`` for ``2098.40``), so the last place of one cell may be too coarse; the
    place that most figures of the table have is the table's usual one, the finer where two are as frequent.
    """
    places = Counter(a.quantum_yuan for a in amounts if a.quantum_yuan is not None and a.value)
    if not places:
        return amounts
    usual = max(places, key=lambda quantum: (places[quantum], -quantum))
    return [
        msgspec.structs.replace(a, quantum_yuan=min(a.quantum_yuan, usual)) if a.quantum_yuan is not None else a
        for a in amounts
    ]


def _figures(
    row: Sequence[Cell | None], columns: Sequence[ColumnMeaning]
) -> Iterator[tuple[Cell, ColumnMeaning, Printed]]:
    """Numbers and marks in value columns, each cell once."""
    done: list[Cell] = []
    for column in columns:
        cell = row[column.index]
        if column.role not in ("value", "blank") or cell is None or any(cell is other for other in done):
            continue
        printed = read_printed(cell.text)
        if printed.kind in ("number", "percent", "mark"):
            done.append(cell)
            yield cell, column, printed


def _strays(
    row: Sequence[Cell | None], columns: Sequence[ColumnMeaning], context: FormContext
) -> Iterator[UnplacedFact]:
    """Text in value columns and decimals in label columns: read, but not understood."""
    done: list[Cell] = []
    for column in columns:
        cell = row[column.index]
        if cell is None or any(cell is other for other in done) or not cell.text.strip():
            continue
        done.append(cell)
        kind = read_printed(cell.text).kind
        if column.role in ("value", "blank") and kind == "text" and not _spans_label(cell, row, columns):
            yield _unplaced("cell", "text in a column of figures", cell, context)
        elif column.role in ("label", "code") and kind == "number" and "." in cell.text:
            yield _unplaced("cell", "figure in a column of labels", cell, context)


def _spans_label(cell: Cell, row: Sequence[Cell | None], columns: Sequence[ColumnMeaning]) -> bool:
    return any(row[column.index] is cell and column.role not in ("value", "blank") for column in columns)


def _unplaced(what: str, reason: str, cell: Cell, context: FormContext) -> UnplacedFact:
    place = cell.place
    return UnplacedFact(context.document.document_id, what, reason, cell.text, place.page_no, place.line_no)


def _unexplained(
    amount: AmountFact, column: ColumnMeaning, row: RowMeaning, context: FormContext
) -> Iterator[UnplacedFact]:
    if amount.value is None or (amount.measure is not None and amount.subject is not None):
        return
    reason = row.reason or (
        f"unknown header: {'/'.join(column.unknown)}" if column.unknown else f"unknown column: {column.label}"
    )
    text = f"{amount.form_title}: {amount.row_label} | {amount.column_label} | {amount.printed}"
    line = amount.row_no if amount.page_no is None else None
    yield UnplacedFact(context.document.document_id, "cell", reason, text, amount.page_no, line)


def _amount(
    cell: Cell, column: ColumnMeaning, row: RowMeaning, printed: Printed, table: FormTable, context: FormContext
) -> AmountFact:
    assert table.match is not None
    measure = None if column.unknown or column.role == "blank" else (_measure(row, column))
    subject = ((row.stage and column.measure) or measure) if row.total else row.subject
    if row.line is not None and measure != row.measure:
        subject = row.subject
    counted = count_unit(row.label) or _unit_of(measure)
    money = column.unit and (context.unit if table.unit else column.unit)
    unit = "%" if printed.kind == "percent" else money or counted or context.unit
    place, box = cell.place, cell.place.box
    row_no = place.line_no if place.page_no is None and place.line_no is not None else cell.row + 1
    return AmountFact(
        amount_id=f"{context.document.document_id[:16]}-t{table.grid.table_no}-r{cell.row + 1}-c{cell.column + 1}",
        form_id=context.form_id,
        document_id=context.document.document_id,
        form_code=table.match.form.code,
        form_title=table.match.title,
        side=_side(measure),
        subject=subject,
        row_code=row.code,
        row_code_kind=row.code_kind,
        second_code=row.second_code,
        row_label=row.label,
        column_label=column.label or None,
        measure=measure,
        fund=row.fund or column.fund or table.match.fund,
        stage=row.stage or column.stage,
        fiscal_year=row.fiscal_year or column.fiscal_year,
        value=printed.value,
        unit=unit,
        amount_yuan=None if printed.value is None else to_fen(to_yuan(printed.value, unit)),
        quantum_yuan=_quantum(printed, unit),
        printed=cell.text.strip(),
        page_no=place.page_no,
        table_no=table.grid.table_no,
        row_no=row_no,
        column_no=cell.column + 1,
        x0=box.x0 if box else None,
        y0=box.y0 if box else None,
        x1=box.x1 if box else None,
        y1=box.y1 if box else None,
        reader=context.document.reader,
        confidence=cell.confidence,
    )


def _measure(row: RowMeaning, column: ColumnMeaning) -> str | None:
    """The line's measure (FA04's fund columns keep it), unless the column tells something else of any line."""
    known = catalogue.vocabulary().measures.get(column.measure or "")
    return column.measure if known is not None and known.of_any else row.measure or column.measure


def _unit_of(measure: str | None) -> str | None:
    known = catalogue.vocabulary().measures.get(measure or "")
    return known.unit if known else None


def _side(measure: str | None) -> str | None:
    """The side of a measure; an economic item in a column (``dept_economic:30101``) is expenditure."""
    if measure is None:
        return None
    known = catalogue.vocabulary().measures.get(measure)
    return known.side if known else "expenditure"


def _quantum(printed: Printed, unit: str | None) -> Decimal | None:
    return None if printed.quantum is None else to_yuan(printed.quantum, unit)
