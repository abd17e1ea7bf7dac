"""Paragraphs of a document, each under the headings above it.

Belongs here: which lines are headings. Does not belong here: what the sentences say, and rejoining what a page break
cut (readers do that).
"""

import re

from pipelines.classification import plain_name
from pipelines.disclosures.facts import ParagraphFact
from pipelines.disclosures.words.items import class_names
from pipelines.documents.model import Document, Paragraph

_CHINESE = "[一二三四五六七八九十百]+"
_HEADINGS = (
    re.compile(rf"第{_CHINESE}部分|附件\d*(?:\s|$|[:：])|.{{2,30}}(?:评价报告|自评报告)$"),
    re.compile(rf"{_CHINESE}[、.．]"),
    re.compile(rf"[（(]{_CHINESE}[）)]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_UNNUMBERED = re.compile(r"[^。，；:：]{2,30}(?:说明|解释|概况|职能|职责|机构设置|情况|设置)$")
_LONGEST_HEADING = 45
_FIGURE = re.compile(r"\d[\d,.]*\s*(?:亿|万|千)?\s*(?:元|%|％|分$)")
_BRACKETED = re.compile(r"[（(](?!.*年度).{2,40}[）)]")
_LEADER = re.compile(r"[.．…·]{3,}\s*\d*\s*$")


def paragraphs_of(document: Document) -> tuple[ParagraphFact, ...]:
    """Give the document's paragraphs in reading order; ``section`` is the path of headings above, joined by `` / ``."""
    path: dict[int, str] = {}
    facts: list[ParagraphFact] = []
    after_title = False
    for number, paragraph in enumerate(document.paragraphs(), 1):
        if after_title and _BRACKETED.fullmatch(paragraph.text.strip()):
            path[0] += paragraph.text.strip()
        level = _heading_level(paragraph.text, path)
        if level is not None:
            path = {depth: heading for depth, heading in path.items() if depth < level}
        facts.append(_fact(document, number, paragraph, " / ".join(path.values()) or None))
        after_title = level == 0 and paragraph.text.strip().endswith("报告")
        if level is not None:
            path[level] = _heading_text(paragraph.text)
    return tuple(facts)


def _fact(document: Document, number: int, paragraph: Paragraph, section: str | None) -> ParagraphFact:
    return ParagraphFact(
        paragraph_id=f"{document.document_id[:16]}-p{number}",
        document_id=document.document_id,
        section=section,
        project_id=None,
        text=paragraph.text,
        page_no=paragraph.place.page_no,
        line_no=paragraph.place.line_no,
    )


def _heading_level(text: str, path: dict[int, str]) -> int | None:
    """How deep a heading this is (0 to 4), None for running text."""
    text = text.strip().lstrip("-# ").strip()
    if (
        len(text) > _LONGEST_HEADING
        or "。" in text
        or text[-1:] in "；;，,"
        or _FIGURE.search(text)
        or _LEADER.search(text)
    ):
        return None
    for level, pattern in enumerate(_HEADINGS):
        if pattern.match(text):
            return level
    if plain_name(text) in class_names():
        return 2
    if _UNNUMBERED.fullmatch(text):
        return 1 if path.get(0, "").startswith("第") else 0
    return None


def _heading_text(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().lstrip("-# ").strip())
