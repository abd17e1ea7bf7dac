"""What python-calamine does not tell of an XLS workbook: formats, borders, what is hidden, which sheet shows.

Belongs here: walking the records of the Workbook stream for the cells' styles. The values themselves come from
python-calamine (``xls``). Written for BIFF8 (Excel 97 and later); older workbooks have no styles here, and their
numbers are shown as General.
"""

import struct
from collections.abc import Iterator

import msgspec

from pipelines.documents.number_format import BUILT_IN
from pipelines.documents.xlsx_styles import Style

_BOF, _EOF, _BOUNDSHEET, _FORMAT, _XF, _DATE_1904, _WINDOW1 = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x22, 0x3D
_ROW, _COLINFO, _WINDOW2 = 0x208, 0x7D, 0x23E
_SINGLE = frozenset({0x203, 0x27E, 0x06, 0x406, 0xFD, 0x204, 0xD6, 0x201, 0x205})
"""NUMBER, RK, FORMULA, LABELSST, LABEL, RSTRING, BLANK, BOOLERR: row, column, style."""
_MULTIPLE = {0xBD: 6, 0xBE: 2}
"""MULRK, MULBLANK: bytes a cell."""
_BIFF8 = 0x600
_WORKSHEET = 0


class SheetStyles(msgspec.Struct):
    """One worksheet's styles and what of it is hidden."""

    name: str
    styles: dict[tuple[int, int], int]
    """(row, column), from 0 → number of the style."""
    hidden_rows: set[int]
    hidden_columns: set[int]
    hides_zeros: bool = False
    is_hidden: bool = False


class BookStyles(msgspec.Struct):
    """A workbook's styles."""

    styles: list[Style]
    sheets: list[SheetStyles]
    """Worksheets only, in the order of the workbook."""
    epoch_1904: bool = False
    active: int = 0
    """Index of the sheet that is shown, among all sheets."""

    def style(self, number: int | None) -> Style:
        """Return one style, the plain one if there is none of that number."""
        return self.styles[number] if number is not None and number < len(self.styles) else Style()


def read_styles(stream: bytes) -> BookStyles:
    """Walk the records of a Workbook stream; a damaged stream gives what stands before the damage."""
    formats: dict[int, str] = {}
    extended: list[tuple[int, bool]] = []
    sheets: list[tuple[int, str, bool]] = []
    book = BookStyles([], [])
    for kind, body in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", body)[0] != _BIFF8:
            return book
        if kind == _FORMAT and len(body) > 5:
            formats[struct.unpack_from("<H", body)[0]] = _long_string(body[2:])
        elif kind == _XF and len(body) >= 20:
            extended.append((struct.unpack_from("<H", body, 2)[0], _is_bordered(body)))
        elif kind == _BOUNDSHEET and len(body) > 8 and body[5] == _WORKSHEET:
            sheets.append((struct.unpack_from("<I", body)[0], _short_string(body[6:]), body[4] & 3 != 0))
        elif kind == _DATE_1904:
            book.epoch_1904 = body[:1] == b"\x01"
        elif kind == _WINDOW1 and len(body) >= 12:
            book.active = struct.unpack_from("<H", body, 10)[0]
    book.styles = [Style(formats.get(code) or BUILT_IN.get(code, "General"), drawn) for code, drawn in extended]
    book.sheets = [_read_sheet(stream, offset, name, hidden) for offset, name, hidden in sheets]
    return book


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, up to its end."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        body = stream[offset + 4 : offset + 4 + size]
        if len(body) < size:
            return
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, body
        if depth <= 0:
            return
        offset += 4 + size


def _read_sheet(stream: bytes, offset: int, name: str, hidden: bool) -> SheetStyles:
    sheet = SheetStyles(name, {}, set(), set(), is_hidden=hidden)
    for kind, body in _records(stream, offset):
        if kind in _SINGLE and len(body) >= 6:
            row, column, style = struct.unpack_from("<3H", body)
            sheet.styles[row, column] = style
        elif kind in _MULTIPLE and len(body) >= 8:
            sheet.styles.update(_multiple(body, _MULTIPLE[kind]))
        elif kind == _ROW and len(body) >= 16:
            if struct.unpack_from("<I", body, 12)[0] & 0x20:
                sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and len(body) >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & 1:
                sheet.hidden_columns.update(range(first, min(last, 255) + 1))
        elif kind == _WINDOW2 and len(body) >= 2:
            sheet.hides_zeros = not struct.unpack_from("<H", body)[0] & 0x10
    return sheet


def _multiple(body: bytes, size: int) -> Iterator[tuple[tuple[int, int], int]]:
    row, first = struct.unpack_from("<HH", body)
    for index, offset in enumerate(range(4, len(body) - 2 - size + 1, size)):
        yield (row, first + index), struct.unpack_from("<H", body, offset)[0]


def _is_bordered(extended: bytes) -> bool:
    """Whether one of the four sides of an extended format has a line."""
    return bool(struct.unpack_from("<H", extended, 10)[0])


def _short_string(data: bytes) -> str:
    """Return a string with its length in one byte."""
    return _characters(data[0], data[1:]) if data else ""


def _long_string(data: bytes) -> str:
    """Return a string with its length in two bytes."""
    return _characters(struct.unpack_from("<H", data)[0], data[2:])


def _characters(count: int, data: bytes) -> str:
    if data[:1] and data[0] & 1:
        return data[1 : 1 + 2 * count].decode("utf-16-le", "replace")
    return data[1 : 1 + count].decode("latin-1")
