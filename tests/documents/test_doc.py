import shutil
import stat

import pytest

from pipelines.documents import doc
from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.model import Grid
from pipelines.documents.reading import read_document

needs_libreoffice = pytest.mark.skipif(doc.soffice() is None, reason="LibreOffice is not installed")
NAME = "太原市发展和改革委员会_2016_部门决算.doc"


@pytest.fixture
def real(shared):
    return shared / "disclosures" / "real" / NAME


@pytest.fixture
def any_bytes(monkeypatch):
    """Let any bytes pass for a DOC file."""
    monkeypatch.setattr(doc, "streams", lambda data, source_path: {"WordDocument": data})


def test_without_libreoffice_the_remedy_is_to_install_it(monkeypatch, any_bytes):
    monkeypatch.setattr(doc, "soffice", lambda: None)
    with pytest.raises(UnreadableFileError) as caught:
        doc.read_doc(b"", "a.doc")
    assert "apt: libreoffice-writer-nogui" in caught.value.remedy
    assert "LibreOffice" in caught.value.reason


def test_a_libreoffice_that_hangs_is_ended(monkeypatch, tmp_path, any_bytes):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(doc, "soffice", lambda: str(program))
    monkeypatch.setattr(doc, "START_SECONDS", 0.2)
    monkeypatch.setattr(doc, "SECONDS_EACH", 0.1)
    found = doc.to_docx({"a.doc": b"x"})["a.doc"]
    assert isinstance(found, UnreadableFileError)
    assert "could not convert" in found.reason


@needs_libreoffice
@pytest.mark.slow
def test_a_damaged_file_costs_its_batch_nothing(real):
    data = real.read_bytes()
    found = doc.to_docx({"a.doc": data, "bad.doc": data[:5000], "b.doc": data})
    assert [isinstance(found[name], bytes) for name in ("a.doc", "bad.doc", "b.doc")] == [True, False, True]


@needs_libreoffice
def test_the_real_file_is_read_with_the_form_that_is_a_picture(real):
    document = read_document(real, NAME)
    assert (document.format, document.reader, document.problems) == ("doc", "doc", ())
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert len(grids) == 10
    first = [[cell and cell.text for cell in row] for row in grids[1].rows()]
    assert first[3] == ["一、财政拨款收入", "1", "42,575,058.26", "一、一般公共服务支出", "37", "30,084,304.96"]


def test_the_program_is_found_where_it_is_installed(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == "libreoffice" else None)
    assert doc.soffice() == "/bin/libreoffice"
