"""Serving the site on this machine alone, with a form to review findings.

Only 127.0.0.1 is listened on, and only requests that name it are answered. A review is taken from a form of our own
page: it must carry the token that this server put into the page, and come from this origin. Does not belong here: what
a review is (``data_quality.reviews``).
"""

import hmac
import secrets
from datetime import date
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from pipelines.site.marked_text import policy

HOST = "127.0.0.1"
_MOST = 20_000
"""Bytes of a form; a reason is a sentence."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_PLACEHOLDER = b'<meta name="review-token" content="">'


class SiteServer(ThreadingHTTPServer):
    """The generated folder, and where reviews go."""

    daemon_threads = True

    def __init__(self, folder: Path, reviews: Path, port: int) -> None:
        self.folder = folder
        self.reviews = reviews
        self.token = secrets.token_urlsafe(32)
        super().__init__((HOST, port), _Handler)

    @property
    def origin(self) -> str:
        """What a browser calls this server."""
        return f"http://{HOST}:{self.server_address[1]}"


class _Handler(SimpleHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(arguments[2].folder))

    def do_GET(self) -> None:
        if not self._is_ours():
            return
        if self.path.split("?")[0] == "/finding.html":
            self._page((self.server.folder / "finding.html").read_bytes())
        elif self.path.split("?")[0] == "/data/reviews.js":
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", self._reviews())
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_ours():
            super().do_HEAD()

    def do_POST(self) -> None:
        if not self._is_ours():
            return
        if self.path != "/review" or self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN, "a review comes from a finding's page of this server")
            return
        form = self._form()
        if not hmac.compare_digest(form.get("token", ""), self.server.token):
            self._refuse(HTTPStatus.FORBIDDEN, "the page is older than this server; load it again")
            return
        self._review(form)

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        """Show no folders."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        own = f"{policy()}; frame-ancestors 'none'" if getattr(self, "path", "").startswith("/marked/") else _POLICY
        self.send_header("Content-Security-Policy", own)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of single requests."""

    def _is_ours(self) -> bool:
        """Whether the request names this machine: a page of another name must not reach us by its address."""
        if self.headers.get("Host") == self.server.origin.removeprefix("http://"):
            return True
        self._refuse(HTTPStatus.MISDIRECTED_REQUEST, f"open {self.server.origin}")
        return False

    def _page(self, content: bytes) -> None:
        token = _PLACEHOLDER.replace(b'content=""', f'content="{self.server.token}"'.encode())
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", content.replace(_PLACEHOLDER, token))

    def _reviews(self) -> bytes:
        """What the file of reviews says now; the warehouse goes by it with the next load."""
        from data_quality import reviews
        from pipelines.site import scripts

        return scripts.text("reviews", reviews.read(self.server.reviews).latest()).encode()

    def _form(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdigit() else 0
        if not 0 < size <= _MOST:
            self.close_connection = True
            return {}
        text = self.rfile.read(size).decode("utf-8", "replace")
        return {name: values[-1] for name, values in parse_qs(text, keep_blank_values=True).items()}

    def _review(self, form: dict[str, str]) -> None:
        from data_quality import reviews

        try:
            until = form.get("expires_on", "") if form.get("verdict") == "waived" else ""
            made = reviews.Review(
                form.get("finding_id", ""),
                form.get("verdict", ""),
                form.get("reason", "").strip(),
                form.get("reviewer", "").strip(),
                date.today(),
                date.fromisoformat(until) if until else None,
            )
            reviews.append(self.server.reviews, [made])
        except (reviews.ReviewError, ValueError, OSError) as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/finding.html#id={made.finding_id}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._send(status, "text/plain; charset=utf-8", f"{why}\n".encode())

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
