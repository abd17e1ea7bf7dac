"""Which paper a document is: its kind, scope, department and year, each with the words it was recognised by.

Belongs here: deciding from cover, titles, headings and file path. Does not belong here: which department entity a name
stands for, and which documents make up one filing (both need all documents, and are decided in SQL).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from pipelines.disclosures.printed import narrow
from pipelines.disclosures.titles import match_title_in
from pipelines.documents.model import Document, Grid, Paragraph

_COVER_LENGTH = 400
_SENTENCE = re.compile(r"[。;；!?]")
_KINDS = (
    ("evaluation", re.compile(r"绩效评价报告|评价机构")),
    ("self_evaluation", re.compile(r"绩效自评报告|自评报告|绩效自评")),
    ("final_accounts", re.compile(r"(部门|单位|年度?|级)决算")),
    ("budget", re.compile(r"(部门|单位|年度?|级)预算")),
)
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
_YEAR_OF_KIND = {
    "final_accounts": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?决算"),
    "budget": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?预算"),
    "self_evaluation": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?(自评|绩效)"),
    "evaluation": re.compile(r"((?:19|20)\d\d)年?度?[^。,,;]{0,30}?(评价|绩效)"),
}
_ORGANISATION = r"[一-鿿A-Za-z0-9()]{0,40}?"
_ORGANISATION_END = (
    r"(?:委员会|人民政府|办事处|办公厅|办公室|管委会|中心(?:\([^()]{1,8}\))?"
    r"|[一-鿿]{1,12}局|[一-鿿]{1,8}[院厅委办处所队馆站校团会])"
)
_NAME_AFTER = r"([一-鿿A-Za-z0-9()]{3,40}?)(?=金额|单位:|公开|委托|$|[,。;])"
_STRONG_LABEL = re.compile(
    rf"(?:预算主管部门|编制部门|编制单位|部门名称|单位名称|预算单位|填报单位|公开部门):{_NAME_AFTER}"
)
_WEAK_LABEL = re.compile(rf"(?:部门|单位):(?!元|万元|千元|亿元){_NAME_AFTER}")
_IN_COVER = re.compile(rf"({_ORGANISATION}{_ORGANISATION_END})(?=部门|单位|财政专项|整体|本级|年度|决算|预算)")
_IN_SENTENCE = re.compile(
    rf"(?:构成看,|年度?,|纳入|,|。|^)({_ORGANISATION}{_ORGANISATION_END})(?=(?:(?:19|20)\d\d年度?)?(?:部门决算包括|部门预算是|部门预算由|机关运行经费|政府采购支出|"
    rf"共有车辆|收入支出|部门决算编制|单位预算))"
)


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

    cover: str
    lines: tuple[str, ...]
    titles: Counter[str]
    path: str


def recognise_paper(document: Document) -> Paper:
    """Recognise what paper ``document`` is. What cannot be told is left open, never guessed."""
    evidence = _gather(document)
    kind, kind_words = _kind(evidence)
    year, year_words = _year(evidence, kind)
    department, department_words = _department(evidence)
    scope, scope_words = _scope(evidence, kind)
    found = {"kind": kind_words, "fiscal_year": year_words, "department": department_words, "scope": scope_words}
    if department:
        department = department.translate(_FULL_WIDTH)
    return Paper(kind, scope, department, year, {name: words for name, words in found.items() if words})


def _lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        if isinstance(block, Grid):
            texts += _label_rows(block)
        for text in texts:
            yield from (narrow(line) for line in text.split("\n") if line.strip())


def _label_rows(grid: Grid) -> list[str]:
    """Rows such as ``部门： | 江苏省… | 单位：万元``, whose label and value stand in cells of their own."""
    rows: dict[int, str] = {}
    for cell in grid.cells:
        rows[cell.row] = rows.get(cell.row, "") + cell.text.strip()
    return [text for text in rows.values() if "部门" in text and ":" in narrow(text) and len(text) < 80]


def _gather(document: Document) -> _Evidence:
    cover = ""
    for block in document.blocks:
        if isinstance(block, Grid) or len(cover) > _COVER_LENGTH or re.search("目录|第一部分", narrow(block.text)):
            break
        cover += narrow(block.text)
    titles: Counter[str] = Counter()
    lines = tuple(_lines(document))
    for line in lines:
        match = match_title_in(line) if len(line) <= 60 and "表" in line else None
        if match:
            titles[match.form.kind] += 1
    return _Evidence(_first_sentences(cover), lines, titles, narrow(document.source_path))


def _first_sentences(cover: str) -> str:
    """The cover, without the running text that follows where a paper has none."""
    parts = _SENTENCE.split(cover)
    return parts[0] if len(parts) > 1 else cover


def _kind(evidence: _Evidence) -> tuple[str, str]:
    for kind, words in _KINDS:
        found = words.search(evidence.cover)
        if found:
            return kind, found.group()
    if evidence.titles:
        kind, count = evidence.titles.most_common(1)[0]
        return kind, f"{count} form titles"
    told = Counter(
        kind for line in evidence.lines for kind in ("final_accounts", "budget") if _YEAR_OF_KIND[kind].search(line)
    )
    if told["final_accounts"] > 2:
        return "final_accounts", "决算 told in the text"
    for kind, words in _KINDS:
        found = words.search(evidence.path)
        if found:
            return kind, f"path: {found.group()}"
    return "unknown", ""


def _year(evidence: _Evidence, kind: str) -> tuple[int | None, str]:
    for words in (evidence.cover,):
        found = _YEAR.search(words)
        if found:
            return int(found.group(1)), found.group()
    asked = _YEAR_OF_KIND.get(kind)
    if asked:
        years = Counter(match.group(1) for line in evidence.lines for match in asked.finditer(line))
        if years:
            year, count = years.most_common(1)[0]
            return int(year), f"{year} told {count} times"
    found = _YEAR.search(evidence.path)
    return (int(found.group(1)), f"path: {found.group()}") if found else (None, "")


def _department(evidence: _Evidence) -> tuple[str | None, str]:
    """The name, by the strongest evidence there is: a label, the cover, a weak label, the sentences."""
    lines = (*evidence.lines, evidence.cover)
    labelled = _most_told(_STRONG_LABEL, lines, "stated {} times after a label")
    if labelled:
        return labelled
    found = _IN_COVER.search(_YEAR.sub("", evidence.cover))
    if found:
        return found.group(1), f"cover: {found.group(1)}"
    told = _most_told(_WEAK_LABEL, lines, "stated {} times after a label")
    return told or _most_told(_IN_SENTENCE, lines, "named {} times in sentences") or (None, "")


def _most_told(pattern: re.Pattern[str], lines: Iterable[str], words: str) -> tuple[str, str] | None:
    """What a pattern's group names most often, the longer name where two are told as often."""
    told = Counter(match.group(1) for line in lines for match in pattern.finditer(line))
    if not told:
        return None
    name, count = max(told.items(), key=lambda item: (item[1], len(item[0])))
    return name, words.format(count)


def _scope(evidence: _Evidence, kind: str) -> tuple[str | None, str]:
    for scope, words in (("unit", r"单位(预算|决算)"), ("department", r"(部门|级)(预算|决算)|部门整体")):
        found = re.search(words, evidence.cover)
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
