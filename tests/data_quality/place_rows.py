"""What small invented papers are made of: a case with its outcome, and rows of paragraphs, forms, cells, indicators."""

from collections.abc import Mapping
from typing import Any

import msgspec


class Case(msgspec.Struct, frozen=True):
    """What a paper says, in rows of core tables, and what becomes of the rule; ``outcome`` None: nothing to judge."""

    outcome: str | None
    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    kind: str = "final_accounts"
    scope: str = "department"
    status: str = "loaded"
    department: str = "示例县财政局"


def text(words: str, **more: Any) -> tuple[str, Mapping[str, Any]]:
    """A paragraph."""
    return "paragraph", {"text": words, "line_no": 7, **more}


def form(
    code: str = "FA09", title: str = "国有资本经营预算财政拨款支出决算表", **more: Any
) -> tuple[str, Mapping[str, Any]]:
    """A form of the contents, there and empty unless said otherwise."""
    return "form", {"form_code": code, "form_title": title, "listed": True, "present": True, "is_empty": True, **more}


def amount(code: str, label: str, **more: Any) -> tuple[str, Mapping[str, Any]]:
    """A cell of expenditure; ``code`` is a functional one."""
    return "amount", {
        "form_code": "FA03", "form_title": "支出决算表", "row_code": code, "row_code_kind": "function",
        "row_label": label, "subject": f"function:{code}",
        "measure": "expenditure", "fund": "all", "stage": "final", "fiscal_year": 2023,
        "amount_yuan": 100, "printed": "0.01", "row_no": 3, "column_no": 2, **more,
    }  # fmt: skip


def project(name: str, **more: Any) -> tuple[str, Mapping[str, Any]]:
    """A project; ``project_id`` is its name."""
    return "project", {"project_id": name, "project": name, "form_code": "PF01", "form_title": "自评表", **more}


def indicator(name: str, target: str, unit: str | None = None, **more: Any) -> tuple[str, Mapping[str, Any]]:
    """An indicator of a department."""
    known = {"row_kind": "indicator", "level1": "产出指标", "level3": name, "target": target, "target_unit": unit}
    return "indicator", {**known, "table_no": 1, "line_no": 9, **more}
