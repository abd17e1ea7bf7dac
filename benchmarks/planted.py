"""Are planted errors found and put down to the right place, and is nothing found where there is no error?

Run with ``python -m benchmarks.planted``; prints one JSON object, and ends with 1 below a goal. Clean papers and papers
with one error each are set as text, read, understood and judged in one warehouse, so that a thousand cost two minutes.

An error is *found* when its paper has a finding. It is *placed* when a finding accuses its cell, or, where none accuses
a cell, lists it in its evidence; an error outside cells when a finding speaks of its sentence, form or project, and no
finding accuses a cell. Does not belong here: the errors (``tests.planting``).
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_data
from pipelines.lake.files import SourceFile
from pipelines.lake.schema import lake_schemas
from pipelines.lake.snapshot import write_tables
from pipelines.lake.store import frames_of
from pipelines.warehouse.build import compile_models, write_declarations
from pipelines.warehouse.compiled import make
from tests.planting.clean import Clean, clean_papers
from tests.planting.model import Planted, Where
from tests.planting.papers import KINDS, planted_papers

CLEAN, EACH = 500, 10
GOAL = 0.98
"""Least share of planted errors that must be found, and be put down to the right place."""
_LAYERS = ("core", "reference", "quality")
_FINDINGS = """
WITH evidence AS (
    SELECT finding_id, list(DISTINCT CASE WHEN amount.amount_id IS NOT NULL THEN
        concat_ws('|', amount.form_code, amount.subject, amount.measure, amount.fund, amount.stage,
            amount.fiscal_year) END) AS cells
    FROM (
        SELECT finding_id, unnest(CAST(from_json(evidence, '["JSON"]') AS JSON[])) ->> 'id' AS id FROM quality.finding
    )
    LEFT JOIN core.amount AS amount ON amount.amount_id = id
    GROUP BY finding_id
)
SELECT file.source_path, finding.rule_id, finding.severity,
    concat_ws(' ', finding.scope, finding.message_zh, finding.evidence) AS words,
    concat_ws('|', accused.form_code, accused.subject, accused.measure, accused.fund, accused.stage,
        accused.fiscal_year) AS accused,
    coalesce(evidence.cells, []) AS cells
FROM quality.finding AS finding
JOIN core.source_file AS file USING (document_id)
LEFT JOIN core.amount AS accused ON finding.suspect_id = accused.amount_id
LEFT JOIN evidence ON finding.finding_id = evidence.finding_id
ORDER BY ALL
"""


class Finding(NamedTuple):
    """What a finding says of a paper."""

    rule_id: str
    severity: str
    words: str
    accused: str
    """The cell that is accused; empty where none is."""
    cells: list[str]


Found = dict[str, list[Finding]]


class Outcome(NamedTuple):
    """What became of one planted error."""

    error: str
    name: str
    found: bool
    placed: bool
    rules: tuple[str, ...]


def database_of(papers: Mapping[str, bytes], folder: Path) -> Path:
    """Read papers (name → content) and judge them in one new database below ``folder``."""
    inputs = folder / "inputs"
    inputs.mkdir(parents=True)
    files, parts = [], defaultdict(list)
    for name, content in papers.items():
        facts = understand(read_data(content, name))
        files.append(SourceFile(name, 1, 1, facts.document.document_id))
        for table, frame in frames_of(facts).items():
            parts[table].append(frame)
    tables = {table: pl.concat([pl.DataFrame(schema=s), *parts[table]]) for table, s in lake_schemas().items()}
    write_tables(tables, files, inputs)
    write_declarations(inputs)
    database = folder / "planted.duckdb"
    models = compile_models(folder, database).models
    with duckdb.connect(str(database)) as connection:
        for _ in make(connection, [model for model in models if model.layer in _LAYERS]):
            pass
    return database


def judge(papers: Mapping[str, Clean], folder: Path) -> Found:
    """Read and judge papers in one warehouse: name → findings."""
    found: Found = {name: [] for name in papers}
    database = database_of({name: paper.text() for name, paper in papers.items()}, folder)
    with duckdb.connect(str(database), read_only=True) as connection:
        for name, *said in connection.execute(_FINDINGS).fetchall():
            found[name].append(Finding(*said))
    return found


def measure(clean: int = CLEAN, each: int = EACH, keep: Path | None = None) -> tuple[dict[str, Any], list[Outcome]]:
    """Judge ``clean`` papers without and ``each`` papers with every kind of error; count what is found.

    The texts of papers that were judged wrongly are written below ``keep``, if given.
    """
    papers = {f"clean-{number:04d}.txt": paper for number, paper in enumerate(clean_papers(clean))}
    planted = {f"planted-{number:04d}.txt": error for number, error in enumerate(planted_papers(each))}
    beside = {f"beside-{name}": other for name, error in planted.items() for other in error.beside}
    everything = papers | {name: error.paper for name, error in planted.items()} | beside
    with tempfile.TemporaryDirectory() as temporary:
        found = judge(everything, Path(temporary))
    outcomes = [_outcome(name, error, found) for name, error in planted.items()]
    alarms = Counter(finding.rule_id for name in papers for finding in found[name])
    wrong = [each.name for each in outcomes if not each.placed] + [name for name in papers if found[name]]
    if keep is not None:
        _keep({name: everything[name] for name in wrong}, found, keep)
    return _report(outcomes, clean, alarms), outcomes


def _outcome(name: str, planted: Planted, found: Found) -> Outcome:
    findings = [*found[name], *found.get(f"beside-{name}", [])]
    rules = tuple(sorted({finding.rule_id for finding in findings}))
    return Outcome(planted.error, name, bool(findings), is_placed(planted.where, findings), rules)


def is_placed(where: Where, findings: Sequence[Finding]) -> bool:
    """Whether the findings put an error down to its place."""
    cells = {"|".join(map(str, (form, *key))) for form, key in where.cells}
    accused = {finding.accused for finding in findings} - {""}
    if accused:
        return bool(accused & cells)
    if any(cells.intersection(finding.cells) for finding in findings):
        return True
    return any(_plain(words) in _plain(finding.words) for words in where.words for finding in findings)


def _plain(words: str) -> str:
    """Words as they are compared: without blanks and thousands commas, brackets half as wide, quotation marks alike."""
    return "".join(words.replace(",", "").translate(str.maketrans("（）‘’", "()“”")).split())


def _keep(papers: Mapping[str, Clean], found: Found, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, paper in papers.items():
        (folder / name).write_bytes(paper.text())
        said = "\n".join(f"{each.rule_id} [{each.accused}] {each.words}" for each in found[name])
        (folder / name).with_suffix(".findings").write_text(said, encoding="utf-8")


def _report(outcomes: Sequence[Outcome], clean: int, alarms: Counter[str]) -> dict[str, Any]:
    kinds = {kind: [each for each in outcomes if each.error == kind] for kind in KINDS}
    return {
        "kinds": len(kinds),
        "planted": len(outcomes),
        "found": _share(each.found for each in outcomes),
        "put_down_to_the_right_place": _share(each.placed for each in outcomes),
        "goal": GOAL,
        "clean_papers": clean,
        "false_alarms": alarms.total(),
        "false_alarms_by_rule": dict(alarms),
        "by_kind": {
            kind: {
                "planted": len(made),
                "found": _share(each.found for each in made),
                "right_place": _share(each.placed for each in made),
            }
            for kind, made in kinds.items()
        },
    }


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return round(sum(counted) / len(counted), 4) if counted else 0.0


def reached(report: dict[str, Any]) -> bool:
    """Whether the goals are reached: enough found and rightly placed, and no false alarm."""
    least = min(report["found"], report["put_down_to_the_right_place"])
    return bool(least >= GOAL and report["false_alarms"] == 0)


def main() -> int:
    """Print the measurement; 0 when the goals are reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--clean", type=int, default=CLEAN, help="papers without an error")
    parser.add_argument("--each", type=int, default=EACH, help="papers for each kind of error")
    parser.add_argument("--keep", type=Path, help="a folder for the papers that were judged wrongly")
    given = parser.parse_args()
    report, outcomes = measure(given.clean, given.each, given.keep)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    for missed in (each for each in outcomes if not each.placed):
        print(
            f"{missed.error}: {missed.name} {'misplaced' if missed.found else 'missed'} {missed.rules}", file=sys.stderr
        )
    return 0 if reached(report) else 1


if __name__ == "__main__":
    sys.exit(main())
