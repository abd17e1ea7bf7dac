"""Marked copies: the source with numbered boxes around the figures of its findings, and a legend behind it.

A copy is made again only when what it says changes. Belongs here: what a copy says, and where it is kept. Does not
belong here: what a finding says (``findings``), how a copy looks (``marked_pdf``; ``marked_text`` of sources without
pages), the workers (``pictures``).
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipelines.lake import atomic
from pipelines.site.warehouse import rows
from pipelines.warehouse.page_text import Box

if TYPE_CHECKING:
    import duckdb

_EDITION = "3"
"""Counted up when copies look different, so that they are made again."""
_PAGED = frozenset({"pdf", "png", "jpeg"})
_ENTRIES = """
WITH marks AS (
    SELECT evidence.document_id, finding_id, min(coalesce(page_no, evidence.line_no, row_no)) AS first,
        list({'page': page_no, 'id': id, 'printed': evidence.printed,
            'line': coalesce(traced.first, evidence.line_no), 'table': table_no, 'row': row_no, 'column': column_no,
            'sentence': sentence, 'box': CASE WHEN x0 IS NOT NULL THEN [x0, y0, x1, y1] END} ORDER BY position) AS marks
    FROM evidence
    LEFT JOIN traced ON somewhere_below AND traced.document_id = evidence.document_id
        AND traced.line_no = evidence.line_no AND traced.kind = evidence.kind
        AND traced.printed IS NOT DISTINCT FROM evidence.printed
    GROUP BY evidence.document_id, finding_id
)
SELECT marks.document_id, document.format, finding.severity, rule.title_zh AS title, finding.scope AS place,
    finding.message_zh AS message, plain(finding.suggested_value) AS suggested, marks
FROM marks JOIN core.document AS document ON document.document_id = marks.document_id
JOIN quality.finding AS finding USING (finding_id)
JOIN quality.rule AS rule ON rule.rule_id = finding.rule_id
ORDER BY marks.document_id, array_position(['critical', 'warning', 'info'], finding.severity), first, finding_id
"""


class Mark(msgspec.Struct, frozen=True):
    """A figure of a finding; without a box it is looked for by id and print, without a page by line, cell or words."""

    page: int | None
    id: str
    printed: str | None
    line: int | None
    box: Box | None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sentence: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """One finding as the legend tells it."""

    severity: str
    title: str
    place: str | None
    message: str | None
    suggested: str | None
    marks: tuple[Mark, ...]

    @property
    def lines(self) -> list[str]:
        """What is wrong, and what it might be."""
        lines = [self.message or self.place or ""]
        if self.suggested is not None:
            lines.append(f"建议值（仅供参考）：{self.suggested} 元")
        return lines


class Copy(msgspec.Struct, frozen=True):
    """What the marked copy of one document says, in the order of its numbers."""

    path: str
    entries: tuple[Entry, ...]
    format: str = "pdf"

    @property
    def is_text(self) -> bool:
        """Whether the source has no pages, so that the copy is HTML."""
        return self.format not in _PAGED

    @property
    def name(self) -> str:
        """The file's name: the same for the same content."""
        content = msgspec.json.encode(self) + _EDITION.encode()
        suffix = "html" if self.is_text else "pdf"
        return f"marked-{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"


def copies(connection: "duckdb.DuckDBPyConnection", paths: dict[str, str]) -> dict[str, Copy]:
    """What there is to mark in each document, by its id; ``paths`` are the names of the sources."""
    found: dict[str, list[Entry]] = {}
    formats: dict[str, str] = {}
    for row in rows(connection, _ENTRIES):
        marks = msgspec.convert(row["marks"], tuple[Mark, ...])
        entry = Entry(row["severity"], row["title"], row["place"], row["message"], row["suggested"], marks)
        found.setdefault(row["document_id"], []).append(entry)
        formats[row["document_id"]] = row["format"]
    return {key: Copy(paths[key], tuple(entries), formats[key]) for key, entries in found.items() if key in paths}


def put(copy: Copy, folder: Path, content: bytes) -> None:
    """Keep a copy in ``folder``, in the place of earlier ones."""
    for earlier in folder.glob("marked-*"):
        if earlier.name != copy.name:
            earlier.unlink()
    atomic.write_bytes(folder / copy.name, content)
