"""What a build takes in, as one value: equal fingerprints mean that building again would change nothing.

Run records are left out: they change with every run, and are in the next build anyway.
"""

import hashlib
from collections.abc import Iterable, Iterator

import duckdb

from pipelines.lake.files import SourceFile
from pipelines.lake.schema import SQL_PROJECT

_ROOT = SQL_PROJECT.parent
_DECLARATIONS = ("sql", "data_quality/catalogue", "pipelines/disclosures/catalogue", "pipelines/classification")
_RULES = ("data_quality/catalogue", "sql/models/quality", "sql/macros")
_SUFFIXES = frozenset({".sql", ".yml", ".yaml", ".csv", ".py"})


def build_fingerprint(
    files: list[SourceFile], version: str, read_twice: Iterable[str] = (), reviews: Iterable[str] = ()
) -> str:
    """Return a hash over the files and their documents, the facts' version, the SQL models and the catalogues.

    ``read_twice`` are the documents among them that have second readings, ``reviews`` what people said of findings.
    """
    digest = hashlib.sha256(f"{build_basis(version, reviews)}\n{' '.join(sorted(read_twice))}\n".encode())
    for file in files:
        digest.update(f"{file.name}\t{file.document_id}\n".encode())
    return digest.hexdigest()


def build_basis(version: str, reviews: Iterable[str] = ()) -> str:
    """Return a hash over all that a build takes in besides files: where it is the same, only papers changed."""
    digest = hashlib.sha256(f"{version}\n{duckdb.__version__}\n".encode())
    for review in reviews:
        digest.update(f"{review}\n".encode())
    for content in _contents(_DECLARATIONS):
        digest.update(content)
    return digest.hexdigest()


def rules_version() -> str:
    """Return a hash over the rule catalogue and the models that evaluate it: what says how many checks there are."""
    digest = hashlib.sha256()
    for content in _contents(_RULES):
        digest.update(content)
    return digest.hexdigest()


def _contents(folders: Iterable[str]) -> Iterator[bytes]:
    """The path and the content of every declaration in these folders."""
    for folder in folders:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in _SUFFIXES:
                yield f"{path.relative_to(_ROOT).as_posix()}\n".encode()
                yield path.read_bytes()
