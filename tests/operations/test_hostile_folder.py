"""Good files among bad ones: every good one arrives exactly once, every bad one has its reason or reads as nothing."""

import threading
import time
from pathlib import Path

import polars as pl
import psutil
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from pipelines import stages
from pipelines.stages.documents import facts_version
from tests.documents.drawing import Drawing
from tests.documents.test_docx import BOMB, XXE, W
from tests.documents.test_pdf_hostile import blank_pages, fine_grid, flate_bomb, form_loop, one_page, stream
from tests.documents.test_sheets import sheet_xml
from tests.operations.papers import write_paper
from tests.typeset.docx import package, paragraph
from tests.typeset.zip import set_zip

GOOD = 500
_FAR = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 101))


def _pdf(**options) -> bytes:
    drawing = Drawing(**options)
    drawing.text(100, 100, "部门决算")
    drawing.new_page()
    return drawing.bytes()


def _docx(doctype: str) -> bytes:
    xml = f'<?xml version="1.0" encoding="utf-8"?>{doctype}<w:document xmlns:w="{W}"><w:body/></w:document>'
    return package("", {"word/document.xml": xml.encode()})


def bad_files() -> dict[str, bytes]:
    """Twenty files made to stop a load, by name."""
    pdf, docx = _pdf(), package(paragraph("部门决算"))
    return {
        "cut.pdf": pdf[: len(pdf) // 2],
        "encrypted.pdf": _pdf(encrypt=StandardEncryption("secret", ownerPassword="owner")),
        "no pages.pdf": blank_pages(0),
        "zero bytes.pdf": b"",
        "blanks.txt": b" \r\n" * 1000,
        "20000 blank pages.pdf": blank_pages(20_000),
        "form in itself.pdf": form_loop(1),
        "forms that multiply.pdf": form_loop(3),
        "flate bomb.pdf": flate_bomb(),
        "1500 rules.pdf": fine_grid(750),
        "no content.pdf": one_page(b"not a stream"),
        "broken content.pdf": one_page(stream(b"BT /F1 12 Tf (" * 1000)),
        "zip bomb.zip": set_zip({"bomb.txt": bytes(40 << 20)}),
        "traversal.zip": set_zip({"../../etc/passwd": b"x"}),
        "cut.zip": set_zip({"a.txt": b"1" * 1000})[:60],
        "external entity.docx": _docx(XXE),
        "entity bomb.docx": _docx(BOMB),
        "cut.docx": docx[: len(docx) // 2],
        "far cells.xlsx": sheet_xml(f"<sheetData>{_FAR}</sheetData>"),
        "error page.pdf": b"<!DOCTYPE html><html><body>404 Not Found</body></html>",
    }


def _kill_one_worker(stop: threading.Event) -> None:
    """Kill the first worker that was at work for a while, from outside."""
    while not stop.is_set():
        for child in psutil.Process().children():
            try:
                if child.cpu_times().user > 1.5:
                    child.kill()
                    return
            except psutil.Error:
                continue
        time.sleep(0.05)


@pytest.mark.slow
def test_500_good_files_among_20_bad_ones_arrive_exactly_once(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    for number in range(GOOD):
        write_paper(raw / f"{number:03}.txt", year=2015 + number % 10, total=f"{number + 1}.00")
    for name, data in bad_files().items():
        (raw / "bad").mkdir(exist_ok=True)
        (raw / "bad" / name).write_bytes(data)
    workspace = stages.Workspace(raw, tmp_path / "warehouse", workers=2)
    stop = threading.Event()
    killer = threading.Thread(target=_kill_one_worker, args=(stop,))
    killer.start()
    found = stages.scan_files(workspace)
    stages.read_new(workspace, found)
    stages.understand_new(workspace, found)
    stop.set()
    killer.join()

    facts = {file.name: workspace.lake.facts_folder(file.document_id, facts_version()) for file in found.files}
    rows = {name: pl.read_parquet(folder / "document.parquet").row(0, named=True) for name, folder in facts.items()}
    lost = {name: row["problem"] for name, row in rows.items() if row["status"] == "quarantined"}
    assert all(lost.values())
    good = [f"{number:03}.txt" for number in range(GOOD)]
    assert len(set(good) & set(lost)) <= 1, "no file but the one at which a worker was killed may be lost"
    for number, name in enumerate(good):
        if name not in lost:
            printed = pl.read_parquet(facts[name] / "amount.parquet")["printed"].to_list()
            assert printed == [f"{number + 1}.00", f"{number + 1}.00", "0.00"] * 4
    told = [*rows, *found.problems]
    assert [name for name in bad_files() if not any(name in each for each in told)] == []
