"""Each way a site fails ends as designed, and never with half a file in the raw folder."""

import gzip
import time
from http.server import BaseHTTPRequestHandler

import pytest

from tests.harvest.conftest import PDF, Field, Site, answer

CAPTCHA = "<html><head><title>安全验证</title></head><body>请完成验证码后继续访问</body></html>".encode()
MISSING = "<html><head><title>404</title></head><body>您访问的页面不存在</body></html>".encode("gb18030")
HOME = "<html><head><title>青禾市财政局</title></head><body><h1>欢迎</h1>首页</body></html>".encode()


def test_a_file_is_kept_unchanged_with_its_note(field: Field, site: Site) -> None:
    became = field.one(site.serves("/2023.pdf"), year=2023)
    assert (became.state, became.path) == ("new", "青禾市/财政局/2023/2023.pdf")
    assert (field.raw / became.path).read_bytes() == PDF


def test_a_slow_server_is_given_up_and_told(field: Field, site: Site) -> None:
    def drips(request: BaseHTTPRequestHandler) -> None:
        time.sleep(1.2)

    site.answers["/slow.pdf"] = drips
    became = field.one(f"{site.url}/slow.pdf")
    assert became.state == "failed"
    assert "Timeout" in became.reason
    assert field.files() == []


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_a_server_that_fails_for_a_while_is_asked_again(field: Field, site: Site, status: int) -> None:
    calls: list[str] = []

    def fails_twice(request: BaseHTTPRequestHandler) -> None:
        calls.append(request.path)
        answer(request, PDF if len(calls) > 2 else b"busy", 200 if len(calls) > 2 else status, {})

    site.answers["/a.pdf"] = fails_twice
    assert field.one(f"{site.url}/a.pdf").state == "new"
    assert len(calls) == 3


def test_a_server_that_goes_on_failing_is_told_and_not_asked_for_ever(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf", b"oops", 500))
    assert (became.state, became.reason) == ("failed", "the server answers 500")
    assert len(site.files_asked()) == 4


def test_retry_after_is_obeyed_and_a_long_one_is_left_to_another_night(field: Field, site: Site) -> None:
    field.one(site.serves("/a.pdf", b"", 503, retry_after="7"))
    assert field.pauses.count(7.0) == 3
    site.asked.clear()
    became = field.one(site.serves("/b.pdf", b"", 503, retry_after="86400"))
    assert became.state == "failed"
    assert site.files_asked() == ["/b.pdf"]


def test_pauses_grow_and_hosts_are_not_hurried(field: Field, site: Site) -> None:
    field.one(site.serves("/a.pdf", b"", 500), delay=3)
    assert [pause for pause in field.pauses if pause >= 6] == [6, 12, 24]
    assert all(pause <= 3 for pause in field.pauses if pause < 6)
    assert any(2.5 < pause <= 3 for pause in field.pauses)


def test_half_a_file_is_asked_for_again_and_never_kept(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf", PDF[:1000], content_length=str(len(PDF)), connection="close"))
    assert became.state == "failed"
    assert field.files() == []
    became = field.one(site.serves("/b.pdf", PDF[:1000], content_length=None, connection="close"))
    assert (became.state, became.reason) == ("refused", "it is cut short")
    assert field.files() == []


def test_a_length_that_is_too_short_gives_no_file(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf", PDF, content_length="500", connection="close"))
    assert (became.state, became.reason) == ("refused", "it is cut short")
    assert field.files() == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (CAPTCHA, "it is a check for robots (captcha), not a file"),
        (MISSING, "it is 404, not found, not a file"),
        (HOME, "it is a web page (青禾市财政局), not a file"),
        (b"", "it is empty"),
        (b"\0\1\2 nothing known", "it is of no known format"),
        (b"Rar!\x1a\x07\0", "it is a RAR archive"),
    ],
)
def test_what_is_no_file_is_refused_by_name_whatever_it_is_called(
    field: Field, site: Site, body: bytes, reason: str
) -> None:
    became = field.one(site.serves("/2023.pdf", body, content_type="application/pdf"))
    assert (became.state, became.reason) == ("refused", reason)
    assert field.files() == []


def test_a_file_that_moved_is_found_and_both_addresses_noted(field: Field, site: Site) -> None:
    site.serves("/new/2023.pdf")
    site.serves("/between.pdf", b"", 302, location="/new/2023.pdf")
    became = field.one(site.serves("/old.pdf", b"", 301, location="/between.pdf"))
    assert became.state == "new"
    note = (field.raw / f"{became.path}.source.json").read_text("utf-8")
    assert '"address": "' + site.url + '/old.pdf"' in note
    assert '"found_at": "' + site.url + '/new/2023.pdf"' in note


def test_redirects_in_a_circle_or_without_end_are_refused(field: Field, site: Site) -> None:
    site.serves("/b", b"", 302, location="/a")
    assert "circle" in field.one(site.serves("/a", b"", 302, location="/b")).reason
    for number in range(9):
        site.serves(f"/r{number}", b"", 302, location=f"/r{number + 1}")
    assert "more than 5 times" in field.one(f"{site.url}/r0").reason


def test_a_redirect_into_the_private_network_is_refused_at_its_hop(field: Field, site: Site) -> None:
    for target in ("http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.8/a.pdf", "http://inner.example/"):
        field.names["inner.example"] = ["192.168.1.1"]
        became = field.one(site.serves("/a.pdf", b"", 302, location=target))
        assert became.state == "refused"
        assert "no public address" in became.reason


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a.pdf", "http://me:secret@127.0.0.1/"])
def test_only_plain_http_is_followed(field: Field, site: Site, target: str) -> None:
    became = field.one(site.serves("/a.pdf", b"", 302, location=target))
    assert became.state == "refused"


def test_a_private_host_is_asked_only_if_its_source_allows_it(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf"), private_hosts=[])
    assert (became.state, "no public address" in became.reason) == ("refused", True)
    assert site.asked == []


def test_a_name_is_resolved_once_and_the_judged_address_is_asked(field: Field, site: Site) -> None:
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    port = site.url.rpartition(":")[2]
    field._resolve = lambda host, port: answers.pop(0) if len(answers) > 1 else answers[0]  # type: ignore[method-assign]
    site.serves("/a.pdf")
    field.sources({"files": [f"http://turncoat.example:{port}/a.pdf"], "private_hosts": []})
    (became,) = field.harvest()
    assert became.state == "refused"
    assert site.asked == []


def test_robots_txt_is_obeyed_and_its_delay_too(field: Field, site: Site) -> None:
    site.serves("/robots.txt", b"User-agent: *\nDisallow: /inner/\nCrawl-delay: 5\n")
    became = field.one(site.serves("/inner/a.pdf"))
    assert (became.state, "robots.txt does not allow" in became.reason) == ("refused", True)
    assert "/inner/a.pdf" not in site.asked
    assert field.one(site.serves("/open/a.pdf")).state == "new"
    assert any(4 < pause <= 5 for pause in field.pauses)


def test_robots_txt_that_fails_forbids_for_the_moment_and_a_missing_one_allows(field: Field, site: Site) -> None:
    site.serves("/robots.txt", b"", 503)
    became = field.one(site.serves("/a.pdf"))
    assert (became.state, "robots.txt cannot be asked" in became.reason) == ("failed", True)
    del site.answers["/robots.txt"]
    assert field.one(f"{site.url}/a.pdf").state == "new"


def test_a_compressed_answer_is_the_file_itself(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf", gzip.compress(PDF), content_encoding="gzip"))
    assert (field.raw / became.path).read_bytes() == PDF
    became = field.one(site.serves("/b.pdf", b"no gzip at all", content_encoding="gzip"))
    assert became.state == "failed"


def test_a_file_above_the_size_is_refused_told_or_not(field: Field, site: Site) -> None:
    large = b"%PDF-1.4" + bytes(2 << 20) + b"%%EOF"
    for headers in ({}, {"content_length": None, "connection": "close"}):
        became = field.one(site.serves("/large.pdf", large, **headers), max_megabytes=1)
        assert (became.state, became.reason) == ("refused", "it is larger than 1 MB")
    bomb = gzip.compress(b"%PDF-1.4" + bytes(8 << 20))
    assert field.one(site.serves("/bomb.pdf", bomb, content_encoding="gzip"), max_megabytes=1).state == "refused"
    assert field.files() == []
