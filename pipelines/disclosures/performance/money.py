"""The money of a project form: amounts by stage and source, the execution rate with its points and score.

Values follow their label: either each after its own (预算数： 5  到位数： 5), or all after the first in the order of
the head row (年度资金总额 15 15 15 10 100% 10). Neither depends on the column, so that shifted rows read the same.

Does not belong here: which rows are about money.
"""

from pipelines.disclosures.performance.drafts import MoneyLine, ProjectDraft, number, tidied
from pipelines.disclosures.performance.sheets import Row, Slot
from pipelines.disclosures.performance.words import matches, role_of, tidy, words
from pipelines.disclosures.printed import read_printed

_STAGES = frozenset({"initial_budget", "adjusted_budget", "received", "final", "budget"})
_WHOLE = "whole_project"


class MoneyReader:
    """Reads the money rows of one form in order."""

    def __init__(self, draft: ProjectDraft) -> None:
        self._draft = draft
        self._head: list[str] = []
        self._stage_at: dict[int, str] = {}

    def read(self, row: Row) -> set[int] | None:
        """Take the amounts out of a row; return the columns understood, None when the row is not about money."""
        columns = [role_of(words().money.columns, slot.text) for slot in row.filled]
        labels = [index for index, slot in enumerate(row.slots) if _is_label(slot)]
        if sum(role is not None for role in columns) >= 2 and not any(slot.figure for slot in row.slots):
            self._head = [role for role in columns if role]
            self._stage_at = {}
            return set()
        if not labels:
            return None
        used = self._pairs(row, labels) if len(labels) > 1 or not self._head else self._follow(row, labels[0])
        return used | {slot.column for slot in row.slots if slot.blank}

    def _follow(self, row: Row, label: int) -> set[int]:
        """Values after one label, in the order of the head row."""
        used: set[int] = set()
        name = row.slots[label].text
        for role, slot in zip(self._head, row.slots[label + 1 :], strict=False):
            used.add(slot.column)
            if role in _STAGES:
                self._amount(self._budget(role), _source(name), slot)
            elif _source(name) is None:
                self._rate(role, slot)
        return used

    def _pairs(self, row: Row, labels: list[int]) -> set[int]:
        """Each value after its own label; what is left over belongs to the fields that the head row goes on with."""
        used: set[int] = set()
        whole = sum(_total(row.slots[index]) is not None for index in labels) > 1
        for order, index in enumerate(labels):
            label, value = row.slots[index], row.slots[index + 1] if index + 1 < len(row.slots) else None
            stage = self._stage(label, order, whole)
            self._stage_at.setdefault(label.column, stage)
            if value is not None and index + 1 not in labels:
                used.add(value.column)
                self._amount(stage, _source(label.text), value)
        for role, slot in zip(self._head[len(labels) :], row.slots[labels[-1] + 2 :], strict=False):
            used.add(slot.column)
            if not slot.blank:
                self._rate(role, slot)
        return used

    def _stage(self, label: Slot, order: int, whole: bool) -> str:
        role = role_of(words().money.columns, label.text)
        total = _total(label)
        if total is not None:
            return _WHOLE if total and whole else self._budget("budget")
        if role in _STAGES and role != "budget":
            return role
        if role is None and label.column in self._stage_at:
            return self._stage_at[label.column]
        return self._budget(self._head[order] if order < len(self._head) else "budget")

    def _budget(self, role: str) -> str:
        """The stage of a column; an only budget is the adjusted one where the head says so, else the initial."""
        if role != "budget":
            return role
        return "adjusted_budget" if "adjusted_budget" in self._head else "initial_budget"

    def _amount(self, stage: str, source: str | None, slot: Slot) -> None:
        if read_printed(slot.text).kind in ("number", "mark"):
            self._draft.money.append(MoneyLine(stage, source, tidied(slot)))

    def _rate(self, role: str, slot: Slot) -> None:
        if role == "rate" and not slot.blank:
            self._draft.cells["rate"] = tidied(slot)
        elif role in ("points", "score") and number(slot.text) is not None:
            self._draft.cells[f"rate_{role}"] = tidied(slot)
        elif role == "note":
            self._draft.keep("note", tidied(slot))


def _is_label(slot: Slot) -> bool:
    if slot.blank or slot.figure:
        return False
    money = words().money
    if matches(money.section, slot.text):
        return False
    column = role_of(money.columns, slot.text)
    return column in _STAGES or _total(slot) is not None or matches(money.source, slot.text)


def _total(slot: Slot) -> bool | None:
    """Whether a total is that of the whole project; None when the label is no total."""
    return next((total.whole for total in words().money.totals if matches(total.match, slot.text)), None)


def _source(label: str) -> str | None:
    """Whose money a label tells, as printed; None for all of it."""
    if not matches(words().money.source, label):
        return None
    return tidy(label).removeprefix("其中").strip("：: ")
