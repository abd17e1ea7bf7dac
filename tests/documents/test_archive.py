import io
import zipfile

import pytest

from pipelines.documents import archive
from pipelines.documents.archive import is_archive, members, members_of
from pipelines.documents.errors import UnreadableFileError
from tests.typeset.docx import package, paragraph
from tests.typeset.zip import set_zip


def names(data):
    return [member.container_path for member in members_of(data, "a.zip")]


def test_every_file_is_a_member_with_its_bytes(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(set_zip({"预算/一.txt": b"1", "二.pdf": b"2", "空/": b""}))
    assert [(m.container_path, m.data, m.error) for m in members(path)] == [
        ("预算/一.txt", b"1", None),
        ("二.pdf", b"2", None),
    ]


@pytest.mark.parametrize("gbk", [True, False])
def test_names_are_read_in_gbk_and_in_utf8(gbk):
    assert names(set_zip({"2022年度部门决算/公开表.xls": b"x"}, gbk=gbk)) == ["2022年度部门决算/公开表.xls"]


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_not():
    inner = set_zip({"三.txt": b"3", "深.zip": set_zip({"四.txt": b"4"})})
    found = list(members_of(set_zip({"一.txt": b"1", "内.zip": inner}), "a.zip"))
    assert [member.container_path for member in found] == ["一.txt", "内.zip/三.txt", "内.zip/深.zip"]
    assert [member.error is None for member in found] == [True, True, False]
    assert found[2].error.source_path == "a.zip!/内.zip/深.zip"


def test_an_office_file_is_a_member_not_an_archive():
    office = package(paragraph("正文"))
    assert not is_archive(office)
    assert names(set_zip({"a.docx": office})) == ["a.docx"]


def test_litter_of_other_systems_is_passed_over():
    assert names(set_zip({"__MACOSX/._a.txt": b"", ".DS_Store": b"", "~$a.docx": b"", "a.txt": b"1"})) == ["a.txt"]


def test_two_members_of_one_name_are_both_there():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.txt", b"2")
    assert names(buffer.getvalue()) == ["a.txt", "a.txt (2)"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\a.txt", "a/../../b", "..\\b"])
def test_a_name_that_leads_out_of_the_archive_is_refused(name):
    with pytest.raises(UnreadableFileError, match="leads out of it"):
        names(set_zip({"a.txt": b"1", name: b"2"}))


def test_a_bomb_is_an_error_of_its_own_and_costs_the_others_nothing():
    found = list(members_of(set_zip({"a.txt": b"1", "bomb": bytes(40 << 20), "b.txt": b"2"}), "a.zip"))
    assert [member.container_path for member in found if member.error is None] == ["a.txt", "b.txt"]
    assert "500 times" in found[1].error.reason
    assert found[1].data == b""


def test_all_members_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 10)
    with pytest.raises(UnreadableFileError, match="larger than"):
        names(set_zip({str(number): b"123456" for number in range(3)}))


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    with pytest.raises(UnreadableFileError, match="more than 2 files"):
        names(set_zip({str(number): b"" for number in range(3)}))


def test_a_damaged_member_costs_the_others_nothing():
    data = bytearray(set_zip({"a.txt": b"a" * 99, "b.txt": b"b"}))
    at = data.index(b"a.txt") + 5
    data[at : at + 4] = b"\xff\xff\xff\xff"
    found = list(members_of(bytes(data), "a.zip"))
    assert [member.error is None for member in found] == [False, True]
    assert "damaged" in found[0].error.reason


def test_an_archive_that_is_cut_short_is_refused():
    data = set_zip({"a.txt": b"a" * 1000})
    with pytest.raises(UnreadableFileError, match="damaged or cut short"):
        names(data[:-30])
