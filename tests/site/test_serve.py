"""Serving on this machine: reviews are taken from our own page only, and nothing outside the folder is given."""

import html
import http.client
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from data_quality import reviews
from pipelines.site.serve import SiteServer

FINDING = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def server(site: Path, tmp_path: Path) -> Iterator[SiteServer]:
    server = SiteServer(site, tmp_path / "reviews.csv", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server: SiteServer, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection(*server.server_address[:2], timeout=5)
    given = {
        "Content-Type": "application/x-www-form-urlencoded",
        **{key.replace("_", "-"): value for key, value in headers.items()},
    }
    connection.request(method, path, body or None, given)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, text, dict(answer.getheaders())


def token_of(server: SiteServer) -> str:
    found = re.search(r'review-token" content="([\w-]+)"', ask(server, "GET", "/finding.html")[1])
    assert found is not None
    return found[1]


def form(server: SiteServer, **changed: str) -> str:
    given = {
        "token": token_of(server),
        "finding_id": FINDING,
        "verdict": "disputed",
        "reason": "表下附注已说明",
        "reviewer": "李审",
    }
    return urlencode({**given, **changed})


def test_a_review_from_our_page_is_kept_and_shown_again(server: SiteServer) -> None:
    status, _, headers = ask(server, "POST", "/review", form(server), Origin=server.origin)
    assert (status, headers["Location"]) == (303, f"/finding.html#id={FINDING}")
    (kept,) = reviews.read(server.reviews).rows
    assert (kept.finding_id, kept.verdict, kept.reason, kept.reviewer) == (
        FINDING,
        "disputed",
        "表下附注已说明",
        "李审",
    )
    assert FINDING in ask(server, "GET", "/data/reviews.js")[1]


def test_a_waiver_needs_its_last_day(server: SiteServer) -> None:
    assert ask(server, "POST", "/review", form(server, verdict="waived"), Origin=server.origin)[0] == 400
    body = form(server, verdict="waived", expires_on="2999-12-31")
    assert ask(server, "POST", "/review", body, Origin=server.origin)[0] == 303


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_review_from_elsewhere_is_refused(server: SiteServer, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    assert ask(server, "POST", "/review", form(server), **headers)[0] == 403
    assert not server.reviews.exists()


@pytest.mark.parametrize("token", ["", "guess"])
def test_a_review_without_the_token_of_the_page_is_refused(server: SiteServer, token: str) -> None:
    assert ask(server, "POST", "/review", form(server, token=token), Origin=server.origin)[0] == 403
    assert not server.reviews.exists()


def test_only_requests_that_name_this_machine_are_answered(server: SiteServer) -> None:
    for host in ("evil.example", "localhost:1", "127.0.0.1"):
        assert ask(server, "GET", "/index.html", Host=host)[0] == 421
    assert server.server_address[0] == "127.0.0.1"


def test_a_malformed_review_is_refused_with_the_reason(server: SiteServer) -> None:
    status, text, _ = ask(server, "POST", "/review", form(server, finding_id="../x"), Origin=server.origin)
    assert status == 400
    assert "no finding_id" in text


def test_pages_are_served_with_a_strict_policy_and_folders_are_not_listed(server: SiteServer) -> None:
    status, _, headers = ask(server, "GET", "/index.html")
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert ask(server, "GET", "/data/")[0] == 404
    assert ask(server, "GET", "/../duizhang.duckdb")[0] == 404


def test_a_marked_copy_may_show_its_own_style_and_nothing_else(server: SiteServer, site: Path) -> None:
    name = next((site / "marked").glob("*.html")).name
    status, text, headers = ask(server, "GET", f"/marked/{name}")
    assert status == 200
    own = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert own is not None
    assert html.unescape(own[1]) in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]


def test_the_token_stands_in_no_file_of_the_folder(server: SiteServer, site: Path) -> None:
    token = token_of(server)
    assert token not in (site / "finding.html").read_text(encoding="utf-8")
    assert len(token) > 30
