"""Paragraphs that a page break cut in two are put together again.

Belongs here: deciding from the words alone whether a paragraph goes on in the next one. What a reader knows from the
page (margins, indents, font sizes) stays with that reader.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from pipelines.documents.model import Grid, Paragraph

_BLANK = " \t\r\n\u3000\xa0\ufeff\x0c"
_FINISHED = re.compile(r"[。；：！？…;:!?.][”’」』）)\]】]*$")
_RUNNING = re.compile(r"[，。；,;]|：.{12}")
_LABEL = re.compile(r"^[^，。；]{1,10}[：:][^，。；：:]*$")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_PICTURE = re.compile(r"^(\[image:[^\]]*\]|!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>)$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"^(?:[-—•●◆■*]\s*\D"
    r"|第[一二三四五六七八九十百0-9]+[部分章节条]"
    r"|[一二三四五六七八九十百]+\s*[、.．，是]"
    r"|[（(]\s*[一二三四五六七八九十百0-9]+\s*[）)]"
    r"|[0-9]{1,3}\s*[、．]"
    r"|[0-9]{1,3}\.(?![0-9])"
    r"|[①-⑳]"
    r"|(?:图|表|附表|附件|附)\s*[0-9一二三四五六七八九十]*\s*[：:、]"
    r"|注\s*[：:0-9]|备注|说明\s*[：:]|其中\s*[：:]"
    r"|公开\s*[0-9]+\s*表|(?:金额)?单位\s*[：:]|部门\s*[：:])"
)


def strip_blank(text: str) -> str:
    """Return the text without white space of any width at its ends."""
    return text.strip(_BLANK)


def is_picture(text: str) -> bool:
    """Whether a line only stands for a picture that a converter left out."""
    return bool(_PICTURE.match(strip_blank(text)))


def starts_paragraph(text: str) -> bool:
    """Whether a line begins like a new paragraph: numbering, a caption, a note, a unit line."""
    return bool(_ORDINAL.match(strip_blank(text)))


def is_finished(text: str) -> bool:
    """Whether a paragraph ends like a sentence or like a clause that introduces a list."""
    return bool(_FINISHED.search(strip_blank(text)))


def goes_on(before: str, after: str) -> bool:
    """Whether ``after`` is the rest of the sentence that ``before`` breaks off.

    ``before`` must be running text without an end, and ``after`` running text that does not begin like a paragraph of
    its own. A heading, a title or a ``部门：…`` line is never half a sentence.
    """
    before, after = strip_blank(before), strip_blank(after)
    if not before or not after or is_picture(before) or is_picture(after):
        return False
    if is_finished(before) or _LABEL.match(before) or not _is_running_text(before):
        return False
    if starts_paragraph(after) or _LABEL.match(after):
        return False
    return bool(_RUNNING.search(after)) or is_finished(after)


def _is_running_text(text: str) -> bool:
    """Whether a text is a sentence or the beginning of one, not a heading with a comma or a remark in brackets."""
    bare = _BRACKETED.sub("", text)
    if starts_paragraph(text) and len(bare) < 50 and not re.search(r"[。；：，、]$|[。；：].", bare):
        return False
    return bool(_RUNNING.search(bare))


def rejoin(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """Yield the blocks with neighbouring paragraphs joined where :func:`goes_on` says so."""
    open_paragraph: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Grid):
            if open_paragraph is not None:
                yield open_paragraph
            open_paragraph = None
            yield block
        elif open_paragraph is not None and goes_on(open_paragraph.text, block.text):
            open_paragraph = msgspec.structs.replace(open_paragraph, text=open_paragraph.text + block.text)
        else:
            if open_paragraph is not None:
                yield open_paragraph
            open_paragraph = block
    if open_paragraph is not None:
        yield open_paragraph
