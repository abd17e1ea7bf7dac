"""The words of one Word paragraph as they are displayed, and what is anchored in it.

Belongs here: runs, tabs, breaks, fields, symbols, revisions (inserted text in, deleted and hidden text out). Does not
belong here: what becomes of text boxes, pictures and embedded objects (``docx_objects``, ``docx``).
"""

from collections.abc import Iterator

from lxml import etree

from pipelines.documents.docx_numbering import W, value_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PRESENT = frozenset(
    W + name
    for name in (
        *("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent"),
        *("fldSimple", "bdo", "dir", "ruby", "rubyBase"),
    )
)
"""Elements of a paragraph whose content is displayed."""
_ANCHORED = frozenset({f"{W}{name}" for name in ("drawing", "pict", "object", "txbxContent")})
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_WINGDINGS = {0x52: "☑", 0x53: "☒", 0x6F: "□", 0x71: "□", 0xA3: "□", 0xA8: "□", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_OFF = ("0", "false", "off")


def displayed(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element; of alternatives, those that a current program displays."""
    for child in parent:
        if child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            branch = choice if choice is not None else child.find(f"{MC}Fallback")
            if branch is not None:
                yield from displayed(branch)
        else:
            yield child


def is_on(element: etree._Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not turned off."""
    return element is not None and (value_of(element, "val") or "1").lower() not in _OFF


def read_inline(parent: etree._Element) -> tuple[str, list[etree._Element]]:
    """Return the displayed text of a paragraph, and the anchored elements in it in order."""
    text: list[str] = []
    anchored: list[etree._Element] = []
    _walk(parent, text, anchored)
    return "".join(text), anchored


def _walk(parent: etree._Element, text: list[str], anchored: list[etree._Element]) -> None:
    for child in displayed(parent):
        if child.tag == f"{W}r":
            if not is_on(child.find(f"{W}rPr/{W}vanish")):
                _run(child, text, anchored)
        elif str(child.tag).startswith(M):
            text.extend(part.text or "" for part in child.iter(f"{M}t"))
        elif child.tag in _PRESENT:
            _walk(child, text, anchored)


def _run(run: etree._Element, text: list[str], anchored: list[etree._Element]) -> None:
    for child in displayed(run):
        if child.tag == f"{W}t":
            text.append((child.text or "").replace("\n", " "))
        elif child.tag in _SIGNS:
            text.append(_SIGNS[str(child.tag)])
        elif child.tag == f"{W}sym":
            text.append(_symbol(child))
        elif child.tag in _ANCHORED:
            anchored.append(child)
        elif child.tag == f"{W}ruby":
            _walk(child, text, anchored)


def _symbol(element: etree._Element) -> str:
    try:
        number = int(value_of(element, "char") or "", 16)
    except ValueError:
        return ""
    if 0xF000 <= number <= 0xF0FF:
        return _WINGDINGS.get(number - 0xF000, "")
    return chr(number) if 0x20 <= number <= 0xD7FF else ""
