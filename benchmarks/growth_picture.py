"""A picture of growth: seconds over amounts, both logarithmic, as SVG that any browser shows.

Does not belong here: what is measured (``nation``) and what it means (``capacity``).
"""

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 540, 30, 300
_COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f")
_LABEL_HEIGHT = 18
_NEARLY = 0.05
"""Of a power of ten: 98,000 amounts are drawn at the edge that is called 100,000."""


class Line(NamedTuple):
    """One measured quantity."""

    title: str
    seconds: Sequence[float]
    """One for each number of amounts."""


class _Axis(NamedTuple):
    """Powers of ten from ``low`` to ``high`` between two places of the picture."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        return self.power(math.log10(value))

    def power(self, power: float) -> float:
        return self.start + (self.end - self.start) * (power - self.low) / (self.high - self.low)


def growth_picture(amounts: Sequence[float], lines: Sequence[Line]) -> str:
    """The picture, with a dashed line of what grows as fast as the amounts."""
    x = _axis(amounts, _LEFT, _RIGHT)
    y = _axis([seconds for line in lines for seconds in line.seconds], _BOTTOM, _TOP)
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 850 350" font-family="sans-serif" font-size="13">\n'
        "<title>CPU seconds of questions over amounts in the lake</title>\n"
        '<rect width="850" height="350" fill="#ffffff"/>'
    )
    return "\n".join([head, *_grid(x, y), *_as_fast(x, y), *_lines(x, y, amounts, lines), "</svg>"]) + "\n"


def _axis(values: Sequence[float], start: float, end: float) -> _Axis:
    low, high = math.floor(math.log10(min(values)) + _NEARLY), math.ceil(math.log10(max(values)) - _NEARLY)
    return _Axis(low, max(high, low + 1), start, end)


def _grid(x: _Axis, y: _Axis) -> list[str]:
    parts = []
    for power in range(x.low, x.high + 1):
        at = f"{x.power(power):.1f}"
        parts.append(f'<path d="M{at} {_TOP}V{_BOTTOM}" stroke="#dddddd"/>')
        parts.append(f'<text x="{at}" y="320" text-anchor="middle">{10**power:,}</text>')
    for power in range(y.low, y.high + 1):
        at = y.power(power)
        parts.append(f'<path d="M{_LEFT} {at:.1f}H{_RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:g} s</text>')
    return [*parts, f'<text x="{(_LEFT + _RIGHT) / 2}" y="342" text-anchor="middle">amounts in the lake</text>']


def _as_fast(x: _Axis, y: _Axis) -> list[str]:
    reach = min(x.high - x.low, y.high - y.low)
    start = f"{x.power(x.high - reach):.1f} {y.power(y.high - reach):.1f}"
    return [
        f'<path d="M{start}L{_RIGHT} {_TOP}" stroke="#888888" stroke-dasharray="5 4"/>',
        f'<text x="{_RIGHT}" y="{_TOP - 8}" text-anchor="end" fill="#666666">grows as fast as the amounts</text>',
    ]


def _lines(x: _Axis, y: _Axis, amounts: Sequence[float], lines: Sequence[Line]) -> list[str]:
    """Each line with its title beside its end; titles keep apart."""
    parts: list[str] = []
    label = 0.0
    for colour, line in zip(_COLOURS, sorted(lines, key=lambda each: -each.seconds[-1]), strict=False):
        points = " ".join(f"{x.at(a):.1f},{y.at(s):.1f}" for a, s in zip(amounts, line.seconds, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        label = max(y.at(line.seconds[-1]) + 4, label + _LABEL_HEIGHT)
        end = x.at(amounts[-1]) + 8
        parts.append(f'<text x="{end:.1f}" y="{label:.1f}" fill="{colour}">{escape(line.title)}</text>')
    return parts
