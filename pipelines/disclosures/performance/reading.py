"""The one entrance of performance papers: a Document in, its projects, their money and their indicators out.

Belongs here: which reader a sheet goes to, and turning drafts into facts with ids and exact yuan. Does not belong here:
reading rows.
"""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from pipelines.disclosures.facts import (
    IndicatorFact,
    PerformanceCellFact,
    ProjectAmountFact,
    ProjectFact,
    UnplacedFact,
)
from pipelines.disclosures.performance.drafts import (
    IndicatorDraft,
    LevelCell,
    MoneyLine,
    ProjectDraft,
    number,
    operator,
    target_parts,
)
from pipelines.disclosures.performance.forms import FormReader
from pipelines.disclosures.performance.sheets import Row, Sheet, Slot, is_summary_header, sheets
from pipelines.disclosures.performance.summaries import SummaryReader
from pipelines.disclosures.performance.words import tidy
from pipelines.disclosures.printed import read_printed, to_fen, to_yuan
from pipelines.documents.model import Document, Grid

_FIGURES = ("weight", "score", "score_rate", "target", "actual")
"""The fields of an indicator whose place is kept."""
_TOLD_AFTERWARDS = frozenset({"actual", "score", "score_rate"})


class Performance(msgspec.Struct):
    """What the performance forms of one document say."""

    projects: list[ProjectFact] = []
    amounts: list[ProjectAmountFact] = []
    indicators: list[IndicatorFact] = []
    cells: list[PerformanceCellFact] = []
    unplaced: list[UnplacedFact] = []
    rows: set[tuple[int, int]] = set()
    """Table and row number of every row that belongs to a performance form, understood or told as unplaced."""


def read_performance(document: Document) -> Performance:
    """Read every performance form of ``document``; rows that cannot be understood become ``performance_row`` s."""
    writer = _Writer(document)
    for sheet in sheets(document):
        writer.found.rows |= {row.key for row in sheet.rows}
        writer.write(sheet)
    return writer.found


def rest_of(document: Document, performance: Performance) -> Document:
    """``document`` without the rows of its performance forms, for those who read its other tables."""
    grids = (_rest(block, performance) if isinstance(block, Grid) else block for block in document.blocks)
    return msgspec.structs.replace(document, blocks=tuple(grids))


def _rest(grid: Grid, performance: Performance) -> Grid:
    cells = tuple(cell for cell in grid.cells if (grid.table_no, cell.row) not in performance.rows)
    return grid if len(cells) == len(grid.cells) else msgspec.structs.replace(grid, cells=cells)


class _Writer:
    """Turns what the readers found into facts, numbering them in the order of the page."""

    def __init__(self, document: Document) -> None:
        self._document_id = document.document_id
        self.found = Performance()

    def write(self, sheet: Sheet) -> None:
        if any(is_summary_header(row) for row in sheet.rows):
            summary = SummaryReader(sheet)
            for draft in summary.drafts:
                self._project(draft, "PF03")
            self._unplaced(summary.left)
            return
        form = FormReader(sheet)
        draft = form.draft
        known = draft.name is not None or draft.money or "grade" in draft.cells
        _take_rate(draft, form.indicators)
        project_id = self._project(draft, _form_code(form)) if known else None
        for indicator in form.indicators:
            self._indicator(indicator, project_id, draft.name)
        self._unplaced(form.left)

    def _project(self, draft: ProjectDraft, form_code: str) -> str:
        project_id = f"{self._document_id[:16]}-j{len(self.found.projects) + 1}"
        yuan = {line.stage: _yuan(line, draft) for line in reversed(draft.money) if line.source is None}
        self.found.projects.append(
            ProjectFact(
                project_id=project_id,
                document_id=self._document_id,
                project=draft.name,
                project_code=draft.code,
                form_code=form_code,
                form_title=draft.title,
                table_no=draft.table_no,
                fiscal_year=draft.year,
                department=draft.texts.get("department"),
                implementing_unit=draft.texts.get("unit"),
                description=draft.texts.get("description"),
                initial_budget_yuan=yuan.get("initial_budget"),
                adjusted_budget_yuan=yuan.get("adjusted_budget"),
                executed_yuan=yuan.get("final"),
                execution_rate_printed=draft.printed("rate"),
                rate_points=number(draft.printed("rate_points")),
                rate_score=number(draft.printed("rate_score")),
                score=number(draft.printed("score")),
                grade=draft.printed("grade"),
                goal=draft.texts.get("goal"),
                result=draft.texts.get("result"),
                completion_printed=draft.texts.get("completion"),
                conclusion=draft.texts.get("conclusion"),
                problems=draft.texts.get("problems"),
                measures=draft.texts.get("measures"),
                note=draft.texts.get("note"),
                page_no=draft.place.page_no,
                line_no=draft.place.line_no,
            )
        )
        self._cells(project_id, draft.cells)
        for line in draft.money:
            self._amount(project_id, line, draft)
        return project_id

    def _amount(self, project_id: str, line: MoneyLine, draft: ProjectDraft) -> None:
        printed = read_printed(line.cell.text)
        amount_id = f"{self._document_id[:16]}-m{len(self.found.amounts) + 1}"
        self.found.amounts.append(
            ProjectAmountFact(
                project_amount_id=amount_id,
                project_id=project_id,
                document_id=self._document_id,
                stage=line.stage,
                source=line.source,
                value=printed.value,
                unit=draft.money_unit,
                amount_yuan=_yuan(line, draft),
                quantum_yuan=None if printed.quantum is None else to_yuan(printed.quantum, draft.money_unit),
                printed=line.cell.text,
                page_no=line.cell.place.page_no,
                line_no=line.cell.place.line_no,
            )
        )
        self._cells(amount_id, {"amount": line.cell})

    def _indicator(self, draft: IndicatorDraft, project_id: str | None, project: str | None) -> None:
        cells = draft.fields
        fields = {role: slot.text for role, slot in cells.items()}
        indicator_id = f"{self._document_id[:16]}-i{len(self.found.indicators) + 1}"
        sign, target_value, target_unit = target_parts(fields.get("target", ""))
        weight = number(fields.get("weight"))
        self.found.indicators.append(
            IndicatorFact(
                indicator_id=indicator_id,
                project_id=project_id,
                document_id=self._document_id,
                project=project,
                table_no=draft.table_no,
                row_kind=draft.row_kind,
                level1=_name(draft.level1),
                level1_points=_points(draft.level1),
                level2=_name(draft.level2),
                level2_points=_points(draft.level2),
                level3=_name(draft.level3),
                operator=operator(fields["operator"]) or fields["operator"] if "operator" in fields else sign,
                target=fields.get("target"),
                target_value=target_value,
                target_unit=fields.get("unit") or target_unit,
                actual=fields.get("actual"),
                weight=_points(draft.level3) if weight is None else weight,
                score=number(fields.get("score")),
                score_text=fields.get("score"),
                score_rate=number(fields.get("score_rate")),
                score_rate_printed=fields.get("score_rate"),
                explanation=fields.get("explanation"),
                criteria=fields.get("criteria"),
                evidence=fields.get("evidence"),
                note=fields.get("note"),
                page_no=draft.place.page_no,
                line_no=draft.place.line_no,
            )
        )
        if weight is None and draft.level3 and draft.level3.points:
            cells = {**cells, "weight": draft.level3.points}
        levels = {"level1_points": draft.level1, "level2_points": draft.level2}
        points = {role: level.points for role, level in levels.items() if level and level.points}
        self._cells(indicator_id, {role: cells[role] for role in _FIGURES if role in cells} | points)

    def _cells(self, fact_id: str, cells: dict[str, Slot]) -> None:
        for role, slot in cells.items():
            place, box = slot.place, slot.place.box or (None,) * 4
            self.found.cells.append(
                PerformanceCellFact(
                    fact_id=fact_id,
                    field=role,
                    document_id=self._document_id,
                    printed=slot.text,
                    page_no=place.page_no,
                    line_no=place.line_no,
                    x0=box[0],
                    y0=box[1],
                    x1=box[2],
                    y1=box[3],
                )
            )

    def _unplaced(self, rows: Iterable[Row]) -> None:
        for row in rows:
            text = " | ".join(tidy(slot.text) for slot in row.filled)
            reason = "row of a performance form that no field explains"
            place = row.place
            self.found.unplaced.append(
                UnplacedFact(self._document_id, "performance_row", reason, text, place.page_no, place.line_no)
            )


def _form_code(form: FormReader) -> str:
    """PF04 without a project; PF01 where the form tells what came of the project, else PF02."""
    draft = form.draft
    if draft.name is None:
        return "PF04"
    fields = form.head.fields if form.head else ()
    told = {"rate", "score", "grade"} & draft.cells.keys() or any(line.stage == "final" for line in draft.money)
    return "PF01" if told or _TOLD_AFTERWARDS & set(fields) else "PF02"


def _take_rate(draft: ProjectDraft, indicators: Iterable[IndicatorDraft]) -> None:
    """Where execution is one of the indicators, its points and score are those of the rate."""
    for indicator in indicators:
        level = indicator.level1
        if "rate_score" not in draft.cells and level and level.name.startswith("预算执行率"):
            if level.points is not None:
                draft.cells.setdefault("rate_points", level.points)
            if "score" in indicator.fields:
                draft.cells["rate_score"] = indicator.fields["score"]


def _yuan(line: MoneyLine, draft: ProjectDraft) -> Decimal | None:
    """The amount in yuan, to the fen; None for a mark or an unknown unit."""
    value = read_printed(line.cell.text).value
    return None if value is None else to_fen(to_yuan(value, draft.money_unit))


def _name(cell: LevelCell | None) -> str | None:
    return cell.name if cell else None


def _points(cell: LevelCell | None) -> Decimal | None:
    return number(cell.points.text) if cell and cell.points else None
