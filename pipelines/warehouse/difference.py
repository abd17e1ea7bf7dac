"""What is different between two published files: rows by table, files, figures that were revised, findings.

Rows are matched by the key each table declares; a figure by what it is about, whatever page or file it stands in.
Does not belong here: how the difference is told (``pipelines.stages.run_report``).
"""

from pathlib import Path
from typing import Any

import duckdb
import msgspec

from pipelines.warehouse.declared import DECLARED, DeclaredTable, declared_tables
from pipelines.warehouse.touched import Touched, note_touched

_FILES = """
select coalesce(n.source_path, o.source_path) || coalesce('!/' || nullif(coalesce(n.container_path, o.container_path),
    ''), '') as path,
    case when o.source_path is null then 'new' when n.source_path is null then 'removed' else 'changed' end as state
from {new}.core.source_file as n
full join {old}.core.source_file as o
    on n.source_path = o.source_path and n.container_path is not distinct from o.container_path
where n.document_id is distinct from o.document_id
order by all
"""
_SUPERSEDED = """
select n.source_path from {new}.core.document as n
left join {old}.core.document as o using (document_id)
where n.superseded_by is not null and o.superseded_by is null order by all
"""
_QUARANTINED = """
select n.source_path, n.problem from {new}.core.document as n
left join {old}.core.document as o using (document_id)
where n.status = 'quarantined' and o.status is distinct from 'quarantined' order by all
"""
_FIGURES = """
select filing_id, form_code, side, subject, second_code, measure, fund, stage, fiscal_year,
    any_value(amount_yuan) as yuan
from {database}.core.amount where subject is not null and measure is not null and {filings}
group by all having count(distinct amount_yuan) = 1
"""
_REVISED = f"""
with n as ({_FIGURES.replace("{database}", "{new}")}), o as ({_FIGURES.replace("{database}", "{old}")})
select g.department, g.kind, n.fiscal_year, n.form_code, n.subject, n.measure, n.fund, n.stage,
    o.yuan::varchar, n.yuan::varchar
from n join o using (filing_id) join {{new}}.core.filing as g using (filing_id)
where n.form_code is not distinct from o.form_code and n.side is not distinct from o.side
    and n.subject = o.subject and n.second_code is not distinct from o.second_code and n.measure = o.measure
    and n.fund is not distinct from o.fund and n.stage is not distinct from o.stage
    and n.fiscal_year is not distinct from o.fiscal_year and n.yuan != o.yuan
order by abs(n.yuan - o.yuan) desc, g.department, n.fiscal_year, n.form_code, n.subject, n.measure, n.fund
"""
_FINDINGS = """
select f.severity, g.department, g.fiscal_year, f.rule_id, f.message_zh
from {has}.quality.finding as f left join {has}.core.filing as g using (filing_id)
where not exists (select 1 from {lacks}.quality.finding as other where other.finding_id = f.finding_id) and {filings}
order by case f.severity when 'critical' then 0 when 'warning' then 1 else 2 end,
    f.rule_id, g.department, f.message_zh, f.finding_id
"""


_NAMES = ("new_build", "old_build")


class TableChange(msgspec.Struct, frozen=True):
    """Rows of one table, by its key."""

    table: str
    added: int
    removed: int
    changed: int


class Difference(msgspec.Struct, frozen=True):
    """What a new file has, lacks and tells differently. Lists hold rows of plain values, in order."""

    tables: list[TableChange]
    """Only those with a difference."""
    files: list[tuple[Any, ...]]
    """Path and ``new``, ``changed`` or ``removed``."""
    superseded: list[tuple[Any, ...]]
    """Path of each document that another one took the place of."""
    quarantined: list[tuple[Any, ...]]
    """Path and reason."""
    revised: list[tuple[Any, ...]]
    """Department, kind, year, form, subject, measure, fund, stage, yuan before, yuan now."""
    findings_new: list[tuple[Any, ...]]
    """Severity, department, year, rule, message."""
    findings_gone: list[tuple[Any, ...]]


def difference(new: Path, old: Path, touched: Touched | None = None) -> Difference:
    """Compare a new file with an old one; both are opened read-only, by themselves.

    ``touched``: what was exchanged to make the new out of the old one; the rest need not be compared.
    """
    with duckdb.connect(":memory:") as connection:
        for name, path in (("new_build", new), ("old_build", old)):
            connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")

        filings = "true" if touched is None else "filing_id in (from touched_filing)"
        if touched is not None:
            note_touched(connection, _NAMES, touched)

        def rows(query: str, new: str = "new_build", old: str = "old_build") -> list[tuple[Any, ...]]:
            return connection.execute(query.format(new=new, old=old, has=new, lacks=old, filings=filings)).fetchall()

        tables = [table for table in declared_tables() if touched is None or table.exchange != DECLARED]
        changes = (_table_change(connection, table, is_partial=touched is not None) for table in tables)
        return Difference(
            tables=[change for change in changes if change.added or change.removed or change.changed],
            files=rows(_FILES),
            superseded=rows(_SUPERSEDED),
            quarantined=rows(_QUARANTINED),
            revised=rows(_REVISED),
            findings_new=rows(_FINDINGS),
            findings_gone=rows(_FINDINGS, new="old_build", old="new_build"),
        )


def _table_change(connection: duckdb.DuckDBPyConnection, table: DeclaredTable, *, is_partial: bool) -> TableChange:
    sides = [_columns(connection, name, table) for name in ("new_build", "old_build")]
    if not all(sides):
        counts = [_count(connection, name, table) if there else 0 for name, there in zip(_NAMES, sides, strict=True)]
        return TableChange(table.full_name, counts[0], counts[1], 0)
    common, condition = sorted(sides[0] & sides[1]), table.is_touched if is_partial else "true"
    new, old = (f"{_keyed(name, table, common)} where {condition}" for name in _NAMES)
    query = f"""
        select count(*) filter (o._there is null), count(*) filter (n._there is null),
            count(*) filter (n._row != o._row)
        from ({new}) as n full join ({old}) as o
            on {" and ".join(f'n."{column}" is not distinct from o."{column}"' for column in table.key)}
    """
    [(added, removed, changed)] = connection.execute(query).fetchall()
    return TableChange(table.full_name, added, removed, changed)


def _columns(connection: duckdb.DuckDBPyConnection, name: str, table: DeclaredTable) -> set[str]:
    """Its columns in one file; none for a view, which repeats what tables say and cannot be read beside its twin."""
    query = "select 1 from duckdb_tables() where (database_name, schema_name, table_name) = (?, ?, ?)"
    if not connection.execute(query, [name, table.schema, table.name]).fetchall():
        return set()
    rows = connection.execute(f'from {name}."{table.schema}"."{table.name}" limit 0')
    return {column for column, *_ in rows.description or []}


def _count(connection: duckdb.DuckDBPyConnection, name: str, table: DeclaredTable) -> int:
    return int(connection.execute(f'select count(*) from {name}."{table.schema}"."{table.name}"').fetchall()[0][0])


def _keyed(name: str, table: DeclaredTable, columns: list[str]) -> str:
    key = ", ".join(f'"{column}"' for column in table.key)
    row = ", ".join(f'"{column}"' for column in columns)
    return f'select {key}, true as _there, hash({row}) as _row from {name}."{table.schema}"."{table.name}"'
