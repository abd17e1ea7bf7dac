"""``raw/sources.yaml``: who publishes where, as people write it.

    - region: 青禾市
      department: 财政局
      pages: [https://www.example.gov.cn/czj/xxgk/index.html]
      files: [https://www.example.gov.cn/czj/2023年度部门决算.pdf]

Every other key has a default, told at its field below. An unknown key, a missing one or a wrong value is an error that
names the entry. Does not belong here: fetching anything.
"""

import re
from pathlib import Path

import msgspec
import yaml

TYPES = ("pdf", "docx", "doc", "xlsx", "xls", "zip", "png", "jpeg", "text", "html")
"""What can be kept; ``html`` and ``text`` only where a source asks for them."""
KINDS = ("final_accounts", "budget", "self_evaluation", "evaluation")


class SourcesError(ValueError):
    """The list of publishers cannot be used; the message names file, entry and remedy."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One publisher."""

    region: str
    """First folder below ``raw/``."""
    department: str
    """Second folder."""
    kind: str | None = None
    """What is published there, if it is one kind only; noted beside each file."""
    year: int | None = None
    """Third folder for all files; None: the year told in the link or in the name of each."""
    pages: tuple[str, ...] = ()
    """Addresses of listing pages."""
    files: tuple[str, ...] = ()
    """Addresses of files."""
    match: str = "预算|决算|绩效|三公"
    """Only links whose words or name contain this (a regular expression); empty: all."""
    next: str = r"下一?页|next|>"
    """Words of the link to the next listing page (a regular expression for all of them)."""
    max_pages: int = 20
    """So many listing pages are followed from each."""
    articles: bool = True
    """Whether links of listing pages that match and are no attachments are opened, to look for attachments there."""
    types: tuple[str, ...] = ("pdf", "docx", "doc", "xlsx", "xls", "zip")
    """Which formats are taken, told by content."""
    delay: float = 2.0
    """Seconds between two requests to one host, at least."""
    max_megabytes: int = 100
    """Larger files are refused."""
    private_hosts: tuple[str, ...] = ()
    """Hosts of this source that may have addresses in private networks."""

    def __post_init__(self) -> None:
        """Refuse what msgspec's types cannot: unknown words, patterns that are none, a source without an address."""
        if not (self.pages or self.files):
            raise ValueError("it needs `pages` or `files`")
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"`kind` must be one of {', '.join(KINDS)}")
        unknown = sorted(set(self.types) - set(TYPES))
        if unknown:
            raise ValueError(f"`types` knows no {', '.join(unknown)}; there are {', '.join(TYPES)}")
        if self.delay < 0 or self.max_pages < 1 or self.max_megabytes < 1:
            raise ValueError("`delay`, `max_pages` and `max_megabytes` must not be below 0, 1 and 1")
        for name in ("match", "next"):
            try:
                re.compile(getattr(self, name))
            except re.error as error:
                raise ValueError(f"`{name}` is no regular expression: {error}") from error

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.region} {self.department}"


def read_sources(path: Path) -> list[Source]:
    """Return all publishers.

    Raises:
        SourcesError: the file is missing, or something in it cannot be understood.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SourcesError(f"there is no {path}; list publishers there (docs/operations.md shows how)") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path} is no YAML: {error}") from error
    if not isinstance(entries, list):
        raise SourcesError(f"{path} must be a list: `- region: …` for each publisher")
    return [_source(path, number, entry) for number, entry in enumerate(entries, start=1)]


def _source(path: Path, number: int, entry: object) -> Source:
    try:
        return msgspec.convert(entry, Source)
    except (msgspec.ValidationError, ValueError) as error:
        raise SourcesError(f"{path}, entry {number}: {error}") from error
