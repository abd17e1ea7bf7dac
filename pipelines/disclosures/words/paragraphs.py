"""Paragraphs of a document: sentences rejoined over breaks, each under the headings above it.

Belongs here: which lines are headings and which paragraphs go on. Does not belong here: what the sentences say.
"""

import re
from collections.abc import Iterable, Iterator

from pipelines.disclosures.facts import ParagraphFact
from pipelines.documents.model import Document, Grid, Paragraph

_CHINESE = "[一二三四五六七八九十百]+"
_HEADINGS = (
    re.compile(rf"第{_CHINESE}部分|附件\d*(?:\s|$|[:：])|.{{2,30}}(?:评价报告|自评报告)$"),
    re.compile(rf"{_CHINESE}[、.．]"),
    re.compile(rf"[（(]{_CHINESE}[）)]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)
_UNNUMBERED = re.compile(r"[^。，；:：]{2,30}(?:说明|解释|概况|职能|职责|机构设置|情况|设置)$")
_ENDS = "。！？；;：:."
_LONGEST_HEADING = 45
_SHORTEST_BROKEN = 18
_FIGURE = re.compile(r"\d[\d,.]*\s*(?:亿|万|千)?\s*(?:元|%|％|分$)")
_PAGE_NUMBER = re.compile(r"[\s\-—–─]*\d{1,4}[\s\-—–─]*")
_LEADER = re.compile(r"[.．…·]{3,}\s*\d*\s*$")


def paragraphs_of(document: Document) -> tuple[ParagraphFact, ...]:
    """Give the document's paragraphs in reading order; ``section`` is the path of headings above, joined by `` / ``."""
    path: dict[int, str] = {}
    facts: list[ParagraphFact] = []
    for number, paragraph in enumerate(_joined(document.blocks), 1):
        level = _heading_level(paragraph.text, path)
        if level is not None:
            path = {depth: heading for depth, heading in path.items() if depth < level}
        facts.append(_fact(document, number, paragraph, " / ".join(path.values()) or None))
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


def _joined(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph]:
    """Paragraphs, with those rejoined that a page break had cut in the middle of a sentence."""
    held: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Grid):
            if held:
                yield held
            held = None
        elif not block.text.strip():
            continue
        elif held and _goes_on(held.text, block.text):
            held = Paragraph(held.text.rstrip() + block.text.strip(), held.place)
        else:
            if held:
                yield held
            held = block
    if held:
        yield held


def _goes_on(before: str, after: str) -> bool:
    before, after = before.strip(), after.strip()
    if len(before) < _SHORTEST_BROKEN or before[-1] in _ENDS or _LEADER.search(before):
        return False
    if _PAGE_NUMBER.fullmatch(after) or _looks_like_heading(after) or after[0] in "“《-*[":
        return False
    if before[-1] in "，、（(":
        return True
    sentence = re.compile(r"[，。；]")
    return _heading_level(before, {}) is None and bool(sentence.search(before)) and bool(sentence.search(after))


def _looks_like_heading(text: str) -> bool:
    return any(pattern.match(text) for pattern in _HEADINGS)


def _heading_level(text: str, path: dict[int, str]) -> int | None:
    """How deep a heading this is (0 to 4), None for running text."""
    text = text.strip().lstrip("-# ").strip()
    if len(text) > _LONGEST_HEADING or text[-1:] in "。；;，," or _FIGURE.search(text) or _LEADER.search(text):
        return None
    for level, pattern in enumerate(_HEADINGS):
        if pattern.match(text):
            return level
    if _UNNUMBERED.fullmatch(text):
        return 1 if path.get(0, "").startswith("第") else 0
    return None


def _heading_text(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().lstrip("-# ").strip())
