"""Errors in sentences, as people make them: figures, directions, years, names, and what is left of a template."""

import random
import re
from collections.abc import Callable
from decimal import Decimal

from tests.planting.errors import mistyped, transposed
from tests.planting.model import Change, Found, Plant, Where, in_words, replaced, wrong_figure
from tests.typeset.model import Paper, Prose

OTHER = "青禾市甲甲甲甲区文化事务局"
"""Another department, which has papers of its own among the clean ones."""
_OPPOSITE = {"增加": "减少", "减少": "增加"}
_LEAST_RATE = Decimal("0.5")


def mistold(figure: str, change: Change) -> Plant:
    """Change the digits of one told figure of a kind: amount, change, growth_rate, share, completion_rate.

    The money of projects with performance targets is left: it may honestly differ from the forms.
    """

    def plant(paper: Paper, pick: random.Random) -> Found | None:
        telling = [prose for prose in paper.prose() if not prose.text.startswith("编报绩效目标")]
        places = [(prose, n) for prose in telling for n, told in enumerate(prose.told) if told.figure == figure]
        pick.shuffle(places)
        for prose, number in places:
            printed = prose.told[number].printed
            wrong = _wrong(figure, change, printed, pick)
            if wrong is not None:
                start = _start(prose, number)
                text = prose.text[:start] + wrong + prose.text[start + len(printed) :]
                return replaced(paper, prose, Prose(text)), Where(words=(text[start - 3 : start + len(wrong)],))
        return None

    return plant


def _wrong(figure: str, change: Change, printed: str, pick: random.Random) -> str | None:
    if figure in ("amount", "change"):
        return wrong_figure(change, printed, "万元", pick)
    wrong = change(printed, pick)
    right = Decimal(printed)
    far = wrong is not None and abs(Decimal(wrong) - right) >= max(_LEAST_RATE, right / 50)
    return wrong if far else None


def _start(prose: Prose, number: int) -> int:
    """Where a told figure begins; figures stand in the order they were told."""
    end = 0
    for told in prose.told[: number + 1]:
        start = prose.text.index(told.printed, end)
        end = start + len(told.printed)
    return start


def stale(paper: Paper, pick: random.Random) -> Found | None:
    """The total of income stands in its paragraph as it stood in a draft, with all its shares as they are."""
    return mistold("amount", lambda printed, _: f"{Decimal(printed.replace(',', '')) * Decimal('0.93'):.2f}")(
        paper, pick
    )


def told_twice(paper: Paper, pick: random.Random) -> Found | None:
    """The end of the paper repeats a total with another amount."""
    told = next((prose for prose in paper.prose() if re.match(r"2023年度本年(收入|支出)", prose.text)), None)
    match = re.match(r"(2023年度本年(?:收入|支出))([\d,.]+)万元", told.text) if told else None
    if not told or not match:
        return None
    wrong = wrong_figure(mistyped, match[2], "万元", pick)
    again = Prose(f"{match[1]}{wrong}万元，均已公开。")
    last = next(prose for prose in reversed(list(paper.prose())) if "2023年度" in prose.text)
    return (replaced(paper, last, last, again), Where(words=(f"{wrong}万元",))) if wrong else None


def _turned(match: re.Match[str]) -> str:
    return match.group().replace(match[1], _OPPOSITE[match[1]], 1)


def _as(words: str) -> Callable[[re.Match[str]], str]:
    return lambda match: match.expand(words)


_N = r"[\d,]*\d\.\d\d"
ERRORS: dict[str, Plant] = {
    "told amount wrong": mistold("amount", transposed),
    "told amount stale": stale,
    "told change wrong": mistold("change", mistyped),
    "told rate of growth wrong": mistold("growth_rate", mistyped),
    "told share wrong": mistold("share", mistyped),
    "told completion wrong": mistold("completion_rate", mistyped),
    "told in yuan": in_words(rf"(?<=支出)({_N})万元(?=[。，])", _as(r"\1元"), near=8),
    "told twice": told_twice,
    "direction wrong": in_words(rf"(增加|减少){_N}万元(?=，(增长|下降))", _turned),
    "comparison year wrong": in_words(r"与2022年度(?=.算相比)", _as("与2021年度")),
    "paragraph of another year": in_words(r"^2023年度(?=(财政拨款)?收、支总)", _as("2022年度")),
    "another department": in_words(r"^(?=2023年度本年收入)", lambda _: OTHER),
    "choice left open": in_words(rf"(增加|减少)(?={_N}万元)", lambda m: f"{m[1]}（{_OPPOSITE[m[1]]}）"),
    "sentence unfinished": in_words(r"主要原因是[^。]+。", _as("主要原因是。")),
    "remark of the template left": in_words(r"(主要原因是[^。]+)。", _as(r"\1（请根据实际情况填写）。")),
    "placeholder left": in_words(rf"(机关运行经费(?:决算|预算)|本年支出){_N}万元", _as(r"\1××万元")),
    "figure left out": in_words(rf"(增加|减少){_N}万元(?=，(增长|下降))", _as(r"\1万元")),
    "percent sign left out": in_words(rf"(万元，(?:增长|下降){_N})%", _as(r"\1")),
}
