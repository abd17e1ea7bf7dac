"""Invented papers written in one line a figure, for tests of one behaviour."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.disclosures.facts import Facts
from tests.data_quality.cases import Figure
from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import Engine


def figure(form: str, subject: str | None, value: str, **given: Any) -> Figure:
    """One amount in yuan; ``measure`` is the subject and ``fund`` all unless given."""
    given = {"measure": subject, "fund": "all", "row_no": 1} | given
    return Figure(form=form, subject=subject, value=Decimal(value), **given)


def judge(folder: Path, figures: Iterable[Figure], *, kind: str = "final_accounts", format_: str = "text") -> Engine:
    """The engine after one filing ``f`` of these figures was evaluated."""
    made = list(figures)
    engine = Engine(folder)
    add_filing(engine, "f", kind, made, dict.fromkeys(figure.form for figure in made), format_)
    return engine.build()


def checks(engine: Engine, rule_id: str) -> list[dict[str, Any]]:
    """The check rows of a rule, in order of scope."""
    found = engine.connection.execute(
        'SELECT * FROM quality."check" WHERE rule_id = ? ORDER BY scope, check_id', [rule_id]
    )
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def outcomes(engine: Engine, rule_id: str) -> list[str]:
    """The outcomes of a rule, in order of scope."""
    return [check["outcome"] for check in checks(engine, rule_id)]


def judge_facts(folder: Path, facts: Facts) -> Engine:
    """The engine after the facts of one document were evaluated as the filing ``f``."""
    engine = Engine(folder)
    document = facts.document
    engine.add("filing", [{"filing_id": "f", "kind": document.kind, "fiscal_year": document.fiscal_year}])
    engine.add("document", [_row(document)])
    for table, rows in (
        ("form", facts.forms),
        ("amount", facts.amounts),
        ("claim", facts.claims),
        ("paragraph", facts.paragraphs),
    ):
        engine.add(table, [_row(row) for row in rows])
    return engine.build()


def _row(fact: Any) -> Mapping[str, Any]:
    return {name: getattr(fact, name) for name in fact.__struct_fields__} | {"filing_id": "f"}
