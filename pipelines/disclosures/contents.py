"""The list of contents: which forms a paper promises.

Belongs here: finding the listed form titles. Does not belong here: the forms themselves (``tables``).
"""

import re
from collections.abc import Iterator

from pipelines.disclosures.printed import narrow
from pipelines.disclosures.titles import TitleMatch, match_title
from pipelines.documents.model import Document, Paragraph

_ITEM = re.compile(
    r"^([-–—·•●■◆▪*][^\d\-–—·•.]"
    r"|[-·•]?(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+[、.]|\d{1,2}[、..]|20\d\d年))"
)
"""What begins an item: a bullet, a number, or both; a year stands at the head of some titles."""
_BULLET = re.compile(r"^\s*[-–—·•●■◆▪*]\s*")
_HEADING = re.compile(r"^目录$|^目次$")
_LONGEST_LIST = 120


def listed_forms(document: Document, kind: str) -> list[TitleMatch]:
    """The statutory forms named in the list of contents, in its order, each form code once."""
    found: dict[str, TitleMatch] = {}
    for line in _joined(list(_content_lines(document))):
        title = _BULLET.sub("", line)
        match = match_title(title, kind if kind in ("final_accounts", "budget") else None)
        if match and _ITEM.match(narrow(line)):
            found.setdefault(match.form.code, match)
    return list(found.values())


def _content_lines(document: Document) -> Iterator[str]:
    """The lines after the heading 目录; a contents page may be set as a table."""
    inside = False
    count = 0
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]
        for line in (line for text in texts for line in text.split("\n") if line.strip()):
            if _HEADING.match(narrow(line)):
                inside = True
            elif inside:
                count += 1
                yield line
        if count > _LONGEST_LIST:
            return


def _joined(lines: list[str]) -> Iterator[str]:
    """Items of the list with a wrapped second line put back."""
    item = ""
    for line in lines:
        if item and _ITEM.match(narrow(line)):
            yield item
            item = ""
        if item and "表" in item[-2:]:
            yield item
            item = ""
        item = item + line.strip() if item and not _ITEM.match(narrow(line)) else line.strip()
    if item:
        yield item
