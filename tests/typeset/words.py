"""The explanatory text of final accounts and budgets, in the field's formulas: levels, shares, comparisons.

The words are our own. A sentence whose figures nobody knows is left out. Does not belong here: forms, covers.
"""

from collections.abc import Iterator

from tests.typeset.final_forms import ALL, APPROPRIATION, GMF, GPB, SCB
from tests.typeset.model import Heading, Key, Prose
from tests.typeset.sheet import Filing, ordinal
from tests.typeset.teller import Teller

Told = Iterator[Heading | Prose]
SOURCES = (
    ("一般公共预算财政拨款收入", "income", GPB),
    ("政府性基金预算财政拨款收入", "income", GMF),
    ("国有资本经营预算财政拨款收入", "income", SCB),
    ("上级补助收入", "superior_subsidy_income", ALL),
    ("事业收入", "institutional_income", ALL),
    ("其他收入", "other_income", ALL),
)
USES = (("基本支出", "basic_expenditure"), ("项目支出", "project_expenditure"))
THREE = (
    ("因公出国（境）费", "overseas_travel"),
    ("公务用车购置及运行维护费", "official_vehicles"),
    ("公务接待费", "official_reception"),
)
PROCUREMENT = (
    ("货物", "procurement_goods"),
    ("工程", "procurement_works"),
    ("服务", "procurement_services"),
)


class Words:
    """What all explanations share: the filing's keys, and comparison with the year before."""

    def __init__(self, filing: Filing, *, thousands: bool) -> None:
        self.filing, self.year = filing, filing.year
        self.tell = Teller(filing, thousands=thousands)
        self.paper = "决算" if filing.kind == "final_accounts" else "预算"

    def key(self, measure: str, fund: str = ALL, subject: str = "") -> Key:
        """Return the key of this year's figure, by default of the total row."""
        return self.filing.key(subject or measure, measure, fund)

    def compared(self, key: Key, both: str = "") -> str:
        """Tell the change against last year's figure of the same stage; empty when that is not known."""
        before = key._replace(fiscal_year=self.year - 1)
        if not self.tell.knows(before):
            return ""
        changed = self.tell.change(key, before, "持平")
        reason = f"，主要原因是{self.tell.reason()}" if self.filing.gives_reasons else ""
        return f"与{self.year - 1}年度{self.paper}相比，{both}{changed}{reason}。"

    def named(self, items: tuple[tuple[str, Key], ...], whole: Key) -> str:
        """List the items that are not zero with amount and share, joined by semicolons."""
        told = [
            f"{name}{self.tell.amount(key)}，{self.tell.share(key, whole)}"
            for name, key in items
            if self.tell.value(key)
        ]
        return "；".join(told) + "。"

    @property
    def three_public_fund(self) -> tuple[str, str]:
        """The fund whose three public expenses are known, and its name."""
        if self.filing.known_amount(self.key("three_public", GPB)) is not None:
            return GPB, "一般公共预算财政拨款"
        return APPROPRIATION, "财政拨款"

    def sources(self) -> Prose:
        """Tell the year's income by source."""
        total = self.key("income")
        items = tuple((name, self.key(measure, fund)) for name, measure, fund in SOURCES)
        told = self.tell.amount(total)
        return self.tell.paragraph(f"{self.year}年度本年收入{told}，其中：", self.named(items, total))

    def uses(self) -> Prose:
        """Tell the year's expenditure by use."""
        total = self.key("expenditure")
        items = tuple((name, self.key(measure)) for name, measure in USES)
        told = self.tell.amount(total)
        return self.tell.paragraph(f"{self.year}年度本年支出{told}，其中：", self.named(items, total))

    def procurement(self) -> Iterator[Prose]:
        """Tell procurement by kind, where it is known."""
        total = self.key("procurement")
        if self.tell.knows(total):
            told = f"{self.year}年度政府采购{self.paper}总额{self.tell.amount(total)}，其中："
            parts = (
                f"政府采购{name}{self.paper}{self.tell.amount(self.key(measure))}" for name, measure in PROCUREMENT
            )
            yield self.tell.paragraph(told, "、".join(parts), "。")

    def operating_costs(self) -> Iterator[Prose]:
        """Tell the agency's operating costs, where they are known."""
        key = self.key("agency_operating_costs", GPB)
        if self.tell.knows(key):
            yield self.tell.paragraph(
                f"{self.year}年度机关运行经费{self.paper}{self.tell.amount(key)}。", self.compared(key)
            )


def final_accounts_words(filing: Filing, *, thousands: bool = False) -> Told:
    """Yield the explanation of final accounts, heading by heading."""
    words = Words(filing, thousands=thousands)
    yield Heading("一、收入支出决算总体情况说明")
    yield _grand_total(words, ALL, "")
    yield Heading("二、收入决算情况说明")
    yield words.sources()
    yield Heading("三、支出决算情况说明")
    yield words.uses()
    yield Heading("四、财政拨款收入支出决算总体情况说明")
    yield _grand_total(words, APPROPRIATION, "财政拨款")
    yield Heading("五、一般公共预算财政拨款支出决算情况说明")
    yield from _general_budget(words)
    yield Heading("六、一般公共预算财政拨款基本支出决算情况说明")
    yield from _basic(words)
    yield Heading(f"七、{words.three_public_fund[1]}“三公”经费支出决算情况说明")
    yield from _three_public_final(words)
    yield Heading("八、政府性基金预算财政拨款支出决算情况说明")
    yield _fund(words, GMF, "政府性基金预算")
    yield Heading("九、国有资本经营预算财政拨款支出决算情况说明")
    yield _fund(words, SCB, "国有资本经营预算")
    yield Heading("十、其他重要事项说明")
    yield from words.operating_costs()
    yield from words.procurement()


def _grand_total(words: Words, fund: str, name: str) -> Prose:
    key = words.key("income_and_expenditure", fund)
    told = f"{words.year}年度{name}收、支总计均为{words.tell.amount(key)}。"
    return words.tell.paragraph(told, words.compared(key, f"{name}收、支总计各"))


def _general_budget(words: Words) -> Iterator[Heading | Prose]:
    total, tell, filing = words.key("expenditure", GPB), words.tell, words.filing
    yield Heading("（一）总体情况", 2)
    yield tell.paragraph(
        f"{words.year}年度一般公共预算财政拨款支出{tell.amount(total)}，",
        f"{tell.share(total, words.key('expenditure'), '本年支出合计的')}。",
        words.compared(total),
    )
    yield Heading("（二）结构情况", 2)
    classes = tuple(
        (f"{name.removesuffix('支出')}（类）支出", words.key("expenditure", GPB, f"function:{code}"))
        for code, name in filing.functions.items()
        if len(code) == 3
    )
    yield tell.paragraph("一般公共预算财政拨款支出主要用于以下方面：", words.named(classes, total))
    yield Heading("（三）具体情况", 2)
    yield from _items(words)


def _items(words: Words) -> Iterator[Prose]:
    filing, tell, number = words.filing, words.tell, 0
    total = words.key("expenditure", GPB)
    plan = total._replace(stage="initial_budget")
    if tell.knows(plan):
        told = f"一般公共预算财政拨款支出年初预算为{tell.amount(plan)}，支出决算为{tell.amount(total)}，"
        yield tell.paragraph(told, tell.completion(total, plan), "。其中：")
    for code in filing.functions:
        key = words.key("expenditure", GPB, f"function:{code}")
        if len(code) < 7 or not tell.value(key):
            continue
        number += 1
        names = (filing.functions[code[:3]], filing.functions[code[:5]], filing.functions[code])
        label = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
        budget = key._replace(stage="initial_budget")
        planned = f"年初预算为{tell.amount(budget)}，" if tell.knows(budget) else ""
        told = f"支出决算为{tell.amount(key)}"
        done = f"，{tell.completion(key, budget)}" if tell.knows(budget) else ""
        yield tell.paragraph(f"{number}. {label}。{planned}{told}{done}。")


def _basic(words: Words) -> Iterator[Prose]:
    tell, filing = words.tell, words.filing
    told = tell.amount(words.key("basic_expenditure", GPB))
    yield tell.paragraph(f"{words.year}年度一般公共预算财政拨款基本支出{told}，包括人员经费和公用经费。")
    for name, measure, prefixes in (
        ("人员经费", "personnel_expenditure", ("301", "303")),
        ("公用经费", "operating_expenditure", ("302", "307", "310", "312", "399")),
    ):
        used = (
            text
            for code, text in filing.economics.items()
            if len(code) == 5
            and code[:3] in prefixes
            and tell.value(words.key("basic_expenditure", GPB, f"dept_economic:{code}"))
        )
        listed = "、".join(used)
        amount = tell.amount(words.key(measure, GPB))
        yield tell.paragraph(f"{name}{amount}{f'，主要包括：{listed}' if listed else ''}。")


def _three_public_final(words: Words) -> Iterator[Prose]:
    tell = words.tell
    fund, fund_name = words.three_public_fund
    for number, (name, measure) in enumerate((("“三公”经费", "three_public"), *THREE)):
        key = words.key(measure, fund)
        budget = key._replace(stage="initial_budget")
        if not tell.knows(key):
            continue
        lead = f"{number}. {name}" if number else f"{words.year}年度{fund_name}{name}"
        told = f"{lead}年初预算为{tell.amount(budget)}，" if tell.knows(budget) else lead
        spent = f"支出决算为{tell.amount(key)}"
        done = f"，{tell.completion(key, budget)}" if tell.knows(budget) else ""
        yield tell.paragraph(told, spent, done, "。", words.compared(key))


def _fund(words: Words, fund: str, name: str) -> Prose:
    key = words.key("expenditure", fund)
    if not words.tell.value(key):
        return words.tell.paragraph(f"本部门没有{name}财政拨款收支。")
    told = f"{words.year}年度{name}财政拨款支出{words.tell.amount(key)}。"
    return words.tell.paragraph(told, words.compared(key))


def budget_words(filing: Filing, *, thousands: bool = False) -> Told:
    """Yield the explanation of a budget, heading by heading."""
    words = Words(filing, thousands=thousands)
    tell = words.tell
    yield Heading("一、收支预算总体情况说明")
    key = words.key("income_and_expenditure")
    told = f"{words.year}年度收、支总预算均为{tell.amount(key)}。"
    yield tell.paragraph(told, words.compared(key, "收、支总预算各"))
    yield Heading("二、收入预算情况说明")
    yield words.sources()
    yield Heading("三、支出预算情况说明")
    yield words.uses()
    project = words.key("project_expenditure")
    if changed := words.compared(project):
        yield tell.paragraph("项目支出", changed)
    yield Heading("四、一般公共预算支出预算情况说明")
    yield from _planned_items(words)
    yield Heading("五、一般公共预算“三公”经费预算情况说明")
    yield from _three_public_budget(words)
    yield Heading("六、其他重要事项说明")
    yield from words.operating_costs()
    yield from words.procurement()
    if filing.projects:
        count = len(filing.projects)
        yield tell.paragraph(f"编报绩效目标的项目{count}个，涉及项目支出预算{tell.amount(project)}。")


def _planned_items(words: Words) -> Iterator[Prose]:
    tell, filing = words.tell, words.filing
    total = words.key("expenditure", GPB)
    yield tell.paragraph(f"{words.year}年度一般公共预算支出预算{tell.amount(total)}。", words.compared(total))
    number = 0
    for code, name in filing.functions.items():
        key = words.key("expenditure", GPB, f"function:{code}")
        if len(code) == 7 and tell.value(key):
            number += 1
            label = f"{filing.functions[code[:3]]}（类）{filing.functions[code[:5]]}（款）{name}（项）"
            yield tell.paragraph(f"（{ordinal(number)}）{label}{tell.amount(key)}。")


def _three_public_budget(words: Words) -> Iterator[Prose]:
    tell = words.tell
    for number, (name, measure) in enumerate((("“三公”经费", "three_public"), *THREE)):
        key = words.key(measure, words.three_public_fund[0])
        lead = f"{number}. {name}" if number else f"{words.year}年度一般公共预算“三公”经费"
        yield tell.paragraph(f"{lead}预算{tell.amount(key)}。", words.compared(key))
