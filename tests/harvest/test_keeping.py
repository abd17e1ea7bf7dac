"""Versions, names and what is there already."""

import errno
import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.harvest.addresses import RefusedAddressError, check_url, checked_address, is_public
from pipelines.harvest.content import name_of, safe_name
from pipelines.lake.files import scan
from pipelines.lake.store import Lake
from tests.harvest.conftest import PDF, Field, Site, answer

OTHER = PDF.replace(b"numbers", b"amended")


def note(field: Field, path: str) -> dict[str, object]:
    text: dict[str, object] = json.loads((field.raw / f"{path}.source.json").read_text("utf-8"))
    return text


def test_an_unchanged_file_is_not_sent_again(field: Field, site: Site) -> None:
    def conditional(request: BaseHTTPRequestHandler) -> None:
        same = request.headers.get("If-None-Match") == '"one"'
        answer(request, b"" if same else PDF, 304 if same else 200, {"etag": '"one"', "last_modified": "Tue"})

    site.answers["/a.pdf"] = conditional
    assert field.one(f"{site.url}/a.pdf").state == "new"
    assert field.one(f"{site.url}/a.pdf").state == "unchanged"
    assert site.headers[-1]["if-none-match"] == '"one"'
    assert site.headers[-1]["if-modified-since"] == "Tue"
    assert len(field.files()) == 1


def test_a_file_that_somebody_removed_is_fetched_in_full(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf", etag='"one"'))
    (field.raw / became.path).unlink()
    assert field.one(f"{site.url}/a.pdf").state == "new"
    assert "if-none-match" not in site.headers[-1]


def test_a_changed_file_is_a_new_version_and_both_are_kept(field: Field, site: Site) -> None:
    first = field.one(site.serves("/a.pdf"))
    second = field.one(site.serves("/a.pdf", OTHER))
    assert (second.state, second.path) == ("changed", first.path.replace("a.pdf", "a.2.pdf"))
    assert [(field.raw / each.path).read_bytes() for each in (first, second)] == [PDF, OTHER]
    told = note(field, second.path)
    assert (told["version"], told["replaces"]) == (2, first.path)
    assert field.one(f"{site.url}/a.pdf").state == "unchanged"


def test_the_same_bytes_at_another_address_are_noted_and_not_kept_twice(field: Field, site: Site) -> None:
    first = field.one(site.serves("/a.pdf"))
    second = field.one(site.serves("/renamed.pdf"))
    assert (second.state, second.path) == ("elsewhere", first.path)
    assert note(field, first.path)["also_at"] == [f"{site.url}/renamed.pdf"]
    assert field.one(f"{site.url}/renamed.pdf").state in ("unchanged", "known")
    assert len(field.files()) == 1


def test_notes_are_no_documents_and_half_written_files_go(field: Field, site: Site, tmp_path: Path) -> None:
    became = field.one(site.serves("/a.pdf"))
    left = (field.raw / became.path).with_name(".b.pdf.0123.tmp")
    left.write_bytes(PDF[:50])
    assert [file.source_path for file in scan(field.raw, Lake(tmp_path / "lake")).files] == [became.path]
    field.one(site.serves("/b.pdf", OTHER))
    assert not left.exists()


def test_a_file_whose_note_was_never_written_is_taken_over(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf"))
    (field.raw / f"{became.path}.source.json").unlink()
    assert field.one(f"{site.url}/a.pdf").path == became.path
    assert field.files() == [became.path]


def test_a_file_dropped_by_hand_is_never_overwritten(field: Field, site: Site) -> None:
    became = field.one(site.serves("/a.pdf"))
    (field.raw / f"{became.path}.source.json").unlink()
    (field.raw / became.path).write_bytes(OTHER)
    (again,) = field.harvest()
    assert again.path == became.path.replace("a.pdf", "a.2.pdf")
    assert (field.raw / became.path).read_bytes() == OTHER
    assert (field.raw / again.path).read_bytes() == PDF


_CHINESE = "2023年度部门决算.pdf"


@pytest.mark.parametrize(
    "disposition",
    [
        f"attachment; filename*=UTF-8''{quote(_CHINESE)}",
        f"attachment; filename*=GBK''{quote(_CHINESE.encode('gbk'))}",
        f'attachment; filename="{quote(_CHINESE)}"',
        b'attachment; filename="' + _CHINESE.encode("gbk") + b'"',
        b"attachment;filename=" + _CHINESE.encode(),
    ],
)
def test_a_name_is_read_however_the_server_writes_it(field: Field, site: Site, disposition: str | bytes) -> None:
    became = field.one(site.serves("/download?id=7", content_disposition=disposition))
    assert became.path == f"青禾市/财政局/2023/{_CHINESE}"


def test_a_name_in_gbk_in_the_address_is_read(field: Field, site: Site) -> None:
    path = "/" + quote(_CHINESE.encode("gbk"))
    assert field.one(site.serves(path)).path == f"青禾市/财政局/2023/{_CHINESE}"


def test_the_ending_is_that_of_the_content(field: Field, site: Site) -> None:
    assert field.one(site.serves("/2022.doc")).path.endswith("/2022/2022.pdf")
    assert name_of("pdf", {}, "http://x/download.jsp?a=1", "2023年决算") == "2023年决算.pdf"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("...", "_"),
        (".hidden", "hidden"),
        ("~$lock", "lock"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ('a<b>:"c|?*', "a_b___c___"),
        ("名\u202e\u200b称", "名__称"),
        ("", "_"),
        ("x" * 400, "x" * 150),
        ("字" * 100, "字" * 50),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::",
    ],
)  # fmt: skip
def test_private_addresses_are_known_in_every_dress(address: str) -> None:
    assert not is_public(address)


def test_a_host_with_one_private_address_among_public_ones_is_refused() -> None:
    def both(host: str, port: int) -> list[str]:
        return ["8.8.8.8", "127.0.0.1"]

    with pytest.raises(RefusedAddressError, match=r"127\.0\.0\.1"):
        checked_address("x.example", 80, (), both)
    assert checked_address("x.example", 80, ("x.example",), both) == "8.8.8.8"
    assert is_public("2606:4700::1111")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://", "//x", "http://[::1", "http://a:b@c/", "file:///x"])
def test_addresses_that_are_none_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_url(url)


def test_one_address_s_date_is_not_asked_of_another(field: Field, site: Site) -> None:
    field.one(site.serves("/a.pdf", etag='"one"'))
    field.one(site.serves("/b.pdf", etag='"two"'))
    field.one(f"{site.url}/b.pdf")
    assert "if-none-match" not in site.headers[-1]


def test_a_disk_that_is_full_leaves_no_half_file_and_is_told(
    field: Field, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    field.sources({"files": [site.serves("/a.pdf")]})
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.lake.atomic.sync", full)
        done = CliRunner().invoke(main, ["harvest", "--raw", str(field.raw)])
        assert (done.exit_code, "No space left" in done.stderr) == (1, True)
    assert field.files() == []
    assert list(field.raw.rglob(".*.tmp")) == []
    assert [each.state for each in field.harvest()] == ["new"]


def test_a_harvest_that_is_killed_leaves_no_half_file(field: Field, site: Site) -> None:
    def stalls(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + PDF[:1500])
        request.wfile.flush()
        stalled.set()
        time.sleep(3)

    stalled = threading.Event()
    site.answers["/a.pdf"] = stalls
    field.sources({"files": [f"{site.url}/a.pdf"]})
    run = subprocess.Popen([sys.executable, "-m", "pipelines.cli", "harvest", "--raw", str(field.raw)])
    assert stalled.wait(30)
    run.kill()
    run.wait()
    assert field.files() == []
    site.serves("/a.pdf")
    assert [each.state for each in field.harvest()] == ["new"]
    field.is_clean()
