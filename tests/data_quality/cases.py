"""Small invented papers for every rule, made from the rule's own terms: one that holds, one that breaks, and so on."""

import re
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from data_quality.catalogue import Rule, RuleTerm

QUANTUM = Decimal(100)
"""0.01万元, in yuan: every invented figure is printed to this place."""
CASES = ("holds", "breaks", "last_penny_inside", "first_penny_outside", "not_evaluable")
EXPECTED = dict(zip(CASES, ("holds", "broken", "rounding", "broken", "not_evaluable"), strict=True))
_CODES = {
    ("function", "total"): ("total", ("201", "208")),
    ("function", "class"): ("208", ("20801", "20805")),
    ("function", "section"): ("20801", ("2080101", "2080199")),
    ("dept_economic", "total"): ("total", ("301", "302")),
    ("dept_economic", "class"): ("301", ("30101", "30102")),
    ("project", "total"): ("total", ("路灯", "道路")),
}
_PLACE_ROWS = {"above": 10, "below": 60}
_ANCHOR_ROW, _PLAIN_ROW = 50, 100


class Figure(msgspec.Struct, kw_only=True):
    """One invented amount; ``term`` is the rule's term it stands for."""

    form: str
    subject: str | None
    measure: str | None
    fund: str
    value: Decimal
    row_no: int
    term: RuleTerm | None = None
    quantum: Decimal = QUANTUM
    label: str | None = None
    stage: str | None = None
    fiscal_year: int = 2023
    confidence: float | None = None
    """Of character recognition; None for what was read as characters."""

    @property
    def weight(self) -> Decimal:
        """What the figure adds to left side less right side."""
        assert self.term is not None
        return self.term.sign * self.term.factor * (1 if self.term.side == "lhs" else -1)


def figures(rule: Rule, terms: tuple[RuleTerm, ...], case: str) -> list[Figure]:
    """The figures of one case of a rule."""
    made = _hierarchy(terms) if rule.family == "hierarchy" else _linear(rule, terms)
    solved = _balance(made)
    change = {
        "holds": Decimal(0),
        "breaks": Decimal(1_000_000),
        "last_penny_inside": allowance(rule, made),
        "first_penny_outside": allowance(rule, made) + Decimal("0.01"),
        "not_evaluable": Decimal(0),
    }[case]
    solved.value += change
    return _obscured(rule, terms, made, solved) if case == "not_evaluable" else made


def allowance(rule: Rule, made: list[Figure]) -> Decimal:
    """What rounding can cause, by the definition: half a quantum a figure, or half of one for a quantity told twice."""
    if rule.tolerance == "printed_twice" and len(made) == 2:
        return QUANTUM / 2
    return QUANTUM / 2 * len(made)


def _balance(made: list[Figure]) -> Figure:
    """Set the first left figure so that both sides are equal, and return it."""
    solved = next(figure for figure in made if figure.term is not None and figure.term.side == "lhs")
    rest = sum((f.weight * f.value for f in made if f is not solved), Decimal(0))
    solved.value = -rest / solved.weight
    return solved


def _linear(rule: Rule, terms: tuple[RuleTerm, ...]) -> list[Figure]:
    first = next(term for term in terms if term.need != "zero")
    fund = first.fund or "general_public_budget"
    chosen = [term for term in terms if term.need != "absent"]
    if "fund" in rule.for_each:
        chosen = [term for term in chosen if term.fund in (None, fund)]
    if "measure" in rule.for_each:
        chosen = [term for term in chosen if term.measure == first.measure]
    best = {(t.side, t.slot): min(o.rank for o in chosen if (o.side, o.slot) == (t.side, t.slot)) for t in chosen}
    chosen = [term for term in chosen if term.rank == best[term.side, term.slot]]
    return [figure for number, term in enumerate(chosen, 1) for figure in _of_term(rule, term, fund, number)]


def _of_term(rule: Rule, term: RuleTerm, fund: str, number: int) -> Iterator[Figure]:
    for extra, subject in enumerate(_subjects(rule, term)):
        yield Figure(
            form=term.form,
            subject=subject,
            measure=term.measure,
            fund=term.fund or (fund if "fund" in rule.for_each else "all"),
            value=Decimal(10_000 * number + 1_000 * extra),
            row_no=_row(rule, term, number),
            term=term,
        )


def _row(rule: Rule, term: RuleTerm, number: int) -> int:
    if "row" in rule.for_each:
        return 7
    if term.anchor:
        return _ANCHOR_ROW
    return _PLACE_ROWS.get(term.place or "", _PLAIN_ROW) + number


def _subjects(rule: Rule, term: RuleTerm) -> list[str | None]:
    if "row" in rule.for_each:
        return ["function:208"]
    if term.row == "class":
        return ["function:201", "function:208"]
    if term.row == "top":
        pattern = re.compile(term.subject_pattern or ".*")
        return [s for c in ("301", "302", "303", "310") if pattern.fullmatch(s := f"dept_economic:{c}")]
    return [term.measure]


def _hierarchy(terms: tuple[RuleTerm, ...]) -> list[Figure]:
    above, below = terms
    kind = (below.subject_pattern or "").split(":")[0]
    parent, children = _CODES[kind, above.row]
    measure, fund = "expenditure", "all"
    subject = measure if parent == "total" else f"{kind}:{parent}"
    made = [
        Figure(form=above.form, subject=subject, measure=measure, fund=fund, value=Decimal(0), row_no=1, term=above)
    ]
    for number, code in enumerate(children, 2):
        value = Decimal(1_000 * number)
        made.append(
            Figure(
                form=above.form,
                subject=f"{kind}:{code}",
                measure=measure,
                fund=fund,
                value=value,
                row_no=number,
                term=below,
            )
        )
    return made


def _obscured(rule: Rule, terms: tuple[RuleTerm, ...], made: list[Figure], solved: Figure) -> list[Figure]:
    """The same paper with something missing or unclear, so that the rule cannot be judged."""
    required = {(t.side, t.slot) for t in terms if t.need == "required"}
    if rule.family == "hierarchy" and not required & {("lhs", terms[0].slot)}:
        solved.value += 1_000_000
        return [*made, msgspec.structs.replace(solved, subject=None, row_no=9, value=Decimal(5))]
    if rule.family == "hierarchy":
        solved.value = Decimal(0)
        solved.measure = solved.measure if solved.subject == solved.measure else "basic_expenditure"
        return [f for f in made if f is not solved or f.subject != f.measure]
    if required and len(made) > 1:
        side, slot = sorted(required)[0]
        return [f for f in made if f.term is None or (f.term.side, f.term.slot) != (side, slot)]
    solved.value += 1_000_000
    if rule.family == "row_total":
        unknown = Figure(form=solved.form, subject=solved.subject, measure=None, fund="all", value=Decimal(5), row_no=7)
        return [*made, unknown]
    twin = msgspec.structs.replace(solved, value=solved.value + 1)
    return [*made, twin]
