"""Three questions a nation's lake is asked, and what each costs.

One department's history, one functional code by year over all departments, and who moved most from one year to the
next. Every question states the provinces and years it reads. Does not belong here: rules (``nation_rules``).
"""

import resource
import time
from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from benchmarks.nation_lake import Nation
from pipelines.lake.shared.batches import connected, locations, rows_of

_TURNS = 5
_MEMORY = "4GB"
HISTORY = """
SELECT paper_year, form_code, subject, measure, fund, stage, amount_yuan
FROM ({rows}) WHERE department_id = '{department}' AND subject = 'expenditure' AND measure = 'expenditure'
ORDER BY ALL
"""
CODE = """
SELECT paper_year, count(DISTINCT department_id) AS departments, sum(amount_yuan) AS yuan
FROM ({rows})
WHERE row_code = '{code}' AND form_code = 'FA03' AND measure = 'expenditure' AND stage = 'final'
GROUP BY paper_year ORDER BY paper_year
"""
MOVERS = """
WITH total AS (
    SELECT department_id, region_code, paper_year, max(amount_yuan) AS yuan
    FROM ({rows})
    WHERE form_code = 'FA03' AND subject = 'expenditure' AND measure = 'expenditure' AND stage = 'final'
    GROUP BY ALL
)
SELECT later.region_code, department_id, later.paper_year, earlier.yuan, later.yuan, later.yuan - earlier.yuan AS moved
FROM total AS earlier JOIN total AS later USING (department_id)
WHERE later.paper_year = earlier.paper_year + 1
ORDER BY abs(moved) DESC, department_id, later.paper_year LIMIT 100
"""


class Cost(NamedTuple):
    """What one question costs: the best of some turns."""

    wall_seconds: float
    cpu_seconds: float
    rows: int


def ask(nation: Nation) -> dict[str, Cost]:
    """Ask all questions."""
    with connected(nation.objects, _MEMORY) as connection:
        connection.execute("SET threads = 2")
        return {name: _cost(connection, question) for name, question in _questions(nation)}


def _questions(nation: Nation) -> Iterator[tuple[str, str]]:
    years = {each.year for each in nation.state.partitions}
    everywhere = {each.province for each in nation.state.partitions}
    province = max(nation.state.partitions, key=lambda each: each.documents).province
    whole, one = (_rows(nation, provinces, years) for provinces in (everywhere, {province}))
    with connected(nation.objects) as connection:
        [[department]] = connection.execute(f"SELECT max(department_id) FROM ({one})").fetchall()
        often = f"SELECT mode(row_code) FROM ({one}) WHERE form_code = 'FA03' AND length(row_code) = 7"
        [[code]] = connection.execute(often).fetchall()
    yield "history_of_a_department", HISTORY.format(rows=one, department=department)
    yield "code_by_year", CODE.format(rows=whole, code=code)
    yield "movers", MOVERS.format(rows=whole)


def _rows(nation: Nation, provinces: set[str], years: set[int]) -> str:
    return rows_of(locations(nation.objects, nation.state, "amount", provinces=provinces, years=years))


def _cost(connection: duckdb.DuckDBPyConnection, question: str) -> Cost:
    walls, cpus, rows = [], [], 0
    for _ in range(_TURNS):
        wall, cpu = time.monotonic(), cpu_seconds()
        rows = len(connection.execute(question).fetchall())
        walls.append(time.monotonic() - wall)
        cpus.append(cpu_seconds() - cpu)
    return Cost(round(min(walls), 4), round(min(cpus), 4), rows)


def cpu_seconds() -> float:
    """CPU time of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
