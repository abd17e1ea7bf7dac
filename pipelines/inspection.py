"""What a person looks at when a paper of a new kind arrives: why it was taken for what it is, its forms, its checks.

Belongs here: laying one document's facts out in a terminal, and evaluating the rules on it alone, in a warehouse that
is thrown away. Does not belong here: understanding (``disclosures``), rules (``data_quality``), what a load did
(``summary``).
"""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.disclosures.facts import AmountFact, Facts, FormFact

if TYPE_CHECKING:
    from rich.table import Table

_CHECKS = """SELECT rule_id, coalesce(scope, ''), outcome, coalesce(lhs_text, ''), coalesce(rhs_text, '')
             FROM quality.check ORDER BY outcome, rule_id, scope"""
_MOST_COLUMNS = 8


class Checked(msgspec.Struct, frozen=True):
    """One rule at one place: both sides as printed, and the outcome."""

    rule: str
    scope: str
    outcome: str
    left: str
    right: str


def evidence_lines(facts: Facts) -> Iterator[str]:
    """What kind, department, scope and year rest on, and the unit of each form."""
    for name, words in json.loads(facts.document.evidence or "{}").items():
        yield f"because     {name}: {words}"
    bases = Counter(form.unit_basis or "none" for form in facts.forms if form.present)
    if bases:
        yield "units       " + " · ".join(f"{basis} {count}" for basis, count in sorted(bases.items()))
    reasons = Counter(left.reason for left in facts.unplaced)
    yield from (f"unplaced    {count} × {reason}" for reason, count in reasons.most_common())


def form_tables(facts: Facts, most_rows: int) -> "Iterator[Table]":
    """Each present form with figures as a small table: codes, labels, printed figures below what their column means."""
    for form in facts.forms:
        amounts = [amount for amount in facts.amounts if amount.form_id == form.form_id]
        if amounts:
            yield _form_table(form, amounts, most_rows)


def _form_table(form: FormFact, amounts: Sequence[AmountFact], most_rows: int) -> "Table":
    from rich.markup import escape
    from rich.table import Table

    columns = sorted({amount.column_no for amount in amounts})
    rows = sorted({(amount.page_no or 0, amount.row_no) for amount in amounts})
    shown = {(a.page_no or 0, a.row_no, a.column_no): a for a in amounts}
    table = Table(title=escape(_heading(form, amounts)), title_justify="left", caption_justify="left")
    table.add_column("code")
    table.add_column("label")
    for column in columns[:_MOST_COLUMNS]:
        table.add_column(escape(_meaning(a for a in amounts if a.column_no == column)), justify="right")
    for row in rows[:most_rows]:
        cells = [shown.get((*row, column)) for column in columns]
        known = [cell for cell in cells if cell is not None]
        codes = _distinct(cell.row_code for cell in known)
        labels = _distinct(cell.row_label for cell in known)
        printed = [escape(cell.printed) if cell else "" for cell in cells[:_MOST_COLUMNS]]
        table.add_row(escape(" / ".join(codes)), escape(" / ".join(labels)), *printed)
    hidden = (max(len(rows) - most_rows, 0), max(len(columns) - _MOST_COLUMNS, 0))
    table.caption = f"and {hidden[0]} more rows, {hidden[1]} more columns" if any(hidden) else None
    return table


def _heading(form: FormFact, amounts: Sequence[AmountFact]) -> str:
    unknown = sum(amount.subject is None or amount.measure is None for amount in amounts)
    where = f"page {form.page_no}" if form.page_no else f"table {form.table_no}"
    unit = f"{form.unit or 'no unit'} ({form.unit_basis or 'nothing printed'})"
    return (
        f"{form.form_code or '?'} {form.form_title} · {where} · {unit} · {unknown} of {len(amounts)} without a meaning"
    )


def _meaning(amounts: Iterable[AmountFact]) -> str:
    """The header of a column: its words as printed, and what they were taken for."""
    found = list(amounts)
    stages = _distinct(f"{amount.stage or '?'} {amount.fiscal_year or '?'}" for amount in found)
    told = (_distinct(a.measure for a in found), _distinct(a.fund for a in found), stages)
    words = ((each[0] if len(each) == 1 else "by row" if each else "?") for each in told)
    return "\n".join((found[0].column_label or "", *words))


def _distinct(words: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def checks_of(facts: Facts) -> list[Checked]:
    """Every rule on this document alone, in a warehouse that is removed again; takes some fifteen seconds.

    Raises:
        BuildError: the rules could not be evaluated.
    """
    import duckdb

    from pipelines.lake.files import SourceFile
    from pipelines.lake.store import Lake
    from pipelines.warehouse.build import run_dbt, write_inputs

    with tempfile.TemporaryDirectory(prefix="duizhang-inspect-") as name:
        folder = Path(name)
        lake = Lake(folder / "lake")
        lake.write_facts(facts, "inspect")
        write_inputs(lake, [SourceFile("inspected", 1, 1, facts.document.document_id)], folder, version="inspect")
        run_dbt(folder, folder / "one.duckdb", select=("+check",))
        with duckdb.connect(str(folder / "one.duckdb"), read_only=True) as connection:
            return [Checked(*row) for row in connection.execute(_CHECKS).fetchall()]


def check_lines(checks: Sequence[Checked]) -> Iterator[str]:
    """How many checks had each outcome, and what is broken with both sides."""
    counts = Counter(check.outcome for check in checks)
    yield "checks      " + (" · ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())) or "none")
    for check in checks:
        if check.outcome == "broken":
            yield f"  broken: {check.rule} {check.scope}: {check.left} ≠ {check.right}"
