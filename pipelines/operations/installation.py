"""Looks at what is installed: Python, packages, programs, fonts, Dagster's home, who is told of failures."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import yaml

from pipelines.documents import doc, ocr
from pipelines.operations.checks import Check

_REPOSITORY = Path(__file__).resolve().parents[2]
_PYTHON = ((3, 11), (3, 14))


def python() -> Iterator[Check]:
    """The interpreter."""
    version, (least, below) = sys.version_info[:2], _PYTHON
    told = ".".join(map(str, sys.version_info[:3]))
    if least <= version < below:
        yield Check("python", "good", told)
    else:
        yield Check("python", "problem", told, "install Python 3.11, 3.12 or 3.13, then `make setup`")


def packages() -> Iterator[Check]:
    """What is installed against what is locked."""
    path = _REPOSITORY / "uv.lock"
    if not path.is_file():
        yield Check("packages", "warning", "there is no uv.lock to compare with", "run from a clone of the repository")
        return
    locked: dict[str, set[str]] = {}
    for each in tomllib.loads(path.read_text("utf-8"))["package"]:
        locked.setdefault(each["name"], set()).add(each.get("version", ""))  # several, for several Pythons
    have = {name: _installed(name) for name in locked}
    other = [f"{name} {have[name]}" for name, wanted in locked.items() if have[name] and have[name] not in wanted]
    if other:
        yield Check("packages", "warning", f"not as locked: {', '.join(sorted(other))}", "`make setup`")
    else:
        yield Check("packages", "good", "as locked")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def programs() -> Iterator[Check]:
    """What reading some formats needs."""
    soffice = doc.soffice()
    if soffice:
        yield Check("soffice", "good", soffice)
    else:
        yield Check("soffice", "warning", "LibreOffice is missing: old Word files (.doc) are quarantined",
                    "install libreoffice-writer-nogui")  # fmt: skip
    if ocr.is_available():
        yield Check("ocr", "good", "scanned pages can be read")
    else:
        yield Check("ocr", "warning", "scanned pages are quarantined", "install the extra: `uv sync --extra ocr`")
    yield _fonts()


def _fonts() -> Check:
    lister = shutil.which("fc-list")
    found = lister and subprocess.run([lister, ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip()
    if found:
        return Check("fonts", "good", f"{len(found.splitlines())} fonts with Chinese characters")
    return Check("fonts", "warning", "no font with Chinese characters: old Word files may be converted with gaps",
                 "install fontconfig and fonts-wqy-zenhei")  # fmt: skip


def dagster() -> Iterator[Check]:
    """Where Dagster keeps its schedules, and that it sends nothing."""
    home = os.environ.get("DAGSTER_HOME")
    if not home:
        yield Check("dagster", "warning", "DAGSTER_HOME is not set: schedules are forgotten with the process",
                    f"export DAGSTER_HOME={_REPOSITORY / 'dagster_home'}")  # fmt: skip
        return
    path = Path(home) / "dagster.yaml"
    settings = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else None
    if ((settings or {}).get("telemetry") or {}).get("enabled") is False:
        yield Check("dagster", "good", f"{home}, telemetry off")
    else:
        yield Check("dagster", "warning", f"{path} does not turn telemetry off", "`telemetry: {enabled: false}` there")


def notices() -> Iterator[Check]:
    """Whether anybody is told."""
    ways = [name for name in ("DUIZHANG_WEBHOOK", "DUIZHANG_MAIL_TO") if os.environ.get(name)]
    if ways:
        yield Check("notices", "good", ", ".join(ways))
    else:
        yield Check("notices", "warning", "nobody is told of failures", "set DUIZHANG_WEBHOOK or DUIZHANG_MAIL_TO")
