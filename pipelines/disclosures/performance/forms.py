"""One form of one project (or of the whole department), row by row.

Belongs here: which part of the form a row belongs to, labels with their values, goals, totals. Does not belong here:
money (``money``), indicators (``indicators``, ``systems``).
"""

import re

from pipelines.disclosures.performance.drafts import IndicatorDraft, ProjectDraft, number, tidied
from pipelines.disclosures.performance.fields import Head, head_of
from pipelines.disclosures.performance.indicators import IndicatorReader
from pipelines.disclosures.performance.money import MoneyReader
from pipelines.disclosures.performance.sheets import Row, Sheet, Slot, is_indicator_header
from pipelines.disclosures.performance.systems import SystemReader
from pipelines.disclosures.performance.words import matches, role_of, words

_CODE_AND_NAME = re.compile(r"([0-9A-Za-z]{8,})\s*[-—－]\s*(.+)")
_UNDERSTOOD: frozenset[int] = frozenset()


class FormReader:
    """Reads the rows of one sheet; afterwards ``draft`` and ``indicators`` hold what it says."""

    def __init__(self, sheet: Sheet) -> None:
        first = sheet.rows[0]
        self.draft = ProjectDraft(
            first.table_no, first.place, title=sheet.title, year=sheet.year, money_unit=sheet.unit
        )
        self.indicators: list[IndicatorDraft] = []
        self.left: list[Row] = []
        """Rows with figures, or with indicators, that could not be understood."""
        self.head: Head | None = None
        self._money = MoneyReader(self.draft)
        self._goals: dict[int, str] = {}
        self._reader: IndicatorReader | SystemReader | None = None
        before: Row | None = None
        for row in sheet.rows:
            self._read(row, before)
            before = row

    def _read(self, row: Row, before: Row | None) -> None:
        if is_indicator_header(row):
            self._begin(head_of(row, before))
        elif self._reader is not None and row.filled and not _is_tail(row):
            if not self._total(row) and not self._reader.read(row):
                self.left.append(row)
        else:
            self._reader = None if row.filled else self._reader
            used = self._part(row)
            if any(slot.figure and slot.column not in used for slot in row.slots):
                self.left.append(row)

    def _begin(self, head: Head) -> None:
        if self._reader is not None and self._reader.head == head:
            return
        self.head = head
        projects = "target" in head.fields or self.draft.name is not None
        self._reader = IndicatorReader(head) if projects else SystemReader(head)
        self.indicators = self._reader.drafts = self.indicators

    def _total(self, row: Row) -> bool:
        """The row of the sum, or of the grade."""
        first, *others = row.filled
        if matches(words().grade, first.text):
            self.draft.cells.pop("grade", None)
            if others:
                self.draft.cells["grade"] = tidied(others[0])
            return True
        if not matches(words().total, first.text) or isinstance(self._reader, SystemReader):
            return False
        figures = [tidied(slot) for slot in others if number(slot.text) is not None]
        if figures:
            roles = ("weight", "score") if len(figures) > 1 else ("score",)
            fields = dict(zip(roles, figures, strict=False))
            self.draft.cells["score"] = fields["score"]
            self.indicators.append(IndicatorDraft("total", None, None, None, fields, row.table_no, row.place))
        return True

    def _part(self, row: Row) -> set[int] | frozenset[int]:
        """A row before or after the indicators; the columns whose figures are understood."""
        tail = role_of(words().tail, row.filled[0].text) if row.filled else None
        if tail not in (None, "other"):
            for slot in row.filled[1:]:
                self.draft.keep(str(tail), tidied(slot))
            return {slot.column for slot in row.slots}
        labels = [i for i, slot in enumerate(row.slots) if slot.text and role_of(words().labels, slot.text)]
        if labels:
            return self._labelled(row, labels)
        goals = self._read_goals(row)
        if goals is not None:
            return goals
        money = self._money.read(row)
        return _UNDERSTOOD if money is None else money

    def _labelled(self, row: Row, labels: list[int]) -> set[int]:
        used: set[int] = set()
        for index, following in zip(labels, [*labels[1:], len(row.slots)], strict=True):
            values = [slot for slot in row.slots[index + 1 : following] if not slot.blank]
            used |= {slot.column for slot in values}
            if values:
                self._label(role_of(words().labels, row.slots[index].text), tidied(values[0]), row)
        return used

    def _label(self, role: str | None, value: Slot, row: Row) -> None:
        draft = self.draft
        if role == "name":
            found = _CODE_AND_NAME.fullmatch(value.text)
            draft.code, draft.name = found.groups() if found else (draft.code, value.text)
            draft.cells["name"], draft.place = value, row.place
        elif role == "code":
            draft.code = value.text
        elif role is not None and role != "other":
            draft.keep(role, value)

    def _read_goals(self, row: Row) -> set[int] | None:
        """The head of the goals, the texts below it, or a goal behind its label; None when the row is none of these."""
        roles = {slot.column: role for slot in row.filled if (role := role_of(words().goals, slot.text))}
        texts = [slot for slot in row.filled if slot.column not in roles]
        if "goal" in roles.values() or "goal" in self._goals.values():
            roles = {column: role for column, role in roles.items() if role != "overall"}
        if len(roles) > 1 or (roles and not texts):
            self._goals = roles
            return set()
        if roles:
            self._keep_goal(next(iter(roles.values())), texts[0])
            return {slot.column for slot in texts}
        if not self._goals or not texts:
            return None
        below = all(slot.column in self._goals for slot in texts)
        for order, (column, role) in enumerate(self._goals.items()):
            found = [slot for slot in texts if slot.column == column] if below else texts[order : order + 1]
            for slot in found:
                self._keep_goal(role, slot)
        self._goals = {}
        return {slot.column for slot in texts}

    def _keep_goal(self, role: str, slot: Slot) -> None:
        self.draft.keep("goal" if role == "overall" else role, tidied(slot))


def _is_tail(row: Row) -> bool:
    """A row behind the indicators: what is told of problems, and who filled in the form."""
    return role_of(words().tail, row.filled[0].text) is not None
