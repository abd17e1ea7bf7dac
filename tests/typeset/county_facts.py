"""An invented department that is paid from every fund: people and projects from managed funds and from state capital.

What ``invent`` makes of other funds is kept; the money added opens each year with what the last one closed with, as all
invented money does. Does not belong here: how it is printed (``county``) or told (``county_words``).
"""

from dataclasses import replace
from decimal import Decimal

from tests.typeset.facts import Book, Department, Item, Project, Year
from tests.typeset.final_forms import GPB
from tests.typeset.invented import GMF, OFFICE, SCB, Dice, invent
from tests.typeset.model import Key
from tests.typeset.sheet import Filing

SPORT, REFORM = "2296003", "2230199"
FUNDS = ((SPORT, GMF, "社区健身路径更新"), (REFORM, SCB, "改制企业退休人员管理补助"))
PERSONNEL, OPERATING, COMMISSIONED = "30199", "30299", "30227"
ASSETS = {
    "current_assets": (900_000, 2_000_000),
    "fixed_assets": (8_000_000, 15_000_000),
    "intangible_assets": (90_000, 300_000),
}
Kept = tuple[Decimal, Decimal]
"""What a year closes with: all of it, and the part kept for basic expenditure."""


def county_department(seed: int, first_year: int, count: int) -> Department:
    """Invent a department with money of every fund, the same for the same seed."""
    base, dice = invent(seed, first_year, count), Dice(seed)
    kept: dict[str, Kept] = {code: (Decimal(0), Decimal(0)) for code, _, _ in FUNDS}
    years = []
    for year in base.years:
        planned = {code: _plan(dice, code, fund) for code, fund, _ in FUNDS}
        spent = {code: _outcome(dice, item, kept[code]) for code, item in planned.items()}
        kept = {code: (item.closing, item.closing_basic) for code, item in spent.items()}
        years.append(Year(year.year, _with(year.budget, planned), _with(year.final, spent, _assets(dice))))
    return replace(base, years=tuple(years))


def _plan(dice: Dice, code: str, fund: str) -> Item:
    return Item(
        code,
        fund,
        personnel=dice.between(60_000, 120_000),
        operating=dice.between(10_000, 30_000),
        project=dice.between(200_000, 900_000),
    )


def _outcome(dice: Dice, item: Item, kept: Kept) -> Item:
    basic = dice.between(1_000, 5_000)
    return replace(
        item,
        personnel=dice.near(item.personnel),
        operating=dice.near(item.operating),
        project=dice.near(item.project),
        opening=kept[0],
        opening_basic=kept[1],
        closing=basic + dice.between(5_000, 40_000),
        closing_basic=basic,
    )


def _assets(dice: Dice) -> dict[str, Decimal]:
    return {name: dice.between(low, high) for name, (low, high) in ASSETS.items()}


def _with(book: Book, items: dict[str, Item], assets: dict[str, Decimal] | None = None) -> Book:
    added = items.values()
    others = [item for item in book.items if item.fund not in (GMF, SCB)]
    projects = [project for project in book.projects if project.fund not in (GMF, SCB)]
    projects += [Project(name, code, fund, items[code].project) for code, fund, name in FUNDS]
    economics = {(item.fund, PERSONNEL): item.personnel for item in added}
    economics |= {(item.fund, OPERATING): item.operating for item in added}
    ordered = tuple(sorted((*others, *added), key=lambda item: (item.code, item.fund)))
    return replace(book, items=ordered, projects=tuple(projects), other_economics=economics, assets=assets or {})


def unit_of(department: Department) -> Department:
    """The department's own office as a unit that publishes by itself: all people, no projects but its own."""
    years = (Year(each.year, _office(each.budget), _office(each.final)) for each in department.years)
    return replace(department, name=f"{department.name}（本级）", years=tuple(years))


def _office(book: Book) -> Book:
    """What the office spends of the general public budget: basic expenditure and the projects of its own items."""
    kept = [item for item in book.items if item.fund == GPB and (item.basic or item.code.startswith(OFFICE[:5]))]
    codes = {item.code for item in kept if item.project}
    projects = tuple(each for each in book.projects if each.fund == GPB and each.item in codes)
    return replace(book, items=tuple(kept), projects=projects, other_economics={}, assets={})


def with_classes(filing: Filing) -> Filing:
    """The same filing with all expenditure of the general public budget by economic code: projects are commissioned."""
    amounts = dict(filing.amounts)
    project = amounts[filing.key("project_expenditure", "project_expenditure", GPB)]
    for key, amount in filing.amounts.items():
        if key.subject.startswith("dept_economic:") and (key.measure, key.fund) == ("basic_expenditure", GPB):
            amounts[key._replace(measure="expenditure")] = amount
    for code in (COMMISSIONED[:3], COMMISSIONED):
        key: Key = filing.key(f"dept_economic:{code}", "expenditure", GPB)
        amounts[key] = amounts.get(key, Decimal(0)) + project
    return replace(filing, amounts=amounts)
