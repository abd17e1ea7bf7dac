"""Great Expectations suites generated from the rule catalogue: one a kind of paper, two expectations a rule.

SQL has evaluated the rules; a suite asserts over its rows that no check is broken and that no rule was silent where
its forms are present. Great Expectations is imported only when a suite is built, because that takes seconds. Rows come
whole from DuckDB (no LIMIT); decimals as text, because pandas would make them floats.

Does not belong here: the evaluation of rules (``sql/models/quality``), and what Dagster shows (``asset_checks``).
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from data_quality.catalogue import Rule, rules

Frame = Any
"""A pandas DataFrame; pandas is imported by DuckDB when it is needed."""
SHOWN = ("check_id", "filing_id", "document_id", "scope", "lhs", "rhs", "difference")
"""What an unexpected row carries."""
_CHECKS = """
SELECT rule_id, check_id, filing_id, document_id, scope, outcome,
    CAST(lhs AS VARCHAR) AS lhs, CAST(rhs AS VARCHAR) AS rhs, CAST(difference AS VARCHAR) AS difference
FROM quality."check" ORDER BY rule_id, check_id
"""
_SILENCE = """
SELECT rule_id, coalesce(failure.reason, 'none') AS silence
FROM quality.rule LEFT JOIN quality.coverage_failure AS failure USING (rule_id) ORDER BY rule_id
"""
_BROKEN, _SILENT = "broken", "silent"


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
    """Validate the check rows of a warehouse and write the results of each suite to ``out/<kind>.json``.

    ``database`` is opened read-only. Raises ``duckdb.Error`` when it has no quality tables.
    """
    checks, silence = _frames(database)
    out.mkdir(parents=True, exist_ok=True)
    results: list[dict[str, Any]] = []
    files = []
    active = [rule for rule in rules() if rule.status == "active"]
    for kind in sorted({rule.kind for rule in active}):
        outcome = _run_suites(kind, [rule for rule in active if rule.kind == kind], checks, silence)
        results += [result for part in outcome for result in part["results"]]
        files.append(out / f"{kind}.json")
        files[-1].write_bytes(msgspec.json.format(msgspec.json.encode(outcome), indent=1))
    return _summary(results, tuple(files))


def _frames(database: Path) -> tuple[Frame, Frame]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(_CHECKS).df(), connection.execute(_SILENCE).df()


def _run_suites(kind: str, kind_rules: list[Rule], checks: Frame, silence: Frame) -> list[dict[str, Any]]:
    """The results of the suite of a kind of paper: over the check rows, and over the silence of rules."""
    return [
        _run(f"{kind}.{_BROKEN}", checks, _expectations(kind_rules, "outcome", ["broken"], _BROKEN), SHOWN),
        _run(
            f"{kind}.{_SILENT}",
            silence,
            _expectations(kind_rules, "silence", ["nothing_evaluated", "below_floor"], _SILENT),
            ("rule_id", "silence"),
        ),
    ]


def _expectations(kind_rules: Iterable[Rule], column: str, refused: list[str], asserts: str) -> Iterator[Any]:
    gx = _great_expectations()
    from great_expectations.expectations.row_conditions import Column

    for rule in kind_rules:
        yield gx.expectations.ExpectColumnValuesToNotBeInSet(
            column=column,
            value_set=refused,
            row_condition=Column("rule_id") == rule.rule_id,
            severity=rule.severity if asserts == _BROKEN else "critical",
            notes=f"{rule.title_zh} | {rule.title_en}",
            meta={
                "rule_id": rule.rule_id,
                "family": rule.family,
                "asserts": asserts,
                "formula": rule.formula,
                "forms": list(rule.forms),
            },
        )


def _run(name: str, frame: Frame, expectations: Iterable[Any], shown: tuple[str, ...]) -> dict[str, Any]:
    gx = _great_expectations()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=list(expectations)))
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("all")
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))
    outcome = definition.run(
        batch_parameters={"dataframe": frame},
        result_format={"result_format": "COMPLETE", "unexpected_index_column_names": list(shown)},
    )
    described: dict[str, Any] = outcome.to_json_dict()
    return described


def _great_expectations() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations

    return great_expectations


def _summary(results: list[dict[str, Any]], files: tuple[Path, ...]) -> ValidationSummary:
    broken: dict[str, int] = {}
    silent, errors = [], []
    for result in results:
        meta = result["expectation_config"]["meta"]
        trouble = _trouble(result["exception_info"])
        if trouble:
            errors.append(f"{meta['rule_id']} ({meta['asserts']}): {trouble}")
        elif not result["success"] and meta["asserts"] == _BROKEN:
            broken[meta["rule_id"]] = result["result"]["unexpected_count"]
        elif not result["success"]:
            silent.append(meta["rule_id"])
    return ValidationSummary(len(results), broken, tuple(silent), tuple(errors), files)


def _trouble(info: dict[str, Any]) -> str | None:
    """The message of an exception while an expectation was evaluated; Great Expectations nests it by metric."""
    entries = [info] if "raised_exception" in info else list(info.values())
    return next((str(entry["exception_message"]) for entry in entries if entry["raised_exception"]), None)
