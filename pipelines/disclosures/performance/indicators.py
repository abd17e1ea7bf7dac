"""The indicators of a project form: levels by their words, fields in the order of the head row.

Rows shift to the left or right by merged cells, and labels slide out of their row; so a level is known by its word and
not by its column, and the fields are what follows the third level. Does not belong here: index systems of whole
departments, whose levels have no common words (``systems``).
"""

from typing import NamedTuple

from pipelines.disclosures.performance.drafts import IndicatorDraft, LevelCell, points_of
from pipelines.disclosures.performance.fields import Head, stands_below, values_of
from pipelines.disclosures.performance.sheets import Row, Slot
from pipelines.disclosures.performance.words import Level, matches, only_points, plain, split_points, tidy, words


class _Found(NamedTuple):
    """A level word of one row: the first level it belongs to, and on which level it can stand."""

    slot: Slot
    family: str
    first: bool
    second: bool


class IndicatorReader:
    """Reads the indicator rows of one form in order."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.drafts: list[IndicatorDraft] = []
        self._firsts: dict[str, LevelCell] = {}
        self._first: str | None = None
        self._second: LevelCell | None = None
        self._second_family: str | None = None

    def read(self, row: Row) -> bool:
        """Take one row in; False when it holds something that is no indicator."""
        found, rest = self._level_words(row)
        level2, family = self._stand(found)
        name, values = self._third(rest, bool(found))
        fields = values_of(self.head, values, shifted=name is not None and name.column != self.head.level3)
        if fields is None:
            return False
        if name is None and not fields:
            return True
        if name and not fields and not found and self._goes_on(row, name):
            return True
        third = LevelCell(tidy(name.text)) if name else None
        level1 = self._first_cell(family) if family else None
        self.drafts.append(IndicatorDraft("indicator", level1, level2, third, fields, row.table_no, row.place))
        return True

    def _level_words(self, row: Row) -> tuple[list[_Found], list[Slot]]:
        """The level words a row begins with, and its slots behind them."""
        found: list[_Found] = []
        position = 0
        for index, slot in enumerate(row.slots):
            if slot.blank or _is_section(slot.text):
                continue
            if only_points(slot.text):
                self._add_points(slot)
            elif (word := _level(slot)) is not None and self._is_level_here(word, found):
                found.append(word)
            elif slot.column in self.head.columns[:-1] and stands_below(self.head, row):
                found.append(self._unknown(slot, found))
            else:
                break
            position = index + 1
        return found, list(row.slots[position:])

    def _unknown(self, slot: Slot, found: list[_Found]) -> _Found:
        """A level with words of its own, known by the head it stands below."""
        name = split_points(slot.text)[0]
        if slot.column == self.head.columns[0]:
            return _Found(slot, name, first=True, second=False)
        standing = found[-1].family if found else self._first
        return _Found(slot, standing or name, first=False, second=True)

    def _is_level_here(self, word: _Found, found: list[_Found]) -> bool:
        """Below the head of the third level stand names, unless the row or the label slid there.

        It did where the row has no second level yet, or has one of another first level.
        """
        if word.slot.column < self.head.level3:
            return True
        if not found[1:] and not any(earlier.second and not earlier.first for earlier in found):
            return split_points(word.slot.text)[0].endswith("指标")
        return found[-1].family != word.family

    def _stand(self, found: list[_Found]) -> tuple[LevelCell | None, str | None]:
        """What level words make of the standing levels; the level and family of this row.

        A second-level word behind another has slid down from a row of its own: it holds for this row only.
        """
        seconds: list[_Found] = []
        for index, word in enumerate(found):
            following = found[index + 1] if index + 1 < len(found) else None
            if self._is_first(word, following):
                self._first, self._second, self._second_family = word.family, None, None
                self._name_first(word)
            else:
                seconds.append(word)
        for word in seconds[:1]:
            self._second, self._second_family = _cell(word.slot), self._second_of(word)
        if len(seconds) > 1:
            return _cell(seconds[-1].slot), self._second_of(seconds[-1])
        return self._second, self._second_family or self._first

    def _is_first(self, word: _Found, following: _Found | None) -> bool:
        if not (word.first and word.second):
            return word.first
        if following is not None and following.second:
            return True
        has_points = split_points(word.slot.text)[1] is not None
        return has_points or (self._first != self._second_of(word) and not self._also(word))

    def _also(self, word: _Found) -> bool:
        """Whether the word stands second below the level that is standing now."""
        return self._first is not None and words().also_second.get(word.family) == self._first

    def _second_of(self, word: _Found) -> str:
        """The family a second-level word belongs to."""
        return words().also_second.get(word.family, word.family) if word.first else word.family

    def _name_first(self, word: _Found) -> None:
        cell = _cell(word.slot)
        known = self._firsts.setdefault(word.family, cell)
        known.name, known.points = cell.name, known.points or cell.points

    def _first_cell(self, family: str) -> LevelCell:
        return self._firsts.setdefault(family, LevelCell(family))

    def _add_points(self, slot: Slot) -> None:
        cell = self._second or (self._firsts.get(self._first) if self._first else None)
        if cell is not None and cell.points is None:
            cell.points = points_of(slot)

    def _third(self, rest: list[Slot], after_levels: bool) -> tuple[Slot | None, list[Slot]]:
        """The third level among the slots behind the level words, and the slots behind it.

        Behind level words it may be blank, when blanks reach below its head; else a row begins with it.
        """
        reach = self.head.level3
        for index, slot in enumerate(rest):
            if slot.blank:
                continue
            if slot.column <= reach or not after_levels or not any(s.column <= reach for s in rest[:index]):
                return slot, rest[index + 1 :]
            break
        return None, [slot for slot in rest if slot.column > reach]

    def _goes_on(self, row: Row, name: Slot) -> bool:
        """A row with nothing but a text below the third level goes on with the name before it."""
        before = self.drafts[-1].level3 if self.drafts else None
        if before is None or len(row.filled) != 1 or name.column != self.head.level3:
            return False
        before.name = tidy(before.name + "\n" + name.text)
        return True


def _cell(slot: Slot) -> LevelCell:
    return LevelCell(split_points(slot.text)[0], points_of(slot))


def _is_section(text: str) -> bool:
    """A label that names the part of the form, not a level."""
    return plain(split_points(text)[0]) in ("绩效指标", "年度绩效指标", "年度绩效指标完成情况", "绩效目标", "指标")


def _level(slot: Slot) -> _Found | None:
    text = split_points(slot.text)[0]
    first = next((level for level in words().levels if matches(level.match, text)), None)
    second = next((level for level in words().levels if matches(level.children, text)), None)
    family: Level | None = second if second is not None and first is None else first
    if family is None:
        return None
    also = first is not None and first.zh in words().also_second
    return _Found(slot, family.zh, first is not None, second is not None or also)
