"""A server on this machine whose every address answers as a test wants, and a harvest that asks nobody else."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.harvest import Harvested, harvest
from pipelines.harvest.client import Client

Answer = Callable[[BaseHTTPRequestHandler], None]
PDF = b"%PDF-1.4\n%numbers\n" + b"0" * 3000 + b"\n%%EOF\n"


class Site:
    """Addresses and answers. ``asked`` are the paths in the order they came."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers.append({name.lower(): value for name, value in self.headers.items()})
                site.answers.get(self.path, missing)(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=partial(self.server.serve_forever, poll_interval=0.02), daemon=True).start()

    def serves(self, path: str, body: bytes = PDF, status: int = 200, **headers: str | bytes) -> str:
        """Let a path answer with a body; header names are written with ``_``. Returns the address."""
        self.answers[path] = lambda request: answer(request, body, status, headers)
        return self.url + path

    def files_asked(self) -> list[str]:
        return [path for path in self.asked if path != "/robots.txt"]


def answer(request: BaseHTTPRequestHandler, body: bytes, status: int, headers: dict[str, Any]) -> None:
    lines = [f"HTTP/1.1 {status} so".encode()]
    told = {"content_length": str(len(body)), **headers}
    for name, value in told.items():
        if value is not None:
            text = value if isinstance(value, bytes) else str(value).encode("latin-1")
            lines.append(name.replace("_", "-").encode() + b": " + text)
    request.wfile.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    if "connection" in told:
        request.close_connection = True


def missing(request: BaseHTTPRequestHandler) -> None:
    answer(request, b"no", 404, {})


class Field:
    """A raw folder, the site, and harvests that note every pause instead of making it."""

    def __init__(self, raw: Path, site: Site) -> None:
        self.raw, self.site = raw, site
        self.pauses: list[float] = []
        self.names: dict[str, list[str]] = {}

    def sources(self, *entries: dict[str, Any]) -> None:
        self.raw.mkdir(parents=True, exist_ok=True)
        base = {"region": "青禾市", "department": "财政局", "delay": 0, "private_hosts": ["127.0.0.1"]}
        text = yaml.safe_dump([base | entry for entry in entries], allow_unicode=True)
        (self.raw / "sources.yaml").write_text(text, encoding="utf-8")

    def harvest(self, **options: Any) -> list[Harvested]:
        return list(harvest(self.raw, client=self._client, **options))

    def one(self, url: str, **entry: Any) -> Harvested:
        """Harvest a single address."""
        self.sources({"files": [url], **entry})
        (became,) = self.harvest()
        self.is_clean()
        return became

    def _client(self) -> Client:
        return Client(resolve=self._resolve, sleep=self.pauses.append, timeout=0.5)

    def _resolve(self, host: str, port: int) -> list[str]:
        return self.names.get(host, [host])

    def files(self) -> list[str]:
        found = (path for path in self.raw.rglob("*") if path.is_file() and path.name not in ("sources.yaml", ".lock"))
        return sorted(path.relative_to(self.raw).as_posix() for path in found if not path.name.endswith(".source.json"))

    def is_clean(self) -> None:
        """No half file: every file is whole, and has its note."""
        for name in self.files():
            assert (self.raw / name).read_bytes().rstrip().endswith(b"%%EOF"), name
            assert (self.raw / f"{name}.source.json").is_file(), name


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def field(tmp_path: Path, site: Site) -> Field:
    return Field(tmp_path / "raw", site)
