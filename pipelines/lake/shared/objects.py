"""Files of a shared lake by name: in a folder, or in an S3-compatible store (extra ``s3``).

Every file is written once. S3 is written through s3fs and read by DuckDB's httpfs, both with the credentials and the
endpoint that other programs use (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL``, …).
"""

import contextlib
import os
from importlib import resources
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import duckdb

from pipelines.lake import atomic
from pipelines.lake.store import LakeError

_S3 = "s3://"


class Objects(Protocol):
    """Files by name; names have ``/`` between their parts."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file all or nothing; False, and nothing is written, if there is one of this name already."""
        ...

    def upload(self, name: str, file: Path) -> None:
        """Write a file named by its content; nothing to do if it is there."""
        ...

    def read(self, name: str) -> bytes:
        """Return a file's content. Raises ``FileNotFoundError``."""
        ...

    def names(self, prefix: str) -> list[str]:
        """List all files whose name begins with a folder, sorted."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; nothing if there is none."""
        ...

    def location(self, name: str) -> str:
        """Where DuckDB reads a file."""
        ...

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Let a connection read these files."""
        ...


def objects_at(place: str) -> Objects:
    """The files at a folder or an address ``s3://bucket/prefix``.

    Raises:
        LakeError: the address is of a kind nobody can read here, or what reads it is not installed.
    """
    if place.startswith(_S3):
        return S3Objects(place)
    if "://" in place:
        raise LakeError(f"a shared lake is a folder or begins with {_S3}, not {place}")
    return FolderObjects(Path(place))


class FolderObjects:
    """Files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    def create(self, name: str, content: bytes) -> bool:
        """See :class:`Objects`: a complete file gets its name by a hard link, which fails where there is one."""
        path = self.folder / name
        unnamed = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        atomic.write_bytes(unnamed, content)
        try:
            os.link(unnamed, path)
        except FileExistsError:
            return False
        finally:
            unnamed.unlink()
        return True

    def upload(self, name: str, file: Path) -> None:
        """See :class:`Objects`."""
        if not (self.folder / name).is_file():
            atomic.copy(file, self.folder / name)

    def read(self, name: str) -> bytes:
        """See :class:`Objects`."""
        return (self.folder / name).read_bytes()

    def names(self, prefix: str) -> list[str]:
        """See :class:`Objects`."""
        found = (path for path in (self.folder / prefix).rglob("*") if path.is_file() and path.name[0] != ".")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def remove(self, name: str) -> None:
        """See :class:`Objects`."""
        (self.folder / name).unlink(missing_ok=True)

    def location(self, name: str) -> str:
        """See :class:`Objects`."""
        return str(self.folder / name)

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """See :class:`Objects`: nothing to do."""


class S3Objects:
    """Files below a prefix of a bucket."""

    def __init__(self, address: str) -> None:
        try:
            import s3fs
        except ImportError as error:
            raise LakeError("a lake in S3 needs the extra s3: pip install 'duizhang[s3]'") from error
        self.root = address.removeprefix(_S3).rstrip("/")
        self.endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        self.files: Any = s3fs.S3FileSystem(endpoint_url=self.endpoint, use_listings_cache=False)

    def create(self, name: str, content: bytes) -> bool:
        """See :class:`Objects`: the store itself refuses a second file of this name."""
        try:
            self.files.pipe_file(f"{self.root}/{name}", content, mode="create")
        except FileExistsError:
            return False
        return True

    def upload(self, name: str, file: Path) -> None:
        """See :class:`Objects`."""
        if not self.files.exists(f"{self.root}/{name}"):
            self.files.put_file(str(file), f"{self.root}/{name}")

    def read(self, name: str) -> bytes:
        """See :class:`Objects`."""
        return bytes(self.files.cat_file(f"{self.root}/{name}"))

    def names(self, prefix: str) -> list[str]:
        """See :class:`Objects`."""
        return sorted(str(path).removeprefix(f"{self.root}/") for path in self.files.find(f"{self.root}/{prefix}"))

    def remove(self, name: str) -> None:
        """See :class:`Objects`."""
        with contextlib.suppress(FileNotFoundError):
            self.files.rm_file(f"{self.root}/{name}")

    def location(self, name: str) -> str:
        """See :class:`Objects`."""
        return f"{_S3}{self.root}/{name}"

    def attach(self, connection: duckdb.DuckDBPyConnection) -> None:
        """See :class:`Objects`: DuckDB's own reader, from its package, with the credentials that s3fs has."""
        package = resources.files("duckdb_extension_httpfs")
        connection.load_extension(str(package / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"))
        connection.execute(f"CREATE OR REPLACE SECRET shared_lake (TYPE s3, {', '.join(self._secret())})")

    def _secret(self) -> list[str]:
        from botocore.session import get_session

        session = get_session()
        settings = {"REGION": session.get_config_variable("region") or "us-east-1"}
        if (credentials := session.get_credentials()) is not None:
            frozen = credentials.get_frozen_credentials()
            settings |= {"KEY_ID": frozen.access_key, "SECRET": frozen.secret_key, "SESSION_TOKEN": frozen.token or ""}
        if self.endpoint:
            parts = urlsplit(self.endpoint)
            settings |= {"ENDPOINT": parts.netloc, "URL_STYLE": "path", "USE_SSL": str(parts.scheme == "https").lower()}
        return [f"{name} {_literal(value)}" for name, value in settings.items() if value]


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
