"""Errors in forms, as people make them: one change each.

Does not belong here: errors in sentences (``errors_in_words``), in self-evaluations (``errors_in_evaluations``),
between papers (``errors_between_papers``).
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from tests.planting.model import Found, Plant, Where, figures, in_cell, replaced, with_cell, wrong_figure
from tests.typeset.model import Cell, Contents, Heading, Key, Paper, Prose, Row, Table

CODED = "FA0[2358]|BG0[2358]|BG13"
"""Forms with a row for each functional code."""
_SUMS = "FA0[35]|BG0[35]"
_SCB, _GMF = "国有资本经营", "政府性基金"


def transposed(printed: str, pick: random.Random) -> str | None:
    """Two neighbouring digits change places: 1234.56 → 1324.56."""
    pairs = [n for n in range(len(printed) - 1) if printed[n : n + 2].isdigit() and printed[n] != printed[n + 1]]
    pairs = [n for n in pairs if n or printed[1] != "0"]
    if not pairs:
        return None
    at = pick.choice(pairs)
    return printed[:at] + printed[at + 1] + printed[at] + printed[at + 2 :]


def mistyped(printed: str, pick: random.Random) -> str | None:
    """One digit is another one."""
    at = pick.choice([n for n, letter in enumerate(printed) if letter.isdigit()])
    other = pick.choice([digit for digit in "123456789" if digit != printed[at]])
    return printed[:at] + other + printed[at + 1 :]


def times(factor: str) -> Callable[[str, random.Random], str | None]:
    """The figure in another unit, or with its point in another place."""
    return lambda printed, pick: f"{Decimal(printed.replace(',', '')) * Decimal(factor):.2f}"


def negative(printed: str, pick: random.Random) -> str | None:
    """The figure with a minus before it."""
    return f"-{printed}"


def in_row(codes: str, change: Callable[[Row], Row | None], *, forms: str = CODED) -> Plant:
    """Change the row of a functional code, or leave it out where ``change`` gives None: its section shows it, if it has
    other items.
    """

    def plant(paper: Paper, pick: random.Random) -> Found | None:
        rows = [(table, row) for table in _forms(paper, forms) for row in table.body if re.fullmatch(codes, _code(row))]
        pick.shuffle(rows)
        for table, row in rows:
            wrong = change(row)
            if wrong != row and (wrong is not None or _siblings(table, row)):
                body = (wrong if each is row else each for each in table.body)
                whole = replace(table, body=tuple(each for each in body if each is not None))
                places = (*_around(table, row), *_around(whole, wrong or ()))
                return replaced(paper, table, whole), Where(cells=places, words=_words(wrong))
        return None

    return plant


def _forms(paper: Paper, forms: str) -> Iterator[Table]:
    return (table for table in paper.tables() if re.fullmatch(forms, table.form_code))


def _code(row: Row) -> str:
    keys = [cell.key for cell in row if cell.key]
    return keys[0].subject.removeprefix("function:") if keys else ""


def _siblings(table: Table, row: Row) -> bool:
    return sum(len(_code(each)) == 7 and _code(each)[:5] == _code(row)[:5] for each in table.body) > 1


def _around(table: Table, row: Row) -> Iterator[tuple[str, Key]]:
    """The cells of the row, its section and its class: what a finding about the row may name."""
    codes = {_code(row)[:length] for length in (3, 5, 7)}
    for each in table.body:
        if _code(each) in codes:
            yield from ((table.form_code, cell.key) for cell in each if cell.key)


def _words(row: Row | None) -> tuple[str, ...]:
    """Code and name that a changed row is printed with."""
    return tuple(cell.text for cell in row if len(cell.text) > 3 and not cell.key) if row else ()


def _recoded(row: Row) -> Row:
    """The row under social security, whose class is another."""
    codes = [cell for cell in row if cell.key is None][:3]
    if codes[0].text.startswith("207"):
        moved = (_moved(cell, f"function:208{_code(row)[3:]}") for cell in row[1:])
        return (replace(codes[0], text=f"208{codes[0].text[3:]}"), *moved)
    return row


def _moved(cell: Cell, subject: str) -> Cell:
    return replace(cell, key=cell.key._replace(subject=subject)) if cell.key else cell


def _renamed(old: str, new: str) -> Callable[[Row], Row]:
    return lambda row: tuple(replace(cell, text=new) if cell.text == old else cell for cell in row)


def _exchanged(row: Row) -> Row:
    """Two different figures of the row in each other's columns."""
    keyed = [cell for cell in row if cell.key]
    for one in keyed:
        for other in keyed:
            if one.text and other.text and one.text != other.text:
                texts = {id(one): other.text, id(other): one.text}
                return tuple(replace(cell, text=texts.get(id(cell), cell.text)) for cell in row)
    return row


def copied_from_above(paper: Paper, pick: random.Random) -> Found | None:
    """A number of the row above stands in a cell."""
    places = []
    for table in _forms(paper, CODED):
        for upper, lower in zip(table.body, table.body[1:], strict=False):
            pairs = zip(upper, lower, strict=False) if len(upper) == len(lower) else ()
            places += [(table, one, cell) for one, cell in pairs if one.key and cell.key and one.text and cell.text]
    pick.shuffle(places)
    for table, above, cell in places:
        wrong = wrong_figure(lambda *_, text=above.text: text, cell.text, table.unit, pick)
        if wrong is not None and cell.key and "0.00" not in (above.text, cell.text):
            return with_cell(paper, table, cell, wrong), Where(cells=((table.form_code, cell.key),))
    return None


def without_form(paper: Paper, pick: random.Random) -> Found | None:
    """A form that the contents promise is not there."""
    full = [table for table in paper.tables() if not table.is_empty]
    table = pick.choice(full)
    listed = (Prose("\n".join(_contents(paper))) if isinstance(block, Contents) else block for block in paper.blocks)
    promised = replace(paper, blocks=tuple(listed))
    return replaced(promised, table), Where(words=(table.title,))


def _contents(paper: Paper) -> Iterator[str]:
    """The list of contents as plain lines, so that a form can go and its line stay."""
    yield "目录"
    for block in paper.blocks:
        if isinstance(block, Table):
            yield f"- {block.title}"
        elif isinstance(block, Heading) and block.level < 2:
            yield block.text.replace("\n", " ") if block.level == 0 else f"- {block.text}"


def without_note(paper: Paper, pick: random.Random) -> Found | None:
    """Nothing says why a form is empty, neither below it nor in the words."""
    for name in pick.sample((_SCB, _GMF), 2):
        for table in paper.tables():
            if table.is_empty and name in table.title:
                silent = replaced(paper, table, replace(table, notes=()))
                for prose in [each for each in silent.prose() if name in each.text and "没有" in each.text]:
                    silent = replaced(silent, prose)
                return silent, Where(words=(table.title,))
    return None


def called_empty(paper: Paper, pick: random.Random) -> Found | None:
    """A form full of figures is called empty below it."""
    tables = [table for table in _forms(paper, CODED) if not table.is_empty]
    table = pick.choice(tables)
    note = "注：本部门没有此项收支，故本表无数据。"
    return replaced(paper, table, replace(table, notes=(*table.notes, note))), Where(words=(table.title,))


def emptied(paper: Paper, pick: random.Random) -> Found | None:
    """A form of managed funds is empty and said to be, though other forms have the money."""
    for table in _forms(paper, "FA08|BG08"):
        if not table.is_empty:
            notes = ("注：本部门没有政府性基金收入，也没有使用政府性基金安排的支出，故本表无数据。",)
            return replaced(paper, table, replace(table, body=(), notes=notes)), Where(words=(table.title,))
    return None


def note_of_another_form(paper: Paper, pick: random.Random) -> Found | None:
    """The note below an empty form is about another budget."""
    for table in paper.tables():
        if table.is_empty and _SCB in table.title:
            notes = tuple(note.replace(_SCB, _GMF) for note in table.notes)
            notes = notes if _GMF in "".join(notes) else ("注：没有使用政府性基金预算拨款安排的支出。",)
            return replaced(paper, table, replace(table, notes=notes)), Where(words=(table.title,))
    return None


def title_of_another_year(paper: Paper, pick: random.Random) -> Found | None:
    """The title of a form names last year."""
    named = [table for table in paper.tables() if "2023年" in table.title]
    table = pick.choice(named) if named else pick.choice(list(paper.tables()))
    title = table.title.replace("2023年", "2022年") if named else f"2022年度{table.title}"
    return replaced(paper, table, replace(table, title=title)), Where(words=(title,))


def unit_of_another_form(paper: Paper, pick: random.Random) -> Found | None:
    """A form in 万元 says that it is in 元."""
    tables = [t for t in _forms(paper, _SUMS) if t.unit == "万元" and any("万元" in line for line in t.caption)]
    if not tables:
        return None
    table = pick.choice(tables)
    caption = tuple(line.replace("万元", "元") for line in table.caption)
    cells = tuple((table.form_code, cell.key) for cell in figures(table) if cell.key)
    return replaced(paper, table, replace(table, caption=caption)), Where(cells=cells, words=(table.title,))


ERRORS: dict[str, Plant] = {
    "digits transposed": in_cell(transposed),
    "digit mistyped": in_cell(mistyped),
    "unit slip of a cell": in_cell(times("10000"), forms="(FA|BG).*", measure="(?!.*reserve).*"),
    "decimal point moved": in_cell(times("10")),
    "sign flipped": in_cell(negative),
    "unit slip of a form": unit_of_another_form,
    "wrong total": in_cell(transposed, forms=CODED, subject="total"),
    "wrong section": in_cell(mistyped, forms=CODED, subject=r"function:\d{5}"),
    "wrong item": in_cell(mistyped, forms=CODED, subject=r"function:\d{7}"),
    "row total not its columns": in_cell(transposed, forms=_SUMS, subject=r"function:\d{7}", measure="expenditure"),
    "total of a column wrong": in_cell(transposed, forms=_SUMS, subject="total", measure="project_expenditure"),
    "row left out": in_row(r"\d{7}", lambda row: None),
    "item under another class": in_row(r"207\d{4}", _recoded),
    "figures in each other's columns": in_row(r"\d{7}", _exchanged, forms="FA03|FA05|BG03"),
    "figure of the row above": copied_from_above,
    "economic item wrong": in_cell(transposed, forms="FA06|BG06", subject=r"dept_economic:\d{5}"),
    "part of the three public expenses wrong": in_cell(
        mistyped, forms="FA07|BG07", measure="official_reception|vehicle_running"
    ),
    "carry-over of the overview wrong": in_cell(
        mistyped, forms="FA01|FA04", measure="(opening|closing)_balance", subject="total"
    ),
    "fund form differs from the overview": in_cell(mistyped, forms="FA0[48]|BG0[48]", subject="total"),
    "name of another code": in_row("2080501", _renamed("行政单位离退休", "事业单位离退休")),
    "class of another era": in_row("210", _renamed("卫生健康支出", "医疗卫生与计划生育支出")),
    "form left out": without_form,
    "empty form without a note": without_note,
    "full form called empty": called_empty,
    "form empty though there is money": emptied,
    "note of another form": note_of_another_form,
    "title of another year": title_of_another_year,
}
