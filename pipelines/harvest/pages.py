"""Listing pages: which attachments, which articles and which next page they lead to.

Belongs here: links, their words, and the ways government sites turn pages (a link 下一页, or the script call
``createPageHTML(20, 0, "index", "html")`` of a content system they share). Does not belong here: fetching.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urldefrag, urljoin, urlsplit

import msgspec
from selectolax.lexbor import LexborHTMLParser

from pipelines.documents.html import decode

_ATTACHMENT = re.compile(
    r"\.(pdf|docx?|xlsx?|zip|rar|7z|wps|et|ofd|txt|png|jpe?g)($|[?#])|download|attach", re.IGNORECASE
)
_PAGED = re.compile(r"createPageHTML\(\s*(\d+)\s*,\s*(\d+)\s*,\s*[\"'](\w+)[\"']\s*,\s*[\"'](\w+)[\"']")


class Link(msgspec.Struct, frozen=True):
    """Where a page leads."""

    url: str
    words: str
    """What the link says, or its title."""

    @property
    def is_attachment(self) -> bool:
        """Whether it looks like a file; what it is shows when it is fetched."""
        return bool(_ATTACHMENT.search(self.url) or _ATTACHMENT.search(self.words))


class Page(msgspec.Struct, frozen=True):
    """What a listing page or an article leads to."""

    links: tuple[Link, ...]
    """In order, each address once."""
    following: tuple[str, ...]
    """Addresses of the next pages of the same list."""


def read_page(data: bytes, url: str, next_words: str) -> Page:
    """Read the links of a page found at ``url``; ``next_words``: what the link to the next page says, as a pattern."""
    text, _ = decode(data)
    tree = LexborHTMLParser(text)
    base = tree.css_first("base[href]")
    origin = urljoin(url, (base.attributes.get("href") if base is not None else None) or "")
    is_gbk = _is_gbk(data)
    links: dict[str, Link] = {}
    following: list[str] = []
    for node in tree.css("a[href]"):
        target = _absolute(origin, node.attributes.get("href") or "", is_gbk)
        words = " ".join((node.text() or "").split()) or (node.attributes.get("title") or "")
        if target is None:
            continue
        if re.fullmatch(next_words, words, re.IGNORECASE) or node.attributes.get("rel") == "next":
            following.append(target)
        elif target not in links or len(words) > len(links[target].words):
            links[target] = Link(target, words)
    return Page(tuple(links.values()), tuple(dict.fromkeys([*following, *_paged(text, url)])))


def _absolute(origin: str, href: str, is_gbk: bool) -> str | None:
    try:
        target = urldefrag(urljoin(origin, href.strip())).url
        parts = urlsplit(target)
    except ValueError:  # for example [ in a host
        return None
    if parts.scheme not in ("http", "https") or target == origin:
        return None
    if is_gbk and not parts.query.isascii():  # browsers send a query in the page's own encoding
        parts = parts._replace(query=quote(parts.query.encode("gb18030", "replace"), safe="=&;%+,/:@?"))
        return parts.geturl()
    return target


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _paged(text: str, url: str) -> Iterator[str]:
    found = _PAGED.search(text)
    if found:
        count, present, name, ending = int(found[1]), int(found[2]), found[3], found[4]
        if present + 1 < count:
            yield urljoin(url, f"{name}_{present + 1}.{ending}")
