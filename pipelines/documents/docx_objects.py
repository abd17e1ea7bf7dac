"""What is anchored in a Word paragraph and is no text of its own: pictures, and workbooks shown as pictures.

A form pasted from Excel is displayed as a picture, with the workbook behind it: its active sheet is what the picture
shows, and is read exactly. Belongs here: which pictures are large enough to hold a form, and what an object holds.
Charts and drawn shapes are left out: their figures stand in the text. Does not belong here: reading pictures
(``scan_files``).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.nested import Content
from pipelines.documents.package import Package, R
from pipelines.documents.scan_files import UnreadablePictureError, read_picture_blocks

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_EMU_PER_POINT = 12_700
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_LEAST_WIDTH, _LEAST_HEIGHT = 220.0, 110.0
"""Points; a smaller picture is a seal, a sign or a line, never a form."""
_SIZE = re.compile(r"(width|height):\s*([\d.]+)(pt|in|cm|mm|px)")


class Anchored(NamedTuple):
    """What an anchored element holds; all may be missing."""

    content: Content | None = None
    problem: str | None = None


class Objects:
    """The anchored elements of one document part."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._relations = package.relations(part)
        self._pictures = 0

    def read(self, element: etree._Element, after: str) -> Anchored:
        """Read an anchored element; ``after`` is the text it stands behind, to find it by."""
        embedded = next(element.iter(f"{_O}OLEObject"), None)
        if embedded is not None:
            content = self._workbook(embedded.get(f"{R}id", ""))
            if content is not None:
                return Anchored(content, "; ".join(content.problems) or None)
        if not _is_large_picture(element):
            return Anchored()
        self._pictures += 1
        where = f", after “{after[-40:]}”" if after else ""
        try:
            return Anchored(Content(read_picture_blocks(self._picture(element), _width(element))))
        except UnreadablePictureError as error:
            return Anchored(problem=f"picture {self._pictures}{where} is a picture without text: {error}")

    def _picture(self, element: etree._Element) -> bytes:
        """Return the bytes of the picture that an element displays."""
        shown = [*element.iter(f"{_A}blip"), *element.iter(f"{_V}imagedata")]
        ids = [each.get(f"{R}embed") or each.get(f"{R}id") or "" for each in shown]
        for relation in filter(None, map(self._relations.get, ids)):
            if not relation.external and self._package.has(relation.target):
                return self._package.read(relation.target)
        raise UnreadablePictureError("the picture is not in the file", "Insert it into the file and save it again")

    def _workbook(self, relation_id: str) -> Content | None:
        """Read the workbook behind an object, or return None if there is none."""
        from pipelines.documents import compound, xls, xlsx  # imported late: few documents hold workbooks

        relation = self._relations.get(relation_id)
        if relation is None or relation.external or not self._package.has(relation.target):
            return None
        place = f"{self._package.source_path}!/{relation.target}"
        try:
            data = self._package.read(relation.target)
            if data.startswith(compound.MAGIC):
                inner = compound.streams(data, place)
                if "Package" not in inner:
                    return xls.read_active_sheet(data, place) if xls.is_workbook(inner) else None
                data = inner["Package"]
            return xlsx.read_active_sheet(data, place) if b"xl/workbook.xml" in data else None
        except UnreadableFileError:
            return None


def _is_large_picture(element: etree._Element) -> bool:
    """Whether an element displays a picture that is large enough to hold a form."""
    return any(width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT for width, height in _sizes(element))


def _width(element: etree._Element) -> float:
    """Return how wide an element displays its picture, in points."""
    return max(width for width, _ in _sizes(element))


def _sizes(element: etree._Element) -> Iterator[tuple[float, float]]:
    """Yield the width and height of the pictures in an element, in points."""
    if next(element.iter(f"{_A}blip"), None) is not None:
        extent = next(element.iter(f"{_WP}extent"), None)
        yield _emu(extent, "cx"), _emu(extent, "cy")
        return
    for image in element.iter(f"{_V}imagedata"):
        sides = {name: float(size) * _POINTS[unit] for name, size, unit in _SIZE.findall(_style_of(image.getparent()))}
        yield sides.get("width", 0.0), sides.get("height", 0.0)


def _style_of(shape: etree._Element | None) -> str:
    return "" if shape is None else shape.get("style", "")


def _emu(extent: etree._Element | None, name: str) -> float:
    text = "" if extent is None else extent.get(name, "")
    return int(text) / _EMU_PER_POINT if text.isdigit() else 0.0
