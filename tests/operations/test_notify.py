"""Notices reach a webhook and a mailbox, and never fail a run."""

import http.server
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import stages
from pipelines.notify import notify

Received = list[dict[str, str]]


class _Hook(http.server.BaseHTTPRequestHandler):
    received: Received

    def do_POST(self) -> None:
        self.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(500 if self.path == "/broken" else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _Mailbox(socketserver.StreamRequestHandler):
    received: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        in_data = False
        for line in self.rfile:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if in_data:
                self.received.append(text)
                in_data = text != "."
                if in_data:
                    continue
            answer = (
                b"354 go on\r\n"
                if text.upper() == "DATA"
                else b"221 bye\r\n"
                if text.lower() == "quit"
                else b"250 ok\r\n"
            )
            in_data = text.upper() == "DATA"
            self.wfile.write(answer)


def serve(server: socketserver.TCPServer) -> Iterator[str]:
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook() -> Iterator[str]:
    _Hook.received = []
    yield from serve(http.server.HTTPServer(("127.0.0.1", 0), _Hook))


@pytest.fixture
def mailbox() -> Iterator[str]:
    _Mailbox.received = []
    yield from serve(socketserver.TCPServer(("127.0.0.1", 0), _Mailbox))


def test_a_webhook_gets_title_and_text(hook: str) -> None:
    assert notify("完成", "新发现 1", {"DUIZHANG_WEBHOOK": f"http://{hook}/"}) == []
    assert _Hook.received == [{"title": "完成", "text": "新发现 1"}]


def test_a_mailbox_gets_a_message(mailbox: str) -> None:
    settings = {"DUIZHANG_MAIL_TO": "a@example.org", "DUIZHANG_SMTP": mailbox, "DUIZHANG_MAIL_FROM": "d@example.org"}
    assert notify("a run failed", "why it did", settings) == []
    assert "Subject: a run failed" in _Mailbox.received
    assert "why it did" in _Mailbox.received


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:1/", "http://{hook}/broken"])
def test_what_cannot_be_sent_is_told(hook: str, address: str) -> None:
    [problem] = notify("t", "t", {"DUIZHANG_WEBHOOK": address.format(hook=hook)})
    assert "DUIZHANG_WEBHOOK" in problem


def test_without_settings_nothing_is_sent() -> None:
    assert notify("t", "t", {}) == []


def test_a_failed_load_is_told_and_still_fails(hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    monkeypatch.setenv("DUIZHANG_WEBHOOK", f"http://{hook}/")
    with pytest.raises(stages.LoadError, match="no disclosure file"):
        stages.load(stages.Workspace(tmp_path / "raw", tmp_path / "warehouse"))
    [notice] = _Hook.received
    assert notice["title"] == "duizhang: a run failed"
    assert "no disclosure file" in notice["text"]
