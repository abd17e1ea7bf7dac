"""Summaries of self-evaluations: one project a row, with its score and grade.

Belongs here: the columns of such a list and its rows. Does not belong here: forms of single projects (``forms``).
"""

from pipelines.disclosures.performance.drafts import MoneyLine, ProjectDraft, number, tidied
from pipelines.disclosures.performance.sheets import Row, Sheet, Slot, is_summary_header
from pipelines.disclosures.performance.words import matches, role_of, tidy, words
from pipelines.disclosures.printed import read_printed

_MONEY = frozenset({"initial_budget", "adjusted_budget", "received", "final"})
_KEPT = frozenset({"name", "score", "grade", "rate"})


class SummaryReader:
    """Reads one summary; afterwards ``drafts`` holds its projects and ``left`` the rows not understood."""

    def __init__(self, sheet: Sheet) -> None:
        self.drafts: list[ProjectDraft] = []
        self.left: list[Row] = []
        self._sheet = sheet
        self._columns: dict[int, str] = {}
        for row in sheet.rows:
            if is_summary_header(row):
                self._columns = {slot.column: role for slot in row.filled if (role := _role(slot.text))}
            elif self._columns and row.filled:
                self._read(row)

    def _read(self, row: Row) -> None:
        cells = {role: slot for slot in row.filled if (role := self._columns.get(slot.column))}
        name = cells.get("name")
        if len(row.filled) == 1 and not row.filled[0].figure:
            if name is not None and self.drafts:
                self.drafts[-1].name = tidy(f"{self.drafts[-1].name}\n{name.text}")
            return
        if name is not None and read_printed(name.text).kind == "mark":
            return
        strange = any(slot.figure and slot.column not in self._columns for slot in row.filled)
        if name is None or strange or matches(words().total, row.filled[0].text):
            self.left.append(row)
            return
        self._keep(row, {role: tidied(slot) for role, slot in cells.items()})

    def _keep(self, row: Row, cells: dict[str, Slot]) -> None:
        title, year = self._sheet.title, self._sheet.year
        draft = ProjectDraft(
            row.table_no, row.place, cells["name"].text, title=title, year=year, money_unit=self._sheet.unit
        )
        for role in ("unit", "note"):
            if role in cells:
                draft.keep(role, cells[role])
        for role, slot in cells.items():
            if role in _KEPT and (role != "score" or number(slot.text) is not None):
                draft.cells[role] = slot
            elif role in _MONEY and read_printed(slot.text).kind in ("number", "mark"):
                draft.money.append(MoneyLine(role, None, slot))
        self.drafts.append(draft)


def _role(text: str) -> str | None:
    role = role_of(words().summary_columns, text) or role_of(words().money.columns, text)
    return "initial_budget" if role == "budget" else role
