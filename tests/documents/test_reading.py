import hashlib
import pickle

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pipelines.documents import pdf, text
from pipelines.documents.reading import READER_VERSIONS, UnreadableFileError
from tests.documents.drawing import Drawing, read_bytes
from tests.typeset.docx import package, paragraph

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def small_pdf(**options):
    drawing = Drawing(**options)
    drawing.text(100, 100, "部门决算")
    return drawing.bytes()


def refusal(folder, data, name="预算/a.pdf"):
    (folder / "预算").mkdir(exist_ok=True)
    with pytest.raises(UnreadableFileError) as caught:
        read_bytes(folder, data, name)
    return caught.value


def test_a_document_is_its_bytes_and_says_who_read_it(tmp_path):
    data = small_pdf()
    document = read_bytes(tmp_path, data, "a.pdf")
    assert document.document_id == hashlib.sha256(data).hexdigest()
    assert (document.source_path, document.format, document.reader) == ("a.pdf", "pdf", "pdfium")
    assert document.page_count == 1


def test_the_format_is_decided_by_content_not_by_name(tmp_path):
    assert read_bytes(tmp_path, small_pdf(), "a.doc").format == "pdf"
    assert read_bytes(tmp_path, "部门决算".encode(), "a.pdf").format == "text"
    assert read_bytes(tmp_path, b"\r\n\r\n" + small_pdf(), "b.pdf").format == "pdf"
    assert read_bytes(tmp_path, package(paragraph("部门决算")), "c.pdf").format == "docx"
    assert read_bytes(tmp_path, "<table><tr><td>部门决算".encode(), "d.xls").format == "html"


def test_each_reader_has_its_version(tmp_path):
    assert (READER_VERSIONS["text"], READER_VERSIONS["pdfium"]) == (text.READER_VERSION, pdf.READER_VERSION)
    for data in (small_pdf(), b"text", package(paragraph("部门决算")), "<html><p>部门决算</p>".encode()):
        document = read_bytes(tmp_path, data)
        assert document.reader_version == READER_VERSIONS[document.reader]


@pytest.mark.parametrize(
    ("data", "reason", "remedy"),
    [
        (b"", "empty", "Download it again"),
        (b" \r\n", "empty", "Download it again"),
        (OLE + "WordDocument".encode("utf-16-le"), "damaged", "Download it again"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged", "Download it again"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password", "without a password"),
        (OLE + "PowerPoint".encode("utf-16-le"), "old Office file", "PDF"),
        (b"PK\x03\x04....word/document.xml", "damaged", "Download it again"),
        (b"PK\x03\x04....xl/workbook.xml", "damaged", "Download it again"),
        (b"PK\x03\x04....xl/workbook.bin", "binary Excel file", "XLSX"),
        (b"PK\x03\x04....OFD.xml", "OFD", "PDF"),
        (b"PK\x03\x04....a.pdf", "ZIP archive", "Download it again"),
        (b"<!DOCTYPE html><html><body>404</body>", "web page that is no disclosure: 404", "browser"),
        (b"\xef\xbb\xbf\n<html>403 %PDF-1.4</html>", "web page that is no disclosure: 403", "browser"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "2003 XML", "XLSX"),
        (b"Rar!\x1a\x07", "RAR", "Unpack"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG", "PDF"),
        (bytes(range(256)) * 4, "not known", "Convert"),
        (b"%PDF-1.4\n%%EOF", "cut short", "Download it again"),
        (b"%PDF-1.4\nstartxref\n0\n%%EOF", "damaged", "Download it again"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_place_and_remedy(tmp_path, data, reason, remedy):
    error = refusal(tmp_path, data)
    assert reason in error.reason
    assert remedy in error.remedy
    assert str(error).startswith(f"预算/a.pdf ({error.place}): ")
    assert error.reason in str(error)
    assert error.remedy in str(error)


def test_an_encrypted_pdf_is_refused_as_encrypted(tmp_path):
    error = refusal(tmp_path, small_pdf(encrypt=StandardEncryption("secret", ownerPassword="owner")))
    assert "encrypted" in error.reason
    assert "password" in error.remedy


def test_a_pdf_that_only_restricts_printing_is_read(tmp_path):
    drawing = Drawing(encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    drawing.canvas.drawString(100, 100, "12.50")
    assert [block.text for block in read_bytes(tmp_path, drawing.bytes()).blocks] == ["12.50"]


def test_characters_that_a_font_does_not_name_are_a_problem(tmp_path):
    document = read_bytes(tmp_path, without_character_names(small_pdf()))
    assert [block.text for block in document.blocks] == ["\ufffd" * 4]
    assert document.problems == ("page 1 has 4 characters that its fonts do not name",)


def without_character_names(data):
    """The PDF with a font whose codes are glyph numbers of a character collection that nobody knows."""
    assert data.count(b"(GB1)") == data.count(b"/UniGB-UCS2-H") == 1
    return data.replace(b"(GB1)", b"(XX9)").replace(b"/UniGB-UCS2-H", b"/Identity-H  ")


def test_a_pdf_cut_short_is_refused(tmp_path):
    drawing = Drawing()
    for _ in range(40):
        drawing.text(100, 100, "部门决算" * 20)
        drawing.new_page()
    data = drawing.bytes()
    assert "cut short" in refusal(tmp_path, data[: len(data) // 2]).reason


def test_a_damaged_page_is_a_problem_and_the_others_are_read(tmp_path, monkeypatch):
    drawing = Drawing()
    for text_on_page in ("第一页文字", "第二页文字"):
        drawing.text(100, 100, text_on_page)
        drawing.new_page()
    read = pdf.page_grids

    def failing(rules, glyphs, page_no, above):
        if page_no == 1:
            raise ValueError("broken content")
        return read(rules, glyphs, page_no, above)

    monkeypatch.setattr(pdf, "page_grids", failing)
    document = read_bytes(tmp_path, drawing.bytes())
    assert [block.text for block in document.blocks] == ["第二页文字"]
    assert document.problems == ("page 1 could not be read (ValueError: broken content)",)


def test_the_error_crosses_process_borders_whole():
    error = UnreadableFileError("a.pdf", "page 7", "it is broken", "Mend it")
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.source_path, copy.place) == (str(error), "a.pdf", "page 7")
