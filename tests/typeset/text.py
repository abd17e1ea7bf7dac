"""Set a paper as a text conversion: tab-separated rows, merged cells printed once with empty cells behind.

A form that runs over a page is interrupted by a blank line and its header again (without the 栏次 row), as converters
leave it. Does not belong here: what stands in the paper (``papers``).
"""

from collections.abc import Iterator, Sequence

from tests.typeset.model import Contents, Cover, Heading, Paper, Row, Table, places


def set_text(paper: Paper) -> bytes:
    """Set a paper as UTF-8 text with ``\\n`` line ends."""
    parts: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Cover):
            parts += ["\n".join(block.title), *block.below]
        elif isinstance(block, Contents):
            parts += ["目录", *_contents(paper)]
        elif isinstance(block, Table):
            parts += _table(block, paper)
        else:
            parts.append(block.text)
    return ("\n" + "\n\n".join(parts) + "\n").encode()


def _contents(paper: Paper) -> Iterator[str]:
    entries: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Heading) and block.level == 0:
            if entries:
                yield "\n".join(entries)
            yield block.text.replace("\n", " ")
            entries = []
        elif isinstance(block, Table):
            entries.append(f"- {block.title}")
        elif isinstance(block, Heading) and block.level == 1:
            entries.append(f"- {block.text}")
    if entries:
        yield "\n".join(entries)


def _table(table: Table, paper: Paper) -> list[str]:
    header = matrix(table.header, table.column_count)
    titles = [[text, *[""] * (table.column_count - 1)] for text in (table.title, *table.caption)]
    rows = matrix((table.numbers, *table.body) if table.numbers else table.body, table.column_count)
    groups = []
    for start in range(0, max(len(rows), 1), paper.rows_per_page):
        head = header if start == 0 or paper.repeat_header else []
        if start == 0 and table.title_in_grid:
            head = [*titles, *head]
        groups.append("\n".join("\t".join(row) for row in (*head, *rows[start : start + paper.rows_per_page])))
    above = [] if table.title_in_grid else [table.title, *table.caption]
    return [*above, *groups, *(["\n".join(table.notes)] if table.notes else [])]


def matrix(rows: Sequence[Row], column_count: int) -> list[list[str]]:
    """Spread rows of cells with spans over a full matrix; positions that a span covers are empty."""
    texts = [[""] * column_count for _ in rows]
    for (row, column), cell in places(rows, column_count).items():
        texts[row][column] = cell.text
    return texts
