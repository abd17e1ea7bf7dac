"""Citations: where a figure of the warehouse was printed, in words of both languages.

Belongs here: looking a source id up in ``provenance.source`` and saying what it is. Does not belong here: the picture
of the page (``pipelines.warehouse.cite_picture``) and the command (``pipelines.cli``).
"""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    import duckdb

_KINDS = {
    "final_accounts": ("决算", "final accounts"),
    "budget": ("预算", "budget"),
    "self_evaluation": ("绩效自评", "self-evaluation"),
    "evaluation": ("绩效评价", "evaluation"),
    "unknown": ("文件", "paper"),
}


class Source(msgspec.Struct, frozen=True):
    """Where one figure stands; columns of ``provenance.source`` of the same names."""

    source_id: str
    source_kind: str
    department: str | None
    paper_year: int | None
    kind: str | None
    source_path: str | None
    format: str
    document_id: str
    form_title: str | None
    row_label: str | None
    column_label: str | None
    sentence: str | None
    printed: str | None
    unit: str | None
    amount_yuan: Decimal | None
    page_no: int | None
    table_no: int | None
    row_no: int | None
    column_no: int | None
    line_no: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom of the cell in points from the top left of its page, or None."""
        if self.x0 is None or self.y0 is None or self.x1 is None or self.y1 is None:
            return None
        return self.x0, self.y0, self.x1, self.y1


def find_source(connection: "duckdb.DuckDBPyConnection", source_id: str) -> Source | None:
    """Return where an amount, claim, project amount, project or indicator stands; None if there is no such id."""
    columns = ", ".join(Source.__struct_fields__)
    found = connection.execute(f"select {columns} from provenance.source where source_id = ?", [source_id]).fetchone()
    return None if found is None else Source(*found)


def citation(source: Source) -> list[str]:
    """The citation in lines: Chinese, English, and the file with its SHA-256."""
    return [_chinese(source), _english(source), f"{source.source_path or '?'} · SHA-256 {source.document_id}"]


def _chinese(source: Source) -> str:
    kind = _KINDS[source.kind or "unknown"][0]
    paper = f"{source.department or '（部门未知）'}{source.paper_year or ''}{'年' if source.paper_year else ''}{kind}"
    places = (("第{}页", source.page_no), ("第{}张表", source.table_no), ("第{}行", source.line_no or source.row_no),
              ("第{}列", source.column_no))  # fmt: skip
    place = "".join(text.format(number) for text, number in places if number is not None)
    return "，".join(
        _parts(f"{paper}《{source.form_title}》" if source.form_title else paper, place, _said(source, "："))
    )


def _english(source: Source) -> str:
    kind = _KINDS[source.kind or "unknown"][1]
    paper = " ".join(_parts(source.department or "(department unknown)", source.paper_year, kind))
    places = (("p.", source.page_no), ("table", source.table_no), ("line" if source.line_no else "row",
              source.line_no or source.row_no), ("column", source.column_no))  # fmt: skip
    place = ", ".join(f"{word} {number}" for word, number in places if number is not None)
    return ", ".join(_parts(paper, source.form_title, place, _said(source, ": ")))


def _said(source: Source, colon: str) -> str:
    """What is printed, and what it comes to in yuan."""
    what = source.sentence or " / ".join(_parts(source.row_label, source.column_label))
    yuan = None if source.amount_yuan is None else f"= {source.amount_yuan:,.2f} 元 yuan"
    unit = None if source.unit in (None, "") or str(source.unit) in (source.printed or "") else source.unit
    printed = " ".join(_parts(f"“{source.printed}”" if source.printed else None, unit, yuan))
    return colon.join(_parts(what, printed))


def _parts(*values: Any) -> list[str]:
    return [str(value) for value in values if value not in (None, "")]
