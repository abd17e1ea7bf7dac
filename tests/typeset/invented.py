"""Invented departments: consistent random facts over several years, the same for the same seed.

Each year opens with what the last one closed with; a budget plans the year's own money around last year's outcome; the
outcome departs from its budget a little. Everything is exact to the fen, so every identity holds before rounding.
Names come from ``PLACE`` and ``OFFICES`` and cannot be taken for a real department's.
"""

import random
from collections.abc import Iterable
from decimal import Decimal

from tests.typeset.facts import ZERO, Book, Department, Item, Project, Year

PLACE = "青禾市样板区"
OFFICES = ("文化事务局", "群众艺术服务局", "图书与展览管理局")
GPB, GMF, SCB = "general_public_budget", "government_managed_fund_budget", "state_capital_operating_budget"

FIXED = {"2080505": "30108", "2080506": "30109", "2101101": "30110", "2101103": "30111", "2210201": "30113"}
"""Personnel items that appear under one economic code of the same amount."""
PENSION, HOUSING = "2080501", "2210203"
OFFICE = "2070101"
PROJECT_NAMES = {
    "2070102": ("机关综合事务保障", "文化场所安全检查"),
    "2070104": ("图书文献购置", "社区阅读点建设"),
    "2070108": ("春季艺术节活动", "乡村巡回演出"),
    "2070109": ("群众文化辅导", "公共文化空间免费开放"),
    "2070111": ("地方曲艺创作扶持", "传统工艺保护"),
    "2070199": ("文化志愿服务",),
    "2070204": ("古建筑修缮", "文物安全巡查"),
    "2070308": ("全民健身活动",),
    "2070702": ("乡镇影院设备补助",),
    "2296003": ("社区健身路径更新",),
    "2230199": ("改制企业退休人员管理补助",),
}
PERSONNEL_CODES = {"30101": 30, "30102": 24, "30103": 20, "30107": 12, "30112": 1, "30114": 2, "30199": 8}
OPERATING_CODES = {
    "30201": 20, "30202": 3, "30204": 1, "30205": 2, "30206": 6, "30207": 4, "30209": 8, "30211": 7, "30213": 6,
    "30214": 3, "30226": 5, "30227": 6, "30228": 7, "30229": 5, "30239": 14, "30299": 6, "31002": 5,
}  # fmt: skip


class Dice:
    """Random amounts in yuan, exact to the fen."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def between(self, low: int, high: int) -> Decimal:
        """Return an amount between two numbers of yuan."""
        return Decimal(self.random.randrange(low * 100, high * 100)) / 100

    def near(self, amount: Decimal, low: int = 92, high: int = 112) -> Decimal:
        """Return an amount that is ``low`` to ``high`` percent of another."""
        return (amount * self.random.randrange(low * 100, high * 100) / 10_000).quantize(Decimal("0.01"))

    def split(self, total: Decimal, weights: dict[str, int]) -> dict[str, Decimal]:
        """Split a total over weighted parts; the parts add up to it exactly."""
        drawn = {code: weight * self.random.randrange(60, 140) for code, weight in weights.items()}
        whole, parts, left = sum(drawn.values()), {}, total
        for code, weight in list(drawn.items())[:-1]:
            parts[code] = (total * weight / whole).quantize(Decimal("0.01"))
            left -= parts[code]
        return {**parts, list(drawn)[-1]: left}


def _first_plan(dice: Dice) -> dict[tuple[str, str], Item]:
    salaries = dice.between(4_000_000, 9_000_000)
    plan = [Item(OFFICE, GPB, personnel=salaries, operating=dice.near(salaries, 18, 26))]
    plan += [Item(code, GPB, personnel=dice.near(salaries, 4, 11)) for code in (*FIXED, PENSION, HOUSING)]
    optional = [code for code in PROJECT_NAMES if code.startswith("207") and code != "2070702"]
    for code in sorted(dice.random.sample(optional, dice.random.randint(3, len(optional)))):
        plan.append(Item(code, GPB, project=dice.between(150_000, 3_000_000)))
    if dice.random.random() < 0.7:
        plan.append(Item("2296003", GMF, project=dice.between(200_000, 1_500_000)))
    if dice.random.random() < 0.3:
        plan.append(Item("2070702", GMF, project=dice.between(100_000, 500_000)))
    if dice.random.random() < 0.4:
        plan.append(Item("2230199", SCB, project=dice.between(50_000, 200_000)))
    if dice.random.random() < 0.6:
        plan.append(Item("2070109", "all", project=dice.between(80_000, 700_000), source="other_income"))
    return {(item.code, item.fund): item for item in plan}


def _move(dice: Dice, item: Item, opening: Decimal, *, final: bool) -> Item:
    """Return the item of the next budget, or the outcome of a budget: other amounts, and its own balances."""
    closing = dice.between(1_000, 60_000) if final and item.project and item.fund != SCB else ZERO
    used = dice.between(500, 5_000) if final and item.fund == "all" else ZERO
    given = dice.between(100, 900) if final and item.fund == "all" else ZERO
    moved = {
        part: dice.near(getattr(item, part)) if getattr(item, part) else ZERO
        for part in ("personnel", "operating", "project")
    }
    project = max(moved["project"], opening + used) if item.project else ZERO
    return Item(
        item.code,
        item.fund,
        moved["personnel"],
        moved["operating"],
        project,
        opening,
        closing,
        item.source,
        used,
        given,
    )


def _economics(
    dice: Dice, items: Iterable[Item], three: dict[str, Decimal], events: dict[str, Decimal]
) -> dict[str, Decimal]:
    fixed, salaries, operating = {}, ZERO, ZERO
    for item in items:
        if item.fund != GPB:
            continue
        operating += item.operating
        if item.code in FIXED:
            fixed[FIXED[item.code]] = item.personnel
        elif item.code == PENSION:
            fixed["30302"] = item.personnel
        else:
            salaries += item.personnel
    fixed |= {"30215": events["meetings"], "30216": events["training"], "30212": three["overseas_travel"]}
    fixed |= {
        "30217": three["official_reception"],
        "30231": three["vehicle_running"],
        "31013": three["vehicle_purchase"],
    }
    rest = operating - sum(three.values()) - sum(events.values())
    parts = fixed | dice.split(salaries, PERSONNEL_CODES) | dice.split(rest, OPERATING_CODES)
    return {code: amount for code, amount in sorted(parts.items()) if amount}


def _projects(dice: Dice, items: Iterable[Item]) -> tuple[Project, ...]:
    found = []
    for item in items:
        names = PROJECT_NAMES.get(item.code, ())
        names = tuple(f"{name}（自筹）" for name in names) if item.fund == "all" else names
        if item.project:
            shares = dice.split(item.project, dict.fromkeys(names, 1))
            found += [Project(name, item.code, item.fund, amount) for name, amount in shares.items()]
    return tuple(found)


def _three_public(dice: Dice, operating: Decimal) -> dict[str, Decimal]:
    buys = dice.random.random() < 0.25
    return {
        "overseas_travel": dice.near(operating, 1, 3) if dice.random.random() < 0.3 else ZERO,
        "vehicle_purchase": dice.near(operating, 8, 12) if buys else ZERO,
        "vehicle_running": dice.near(operating, 3, 6),
        "official_reception": dice.near(operating, 1, 2),
    }


def _book(dice: Dice, items: tuple[Item, ...]) -> Book:
    ordered = tuple(sorted(items, key=lambda item: (item.code, item.fund)))
    operating = sum((item.operating for item in ordered), ZERO)
    three = _three_public(dice, operating)
    events = {"meetings": dice.near(operating, 1, 3), "training": dice.near(operating, 1, 2)}
    biggest = max((item for item in ordered if item.project and item.fund == GPB), key=lambda item: item.project)
    bought = dice.split(dice.near(biggest.project, 20, 60), {"procurement_goods": 3, "procurement_services": 5})
    return Book(
        items=ordered,
        economics=_economics(dice, ordered, three, events),
        three_public=three,
        procurement=bought,
        procured_by=biggest.code,
        projects=_projects(dice, ordered),
        events=events,
    )


def invent(seed: int, first_year: int = 2021, count: int = 2) -> Department:
    """Invent a department and ``count`` consecutive years of its budgets and outcomes."""
    dice = Dice(seed)
    plan = _first_plan(dice)
    balances: dict[tuple[str, str], Decimal] = {}
    years = []
    for year in range(first_year, first_year + count):
        planned = {key: _move(dice, item, ZERO, final=False) for key, item in plan.items()}
        spent = {key: _move(dice, item, balances.get(key, ZERO), final=True) for key, item in planned.items()}
        balances = {key: item.closing for key, item in spent.items()}
        plan = spent
        years.append(Year(year, _book(dice, tuple(planned.values())), _book(dice, tuple(spent.values()))))
    return Department(PLACE + OFFICES[seed % len(OFFICES)], PLACE, tuple(years))
