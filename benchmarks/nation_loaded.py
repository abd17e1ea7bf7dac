"""Whether a warehouse holds exactly what files are known to say: every document, every figure, and none besides.

Does not belong here: making the files (``nation_files``).
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.nation_files import Said

_TOGETHER = 200
"""Documents asked for at once."""
_SHOWN = 20
_DOCUMENTS = """
SELECT document_id, status, document.department, region_code, document.fiscal_year, document.kind
FROM core.document LEFT JOIN core.filing USING (filing_id) WHERE document_id IN ({listed})
"""
_AMOUNTS = """
SELECT document_id, form_code, subject, measure, fund, stage, fiscal_year, amount_yuan, printed, unit
FROM core.amount WHERE document_id IN ({listed})
"""
# a summary lists the projects once more and does not say which budget it means
_PROJECTS = """
SELECT DISTINCT document_id, project, adjusted_budget_yuan, executed_yuan
FROM core.project WHERE adjusted_budget_yuan IS NOT NULL AND document_id IN ({listed})
"""
Rows = dict[str, Counter[tuple[str, ...]]]


@dataclass
class Held:
    """What came of it."""

    documents: int = 0
    amounts: int = 0
    projects: int = 0
    different: int = 0
    """Documents, figures and projects that are missing, other, or should not be there."""
    shown: list[str] = field(default_factory=list)
    """Some of them."""

    @property
    def is_exact(self) -> bool:
        """Whether there was something, and nothing differs."""
        return self.documents > 0 and self.different == 0

    def note(self, path: str, what: str, row: object) -> None:
        """Note one difference."""
        self.different += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(f"{path}: {what} {row}")

    def told(self) -> dict[str, Any]:
        """As a report."""
        return {"exact": self.is_exact} | self.__dict__


def held_against(said: Iterable[Said], database: Path) -> Held:
    """Hold a published file against a list of what the files say."""
    held, lines = Held(), iter(said)
    with duckdb.connect(str(database), read_only=True) as connection:
        while batch := list(itertools.islice(lines, _TOGETHER)):
            _hold(connection, batch, held)
        [[there]] = connection.execute("SELECT count(*) FROM core.document").fetchall()
        if there != held.documents:
            held.note(database.name, "documents there", there)
    return held


def _hold(connection: duckdb.DuckDBPyConnection, batch: Sequence[Said], held: Held) -> None:
    documents, amounts, projects = (_rows(connection, query, batch) for query in (_DOCUMENTS, _AMOUNTS, _PROJECTS))
    for said in batch:
        whose = ("loaded", said.department, said.region_code, str(said.fiscal_year), said.kind)
        for found, wanted in (
            (documents, [whose]),
            (amounts, [tuple(each) for each in said.amounts]),
            (projects, sorted({tuple(each) for each in said.projects})),
        ):
            _compare(said, found[said.document_id], Counter(wanted), held)
        held.documents += 1
        held.amounts += len(said.amounts)
        held.projects += len(said.projects)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, batch: Sequence[Said]) -> Rows:
    listed = ", ".join(f"'{said.document_id}'" for said in batch)
    rows: Rows = defaultdict(Counter)
    for document, *row in connection.execute(query.format(listed=listed)).fetchall():
        rows[document][tuple(map(str, row))] += 1
    return rows


def _compare(said: Said, found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]], held: Held) -> None:
    for row in (wanted - found).elements():
        held.note(said.path, "not there:", row)
    for row in (found - wanted).elements():
        held.note(said.path, "not said:", row)
