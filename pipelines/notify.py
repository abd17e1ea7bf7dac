"""Telling people that a run failed or found something: by webhook, by e-mail, or not at all.

    DUIZHANG_WEBHOOK    an http or https address that takes a POST of {"title": …, "text": …}
    DUIZHANG_MAIL_TO    addresses, separated by commas; with DUIZHANG_SMTP (host:port) and DUIZHANG_MAIL_FROM

A notice that cannot be sent is reported and never fails a run. Does not belong here: what there is to tell.
"""

import json
import os
import smtplib
import urllib.parse
import urllib.request
from collections.abc import Mapping
from email.message import EmailMessage

_SECONDS = 20


def notify(title: str, text: str, settings: Mapping[str, str] = os.environ) -> list[str]:
    """Send a notice wherever the settings say.

    Returns:
        One sentence for each way that failed; empty if all went well or none is set.
    """
    ways = {"DUIZHANG_WEBHOOK": _post, "DUIZHANG_MAIL_TO": _mail}
    failures: list[str] = []
    for setting, send in ways.items():
        if settings.get(setting):
            try:
                send(title, text, settings)
            except (OSError, ValueError, smtplib.SMTPException) as error:
                failures.append(f"the notice could not be sent ({setting}): {error}")
    return failures


def _post(title: str, text: str, settings: Mapping[str, str]) -> None:
    address = settings["DUIZHANG_WEBHOOK"]
    if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
        raise ValueError("the address must begin with http:// or https://")
    body = json.dumps({"title": title, "text": text}, ensure_ascii=False).encode("utf-8")
    request = urllib.request.Request(address, body, {"Content-Type": "application/json; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=_SECONDS):
        pass


def _mail(title: str, text: str, settings: Mapping[str, str]) -> None:
    host, _, port = settings.get("DUIZHANG_SMTP", "localhost:25").partition(":")
    message = EmailMessage()
    message["Subject"], message["To"] = title, settings["DUIZHANG_MAIL_TO"]
    message["From"] = settings.get("DUIZHANG_MAIL_FROM", "duizhang@localhost")
    message.set_content(text)
    with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as server:
        server.send_message(message)
