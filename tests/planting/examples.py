"""Examples of rules for their pages: ``python -m tests.planting.examples`` writes ``docs/rules/examples.json`` again.

An example is one check of the samples or of papers with planted errors, broken where there is such a one. All of them
are papers of invented departments, or set again from published figures.
"""

import tempfile
from pathlib import Path

import duckdb
import msgspec

from benchmarks.planted import database_of
from data_quality.catalogue import rules
from data_quality.pages import EXAMPLES, Example
from tests.planting.clean import clean_papers
from tests.planting.own_cases import breaking_cases
from tests.planting.papers import planted_papers
from tests.typeset.samples import samples

_QUERY = """
SELECT checks.rule_id, checks.outcome, {paper} AS paper, checks.scope, checks.lhs_text, checks.rhs_text,
    CAST(checks.lhs AS VARCHAR) AS lhs, CAST(checks.rhs AS VARCHAR) AS rhs,
    CAST(checks.difference AS VARCHAR) AS difference, CAST(checks.allowance AS VARCHAR) AS allowance, checks.unit
FROM quality."check" AS checks {join}
WHERE checks.outcome IN ('broken', 'rounding', 'holds')
QUALIFY row_number() OVER (PARTITION BY checks.rule_id ORDER BY
    checks.outcome <> 'broken', checks.outcome <> 'rounding', paper, checks.scope, checks.check_id) = 1
ORDER BY checks.rule_id
"""
_OF_PAPERS = _QUERY.format(paper="file.source_path", join="JOIN core.source_file AS file USING (document_id)")
_OF_CASES = _QUERY.format(paper="'测试用例 | test case'", join="").replace(
    "WHERE", "WHERE checks.filing_id = checks.rule_id || '|breaks' AND"
)


def main() -> None:
    """Judge the samples and one paper for each kind of error, and keep one check of every rule."""
    found: dict[str, Example] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with duckdb.connect(str(database_of(_papers(), folder / "papers"))) as connection:
            found |= _examples(connection, _OF_PAPERS)
        missing = {rule.rule_id for rule in rules() if rule.rule_id not in found}
        for engine in breaking_cases(folder, missing):
            cases = _examples(engine.connection, _OF_CASES)
            found |= {rule_id: cases[rule_id] for rule_id in missing & cases.keys()}
            engine.close()
    EXAMPLES.parent.mkdir(parents=True, exist_ok=True)
    listed = sorted(found.values(), key=lambda example: example.rule_id)
    EXAMPLES.write_bytes(msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")


def _papers() -> dict[str, bytes]:
    papers = {sample.path: sample.content() for sample in samples()}
    papers |= {f"虚构部门/{number}/{paper.kind}.txt": paper.text() for number, paper in enumerate(clean_papers(8))}
    for number, planted in enumerate(planted_papers(1)):
        papers[f"虚构部门（植入差错）/{number}.txt"] = planted.paper.text()
        papers |= {f"虚构部门/{number}/beside.txt": other.text() for other in planted.beside}
    return papers


def _examples(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, Example]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return {row["rule_id"]: msgspec.convert(row, Example) for row in rows}


if __name__ == "__main__":
    main()
