"""Break a paper into pages: which rows, lines and rules stand where. Nothing is drawn here (``pdf`` draws).

Positions are points from the lower left corner, as PDF counts them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.typeset.grid import LEADING, PADDING, GridLayout, Rule, rules_between
from tests.typeset.lines import text_width, wrap
from tests.typeset.model import Contents, Cover, Heading, Paper, Prose, Table

A4 = (595.0, 842.0)
MARGIN = 56.0
BODY_SIZE = 11.0


class Text(NamedTuple):
    """One line of text; ``align`` says what ``x`` is: left, center or right."""

    x: float
    y: float
    size: float
    text: str
    align: str = "left"


@dataclass
class Page:
    """One page and what stands on it."""

    width: float
    height: float
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


class Flow:
    """Fills pages from top to bottom."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.pages: list[Page] = []
        self.entries: list[tuple[str, int, int]] = []
        """Text, level and page of everything the contents list names."""
        self.top = 0.0

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    def new_page(self, *, landscape: bool = False) -> None:
        """Begin a page."""
        width, height = A4[::-1] if landscape else A4
        self.pages.append(Page(width, height))
        self.top = height - MARGIN

    def room(self, height: float) -> None:
        """Begin a new page unless ``height`` fits on this one, upright."""
        if not self.pages or self.page.width > self.page.height or self.top - height < MARGIN:
            self.new_page()

    def line(self, text: str, size: float, *, align: str = "left", indent: float = 0.0) -> None:
        """Set one line and go down."""
        self.top -= size * LEADING
        x = {"left": MARGIN + indent, "center": self.page.width / 2, "right": self.page.width - MARGIN}[align]
        self.page.texts.append(Text(x, self.top, size, text, align))

    def prose(self, text: str) -> None:
        """Set a paragraph, its first line indented by two squares, over as many pages as it needs."""
        width = A4[0] - 2 * MARGIN
        for number, line in enumerate(wrap("　　" + text, width, BODY_SIZE)):
            self.room(BODY_SIZE * LEADING)
            indent = 2 * BODY_SIZE if number == 0 else 0.0
            self.line(line.removeprefix("　　") if number == 0 else line, BODY_SIZE, indent=indent)
        self.top -= 4


def paginate(paper: Paper) -> list[Page]:
    """Lay a paper out; the contents list is filled in last, when the pages are known."""
    flow = Flow(paper)
    contents_page: Page | None = None
    for block in paper.blocks:
        if isinstance(block, Cover):
            _cover(flow, block)
        elif isinstance(block, Contents):
            flow.new_page()
            contents_page = flow.page
            flow.top = 0.0
        elif isinstance(block, Heading):
            _heading(flow, block)
        elif isinstance(block, Prose):
            flow.prose(block.text)
        else:
            set_table(flow, block)
    if contents_page is not None:
        _contents(flow, contents_page)
    return _numbered(flow)


def _cover(flow: Flow, cover: Cover) -> None:
    flow.new_page()
    flow.top -= 160
    for line in cover.title:
        flow.line(line, 24, align="center")
        flow.top -= 10
    flow.top -= 60
    for text in cover.below:
        for line in wrap(text, A4[0] - 2 * MARGIN, 12):
            flow.line(line, 12, align="center")
    flow.top = 0.0


def _heading(flow: Flow, heading: Heading) -> None:
    if heading.level == 0:
        flow.new_page()
        for line in heading.text.split("\n"):
            flow.line(line, 18, align="center")
        flow.top -= 18
    else:
        flow.room(60)
        flow.top -= 6
        flow.line(heading.text, 13 if heading.level == 1 else 12, indent=0 if heading.level == 1 else 22)
        flow.top -= 4
    if heading.level < 2:
        flow.entries.append((heading.text.replace("\n", " "), heading.level, len(flow.pages)))


def _contents(flow: Flow, page: Page) -> None:
    y, left, right = page.height - MARGIN - 30, MARGIN, page.width - MARGIN
    page.texts.append(Text(page.width / 2, y, 18, "目　录", "center"))
    y -= 14
    pitch = min(18.0, (y - MARGIN - 10) / max(len(flow.entries), 1))
    for text, level, number in flow.entries:
        y -= pitch
        indent = 0 if level == 0 else 22
        dots = int((right - left - indent - text_width(text, 10) - 24) / text_width(".", 10))
        page.texts.append(Text(left + indent, y, 10, text + "." * max(dots, 3)))
        page.texts.append(Text(right, y, 10, str(number), "right"))


def _numbered(flow: Flow) -> list[Page]:
    for number, page in enumerate(flow.pages[1:], 2):
        page.texts.append(Text(page.width / 2, MARGIN / 2, 9, f"— {number} —", "center"))
        if flow.paper.header_line:
            page.texts.append(Text(page.width / 2, page.height - MARGIN / 2, 8, flow.paper.header_line, "center"))
    return flow.pages


def set_table(flow: Flow, table: Table) -> None:
    """Set a form: title and captions, then the grid on as many pages as it needs, then the notes."""
    landscape = table.landscape
    grid = GridLayout(table, A4[1 if landscape else 0] - 2 * MARGIN)
    head = 0 if table.title_in_grid else 26 + 14 * _caption_lines(table)
    needed = head + sum(grid.heights) + 16 * len(table.notes)
    fits = flow.pages and not landscape and flow.top - needed - 20 > MARGIN
    if fits and flow.paper.share_pages:
        flow.top -= 20
    else:
        flow.new_page(landscape=landscape)
    flow.entries.append((table.title, 1, len(flow.pages)))
    if not table.title_in_grid:
        _caption(flow, table)
    for number, rows in enumerate(_chunks(flow, grid)):
        if number:
            flow.new_page(landscape=landscape)
        _place_rows(flow, grid, rows, top_rule=number == 0 or flow.paper.top_rule_after_break)
    for note in table.notes:
        for line in wrap(note, grid.width, 8.5):
            flow.line(line, 8.5)


def _caption_lines(table: Table) -> int:
    return 1 + (table.printed_no is not None)


def _caption(flow: Flow, table: Table) -> None:
    if table.printed_no:
        flow.line(table.printed_no, 9, align="right" if table.printed_no.startswith("公开") else "left")
    flow.line(table.title, 15, align="center")
    flow.top -= 8
    rest = [text for text in table.caption if text != table.printed_no]
    unit = next(text for text in rest if text.endswith(table.unit))
    y = flow.top - 9
    for text in rest:
        x, align = (flow.page.width - MARGIN, "right") if text == unit else (MARGIN, "left")
        flow.page.texts.append(Text(x, y, 9, text, align))
    flow.top = y - 5


def _chunks(flow: Flow, grid: GridLayout) -> Iterator[list[int]]:
    """Yield the rows of each page: the header with the first, and again with each next one if it repeats."""
    rows = list(range(grid.first_rows))
    bottom = flow.top - sum(grid.heights[row] for row in rows)
    page_top = flow.page.height - MARGIN
    count = 0
    for row in range(grid.first_rows, len(grid.heights)):
        if bottom - grid.heights[row] < MARGIN + 20 or count == flow.paper.rows_per_page:
            yield rows
            rows = list(grid.header_rows) if flow.paper.repeat_header else []
            bottom = page_top - sum(grid.heights[each] for each in rows)
            count = 0
        rows.append(row)
        bottom -= grid.heights[row]
        count += 1
    yield rows


def _place_rows(flow: Flow, grid: GridLayout, rows: Sequence[int], *, top_rule: bool) -> None:
    """Set some rows of a grid at the top of what is left of the page, with their rules."""
    tops, y = {}, flow.top
    for row in rows:
        tops[row] = y
        y -= grid.heights[row]
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), cell in grid.cells.items():
        if row not in tops:
            continue
        span = [each for each in range(row, row + cell.row_span) if each in tops]
        owners |= {(each, column + right): (row, column) for each in span for right in range(cell.column_span)}
        bottom = tops[span[-1]] - grid.heights[span[-1]]
        _place_cell(flow, grid, (row, column), tops[row], bottom)
    edges = [tops[row] for row in rows] + [y]
    flow.page.rules.extend(rules_between(owners, rows, edges, [MARGIN + edge for edge in grid.edges], top_rule))
    flow.top = y - 4


def _place_cell(flow: Flow, grid: GridLayout, place: tuple[int, int], top: float, bottom: float) -> None:
    cell, lines = grid.cells[place], grid.lines[place]
    left = MARGIN + grid.edges[place[1]]
    right = MARGIN + grid.edges[place[1] + cell.column_span]
    x = {"left": left + PADDING, "center": (left + right) / 2, "right": right - PADDING}[cell.align]
    y = (top + bottom) / 2 + len(lines) * grid.size * LEADING / 2
    for line in lines:
        y -= grid.size * LEADING
        flow.page.texts.append(Text(x, y + grid.size * 0.25, grid.size, line, cell.align))
