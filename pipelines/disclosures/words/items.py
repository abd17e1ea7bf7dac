"""Functional items told by name or by split code: 社会保障和就业支出（类）…（款）…（项）, 208（类）01（款）01（项）.

Belongs here: finding them in plain text and giving each its subject. Does not belong here: figures.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from pipelines.classification import function_classes, function_codes, function_name_to_code, plain_name

_LEVELS = "类款项"
_MARK = re.compile(r"\(([类款项])\)")
_SPLIT_CODE = re.compile(
    r"(?P<name>[^，；。:()\d.、]*)(?P<code>\d{3})\(类\)(?:(?P<section>\d{2})\(款\))?(?:(?P<item>\d{2})\(项\))?"
)
_BOUNDARY = re.compile(r"[，；。:;、.\d%][^，；。:;、.\d%]*$")


class Item(NamedTuple):
    """One functional item and where it stands in the plain text."""

    start: int
    end: int
    subject: str
    text: str


class Known(NamedTuple):
    """What the document says of its codes: code → name as its tables print them, and the class of the heading above."""

    printed: Mapping[str, str]
    class_name: str | None


def items(text: str, known: Known) -> list[Item]:
    """Find the functional items of a plain text, in order."""
    found = list(_by_code(text))
    taken = [(item.start, item.end) for item in found]
    found += [item for item in _by_name(text, known) if not any(s < item.end and item.start < e for s, e in taken)]
    return sorted(found)


def class_in(heading: str) -> str | None:
    """Name of the functional class a plain heading is about (（一）一般公共服务（类）), None when it is about none."""
    match = re.search(r"([^()、.:0-9]+)(?:\(类\))(?:支出)?$", heading)
    name = match[1] if match else re.sub(r"^\(?[一二三四五六七八九十\d]+[)、.]+", "", heading)
    return name if plain_name(name) in class_names() else None


@cache
def class_names() -> frozenset[str]:
    """The names of functional classes of all eras, as they are compared."""
    return frozenset(plain_name(row.name) for row in function_classes())


def _by_code(text: str) -> Iterator[Item]:
    for match in _SPLIT_CODE.finditer(text):
        code = match["code"] + (match["section"] or "") + (match["item"] or "")
        start = match.start("code") - len(_without_lead(match["name"]))
        yield Item(start, match.end(), f"function:{code}", text[start : match.end()])


def _by_name(text: str, known: Known) -> Iterator[Item]:
    for group in _groups(text):
        start = _name_start(text, group[0].start())
        names: list[tuple[str, str]] = []
        position = start
        for mark in group:
            names.append((mark[1], text[position : mark.start()]))
            position = mark.end()
        names[0] = (names[0][0], _without_lead(names[0][1]))
        start = group[0].start() - len(names[0][1])
        if all(name for _, name in names):
            yield Item(start, position, _subject(names, known), text[start:position])


def _groups(text: str) -> Iterator[list[re.Match[str]]]:
    """Marks that belong to one item: deeper levels follow without punctuation between."""
    group: list[re.Match[str]] = []
    for mark in _MARK.finditer(text):
        between = text[group[-1].end() : mark.start()] if group else ""
        deeper = group and _LEVELS.index(mark[1]) > _LEVELS.index(group[-1][1])
        if group and not (deeper and between and not re.search(r"[，；。:%\d]", between)):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _name_start(text: str, end: int) -> int:
    boundary = _BOUNDARY.search(text, 0, end)
    return boundary.start() + 1 if boundary else 0


def _without_lead(name: str) -> str:
    """The name without words before it, where a known class or section name ends it (主要用于教育支出 → 教育支出)."""
    bare = re.sub(r"^(?:年度?|和|及|其中|主要用于|用于|包括|\)|[一二三四五六七八九十]+是)+", "", name)
    known = [name for name in _class_and_section_names() if bare.endswith(name)]
    return max(known, key=len) if known else bare


@cache
def _class_and_section_names() -> frozenset[str]:
    rows = [row.name for row in function_codes() if len(row.code) < 7]
    return frozenset([*rows, *map(plain_name, rows)])


def _subject(names: list[tuple[str, str]], known: Known) -> str:
    path = _path(names, known)
    for candidate in (path, *_split_paths(names, known)):
        code = function_name_to_code(candidate, known.printed)
        if code:
            return f"function:{code}"
    return "function_name:" + "/".join(path)


def _path(names: list[tuple[str, str]], known: Known) -> tuple[str, ...]:
    """Names from the class down; the class of the heading above stands in where the sentence does not name it."""
    path = tuple(name for _, name in names)
    first = names[0][0]
    is_class = plain_name(path[0]) in class_names()
    if known.class_name and (first != "类" or (not is_class and len(path) == 2)):
        return (known.class_name, *path)
    return path


def _split_paths(names: list[tuple[str, str]], known: Known) -> Iterator[tuple[str, ...]]:
    """Section and item names printed as one (人大事务行政运行（项）), cut wherever a known section name ends."""
    if known.class_name and len(names) == 1 and names[0][0] == "项":
        whole = names[0][1]
        for row in function_codes():
            if len(row.code) == 5 and whole.startswith(row.name) and len(whole) > len(row.name):
                yield known.class_name, row.name, whole[len(row.name) :]
