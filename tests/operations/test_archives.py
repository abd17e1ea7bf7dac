"""A load with an archive among its files: each member is read, and a bad one is quarantined for itself."""

from pathlib import Path

import polars as pl

from pipelines import stages
from pipelines.stages.documents import facts_version
from tests.operations.papers import write_paper
from tests.typeset.zip import set_zip


def test_members_of_an_archive_are_documents_and_a_bad_one_is_quarantined(tmp_path: Path) -> None:
    paper = write_paper(tmp_path / "raw" / "a.txt").read_bytes()
    (tmp_path / "raw" / "a.txt").unlink()
    (tmp_path / "raw" / "a.zip").write_bytes(set_zip({"预算/一.txt": paper, "二.pdf": b"%PDF-1.4\n%%EOF"}, gbk=True))
    workspace = stages.Workspace(tmp_path / "raw", tmp_path / "warehouse", workers=1)

    found = stages.scan_files(workspace)
    assert (stages.read_new(workspace, found), stages.understand_new(workspace, found)) == (2, 1)

    documents = {
        file.name: pl.read_parquet(
            workspace.lake.facts_folder(file.document_id, facts_version()) / "document.parquet"
        ).row(0, named=True)
        for file in found.files
    }
    assert documents["a.zip!/预算/一.txt"]["status"] == "loaded"
    assert documents["a.zip!/二.pdf"]["status"] == "quarantined"
    assert documents["a.zip!/二.pdf"]["problem"].startswith("(end of file): the PDF is cut short")
