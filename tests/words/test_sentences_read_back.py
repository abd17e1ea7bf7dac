"""Sentences set from facts by the grammar of these papers are read back to the same facts."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.disclosures.facts import ClaimFact
from pipelines.disclosures.paper import Paper
from tests.words.reading import read

YEARS = st.integers(2012, 2030)
CENTS = st.integers(0, 10**9)
RATES = st.integers(0, 10**5)

QUANTITIES = {
    "基本支出": "basic_expenditure",
    "项目支出": "project_expenditure",
    "本年支出合计": "expenditure",
    "本年收入合计": "income",
    "事业收入": "institutional_income",
    "人员经费": "personnel_expenditure",
    "公务接待费": "official_reception",
    "因公出国（境）费": "overseas_travel",
    "公务用车购置及运行维护费": "official_vehicles",
    "机关运行经费支出": "agency_operating_costs",
    "政府采购支出总额": "procurement",
    "社会保障和就业支出（类）": "function:208",
    "农林水支出213（类）08（款）04（项）": "function:2130804",
}
SPENT = sorted(name for name, subject in QUANTITIES.items() if "income" not in subject)
FUNDS = {"": None, "财政拨款": "fiscal_appropriation", "一般公共预算财政拨款": "general_public_budget"}
UNITS = {"万元": 10_000, "元": 1, "亿元": 100_000_000}


class Money(NamedTuple):
    printed: str
    value: Decimal
    yuan: Decimal
    quantum: Decimal


@st.composite
def money(draw: st.DrawFn) -> Money:
    """An amount printed with or without thousands commas, blanks and decimals, in one of the units."""
    places = draw(st.integers(0, 4))
    value = Decimal(draw(CENTS)).scaleb(-places)
    unit = draw(st.sampled_from(sorted(UNITS)))
    number = f"{value:,.{places}f}" if draw(st.booleans()) else f"{value:.{places}f}"
    printed = number + draw(st.sampled_from(["", " "])) + unit
    yuan = (value * UNITS[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP)  # the tables keep the fen
    return Money(printed, value, yuan, Decimal(1).scaleb(-places) * UNITS[unit])


def only(claims: tuple[ClaimFact, ...], figure: str) -> ClaimFact:
    found = [claim for claim in claims if claim.figure == figure]
    assert len(found) == 1, [(claim.figure, claim.value) for claim in claims]
    return found[0]


def final(year: int) -> Paper:
    return Paper("final_accounts", "department", None, year)


@settings(max_examples=150, deadline=None)
@given(year=YEARS, name=st.sampled_from(sorted(QUANTITIES)), fund=st.sampled_from(sorted(FUNDS)), amount=money())
def test_a_level(year: int, name: str, fund: str, amount: Money) -> None:
    claims, unplaced = read(f"{year}年度{fund}{name}{amount.printed}。", paper=final(year))
    assert not unplaced
    told = only(claims, "amount")
    assert (told.subject, told.value, told.value_yuan) == (QUANTITIES[name], amount.value, amount.yuan)
    assert (told.quantum_yuan, told.fiscal_year, told.stage) == (amount.quantum, year, "final")
    assert FUNDS[fund] in (None, told.fund)


@settings(max_examples=150, deadline=None)
@given(
    year=YEARS,
    name=st.sampled_from(sorted(QUANTITIES)),
    level=money(),
    change=money(),
    rate=RATES,
    up=st.booleans(),
    opening=st.sampled_from(["与{}年度相比", "比{}年", "较{}年决算数", "与上年相比", "较上年度", "与上年决算数相比"]),
    new_sentence=st.booleans(),
    comma=st.sampled_from(["，", ",", ""]),
)
def test_a_change_with_its_rate(
    year: int, name: str, level: Money, change: Money, rate: int, up: bool, opening: str, new_sentence: bool, comma: str
) -> None:
    more, grown = ("增加", "增长") if up else ("减少", "下降")
    percent = Decimal(rate).scaleb(-2)
    stop = "。" if new_sentence else "，"
    line = f"{name}{level.printed}{stop}{opening.format(year - 1)}{comma}{more}{change.printed}，{grown}{percent}%。"
    claims, unplaced = read(line, paper=final(year))
    assert not unplaced
    sign = 1 if up else -1
    told, told_rate = only(claims, "change"), only(claims, "growth_rate")
    assert (told.value, told.value_yuan, told_rate.value) == (sign * change.value, sign * change.yuan, sign * percent)
    for claim in (told, told_rate):
        assert (claim.subject, claim.fiscal_year, claim.stage) == (QUANTITIES[name], year, "final")
        assert (claim.comparison_year, claim.comparison_stage) == (year - 1, "final")
        assert claim.direction in ("unchanged", "increase" if up else "decrease")


@settings(max_examples=100, deadline=None)
@given(
    year=YEARS,
    name=st.sampled_from(SPENT),
    budget=money(),
    actual=money(),
    rate=RATES,
    words=st.sampled_from(["年初预算", "预算"]),
    joint=st.sampled_from(["。", ""]),
)
def test_budget_actual_and_completion(
    year: int, name: str, budget: Money, actual: Money, rate: int, words: str, joint: str
) -> None:
    percent = Decimal(rate).scaleb(-2)
    told_completion = f"完成{words}的{percent}%"
    line = f"1、{name}{joint}年初预算为{budget.printed}，支出决算为{actual.printed}，{told_completion}。"
    claims, unplaced = read(line, paper=final(year))
    assert not unplaced
    assert {claim.subject for claim in claims} == {QUANTITIES[name]}
    assert [(claim.stage, claim.value) for claim in claims if claim.figure == "amount"] == [
        ("initial_budget", budget.value),
        ("final", actual.value),
    ]
    completion = only(claims, "completion_rate")
    assert (completion.value, completion.comparison_stage) == (percent, "initial_budget")


@settings(max_examples=60, deadline=None)
@given(
    year=YEARS,
    parts=st.lists(
        st.tuples(st.sampled_from(["基本支出", "项目支出", "经营支出", "上缴上级支出"]), money(), RATES),
        min_size=1,
        max_size=4,
        unique_by=lambda part: part[0],
    ),
    whole=money(),
)
def test_structure(year: int, parts: list[tuple[str, Money, int]], whole: Money) -> None:
    told = "；".join(f"{name}{amount.printed}，占{Decimal(rate).scaleb(-2)}%" for name, amount, rate in parts)
    claims, unplaced = read(f"本年支出合计{whole.printed}，其中：{told}。", paper=final(year))
    assert not unplaced
    amounts = [(claim.subject_text, claim.value) for claim in claims if claim.figure == "amount"]
    assert amounts == [("本年支出合计", whole.value), *((name, amount.value) for name, amount, _ in parts)]
    shares = [(claim.subject_text, claim.value) for claim in claims if claim.figure == "share"]
    assert shares == [(name, Decimal(rate).scaleb(-2)) for name, _, rate in parts]


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="收支预算决算增加减少占完成比与年初上年其中：，。；、（）()0123456789.%万元亿分个类款项“”《》〔〕 ",
        max_size=60,
    )
)
def test_any_text_is_read_without_an_error_and_every_figure_points_at_its_place(text: str) -> None:
    claims, _ = read(text or "。")
    for claim in claims:
        assert 0 <= claim.char_start < claim.char_end <= len(text.strip())
    assert len({claim.claim_id for claim in claims}) == len(claims)
