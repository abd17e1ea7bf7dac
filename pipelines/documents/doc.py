"""DOC files: LibreOffice, where it is installed, turns them into DOCX, which :mod:`~pipelines.documents.docx` reads.

Belongs here: finding LibreOffice, running it over a batch of files in a session of its own with a time limit, and a
profile folder for each run, since two LibreOffices cannot share one. Macros, links to other files and
network addresses in a document stay closed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.documents.compound import streams
from pipelines.documents.docx import read_docx
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.nested import Content

READER_VERSION = "1"
"""Raised when the same file would give another Document."""

START_SECONDS = 60.0
SECONDS_EACH = 30.0
REMEDY = (
    "Install LibreOffice (apt: libreoffice-writer-nogui), touch the file and load again; or convert it to DOCX or PDF"
)
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str | None:
    """Return the path of LibreOffice's program, or None where it is not installed."""
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def read_doc(data: bytes, source_path: str) -> Content:
    """Read a DOC file; raise UnreadableFileError if LibreOffice is not there or cannot read it."""
    converted = to_docx({source_path: data})[source_path]
    if isinstance(converted, UnreadableFileError):
        raise converted
    return read_docx(converted, source_path)


def _damaged(source_path: str, data: bytes) -> UnreadableFileError | None:
    """Return why bytes are no DOC file; LibreOffice would read anything else as plain text."""
    try:
        found = streams(data, source_path)
    except UnreadableFileError as error:
        return error
    if "WordDocument" in found:
        return None
    return UnreadableFileError(source_path, "whole file", "the old Word file holds no text", "Download it again")


def to_docx(documents: Mapping[str, bytes]) -> dict[str, bytes | UnreadableFileError]:
    """Turn DOC files, by their source path, into DOCX: one start of LibreOffice for all of them.

    A file that brings LibreOffice down costs the others of its batch only another try, each on its own.
    """
    errors = {path: error for path, data in documents.items() if (error := _damaged(path, data))}
    return {**errors, **_all_converted({path: data for path, data in documents.items() if path not in errors})}


def _all_converted(documents: Mapping[str, bytes]) -> Mapping[str, bytes | UnreadableFileError]:
    program = soffice()
    if program is None:
        reason = "it is an old Word file (.doc), which needs LibreOffice"
        return {path: UnreadableFileError(path, "whole file", reason, REMEDY) for path in documents}
    found = dict(_converted(program, documents)) if documents else {}
    if len(documents) > 1:
        for path in [path for path in documents if path not in found]:
            found.update(_converted(program, {path: documents[path]}))
    return {path: found.get(path) or _failed(path) for path in documents}


def _failed(source_path: str) -> UnreadableFileError:
    reason = "LibreOffice could not convert the old Word file (damaged, encrypted, or too slow)"
    return UnreadableFileError(source_path, "whole file", reason, "Open it in Word and save it as DOCX or PDF")


def _converted(program: str, documents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory(prefix="duizhang-doc-") as name:
        folder = Path(name)
        files = [folder / f"{number}.doc" for number in range(len(documents))]
        for file, data in zip(files, documents.values(), strict=True):
            file.write_bytes(data)
        _run(program, files, folder)
        for file, source_path in zip(files, documents, strict=True):
            made = folder / "docx" / f"{file.stem}.docx"
            if made.is_file():
                yield source_path, made.read_bytes()


def _run(program: str, files: Sequence[Path], folder: Path) -> None:
    """Run LibreOffice once, into the subfolder ``docx``; whatever it started ends with it."""
    command = [
        program,
        f"-env:UserInstallation={_make_profile(folder).as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", str(folder / "docx")),
        *map(str, files),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(START_SECONDS + SECONDS_EACH * len(files))
    finally:
        _end_session(process)


def _end_session(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has ended, and everything that it started
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _make_profile(folder: Path) -> Path:
    """Make a new LibreOffice profile; a new one starts as fast as one that was used before."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return user.parent
