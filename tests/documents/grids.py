"""Random tables with merged cells anywhere, and what a reader has to say of them."""

from bisect import bisect_left

from hypothesis import strategies as st

from pipelines.documents.model import Document
from tests.typeset.model import Cell, Row, places

Seen = tuple[int, int, str, int, int]
"""Row, column, text, row span, column span."""

_WORDS = ("合计", "一、一般公共服务支出", "其中：政府性基金预算财政拨款", "“三公”经费",
          "（一）基本支出", "行政运行 (本级)", "<i>&amp;</i>", "A&B", "无", "—", "2022年度", "年初结转\n和结余",
          "项目\n（按功能分类）", "12.50%")  # fmt: skip
_FIGURES = ("0", "0.00", "1,608.51", "2098.40", "-35.42", "690.070159", "2080101", "208", "01", "005", "12,345,678.90",
            "1", "20", "100", "3.5", "99999999.99")  # fmt: skip
texts = st.one_of(
    st.sampled_from(_WORDS),
    st.sampled_from(_FIGURES),
    st.just(""),
    st.integers(0, 10**9).map(lambda n: f"{n / 100:,.2f}"),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8),
)


@st.composite
def grids(draw: st.DrawFn) -> tuple[tuple[Row, ...], int]:
    """Draw the rows of a table, and its number of columns; its first and last row are not blank."""
    height, width = draw(st.integers(2, 8)), draw(st.integers(2, 8))
    free = [[True] * width for _ in range(height)]
    rows: list[Row] = []
    for top in range(height):
        row: list[Cell] = []
        for left in range(width):
            if not free[top][left]:
                continue
            down = draw(st.sampled_from((1, 1, 1, 1, 2, 3))) if top < height - 1 else 1
            right = draw(st.sampled_from((1, 1, 1, 2, 4)))
            bottom = min(top + down, height)
            end = next((c for c in range(left, min(left + right, width)) if not free[top][c]), min(left + right, width))
            for r in range(top, bottom):
                free[r][left:end] = [False] * (end - left)
            text = draw(texts) or ("合计" if not row and top in (0, height - 1) else "")
            row.append(Cell(text, None, bottom - top, end - left))
        rows.append(tuple(row))
    if not rows[-1]:
        return ((Cell("甲"), Cell("1")), (Cell("乙"), Cell("2"))), 2
    return tuple(rows), width


def expected(rows: tuple[Row, ...], column_count: int) -> list[Seen]:
    """Return what was set: rows and columns in which no cell begins have no size, and are not there."""
    found = places(rows, column_count)
    tops, lefts = sorted({row for row, _ in found}), sorted({column for _, column in found})
    seen = []
    for (row, column), cell in found.items():
        bottom, right = bisect_left(tops, row + cell.row_span), bisect_left(lefts, column + cell.column_span)
        top, left = bisect_left(tops, row), bisect_left(lefts, column)
        seen.append((top, left, cell.text, bottom - top, right - left))
    return sorted(seen)


def seen(document: Document) -> list[list[Seen]]:
    """Return what was read, grid by grid."""
    return [
        sorted((cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in grid.cells)
        for grid in document.grids()
    ]


def uncollapsed(rows: tuple[Row, ...], column_count: int) -> list[Seen]:
    """Return what was set on a worksheet, where every row and column has a size."""
    found = places(rows, column_count).items()
    return sorted((row, column, cell.text, cell.row_span, cell.column_span) for (row, column), cell in found)
