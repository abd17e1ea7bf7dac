"""Citations: in both languages, with the page marked or the line quoted."""

from pathlib import Path

import duckdb
import msgspec
import numpy as np
import pytest
from PIL import Image

from pipelines.warehouse.cite import Source, citation, find_source
from pipelines.warehouse.cite_picture import PictureError, draw, locate, quote

Connection = duckdb.DuckDBPyConnection


def source(tables: Connection, where: str) -> Source:
    query = f"select source_id from provenance.source where {where} order by source_id limit 1"
    found = find_source(tables, tables.execute(query).fetchall()[0][0])
    assert found is not None
    return found


def red(picture: Path) -> np.ndarray:
    """Where the red frame is: rows and columns of its pixels."""
    pixels = np.asarray(Image.open(picture).convert("RGB")).astype(int)
    return np.argwhere((pixels[..., 0] > 200) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60))


def test_a_citation_says_paper_form_place_and_print_in_both_languages(tables: Connection) -> None:
    cited = source(tables, "source_kind = 'amount' and format = 'pdf' and amount_yuan > 0 and kind = 'final_accounts'")
    chinese, english, file = citation(cited)
    assert f"{cited.department}{cited.paper_year}年决算《{cited.form_title}》，第{cited.page_no}页" in chinese
    assert f"“{cited.printed}” {cited.unit} = {cited.amount_yuan:,.2f} 元" in chinese
    assert f"{cited.paper_year} final accounts" in english
    assert f"p. {cited.page_no}" in english
    assert file == f"{cited.source_path} · SHA-256 {cited.document_id}"


def test_the_picture_marks_the_cell(tables: Connection, samples: Path, tmp_path: Path) -> None:
    cited = source(tables, "source_kind = 'amount' and format = 'pdf'")
    draw(locate(samples, cited), cited, tmp_path / "cell.png")
    marked = red(tmp_path / "cell.png") / 2
    assert cited.box is not None
    x0, y0, x1, y1 = cited.box
    edges = (marked[:, 1].min(), marked[:, 0].min(), marked[:, 1].max(), marked[:, 0].max())
    assert np.allclose(edges, (x0, y0, x1, y1), atol=4)


def test_the_picture_marks_a_told_figure(tables: Connection, samples: Path, tmp_path: Path) -> None:
    cited = source(tables, "source_kind = 'claim' and format = 'pdf' and column_label = 'amount'")
    draw(locate(samples, cited), cited, tmp_path / "words.png")
    assert len(red(tmp_path / "words.png")) > 0


def test_of_a_text_file_the_line_is_quoted_and_there_is_no_picture(
    tables: Connection, samples: Path, tmp_path: Path
) -> None:
    cited = source(tables, "source_kind = 'amount' and format = 'text'")
    file = locate(samples, cited)
    line = quote(file, cited)
    assert line is not None
    assert (cited.printed or "?") in line
    with pytest.raises(PictureError, match=f"line {cited.line_no}"):
        draw(file, cited, tmp_path / "none.png")


def test_a_file_that_changed_since_it_was_read_is_refused(tables: Connection, tmp_path: Path) -> None:
    cited = msgspec.structs.replace(source(tables, "format = 'pdf'"), source_path="changed.pdf")
    (tmp_path / "changed.pdf").write_bytes(b"%PDF-")
    with pytest.raises(PictureError, match="SHA-256"):
        locate(tmp_path, cited)


def test_an_unknown_id_is_not_found(tables: Connection) -> None:
    assert find_source(tables, "nothing") is None
