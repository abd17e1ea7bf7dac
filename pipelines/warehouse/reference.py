"""The catalogues and code lists as tables, so that SQL can join them: one frame for each ``reference`` input.

Belongs here: turning declarations that live in YAML and CSV into rows. Does not belong here: a declaration of its own.
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from pipelines.classification import Code, economic_codes, function_codes
from pipelines.classification.crosswalk import code_changes, economic_crosswalk
from pipelines.classification.departments import aliases, declared
from pipelines.classification.regions import regions
from pipelines.disclosures.catalogue import forms, vocabulary

_CODES = ("code", "title_zh", "parent_code", "first_year", "last_year", "evidence")


def reference_frames() -> dict[str, pl.DataFrame]:
    """Return input name → rows: ``function_code``, ``economic_code``, ``region``, ``form``, ``measure``, …"""
    return {
        "reference_function_code": _frame(_CODES, (_code(code) for code in function_codes())),
        "reference_economic_code": _economic_codes(),
        "reference_economic_crosswalk": _frame(("gov_code", "dept_code"), economic_crosswalk()),
        "reference_code_change": _frame(
            ("kind", "from_code", "to_code", "effective_year", "relation", "evidence"),
            ((c.kind, c.from_code, c.to_code, c.effective_year, c.relation, c.evidence) for c in code_changes()),
        ),
        "reference_region": _frame(
            ("region_code", "title_zh", "level", "parent_code"),
            ((r.code, r.name, r.level, r.parent) for r in regions()),
        ),
        "reference_department_alias": _frame(
            ("alias", "department", "first_year", "last_year", "evidence"),
            ((a.alias, a.department, a.first_year, a.last_year, a.evidence) for a in aliases() if a.decision == "same"),
        ),
        "reference_department_declared": _frame(
            ("department", "region_code", "superior", "first_year", "last_year", "evidence"),
            ((d.department, d.region_code, d.superior, d.first_year, d.last_year, d.evidence) for d in declared()),
        ),
        "reference_form": _forms(),
        "reference_measure": _frame(
            ("measure", "title_zh", "title_en", "side"),
            ((name, m.zh, m.en, m.side) for name, m in vocabulary().measures.items()),
        ),
        "reference_fund": _frame(
            ("fund", "title_zh", "title_en", "parent"),
            ((name, f.zh, f.en, f.parent) for name, f in vocabulary().funds.items()),
        ),
        "reference_stage": _frame(
            ("stage", "title_zh", "title_en"), ((name, s.zh, s.en) for name, s in vocabulary().stages.items())
        ),
    }


def _code(code: Code) -> tuple[Any, ...]:
    return (code.code, code.name, code.parent, code.first_year, code.last_year, code.evidence)


def _economic_codes() -> pl.DataFrame:
    rows = [("dept_economic", *_code(code)) for code in economic_codes("dept")]
    rows += [("gov_economic", *_code(code)) for code in economic_codes("gov")]
    return _frame(("kind", *_CODES), rows)


def _forms() -> pl.DataFrame:
    names = ("form_code", "kind", "title_zh", "title_en", "row_kind", "measure", "fund", "stage")
    return _frame(names, ((f.code, f.kind, f.zh, f.en, f.rows, f.measure, f.fund, f.stage) for f in forms()))


def _frame(names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    types = {name: pl.Int32() if name.endswith("_year") else pl.String() for name in names}
    return pl.DataFrame(list(rows), schema=types, orient="row")
