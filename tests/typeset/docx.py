"""Set a paper as DOCX: paragraphs and tables with gridSpan and vMerge, the same bytes every time."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from tests.typeset.model import Cell, Paper, Row, Table, places
from tests.typeset.plain import lines_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def set_docx(paper: Paper) -> bytes:
    """Set a paper as DOCX."""
    return package(body="".join(_blocks(paper)))


def package(body: str, parts: dict[str, str | bytes] | None = None, namespaces: str = "") -> bytes:
    """Make a DOCX from the XML of its body; ``parts`` adds or replaces parts."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" xmlns:r="{_OFFICE}" {namespaces}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    all_parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": document,
        **(parts or {}),
    }
    return zipped(all_parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Zip parts with a fixed date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def relations(kinds: dict[str, tuple[str, str]]) -> str:
    """Make a relationships part: id → kind and target."""
    entries = "".join(
        f'<Relationship Id="{each}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for each, (kind, target) in kinds.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">{entries}</Relationships>'


def _blocks(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Table):
            yield from _table(block)
        else:
            yield from map(paragraph, lines_of(block, paper))


def paragraph(text: str) -> str:
    """Set one paragraph; ``\\n`` is a line break."""
    return f"<w:p>{run(text)}</w:p>"


def run(text: str) -> str:
    """Set a run of text."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{lines}</w:r>"


def _table(table: Table) -> Iterator[str]:
    if not table.title_in_grid:
        yield from map(paragraph, (table.title, *table.caption))
    yield grid(table_rows(table), table.column_count)
    yield from map(paragraph, table.notes)


def table_rows(table: Table) -> tuple[Row, ...]:
    """Return all rows of a form's grid, with its title where that stands inside."""
    inside = (table.title, *table.caption) if table.title_in_grid else ()
    titles = tuple((Cell(text, column_span=table.column_count),) for text in inside)
    return (*titles, *table.header, *((table.numbers,) if table.numbers else ()), *table.body)


def grid(rows: Sequence[Row], column_count: int) -> str:
    """Set rows of cells as a table."""
    found = places(rows, column_count)
    owners = {
        (row + down, column + right): ((row, column), cell)
        for (row, column), cell in found.items()
        for down in range(cell.row_span)
        for right in range(cell.column_span)
    }
    body = "".join(_row(owners, row, column_count) for row in range(len(rows)))
    columns = '<w:gridCol w:w="1000"/>' * column_count
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


def _row(owners: dict[tuple[int, int], tuple[tuple[int, int], Cell]], row: int, column_count: int) -> str:
    cells, column = [], 0
    while column < column_count:
        (top, _), cell = owners[row, column]
        merge = "" if cell.row_span == 1 else '<w:vMerge w:val="restart"/>' if top == row else "<w:vMerge/>"
        span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        content = paragraph(cell.text) if top == row and cell.text else "<w:p/>"
        cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{content}</w:tc>")
        column += cell.column_span
    return f"<w:tr>{''.join(cells)}</w:tr>"
