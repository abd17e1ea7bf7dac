"""Index systems and score tables of whole departments, whose levels have words of their own.

A level is known by where the values begin: the last text before them is the deepest level, the ones before it the
levels above. Where the values are texts, by the points stated in brackets. So tables whose left columns were lost, or
whose rows slid, read the same. Does not belong here: project forms (``indicators``).
"""

from pipelines.disclosures.performance.drafts import IndicatorDraft, LevelCell, points_of
from pipelines.disclosures.performance.fields import Head, fields_are_figures, is_value, values_of
from pipelines.disclosures.performance.sheets import Row, Slot
from pipelines.disclosures.performance.words import matches, only_points, split_points, tidy, words


class SystemReader:
    """Reads the rows of one index system in order."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.drafts: list[IndicatorDraft] = []
        self._standing: dict[int, LevelCell] = {}

    def read(self, row: Row) -> bool:
        """Take one row in; False when it holds something that is no indicator."""
        names, values = self._split(row)
        for slot in [slot for slot in names if only_points(slot.text)]:
            names.remove(slot)
            self._add_points(slot)
        if not names:
            return self._go_on(values)
        fields = values_of(self.head, values, shifted=False)
        if fields is None:
            return False
        kind = _kind(names[0])
        if kind == "indicator":
            self._indicator(names, fields, row)
        else:
            level1 = self._standing.get(1) if kind == "subtotal" else None
            self.drafts.append(IndicatorDraft(kind, level1, None, None, fields, row.table_no, row.place))
        return True

    def _split(self, row: Row) -> tuple[list[Slot], list[Slot]]:
        """The names of levels a row begins with, and the values behind them."""
        figures = fields_are_figures(self.head)
        names: list[Slot] = []
        for index, slot in enumerate(row.slots):
            if slot.blank:
                continue
            ends = is_value(slot) if figures else split_points(slot.text)[1] is None
            if ends or len(names) == self.head.levels:
                return names, list(row.slots[index:])
            names.append(slot)
        return names, []

    def _indicator(self, names: list[Slot], fields: dict[str, Slot], row: Row) -> None:
        for place, slot in enumerate(names, self.head.levels - len(names) + 1):
            self._standing = {level: cell for level, cell in self._standing.items() if level < place}
            self._standing[place] = LevelCell(tidy(split_points(slot.text)[0]), points_of(slot))
        first, second, third = (self._standing.get(level) for level in (1, 2, 3))
        self.drafts.append(IndicatorDraft("indicator", first, second, third, fields, row.table_no, row.place))

    def _add_points(self, slot: Slot) -> None:
        """The points of a wrapped label, in a row below it."""
        cell = self._standing.get(self.head.levels - 1)
        if cell is not None and cell.points is None:
            cell.points = points_of(slot)

    def _go_on(self, values: list[Slot]) -> bool:
        """A row without a name goes on with the texts above it."""
        filled = [slot for slot in values if not slot.blank]
        if not filled:
            return True
        if not self.drafts or any(slot.figure for slot in filled):
            return False
        fields = self.drafts[-1].fields
        for slot in filled:
            place = slot.column - self.head.level3 - 1
            if not 0 <= place < len(self.head.fields):
                return False
            role = self.head.fields[place]
            before = fields.get(role, slot._replace(text=""))
            fields[role] = before._replace(text=tidy(f"{before.text}\n{slot.text}"))
        return True


def _kind(first: Slot) -> str:
    if matches(words().total, first.text):
        return "total"
    return "subtotal" if matches(words().subtotal, first.text) else "indicator"
