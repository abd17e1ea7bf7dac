"""Reads the YAML files beside into rules and terms, expands templates over forms, refuses what is not well formed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from data_quality.catalogue import model
from data_quality.catalogue.model import Rule, RulePattern, RuleTerm
from data_quality.catalogue.remedies import related, remedies, remedy
from pipelines.declarations import read_yaml
from pipelines.disclosures.catalogue import forms as declared_forms
from pipelines.disclosures.catalogue import vocabulary

FOLDER = Path(__file__).parent
FILES = (
    "final_accounts.yaml",
    "budget.yaml",
    "words_tables.yaml",
    "words_words.yaml",
    "papers.yaml",
    "order.yaml",
    "performance.yaml",
    "completeness.yaml",
    "dictionaries.yaml",
    "slips.yaml",
)
_TERM_KEYS = frozenset(RuleTerm.__struct_fields__) - {"rule_id", "term_no", "side", "blank_as_zero"} | {"measures"}


class CatalogueError(ValueError):
    """A rule of the catalogue is not well formed; the message names it."""


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files. Raises CatalogueError for one that is not well formed."""
    return tuple(rule for rule, _ in _catalogue())


@cache
def rule_terms() -> tuple[RuleTerm, ...]:
    """All terms of all rules, in order. Raises CatalogueError for one that is not well formed."""
    return tuple(term for _, terms in _catalogue() for term in terms)


@cache
def rule_patterns() -> tuple[RulePattern, ...]:
    """The patterns of all rules that have some, in order. Raises CatalogueError for one that is not well formed."""
    written = (entry for name in FILES for _, entry in _entries(name))
    return tuple(pattern for entry in written for pattern in _patterns(entry))


@cache
def messages() -> dict[str, dict[str, Any]]:
    """The message template of each family, with ``zh`` and ``en``; under ``must`` what each relation demands."""
    found: dict[str, dict[str, Any]] = read_yaml(FOLDER / "messages.yaml")
    return found


def _message(family: str, relation: str | None, language: str) -> str:
    demands = messages()["must"]
    demand = demands[relation if relation in demands else "equal"][language]
    return str(_fill(messages()[family][language], {"must": demand}))


@cache
def _catalogue() -> tuple[tuple[Rule, tuple[RuleTerm, ...]], ...]:
    built = [_build(entry, kind) for name in FILES for kind, entry in _entries(name)]
    seen: set[str] = set()
    for rule, _ in built:
        if rule.rule_id in seen:
            raise CatalogueError(f"{rule.rule_id}: the id is used twice")
        seen.add(rule.rule_id)
    unknown = {*remedies().rules, *(other for rule, _ in built for other in rule.related)} - seen
    if unknown:
        raise CatalogueError(f"{min(unknown)}: a remedy or a related rule names no rule")
    beside = related(built)
    return tuple(
        (msgspec.structs.replace(rule, related=beside.get(rule.rule_id, rule.related)), terms) for rule, terms in built
    )


def _entries(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of a file with its kind of paper; a template gives one entry for each of its ``over`` forms.

    What the head of a file says besides the kind is said of every entry.
    """
    content = read_yaml(FOLDER / name)
    shared = {key: value for key, value in content.items() if key not in ("kind", "rules")}
    for written in content["rules"]:
        entry = shared | written
        for form in entry.pop("over", [None]):
            yield content["kind"], entry if form is None else _fill(entry, _form_words(form))


def _form_words(form: str) -> dict[str, str]:
    declared = next((f for f in declared_forms() if f.code == form), None)
    if declared is None:
        raise CatalogueError(f"{form}: no such form")
    return {"form": form, "form_zh": declared.zh, "form_en": declared.en}


def _fill(value: Any, words: Mapping[str, str]) -> Any:
    """A copy of ``value`` in which every ``<word>`` of a text is replaced."""
    if isinstance(value, str):
        for word, text in words.items():
            value = value.replace(f"<{word}>", text)
        return value
    if isinstance(value, dict):
        return {key: _fill(item, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_fill(item, words) for item in value]
    return value


def _build(entry: dict[str, Any], kind: str) -> tuple[Rule, tuple[RuleTerm, ...]]:
    terms = tuple(_terms(entry))
    forms = tuple(dict.fromkeys(term.form for term in terms))
    family, relation = entry["family"], entry.get("relation")
    fix = remedy(entry["id"], family)
    given = {key: value for key, value in entry.items() if key not in ("lhs", "rhs", "form", "id", "patterns")}
    computed = {
        "rule_id": entry["id"],
        "forms": forms,
        "across": len(forms) > 1,
        "open_sum": any(term.need == "zero" or term.pick == "sum" for term in terms),
        "tolerance": "printed_twice" if family == "same_quantity" else "rounded_terms",
    }
    try:
        rule = msgspec.convert(
            {
                "message_zh": _message(family, relation, "zh"),
                "message_en": _message(family, relation, "en"),
                "how_to_fix_zh": fix.zh,
                "how_to_fix_en": fix.en,
                "severity": "critical",
                "kind": kind,
                **computed,
                **given,
            },
            Rule,
        )
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{entry['id']}: {error}") from error
    _demand(rule)
    if rule.relation is None or terms:
        _demand_terms(rule, terms)
    return rule, terms


def _patterns(entry: Mapping[str, Any]) -> Iterator[RulePattern]:
    for number, written in enumerate(entry.get("patterns", ()), 1):
        try:
            yield msgspec.convert({**written, "rule_id": entry["id"], "pattern_no": number}, RulePattern)
        except msgspec.ValidationError as error:
            raise CatalogueError(f"{entry['id']}: pattern {number}: {error}") from error


def _terms(entry: Mapping[str, Any]) -> Iterator[RuleTerm]:
    """The terms of an entry; ``measures`` stands for one term each."""
    number = 0
    for side in model.SIDES:
        for written in entry.get(side, ()):
            unknown = written.keys() - _TERM_KEYS
            if unknown:
                raise CatalogueError(f"{entry['id']}: unknown key {sorted(unknown)[0]}")
            for measure in written.get("measures", [written.get("measure")]):
                number += 1
                yield _term(entry, side, number, {k: v for k, v in written.items() if k != "measures"}, measure)


def _term(entry: Mapping[str, Any], side: str, number: int, written: dict[str, Any], measure: str | None) -> RuleTerm:
    row = written.get("row", "total")
    need = written.get("need", _usual_need(entry["family"], side))
    repeats = row != "total" or "row" in entry.get("for_each", ()) or entry["family"] == "hierarchy"
    fields = {
        "form": entry.get("form"),
        "slot": f"{side}:{row}:{measure}:{written.get('fund')}",
        "pick": "sum" if repeats else "one",
        **written,
        "rule_id": entry["id"],
        "term_no": number,
        "side": side,
        "measure": measure,
        "need": need,
        "blank_as_zero": need == "zero",
        "factor": Decimal(str(written.get("factor", 1))),
    }
    try:
        return msgspec.convert(fields, RuleTerm)
    except msgspec.ValidationError as error:
        raise CatalogueError(f"{entry['id']}: {error}") from error


def _usual_need(family: str, side: str) -> str:
    """In performance papers the left side says whether a rule applies; elsewhere blank cells of the right are zero."""
    if family == "performance":
        return "condition" if side == "lhs" else "required"
    return "required" if side == "lhs" else "zero"


def _demand(rule: Rule) -> None:
    """Raise CatalogueError unless every word of the rule is one of the declared ones."""
    place = rule.forms[0] if rule.relation is None else rule.rule_id.split("-")[0]
    wrong = [
        (not rule.rule_id.startswith(f"{place}-{model.FAMILIES.get(rule.family)}"), "the id does not name its family"),
        (rule.severity not in model.SEVERITIES, f"severity {rule.severity}"),
        (rule.status not in model.STATUSES, f"status {rule.status}"),
        (rule.tolerance not in model.TOLERANCES, f"tolerance {rule.tolerance}"),
        (not set(rule.for_each) <= set(model.EACH), f"for_each {rule.for_each}"),
        (not set(rule.measures) <= vocabulary().measures.keys(), f"measures {rule.measures}"),
    ]
    _refuse(rule, wrong)


def _demand_terms(rule: Rule, terms: tuple[RuleTerm, ...]) -> None:
    """Raise CatalogueError unless the terms make an identity."""
    wrong = [
        ({term.side for term in terms} != set(model.SIDES), "a side has no term"),
        (not any(term.need in ("required", "condition") for term in terms), "no term is required"),
        (
            rule.family == "performance" and rule.relation not in model.PERFORMANCE_RELATIONS,
            f"relation {rule.relation}",
        ),
        (any(term.row not in model.ROWS for term in terms), "row"),
        (any(term.need not in model.NEEDS for term in terms), "need"),
        (any(term.place not in (None, *model.PLACES) for term in terms), "place"),
        (any(term.place for term in terms) != any(term.anchor for term in terms), "a place needs an anchor"),
        (rule.family != "hierarchy" and any(t.measure is None for t in terms), "a term without measure"),
        (any(term.factor % Decimal("0.1") for term in terms), "a factor with more than one decimal"),
    ]
    _refuse(rule, wrong)


def _refuse(rule: Rule, wrong: list[tuple[bool, str]]) -> None:
    for failed, what in wrong:
        if failed:
            raise CatalogueError(f"{rule.rule_id}: {what}")
