"""The one entrance: a file of any format in, a Document out.

What a file is is decided by its first bytes, never by its name: websites serve error pages as ``.pdf`` and PDFs as
``.doc``. A file that nothing here can read is an UnreadableFileError that says what to do about it.
"""

import hashlib
from pathlib import Path

from pipelines.documents import text
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Document

__all__ = ["READER_VERSIONS", "UnreadableFileError", "read_document"]

READER_VERSIONS = {"text": text.READER_VERSION, "pdfplumber": "1"}
"""The version of each reader, by the name that stands in ``Document.reader``."""

_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HTML = (b"<!doctype html", b"<html", b"<head", b"<script", b"<!--")
_BINARY = (
    (b"\xff\xd8\xff", "a JPEG picture", "Make it a PDF with a text layer"),
    (b"\x89PNG", "a PNG picture", "Make it a PDF with a text layer"),
    (b"Rar!", "a RAR archive", "Unpack it and load the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it and load the files in it"),
    (b"{\\rtf", "an RTF file", "Convert it to PDF"),
)


def read_document(path: Path, source_path: str) -> Document:
    """Read the file at ``path``; ``source_path`` is its name in the Document, relative to the folder loaded.

    Raise UnreadableFileError if no reader can read it, OSError if the file system cannot.
    """
    data = path.read_bytes()
    start = data[:_PDF_WITHIN]
    if not data.strip():
        raise UnreadableFileError(source_path, "whole file", "the file is empty", "Download it again")
    if _PDF in start and not _is_html(start[: start.index(_PDF)]):
        return _read_pdf(data, source_path)
    _refuse_known_formats(data, source_path)
    decoded = text.decode(data)
    if decoded is None:
        raise UnreadableFileError(
            source_path, "first bytes", "the format is not known", "Convert it to PDF, or to text in UTF-8"
        )
    document_id = hashlib.sha256(data).hexdigest()
    return Document(document_id, source_path, "text", "text", text.READER_VERSION, None, text.read_blocks(decoded))


def _read_pdf(data: bytes, source_path: str) -> Document:
    from pipelines.documents import pdf  # imported late: a worker that reads text only need not pay for it

    content = pdf.read_pdf(data, source_path)
    document_id = hashlib.sha256(data).hexdigest()
    return Document(
        document_id,
        source_path,
        "pdf",
        "pdfplumber",
        pdf.READER_VERSION,
        content.page_count,
        content.blocks,
        content.problems,
    )


def _is_html(start: bytes) -> bool:
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_HTML) or (head.startswith(b"<?xml") and b"<html" in head)


def _refuse_known_formats(data: bytes, source_path: str) -> None:
    """Raise the error that names the format, for formats that are known and cannot be read."""
    start = data[:_PDF_WITHIN]
    if start.startswith(_OLE):
        reason, remedy = _ole_kind(data)
    elif start.startswith(_ZIP):
        reason, remedy = _zip_kind(data)
    elif _is_html(start):
        reason, remedy = _html_kind(source_path)
    else:
        known = [(what, remedy) for magic, what, remedy in _BINARY if start.startswith(magic)]
        if not known:
            return
        reason, remedy = f"it is {known[0][0]}", known[0][1]
    raise UnreadableFileError(source_path, "first bytes", reason, remedy)


def _ole_kind(data: bytes) -> tuple[str, str]:
    if "WordDocument".encode("utf-16-le") in data:
        return "it is an old Word file (.doc), which needs LibreOffice", "Convert it with LibreOffice or Word to PDF"
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return "it is an old Excel file (.xls)", "Convert it with LibreOffice or Excel to PDF"
    return "it is an old Office file", "Convert it with LibreOffice to PDF"


def _zip_kind(data: bytes) -> tuple[str, str]:
    if b"word/" in data:
        return "it is a Word file (.docx), which no reader here reads", "Save it as PDF"
    if b"xl/" in data:
        return "it is an Excel file (.xlsx), which no reader here reads", "Save it as PDF"
    return "it is a ZIP archive", "Unpack it and load the files in it"


def _html_kind(source_path: str) -> tuple[str, str]:
    suffix = Path(source_path).suffix.lower()
    if suffix in ("", ".html", ".htm"):
        return "it is an HTML page, which no reader here reads", "Print it to PDF"
    reason = f"it is an HTML page saved as {suffix}, probably the website's error page"
    return reason, "Open the address in a browser and download the file again"
