"""What a file is, told by its bytes and never by its name: websites serve error pages as ``.pdf`` and PDFs as ``.doc``.

Belongs here: the marks of every format, those that no reader reads too, with what to do about them. Does not belong
here: reading any of them.
"""

import io
import zipfile
from typing import NamedTuple

from pipelines.documents.compound import MAGIC as OLE
from pipelines.documents.compound import stream_names


class Refusal(NamedTuple):
    """Why a file of a known format cannot be read, and what to do."""

    reason: str
    remedy: str


_PDF = b"%PDF-"
_START = 1024
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = (
    "<!doctype html", "<html", "<head", "<script", "<!--", "<meta", "<body", "<table", "<div", "<title", "<style",
    "<center", "<font", "<p>", "<p ", "<span", "<link",
)  # fmt: skip
_PICTURE = "Make it a PDF with a text layer"
_UNPACK = "Unpack it and load the files in it"
_AS_PDF = "Convert it to PDF"
_AS_XLSX = "Open it in Excel or WPS and save it as XLSX"
_BINARY: tuple[tuple[bytes, "str | Refusal"], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"),
    (b"GIF8", Refusal("it is a GIF picture", _PICTURE)),
    (b"II*\0", Refusal("it is a TIFF picture", _PICTURE)),
    (b"MM\0*", Refusal("it is a TIFF picture", _PICTURE)),
    (b"Rar!", Refusal("it is a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Refusal("it is a 7z archive", _UNPACK)),
    (b"\x1f\x8b", Refusal("it is a gzip archive", _UNPACK)),
    (b"{\\rtf", Refusal("it is an RTF file", _AS_PDF)),
    (b"MIME-Version:", Refusal("it is a web page saved as one file (MHTML)", "Print it from a browser to PDF")),
)  # fmt: skip
_PACKAGES = (
    ("word/", "docx"),
    ("xl/workbook.bin", Refusal("it is a binary Excel file (.xlsb)", _AS_XLSX)),
    ("xl/", "xlsx"),
    ("ppt/", Refusal("it is a PowerPoint file", _AS_PDF)),
    ("OFD.xml", Refusal("it is an OFD file", _AS_PDF)),
    ("content.xml", Refusal("it is an OpenDocument file", "Save it as DOCX, XLSX or PDF")),
)
_STREAMS = (
    ("EncryptedPackage", Refusal("it is an Office file with a password", "Save it without a password")),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)  # fmt: skip


def recognise(data: bytes) -> str | Refusal:
    """Return the name of a format (``pdf``, ``docx``, ``zip``, ``png``, …), why it cannot be read, or ``text``.

    ``text`` stands for everything without a mark of its own; whether it is text shows when it is decoded.
    """
    start = data[:_START]
    if _PDF in start and not is_html(start[: start.index(_PDF)]):
        return "pdf"
    if start.startswith(OLE):
        return _compound(data)
    if start.startswith(_ZIP):
        return _package(data)
    if is_html(start):
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return Refusal("it is an Excel 2003 XML file", _AS_XLSX)
    if b"http://schemas.microsoft.com/office/word/2003/wordml" in start:
        return Refusal("it is a Word 2003 XML file", "Open it in Word or WPS and save it as DOCX")
    return next((kind for magic, kind in _BINARY if start.startswith(magic)), "text")


def is_html(start: bytes) -> bool:
    """Whether a file begins like an HTML page."""
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    head = start.removeprefix(b"\xef\xbb\xbf").decode(encoding, "ignore").lstrip().lower()
    return head.startswith(_HTML) or (head.startswith("<?xml") and "<html" in head)


def _compound(data: bytes) -> str | Refusal:
    names = stream_names(data) or {name for name, _ in _STREAMS if name.encode("utf-16-le") in data}
    found = next((kind for name, kind in _STREAMS if name in names), None)
    return found or Refusal("it is an old Office file", _AS_PDF)


def _package(data: bytes) -> str | Refusal:
    """Tell an Office package from an archive; of one that is cut short, by the names that stand before its parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return next((kind for name, kind in _PACKAGES if name.encode() in data), "zip")
    if "[Content_Types].xml" in names or "mimetype" in names or "OFD.xml" in names:
        for name, kind in _PACKAGES:
            if any(each.replace("\\", "/").startswith(name) for each in names):
                return kind
    return "zip"
