"""Which paper a document is: its kind, scope, department and year, each with the words it was recognised by.

Belongs here: deciding from cover, titles, headings and file path. Does not belong here: which department entity a name
stands for, and which documents make up one filing (both need all documents, and are decided in SQL).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import msgspec

from pipelines.disclosures.cover import (
    Cover,
    cover_of,
    is_organisation,
    is_region,
    names_a_region,
    plain_years,
    read_cover,
)
from pipelines.disclosures.printed import narrow
from pipelines.disclosures.titles import match_title_in
from pipelines.documents.model import Document, Grid, Paragraph

_EVALUATION = re.compile(r"绩效评价(?:得分|结果)?(?:报告)?|评价机构")
_SELF_EVALUATION = re.compile(r"绩效自评报告|自评报告|绩效自评")
_KINDS = (
    ("evaluation", re.compile(r"绩效评价报告|评价机构")),
    ("self_evaluation", _SELF_EVALUATION),
    ("evaluation", _EVALUATION),
)
_ACCOUNTS = re.compile(
    r"(?:部门|单位|年度?|级|本级|汇总|综合|收支|\d|\))(?:\((?:部门|单位)\))?(?:综合|汇总|收支|财政)*(决算|预算)"
)
_LOOSE_ACCOUNTS = re.compile(r"(决算|预算)")
_KIND_OF = {"决算": "final_accounts", "预算": "budget"}
_YEAR_OF_KIND = {
    "final_accounts": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?决算"),
    "budget": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?预算"),
    "self_evaluation": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?(自评|绩效)"),
    "evaluation": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?(评价|绩效)"),
}
_FOLDER_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")
_ORGANISATION = r"[一-鿿A-Za-z0-9()]{0,40}?"
_ORGANISATION_END = (
    r"(?:委员会|人民政府|办事处|办公厅|办公室|管委会|中心(?:\([^()]{1,8}\))?|大学|[中小]学|幼儿园"
    r"|[一-鿿]{1,12}局|[一-鿿]{1,8}[院厅委办处所队馆站校团会])"
)
_NAME_AFTER = r"([一-鿿A-Za-z0-9()]{3,40}?)(?=金额|单位:|公开|委托|$|[,。;])"
_STRONG_LABEL = re.compile(
    rf"(?:预算主管部门|编制部门|编制单位|部门名称|单位名称|预算单位|填报单位|公开部门):{_NAME_AFTER}"
)
_WEAK_LABEL = re.compile(rf"(?:部门|单位):(?!元|万元|千元|亿元){_NAME_AFTER}")
_IN_SENTENCE = re.compile(
    rf"(?:构成看,|年度?,|纳入|,|。|^)({_ORGANISATION}{_ORGANISATION_END})(?=(?:(?:19|20)\d\d年度?)?(?:部门决算包括|部门预算是|部门预算由|机关运行经费|政府采购支出|"
    rf"共有车辆|收入支出|部门决算编制|单位预算))"
)


_DEPARTMENT = r"(?:部门|级)(?:\(单位\))?(?:综合|汇总|收支)?(?:预算|决算)|部门整体"
_FULL_WIDTH = str.maketrans("()", "（）")


class Paper(msgspec.Struct, frozen=True):
    """What kind of paper a document is. A property that could not be recognised is None (kind: ``unknown``)."""

    kind: str
    """One of :data:`pipelines.disclosures.facts.PAPER_KINDS`."""
    scope: str | None
    """``department`` or ``unit``."""
    department: str | None
    """The department or unit as printed, without year and paper words."""
    fiscal_year: int | None
    """The year the paper is for."""
    evidence: dict[str, str] = {}
    """Property → the words it rests on."""

    @property
    def stage(self) -> str | None:
        """The stage its plain figures tell: ``final`` in final accounts, ``initial_budget`` in budgets, else None."""
        return {"final_accounts": "final", "budget": "initial_budget"}.get(self.kind)


class _Evidence(msgspec.Struct, frozen=True):
    """The parts of a document that tell what it is, as narrow text."""

    cover: Cover
    lines: tuple[str, ...]
    titles: Counter[str]
    path: Cover
    """What its path says; the folders are lines."""


def recognise_paper(document: Document) -> Paper:
    """Recognise what paper ``document`` is. What cannot be told is left open, never guessed."""
    evidence = _gather(document)
    kind, kind_words = _kind(evidence)
    year, year_words = _year(evidence, kind)
    department, department_words = _department(evidence)
    if department:
        department, department_words = _within_region(department, department_words, evidence.path.lines[:-1])
    scope, scope_words = _scope(evidence, kind)
    found = {"kind": kind_words, "fiscal_year": year_words, "department": department_words, "scope": scope_words}
    found["path"] = _otherwise(evidence.path, department, year)
    if department:
        department = department.translate(_FULL_WIDTH)
    return Paper(kind, scope, department, year, {name: words for name, words in found.items() if words})


def _otherwise(path: Cover, department: str | None, year: int | None) -> str:
    """What the path says where it says something else than the paper."""
    name = path.department if path.department not in (None, department) else None
    other = path.year if path.year not in (None, year) else None
    if name is None and other is None:
        return ""
    return ", ".join(str(each) for each in (path.department, path.year) if each)


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        if isinstance(block, Grid):
            texts += _label_rows(block)
        for text in texts:
            yield from (plain_years(line) for line in text.split("\n") if line.strip())


def _label_rows(grid: Grid) -> list[str]:
    """Rows such as ``部门： | 江苏省… | 单位：万元``, whose label and value stand in cells of their own."""
    rows: dict[int, str] = {}
    for cell in grid.cells:
        rows[cell.row] = rows.get(cell.row, "") + cell.text.strip()
    return [text for text in rows.values() if "部门" in text and ":" in narrow(text) and len(text) < 80]


def _gather(document: Document) -> _Evidence:
    titles: Counter[str] = Counter()
    lines = tuple(_lines(document))
    for line in lines:
        match = match_title_in(line) if len(line) <= 60 and "表" in line else None
        if match:
            titles[match.form.kind] += 1
    return _Evidence(read_cover(document), lines, titles, _path(document.source_path))


def _path(path: str) -> Cover:
    """What ``…/<region>/<department>/<year>/<file>`` says; a file's name may itself be a title."""
    parts = PurePosixPath(path.split("!")[0]).parts
    name = re.sub(r"[_\s\-—]+", "", plain_years(PurePosixPath(parts[-1]).stem)) if parts else ""
    file = cover_of([name])
    folders = [plain_years(part) for part in parts[:-1]]
    years = [index for index, folder in enumerate(folders) if _FOLDER_YEAR.fullmatch(folder)]
    department, year = file.department, file.year
    if years:
        found = _FOLDER_YEAR.fullmatch(folders[years[-1]])
        year = int(found.group(1)) if found else year
        above = folders[years[-1] - 1] if years[-1] else ""
        department = above if is_organisation(above) else department
    return Cover((*folders, name), file.title, department, year)


def _kind(evidence: _Evidence) -> tuple[str, str]:
    told = _kind_told(evidence.cover)
    if told:
        return told
    if evidence.titles:
        kind, count = evidence.titles.most_common(1)[0]
        return kind, f"{count} form titles"
    years = Counter(
        kind for line in evidence.lines for kind in ("final_accounts", "budget") if _YEAR_OF_KIND[kind].search(line)
    )
    if years["final_accounts"] > 2:
        return "final_accounts", "决算 told in the text"
    told = _kind_told(msgspec.structs.replace(evidence.path, lines=evidence.path.lines[-1:]))
    return (told[0], f"path: {told[1]}") if told else ("unknown", "")


def _kind_told(cover: Cover) -> tuple[str, str] | None:
    for kind, words in _KINDS:
        found = words.search(cover.text)
        if found:
            return kind, found.group()
    for text in (cover.title or "", cover.text):
        found = _ACCOUNTS.search(text) or _LOOSE_ACCOUNTS.search(cover.title or "")
        if found:
            return _KIND_OF[found.group(1)], found.group()
    return None


def _year(evidence: _Evidence, kind: str) -> tuple[int | None, str]:
    if evidence.cover.year:
        return evidence.cover.year, f"cover: {evidence.cover.year}"
    asked = _YEAR_OF_KIND.get(kind)
    if asked:
        years = Counter(match.group(1) for line in evidence.lines for match in asked.finditer(line))
        if years:
            year, count = years.most_common(1)[0]
            return int(year), f"{year} told {count} times"
    year_of_path = evidence.path.year
    return (year_of_path, f"path: {year_of_path}") if year_of_path else (None, "")


def _department(evidence: _Evidence) -> tuple[str | None, str]:
    """The name, by the strongest evidence there is: the cover, a label, the sentences, the path."""
    lines = (*evidence.lines, evidence.cover.text)
    told = _cover_name(evidence.cover.department, evidence.lines) or (
        _most_told(_STRONG_LABEL, lines, "stated {} times after a label")
        or _most_told(_WEAK_LABEL, lines, "stated {} times after a label")
        or _most_told(_IN_SENTENCE, lines, "named {} times in sentences")
    )
    name = evidence.path.department
    return told or ((name, f"path: {name}") if name else (None, ""))


def _cover_name(name: str | None, lines: Iterable[str]) -> tuple[str, str] | None:
    """The name on the cover; without a region, as a label in the paper names it in full."""
    if name is None or names_a_region(name):
        return (name, f"cover: {name}") if name else None
    full = (found.group(1) for line in lines for found in _STRONG_LABEL.finditer(line))
    longer = Counter(each for each in full if each.endswith(name) and names_a_region(each))
    if longer:
        return longer.most_common(1)[0][0], f"cover: {name}, in full after a label"
    return name, f"cover: {name}"


def _within_region(name: str, words: str, folders: tuple[str, ...]) -> tuple[str, str]:
    """A name without a region of its own, with that of the nearest folder that is one: bodies of one name differ."""
    if names_a_region(name):
        return name, words
    region = next((folder for folder in reversed(folders) if is_region(folder)), None)
    return (f"{region}{name}", f"{words}; path: {region}") if region else (name, words)


def _most_told(pattern: re.Pattern[str], lines: Iterable[str], words: str) -> tuple[str, str] | None:
    """What a pattern's group names most often, the longer name where two are told as often."""
    told = Counter(match.group(1) for line in lines for match in pattern.finditer(line))
    if not told:
        return None
    name, count = max(told.items(), key=lambda item: (item[1], len(item[0])))
    return name, words.format(count)


def _scope(evidence: _Evidence, kind: str) -> tuple[str | None, str]:
    for scope, words in (("unit", r"\(单位\)|单位(综合|汇总|收支)?(预算|决算)"), ("department", _DEPARTMENT)):
        found = re.search(words, evidence.cover.title or "") or re.search(words, evidence.cover.text)
        if found:
            return scope, found.group()
    counts = Counter(
        scope
        for line in evidence.lines
        for scope, words in (("unit", r"本?单位(预算|决算)"), ("department", r"部门(预算|决算|概况|整体)"))
        if re.search(words, line)
    )
    if counts:
        scope, count = counts.most_common(1)[0]
        return scope, f"told {count} times"
    return ("department", "default for a paper with forms") if kind in ("final_accounts", "budget") else (None, "")
