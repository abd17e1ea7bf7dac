"""One harvest: every source, every listing page, every attachment, each ending with a word on what became of it.

Belongs here: the order, and that one source's failure is no other's. Does not belong here: how anything is done.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from pipelines.harvest import keeping
from pipelines.harvest.client import Client, Fetched, FetchError, Limits
from pipelines.harvest.content import RefusedContentError, format_of, name_of, safe_name
from pipelines.harvest.keeping import Shelf, note_of
from pipelines.harvest.pages import Link, Page, read_page
from pipelines.harvest.sources import Source, read_sources
from pipelines.warehouse.lock import exclusive

SOURCES = "sources.yaml"
_PAGE_BYTES = 8 << 20
_ATTEMPTS = 2
_YEAR = re.compile(r"(?<!\d)(20[012]\d)(?:年|财年|预算|决算|(?!\d))")
_NO_YEAR = "年度不明"


class Harvested(msgspec.Struct, frozen=True):
    """What became of one address."""

    source: str
    address: str
    state: str
    """``new``, ``changed``, ``unchanged``, ``known``, ``elsewhere`` (the bytes are there from another address),
    ``wanted`` (in a dry run), ``refused`` or ``failed`` (it may go well another time)."""
    path: str = ""
    """Relative to the raw folder."""
    reason: str = ""


def harvest(
    raw: Path, *, dry_run: bool = False, client: Callable[[], Client] = Client, only: str = ""
) -> Iterator[Harvested]:
    """Fetch what is new from all sources in ``raw/sources.yaml``, or those whose name contains ``only``.

    A dry run looks through listing pages and fetches no file.

    Raises:
        SourcesError: the list cannot be used.
        WarehouseBusyError: another harvest is writing there.
    """
    sources = [source for source in read_sources(raw / SOURCES) if only in source.name]
    with exclusive(raw), closing(client()) as asking:
        keeping.remove_leftovers(raw)
        shelf = Shelf(raw)
        done: set[str] = set()
        for source in sources:
            run = _Run(source, shelf, asking, done)
            for link in run.links():
                if isinstance(link, Harvested):
                    yield link
                elif link.url not in done:
                    done.add(link.url)
                    yield run.wanted(link) if dry_run else run.take(link)


class _Run:
    """One source in one harvest."""

    def __init__(self, source: Source, shelf: Shelf, client: Client, done: set[str]) -> None:
        self.source, self.shelf, self.client, self.done = source, shelf, client, done
        self.limits = Limits(source.delay, source.max_megabytes << 20, source.private_hosts)

    def links(self) -> Iterator[Link | Harvested]:
        """All files of the source, and the pages that could not be read."""
        yield from (Link(url, "") for url in self.source.files)
        for start in self.source.pages:
            yield from self._listed(start)

    def _listed(self, start: str) -> Iterator[Link | Harvested]:
        waiting, seen = [start], set[str]()
        while waiting and len(seen) < self.source.max_pages:
            url = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            page = self._page(url)
            if isinstance(page, Harvested):
                yield page
                continue
            waiting += page.following
            for link in page.links:
                if self._matches(link):
                    yield from [link] if link.is_attachment else self._attached(link)

    def _attached(self, article: Link) -> Iterator[Link | Harvested]:
        """The attachments of an article; its words stand in for those of a link that only says 附件."""
        is_near = urlsplit(article.url).hostname in {urlsplit(page).hostname for page in self.source.pages}
        if not (self.source.articles and is_near) or article.url in self.done:
            return
        self.done.add(article.url)
        page = self._page(article.url)
        if isinstance(page, Harvested):
            yield page
            return
        if "html" in self.source.types:
            yield article
        for link in page.links:
            if link.is_attachment:
                yield link if self._matches(link) else Link(link.url, f"{article.words} {link.words}".strip())

    def _matches(self, link: Link) -> bool:
        return bool(re.search(self.source.match, f"{link.words} {link.url}"))

    def _page(self, url: str) -> Page | Harvested:
        try:
            fetched = self.client.fetch(url, msgspec.structs.replace(self.limits, max_bytes=_PAGE_BYTES))
        except FetchError as error:
            return self._ended(url, "failed" if error.passing else "refused", reason=str(error))
        assert fetched.body is not None
        with fetched.body as body:
            return read_page(body.read(), fetched.url, self.source.next)

    def wanted(self, link: Link) -> Harvested:
        """What would be asked for."""
        kept = self.shelf.at(link.url)
        path = kept.path.relative_to(self.shelf.raw).as_posix() if kept else ""
        return self._ended(link.url, "known" if kept else "wanted", path, link.words)

    def take(self, link: Link) -> Harvested:
        """Fetch a file and keep it; one that comes cut short is asked for once more."""
        kept = self.shelf.at(link.url)
        known = kept.note.validators if kept and kept.note.address == link.url else None
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                fetched = self.client.fetch(link.url, self.limits, known)
                if fetched.body is None:
                    assert kept is not None
                    return self._ended(link.url, "unchanged", kept.path.relative_to(self.shelf.raw).as_posix())
                return self._keep(link, fetched)
            except FetchError as error:
                return self._ended(link.url, "failed" if error.passing else "refused", reason=str(error))
            except RefusedContentError as error:
                if "cut short" not in str(error) or attempt == _ATTEMPTS:
                    return self._ended(link.url, "refused", reason=str(error))
        raise AssertionError("the last attempt returns")

    def _keep(self, link: Link, fetched: Fetched) -> Harvested:
        assert fetched.body is not None
        with fetched.body as body:
            data = body.read()
        found = format_of(data, self.source.types)
        name = name_of(found, fetched.headers, fetched.url, link.words)
        note = note_of(data, link.url, fetched.url, fetched.headers, link.words, self.source.kind)
        state, path = self.shelf.keep(self._folder(link, name), name, data, note)
        return self._ended(link.url, state, path.relative_to(self.shelf.raw).as_posix())

    def _folder(self, link: Link, name: str) -> Path:
        told = self.source.year or next(
            (found[1] for found in map(_YEAR.search, (link.words, name)) if found), _NO_YEAR
        )
        return Path(safe_name(self.source.region), safe_name(self.source.department), str(told))

    def _ended(self, address: str, state: str, path: str = "", reason: str = "") -> Harvested:
        return Harvested(self.source.name, address, state, path, reason)
