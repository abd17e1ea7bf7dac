"""Small invented figures for every rule of performance papers, made from the rule's own terms."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from data_quality.catalogue import Rule, RuleTerm

HALF = Decimal("0.05")
CASES = ("holds", "breaks", "last_penny_inside", "first_penny_outside", "not_evaluable")
EXPECTED = dict(zip(CASES, ("holds", "broken", "rounding", "broken", "not_evaluable"), strict=True))
_RATIO = {"part": Decimal(50), "whole": Decimal(200)}
_PRODUCT = {"points": Decimal(10), "rate": Decimal(80)}


def cases_of(rule: Rule, terms: tuple[RuleTerm, ...]) -> Iterator[str]:
    """The cases of a rule: an exact bound has no rounding, and without a required term it is always evaluable."""
    for case in CASES:
        exact = rule.relation == "below" and case in ("last_penny_inside", "first_penny_outside")
        evaluable = case == "not_evaluable" and not any(term.need == "required" for term in terms)
        if not exact and not evaluable:
            yield case


def figures(rule: Rule, terms: tuple[RuleTerm, ...], case: str) -> list[dict[str, Any]]:
    """The figures of one case, as rows of ``performance_figure``."""
    right = [term for term in terms if term.side == "rhs" and term.rank == 1]
    if case == "not_evaluable":
        right = [term for term in right if term.need != "required"]
    left = [term for term in terms if term.side == "lhs" and term.rank == 1]
    values = {term.term_no: _right_value(term, number) for number, term in enumerate(right)}
    target = _target(rule, right, values)
    rest = {term.term_no: Decimal(1) for term in left[1:]}
    first = target + _change(rule, case, _allowance(rule, left, right, values)) - sum(rest.values(), Decimal(0))
    values |= {left[0].term_no: first} | rest
    return [_row(f"{rule.rule_id}|{case}", term, values[term.term_no]) for term in (*left, *right)]


def _right_value(term: RuleTerm, number: int) -> Decimal:
    return (_RATIO | _PRODUCT).get(term.slot, Decimal(10 * (number + 1)))


def _target(rule: Rule, right: list[RuleTerm], values: dict[int, Decimal]) -> Decimal:
    if rule.relation == "ratio":
        return Decimal(25)
    if rule.relation == "product":
        return Decimal(8)
    if rule.relation == "among":
        return min(values.values(), default=Decimal(10))
    return sum((term.sign * values[term.term_no] for term in right), Decimal(0)) - (
        1 if rule.relation == "below" else 0
    )


def _allowance(rule: Rule, left: list[RuleTerm], right: list[RuleTerm], values: dict[int, Decimal]) -> Decimal:
    """What rounding can cause, by the definition, where every figure may be off by ``HALF``."""
    if rule.relation == "ratio":
        highest = (_RATIO["part"] + HALF) / (_RATIO["whole"] - HALF) * 100
        return (highest - 25 + HALF * len(left)).quantize(Decimal("1e-6"), rounding="ROUND_DOWN")
    if rule.relation == "product":
        return _PRODUCT["points"] * HALF / 100 + HALF * len(left)
    if rule.relation == "among":
        return HALF * len(left)
    return HALF * (len(left) + len(right))


def _change(rule: Rule, case: str, allowance: Decimal) -> Decimal:
    sign = -1 if rule.relation in ("at_least", "among") else 1
    changes = {
        "breaks": Decimal(1000),
        "last_penny_inside": allowance,
        "first_penny_outside": allowance + Decimal("0.01"),
    }
    return sign * changes.get(case, Decimal(0))


def _row(filing: str, term: RuleTerm, value: Decimal) -> dict[str, Any]:
    return {
        "filing_id": filing, "document_id": filing, "sheet_id": filing, "subject": "路灯", "form_key": "PF01",
        "form_title": "自评表", "place": "sheet", "place_name": "", "quantity": term.measure, "value": value,
        "half": HALF, "printed": str(value), "kind": "project", "id": f"{filing}/{term.term_no}",
        "line_no": term.term_no,
    }  # fmt: skip
