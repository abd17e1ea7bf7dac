"""Data as scripts: a page opened from disk may load a script, but may not fetch a file.

A data script is one call, ``duizhang.put("name", '…JSON…')``; the text is parsed as JSON by the page, which is faster
than a literal and can never be code. Does not belong here: what the data are.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="string")


def write(folder: Path, name: str, value: Any) -> int:
    """Write a value as the data script ``data/<name>.js``; return its size in bytes."""
    return write_text(folder, name, _ENCODER.encode(value).decode("utf-8"))


def write_text(folder: Path, name: str, json: str) -> int:
    """Write what is JSON already as a data script; return its size in bytes."""
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(_call(name, json).encode())


def text(name: str, value: Any) -> str:
    """The data script of a value."""
    return _call(name, _ENCODER.encode(value).decode("utf-8"))


def _call(name: str, json: str) -> str:
    # a string between single quotes: only these two characters could end it, and JSON has no raw line breaks
    quoted = json.replace("\\", "\\\\").replace("'", "\\'")
    return f"duizhang.put(\"{name}\",'{quoted}')\n"


def joined(members: Iterable[tuple[str, str]]) -> str:
    """A JSON object made of keys and values that are JSON already."""
    return "{" + ",".join(f"{_ENCODER.encode(key).decode()}:{value}" for key, value in members) + "}"
