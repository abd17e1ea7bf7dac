"""Set a paper as an HTML page: paragraphs and tables with colspan and rowspan, in any encoding, in a frame or not."""

from collections.abc import Iterator, Sequence
from html import escape

from tests.typeset.docx import table_rows
from tests.typeset.model import Cell, Paper, Row, Table
from tests.typeset.plain import lines_of

STYLE = "<style>td { border: 1px solid } /* 不是正文 1,234.56 */</style><script>var 不是正文 = 1;</script>"


def set_html(paper: Paper, encoding: str = "utf-8", *, declared: str | None = None, framed: bool = False) -> bytes:
    """Set a paper as HTML; ``framed`` puts everything into a table of one cell, as old websites do."""
    body = "\n".join(_blocks(paper))
    if framed:
        body = f"<table width=100%><tr><td>{body}</td></tr></table>"
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={declared or encoding}">'
    page = f"<!DOCTYPE html>\n<html><head>{charset}{STYLE}</head>\n<body>\n{body}\n</body></html>"
    return page.encode(encoding, "xmlcharrefreplace")


def _blocks(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Table):
            if not block.title_in_grid:
                yield from map(_paragraph, (block.title, *block.caption))
            yield grid(table_rows(block))
            yield from map(_paragraph, block.notes)
        else:
            yield from map(_paragraph, lines_of(block, paper))


def _paragraph(text: str) -> str:
    return f"<p>{_lines(text)}</p>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def grid(rows: Sequence[Row]) -> str:
    """Set rows of cells as a table."""
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f'<table border="1">\n{body}\n</table>'


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{n}"' for name, n in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if n > 1
    )
    return f"<td{spans}>{_lines(cell.text) or '&nbsp;'}</td>"
