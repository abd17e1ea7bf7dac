"""Great Expectations suites generated from the rule catalogue: one a kind of paper, one expectation a rule.

SQL has evaluated the rules; an expectation asserts over its rule's rows that no check is broken and that the rule was
not silent where its forms are present. A row is a broken check, a silent rule, or all checks of a rule with another
outcome, which have nothing to tell but their number (``meta.checks``): so what is asserted grows with what is wrong,
not with what was read. Great Expectations is imported only when a suite is built, because that takes seconds. Rows come
whole from DuckDB (no LIMIT); decimals as text, because pandas would make them floats.

Does not belong here: the evaluation of rules (``sql/models/quality``), and what Dagster shows (``asset_checks``).
"""

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from data_quality.catalogue import Rule, rules
from data_quality.data_docs import write_docs

Frame = Any
"""A pandas DataFrame; pandas is imported by DuckDB when it is needed."""
SHOWN = ("check_id", "filing_id", "document_id", "scope", "lhs", "rhs", "difference")
"""What an unexpected row carries."""
_ROWS = """
SELECT rule_id, outcome, NULL AS check_id, NULL AS filing_id, NULL AS document_id, NULL AS scope,
    NULL AS lhs, NULL AS rhs, NULL AS difference, count(*) AS checks
FROM quality."check" WHERE outcome <> 'broken' GROUP BY rule_id, outcome
UNION ALL
SELECT rule_id, outcome, check_id, filing_id, document_id, scope,
    CAST(lhs AS VARCHAR), CAST(rhs AS VARCHAR), CAST(difference AS VARCHAR), 1
FROM quality."check" WHERE outcome = 'broken'
UNION ALL
SELECT rule_id, 'silent', NULL, NULL, NULL, reason, CAST(evaluated AS VARCHAR), CAST(not_evaluable AS VARCHAR), NULL, 0
FROM quality.coverage_failure
ORDER BY rule_id, outcome, check_id
"""
_REFUSED = ("broken", "silent")


class ValidationSummary(msgspec.Struct, frozen=True):
    """What came of a validation. Breaks are results; silence and errors are failures of our own."""

    expectations: int
    """How many were evaluated."""
    broken: dict[str, int]
    """Rule and how many of its checks are broken; rules without a break are left out."""
    silent: tuple[str, ...]
    """Rules that did not speak on filings where their forms are present."""
    errors: tuple[str, ...]
    """Expectations that Great Expectations could not evaluate, with the reason."""
    files: tuple[Path, ...]
    """The stored results, one JSON file a suite."""

    @property
    def sound(self) -> bool:
        """Whether nothing of our own failed, so that the build may be published."""
        return not self.silent and not self.errors


def validate(database: Path, out: Path) -> ValidationSummary:
    """Validate the check rows of a warehouse; write the results of each suite to ``out/<kind>.json`` and Data Docs.

    ``database`` is opened read-only. Raises ``duckdb.Error`` when it has no quality tables.
    """
    with duckdb.connect(str(database), read_only=True) as connection:
        rows: Frame = connection.execute(_ROWS).df().astype({"rule_id": "category"})  # each rule looks for its rows
    out.mkdir(parents=True, exist_ok=True)
    pages = (out.parent / "site" / "rule.html").absolute().as_uri()
    results: list[dict[str, Any]] = []
    outcomes: dict[str, Any] = {}
    files = []
    active = [rule for rule in rules() if rule.status == "active"]
    for kind in sorted({rule.kind for rule in active}):
        outcomes[kind] = _run(kind, [rule for rule in active if rule.kind == kind], rows, pages)
        outcome: dict[str, Any] = outcomes[kind].to_json_dict()
        results += outcome["results"]
        files.append(out / f"{kind}.json")
        files[-1].write_bytes(msgspec.json.format(msgspec.json.encode(outcome), indent=1))
    write_docs(outcomes, out)
    return _summary(results, tuple(files))


def _run(kind: str, kind_rules: Sequence[Rule], rows: Frame, pages: str) -> Any:
    """What Great Expectations finds with the suite of a kind of paper; ``pages`` tell of rules."""
    gx = _great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    checks = _checks(rows)
    expectations = [_expectation(rule, pages, checks.get(rule.rule_id, {})) for rule in kind_rules]
    suite = context.suites.add(gx.ExpectationSuite(name=kind, expectations=expectations))
    asset = context.data_sources.add_pandas(kind).add_dataframe_asset(kind)
    batch = asset.add_batch_definition_whole_dataframe("all")
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=kind, data=batch, suite=suite))
    return definition.run(
        batch_parameters={"dataframe": rows},
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": list(SHOWN)},
    )


def _checks(rows: Frame) -> dict[str, dict[str, int]]:
    """Rule → outcome → number of checks."""
    found: dict[str, dict[str, int]] = {}
    for rule, outcome, number in zip(rows["rule_id"], rows["outcome"], rows["checks"], strict=True):
        counts = found.setdefault(rule, {})
        counts[outcome] = counts.get(outcome, 0) + int(number)
    return found


def _expectation(rule: Rule, pages: str, checks: dict[str, int]) -> Any:
    gx = _great_expectations()
    from great_expectations.expectations.row_conditions import Column

    return gx.expectations.ExpectColumnValuesToNotBeInSet(
        column="outcome",
        value_set=list(_REFUSED),
        row_condition=Column("rule_id") == rule.rule_id,
        severity=rule.severity,
        notes=[f"{rule.title_zh} | {rule.title_en}", f"[{rule.rule_id}]({pages}#id={rule.rule_id})"],
        meta={
            "rule_id": rule.rule_id,
            "page": f"{pages}#id={rule.rule_id}",
            "family": rule.family,
            "formula": rule.formula,
            "forms": list(rule.forms),
            "checks": checks,
        },
    )


def _great_expectations() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations

    return great_expectations


def _summary(results: list[dict[str, Any]], files: tuple[Path, ...]) -> ValidationSummary:
    broken: dict[str, int] = {}
    silent, errors = [], []
    for result in results:
        rule_id = result["expectation_config"]["meta"]["rule_id"]
        trouble = _trouble(result["exception_info"])
        if trouble:
            errors.append(f"{rule_id}: {trouble}")
            continue
        unexpected = Counter(result["result"].get("unexpected_list", ()))
        if unexpected["broken"]:
            broken[rule_id] = unexpected["broken"]
        if unexpected["silent"]:
            silent.append(rule_id)
    return ValidationSummary(len(results), broken, tuple(silent), tuple(errors), files)


def _trouble(info: dict[str, Any]) -> str | None:
    """The message of an exception while an expectation was evaluated; Great Expectations nests it by metric."""
    entries = [info] if "raised_exception" in info else list(info.values())
    return next((str(entry["exception_message"]) for entry in entries if entry["raised_exception"]), None)
