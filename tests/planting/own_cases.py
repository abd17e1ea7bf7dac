"""The breaking test case of every rule that has one, in one database: what pages show of rules that no paper breaks.

Belongs here: gathering what the tests of the families make. Does not belong here: the cases themselves.
"""

from collections.abc import Iterator
from pathlib import Path

from data_quality.catalogue import Rule, rules
from tests.data_quality import cases, performance_cases, place_cases
from tests.data_quality.conftest import add_filing, terms_of
from tests.data_quality.engine import Engine
from tests.data_quality.papers import figure
from tests.data_quality.telling import add_words, told
from tests.data_quality.test_places import add

_GENERAL = "general_public_budget"


def breaking_cases(folder: Path, wanted: set[str]) -> Iterator[Engine]:
    """Databases in which every wanted rule that has a case is broken in the filing of its id."""
    listed = [rule for rule in rules() if rule.rule_id in wanted]
    (folder / "performance").mkdir(parents=True)
    (folder / "others").mkdir()
    yield _performance(folder / "performance", [rule for rule in listed if rule.family == "performance"])
    yield _others(folder / "others", [rule for rule in listed if rule.family != "performance"])


def _performance(folder: Path, listed: list[Rule]) -> Engine:
    engine = Engine(folder)
    filings = [f"{rule.rule_id}|breaks" for rule in listed]
    engine.add("filing", [{"filing_id": name, "kind": "self_evaluation", "fiscal_year": 2023} for name in filings])
    engine.add("document", [{"document_id": name, "filing_id": name, "format": "text"} for name in filings])
    made = [row for rule in listed for row in performance_cases.figures(rule, terms_of(rule), "breaks")]
    engine.put("performance_figure", made)
    return engine.build()


def _others(folder: Path, listed: list[Rule]) -> Engine:
    engine = Engine(folder)
    for rule in listed:
        name = f"{rule.rule_id}|breaks"
        if rule.relation is None:
            add_filing(engine, name, rule.kind, cases.figures(rule, terms_of(rule), "breaks"), rule.forms)
        elif rule.relation == "told_printed":
            subject = (rule.subject_pattern or rule.measures[0]).replace("(dept|gov)_economic:.*", "dept_economic:301")
            subject = subject.replace("project:.*", "project:路灯").replace("function:.*", "function:2080101")
            measure = subject if subject in rule.measures else "expenditure"
            add_filing(engine, name, "budget", [figure("BG05", subject, "1000000", measure=measure, fund=_GENERAL)],
                       ["BG05"])  # fmt: skip
            add_words(engine, name, [told(subject, "120.00", measure=measure)])
        elif "breaks" in place_cases.ALL.get(rule.rule_id, {}):
            add(engine, name, place_cases.ALL[rule.rule_id]["breaks"])
    return engine.build()
