"""The one entrance: a file of any format in, a Document out.

What a file is is decided by its bytes (``formats``). A file that nothing here can read is an UnreadableFileError that
says what to do about it. A new format is a module with a reader and a line in ``_reader_of``.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from pipelines.documents import archive, doc, docx, formats, html, scan, scan_files, text, xls, xlsx
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Document
from pipelines.documents.nested import Content

__all__ = ["READER_VERSIONS", "UnreadableFileError", "read_again", "read_data", "read_document"]

READER_VERSIONS = {
    "text": text.READER_VERSION,
    "pdfium": "3",
    "docx": docx.READER_VERSION,
    "xlsx": xlsx.READER_VERSION,
    "xls": xls.READER_VERSION,
    "html": html.READER_VERSION,
    "ocr": scan.READER_VERSION,
    "doc": f"{doc.READER_VERSION}.{docx.READER_VERSION}",
}
"""The version of each reader, by the name that stands in ``Document.reader``."""

_READERS: dict[str, Callable[[bytes, str], Content]] = {
    "docx": docx.read_docx,
    "xlsx": xlsx.read_xlsx,
    "xls": xls.read_xls,
    "html": html.read_html,
    "doc": doc.read_doc,
}
"""The readers of formats without pages, by format."""


def read_document(path: Path, source_path: str) -> Document:
    """Read the file at ``path``; ``source_path`` is its name in the Document, relative to the folder loaded.

    Raise UnreadableFileError if no reader can read it, OSError if the file system cannot.
    """
    return read_data(path.read_bytes(), source_path)


def read_data(data: bytes, source_path: str) -> Document:
    """Read a file, or a member of an archive, from its bytes; raise UnreadableFileError if no reader can read it."""
    if not data.strip():
        raise UnreadableFileError(source_path, "whole file", "the file is empty", "Download it again")
    found = formats.recognise(data)
    if isinstance(found, formats.Refusal):
        raise UnreadableFileError(source_path, "first bytes", found.reason, found.remedy)
    if found == "pdf":
        return _read_pdf(data, source_path)
    if found == "zip":
        raise archive.refusal(data, source_path)
    if found in scan_files.NAMES:
        return _read_picture(data, source_path, found)
    if found == "text":
        return _document(data, source_path, found, _read_text(data, source_path))
    return _document(data, source_path, found, _READERS[found](data, source_path))


def read_again(data: bytes, source_path: str) -> Document:
    """Read a PDF with the second reader, which shares no engine with the first.

    Raise UnreadableFileError if it cannot read the file, or the file is no PDF.
    """
    if formats.recognise(data) != "pdf":
        raise UnreadableFileError(
            source_path, "first bytes", "only PDFs have a second reader", "There is nothing to do"
        )
    from pipelines.documents import pdf

    return _pdf_document(data, source_path, pdf.SECOND_READER, pdf.READER_VERSION)


def _document(data: bytes, source_path: str, name: str, content: Content) -> Document:
    document_id = hashlib.sha256(data).hexdigest()
    return Document(document_id, source_path, name, name, READER_VERSIONS[name], None, content.blocks, content.problems)


def _read_text(data: bytes, source_path: str) -> Content:
    decoded = text.decode(data)
    if decoded is None:
        raise UnreadableFileError(
            source_path, "first bytes", "the format is not known", "Convert it to PDF, or to text in UTF-8"
        )
    return Content(text.read_blocks(decoded))


def _read_picture(data: bytes, source_path: str, name: str) -> Document:
    try:
        blocks = scan_files.read_picture_blocks(data)
    except scan_files.UnreadablePictureError as error:
        reason = f"it is a {scan_files.NAMES[name]} picture, and {error.reason}"
        raise UnreadableFileError(source_path, "whole file", reason, error.remedy) from error
    document_id = hashlib.sha256(data).hexdigest()
    return Document(document_id, source_path, name, "ocr", READER_VERSIONS["ocr"], 1, blocks)


def _read_pdf(data: bytes, source_path: str) -> Document:
    from pipelines.documents import pdf  # imported late: a worker that reads text only need not pay for it

    return _pdf_document(data, source_path, pdf.FIRST_READER, READER_VERSIONS[pdf.FIRST_READER])


def _pdf_document(data: bytes, source_path: str, reader: str, version: str) -> Document:
    from pipelines.documents import pdf

    content = pdf.read_pdf(data, source_path, reader)
    if content.is_recognised:
        reader, version = "ocr", READER_VERSIONS["ocr"]
    return Document(
        hashlib.sha256(data).hexdigest(),
        source_path,
        "pdf",
        reader,
        version,
        content.page_count,
        content.blocks,
        content.problems,
    )
