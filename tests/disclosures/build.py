"""Documents for the tests of this package, put together by hand as a reader would give them."""

from pipelines.documents.model import Box, Cell, Document, Grid, Paragraph, Place


def grid(rows: list[str], table_no: int = 1, page_no: int | None = None) -> Grid:
    """A grid from lines with ``|`` between cells; ``<`` continues the cell to the left, ``^`` the one above."""
    texts = [line.split("|") for line in rows]
    cells: list[Cell] = []
    for i, line in enumerate(texts):
        for j, text in enumerate(line):
            if text in ("<", "^"):
                continue
            columns = next((k for k in range(1, len(line) - j) if line[j + k] != "<"), len(line) - j)
            below = next((k for k in range(1, len(texts) - i) if texts[i + k][j] != "^"), len(texts) - i)
            box = Box(j * 10.0, i * 10.0, j * 10.0 + 10, i * 10.0 + 10) if page_no else None
            place = Place(page_no=page_no, line_no=None if page_no else i + 1, box=box)
            cells.append(Cell(i, j, text.replace("\\n", "\n"), below, columns, place))
    return Grid(table_no, len(texts), len(texts[0]), tuple(cells), Place(page_no=page_no))


def document(*blocks: str | list[str], path: str = "paper.txt", page_no: int | None = None) -> Document:
    """A document from paragraphs (text) and grids (lists of lines)."""
    made: list[Paragraph | Grid] = []
    for block in blocks:
        if isinstance(block, str):
            made.append(Paragraph(block))
        else:
            made.append(grid(block, sum(isinstance(b, Grid) for b in made) + 1, page_no))
    return Document("0" * 64, path, "text", "text", "1", None, tuple(made))
