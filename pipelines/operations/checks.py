"""What one look at an installation found."""

from typing import Literal

import msgspec


class Check(msgspec.Struct, frozen=True):
    """What one look found."""

    name: str
    state: Literal["good", "warning", "problem"]
    told: str
    remedy: str = ""
