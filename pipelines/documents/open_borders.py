"""Borders that a table lacks: after a page break the top rule is often missing, and some tables have no sides.

Rules that end together without a rule across them are cut off by a border that was not drawn; here it is drawn.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.documents.rules import Rule

_TOGETHER = 3.0
"""Rules whose ends differ by no more than this (points) end together."""
_LEAST_RULES = 3
"""Fewer rules than this end together by chance."""
_LEAST_ROW = 6.0
"""A row or column that lacks its outer border is at least this wide (points)."""


class _Span(NamedTuple):
    """A rule by its constant coordinate and where it begins and ends along the other."""

    at: float
    start: float
    end: float


def with_missing_borders(rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules, and the outer borders of tables that are open on a side; collinear rules must be merged."""
    down = [_Span(rule.x0, rule.y0, rule.y1) for rule in rules if not rule.is_horizontal]
    across = [_Span(rule.y0, rule.x0, rule.x1) for rule in rules if rule.is_horizontal]
    tops_and_bottoms = [Rule(span.start, span.at, span.end, span.at) for span in _missing(down, across)]
    sides = [Rule(span.at, span.start, span.at, span.end) for span in _missing(across, down)]
    return [*rules, *tops_and_bottoms, *sides]


def _missing(along: Sequence[_Span], across: Sequence[_Span]) -> Iterator[_Span]:
    """Yield the spans across the ends of rules ``along`` where no rule across closes them."""
    for outwards in (-1, 1):
        for group in _ending_together(along, outwards):
            border = _Span(_end(group[0], outwards), min(s.at for s in group), max(s.at for s in group))
            if len(group) >= _LEAST_RULES and not _is_drawn(border, across) and _has_base(border, across, outwards):
                yield border


def _end(span: _Span, outwards: int) -> float:
    return span.start if outwards < 0 else span.end


def _ending_together(spans: Sequence[_Span], outwards: int) -> list[list[_Span]]:
    groups: list[list[_Span]] = []
    for span in sorted(spans, key=lambda span: _end(span, outwards)):
        if groups and _end(span, outwards) - _end(groups[-1][0], outwards) <= _TOGETHER:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _is_drawn(border: _Span, across: Sequence[_Span]) -> bool:
    return any(
        abs(rule.at - border.at) <= _TOGETHER and rule.start < border.end and rule.end > border.start for rule in across
    )


def _has_base(border: _Span, across: Sequence[_Span], outwards: int) -> bool:
    """Whether a rule of the border's whole length stands further inside: then the rules belong to one table."""
    return any(
        (border.at - rule.at) * outwards >= _LEAST_ROW
        and rule.start <= border.start + _TOGETHER
        and rule.end >= border.end - _TOGETHER
        for rule in across
    )
