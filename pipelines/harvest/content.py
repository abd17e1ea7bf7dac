"""What was fetched: its format by its bytes, whether it is whole, and what to call it.

A server says 200 and ``application/pdf`` and sends an error page; sends half a file with a length to match; calls a
workbook ``.pdf``. None of that is taken. Does not belong here: reading the file (``pipelines.documents``).
"""

import re
import unicodedata
from email.message import Message
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes, urlsplit

from selectolax.lexbor import LexborHTMLParser

from pipelines.documents import text
from pipelines.documents.formats import Refusal, recognise
from pipelines.documents.html import decode
from pipelines.documents.html_errors import error_of

_ENDINGS = {
    "pdf": (".pdf",), "docx": (".docx",), "doc": (".doc", ".wps"), "xlsx": (".xlsx",), "xls": (".xls", ".et"),
    "zip": (".zip",), "png": (".png",), "jpeg": (".jpg", ".jpeg"), "html": (".html", ".htm"), "text": (".txt",),
}  # fmt: skip
_KNOWN_ENDINGS = {ending for endings in _ENDINGS.values() for ending in endings} | {
    ".shtml",
    ".jsp",
    ".do",
    ".php",
    ".aspx",
}
_TAIL = 4096
_FEW_WORDS = 300
_NAME_BYTES = 150
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\ufeff]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_HAN = re.compile(r"[一-鿿]")
_FILE_NAME = re.compile(r"filename\s*=\s*(\"[^\"]*\"|[^;]+)", re.IGNORECASE)


class RefusedContentError(ValueError):
    """What came is not what was asked for; the message says what it is."""


def format_of(data: bytes, types: tuple[str, ...]) -> str:
    """Return the format of a file.

    Raises:
        RefusedContentError: it is an error page, cut short, or of a format that is not wanted.
    """
    if not data:
        raise RefusedContentError("it is empty")
    found = recognise(data)
    if isinstance(found, Refusal):
        raise RefusedContentError(found.reason)
    if found == "html":
        _refuse_page(data, wanted="html" in types)
    if found == "text" and ("text" not in types or text.decode(data) is None):
        raise RefusedContentError("it is of no known format")
    if found not in types:
        raise RefusedContentError(f"it is {found}, which this source does not take")
    _refuse_half(data, found)
    return found


def _refuse_page(data: bytes, *, wanted: bool) -> None:
    tree = LexborHTMLParser(decode(data)[0])
    tree.strip_tags(["script", "style", "noscript"])
    node = tree.css_first("title")
    title = " ".join(node.text().split()) if node is not None else ""
    words = tree.body.text(separator=" ").strip() if tree.body is not None else ""
    error = error_of(title, words, len(tree.css("table"))) if wanted else error_of(title, words[:_FEW_WORDS], 0)
    if error:
        raise RefusedContentError(f"it is {error}, not a file")
    if not wanted:
        raise RefusedContentError(f"it is a web page ({title[:60] or 'without a title'}), not a file")


def _refuse_half(data: bytes, found: str) -> None:
    """Files that end with a mark must have it: what is cut short is asked for again, never kept."""
    tail = data[-_TAIL:]
    whole = {"pdf": b"%%EOF" in tail, "png": b"IEND" in tail, "jpeg": b"\xff\xd9" in tail}
    whole |= dict.fromkeys(("docx", "xlsx", "zip"), b"PK\x05\x06" in data[-(1 << 16) - 22 :])
    if not whole.get(found, True):
        raise RefusedContentError("it is cut short")


def name_of(found: str, headers: dict[str, str], url: str, words: str) -> str:
    """Return a safe name for a file: as the server calls it, else as the link does, else as its address."""
    called, linked, placed = _told_name(headers), words, _last_part(url)
    best = called or (linked if _HAN.search(linked) else "") or placed or linked or "file"
    return safe_name(best, _ENDINGS[found])


def safe_name(name: str, endings: tuple[str, ...] = ("",)) -> str:
    """Return a name for one file or folder that no system takes for something else; with one of these endings."""
    name = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    name = " ".join(_FORBIDDEN.sub("_", name).split())
    stem, ending = name, endings[0]
    for each in sorted(_KNOWN_ENDINGS, key=len, reverse=True):
        if any(endings) and name.lower().endswith(each):
            stem, ending = name[: -len(each)], name[-len(each) :] if each in endings else endings[0]
            break
    stem = stem.strip(" .~$")
    if not stem or _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return _shortened(stem, _NAME_BYTES - len(ending)) + ending


def _shortened(stem: str, most: int) -> str:
    return stem.encode("utf-8")[:most].decode("utf-8", "ignore").rstrip(" .")


def _told_name(headers: dict[str, str]) -> str:
    """The name in Content-Disposition: RFC 5987's ``filename*``, else bytes in UTF-8 or GBK, quoted or not."""
    told = headers.get("content-disposition", "")
    if not told:
        return ""
    message = Message()
    try:
        message["content-disposition"] = told
        star = message.get_param("filename", None, "content-disposition") if "filename*" in told.lower() else None
    except (ValueError, LookupError):
        star = None
    if isinstance(star, tuple) and star[0]:
        return _text(unquote_to_bytes(star[2].encode("latin-1", "ignore")))
    plain = _FILE_NAME.search(told)
    return _text(unquote_to_bytes(plain[1].strip().strip('"').encode("latin-1", "replace"))) if plain else ""


def _last_part(url: str) -> str:
    return _text(unquote_to_bytes(PurePosixPath(urlsplit(url).path).name))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
