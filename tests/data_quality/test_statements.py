"""Words against words, papers against papers, and order: every rule of these families, and what must not be a break."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from data_quality.catalogue import rules
from tests.data_quality.cases import Figure
from tests.data_quality.conftest import add_filing
from tests.data_quality.engine import DEPARTMENTS, Engine
from tests.data_quality.messages import unreadable
from tests.data_quality.papers import figure
from tests.data_quality.telling import Claim, add_words, judge_words, told

FAMILIES = ("words_words", "papers", "order")
RULES = [rule for rule in rules() if rule.family in FAMILIES and rule.status == "active"]
BASIC, ALL = "basic_expenditure", "expenditure"
GENERAL = "general_public_budget"
SCOPES = {"superior": "department"}
"""Whose paper another one is, where it is not the department's own."""
EXACT = ("not_negative", "told_share_limit", "told_count_twice")
"""Relations that rounding cannot touch."""
AMONG = "本年支出100万元，其中：基本支出40万元，占40%；项目支出60万元，占60%。"

Paper = tuple[Sequence[Claim], Sequence[Figure]]
Case = tuple[str, Sequence[Claim], Sequence[Figure], dict[str, Paper]]


def _last_year(printed: str, **given: Any) -> Claim:
    return told(BASIC, printed, fiscal_year=2022, **given)


def _compared(figure_: str, printed: str, **given: Any) -> Claim:
    return told(
        BASIC, printed, figure=figure_, **({"comparison_stage": "initial_budget", "comparison_year": 2022} | given)
    )


def _direction(now: str, direction: str = "increase") -> list[Claim]:
    nothing = {"value": None, "value_yuan": None, "quantum_yuan": None}
    return [told(BASIC, now), _last_year("100.00"), _compared("change", "0", direction=direction, **nothing)]


def _unchanged(now: str, **given: Any) -> list[Claim]:
    return [
        told(BASIC, now),
        _last_year("100.00"),
        _compared("change", "0", direction="unchanged", quantum_yuan=None, **given),
    ]


def _parts(whole: str = "100.00", basic: str = "40.00", shares: tuple[str, str] = ("40.00", "60.00")) -> list[Claim]:
    project = "project_expenditure"
    return [
        told(ALL, whole, sentence=AMONG),
        told(BASIC, basic, sentence=AMONG),
        told(BASIC, shares[0], figure="share", sentence=AMONG),
        told(project, "60.00", sentence=AMONG),
        told(project, shares[1], figure="share", sentence=AMONG),
    ]


def _listed(share: str) -> Case:
    """A class of a list that does not repeat its whole, which a form prints."""
    sentence = f"一般公共预算支出主要用于以下方面：教育（类）支出40万元，占{share}%。"
    education = told("function:205", "40.00", measure=ALL, sentence=sentence)
    claims = [education, told("function:205", share, measure=ALL, figure="share", sentence=sentence)]
    return "TX-T07", claims, [figure("BG05", ALL, "1000000.00", fund=GENERAL)], {}


def _of_named(share: str) -> Case:
    """A fund's expenditure as a share of all the year's, which another form prints."""
    sentence = f"一般公共预算支出100万元，占本年支出合计的{share}%。"
    claims = [told(ALL, "100.00", sentence=sentence), told(ALL, share, figure="share", sentence=sentence)]
    cells = [figure("BG03", ALL, "1250000.00"), figure("BG05", ALL, "1000000.00", fund=GENERAL)]
    return "TX-T07", claims, cells, {}


def _rate(rate: str, base: str = "100.00") -> list[Claim]:
    return [told(BASIC, "120.00"), _last_year(base), _compared("growth_rate", rate)]


def _completion(rate: str, budget: str = "100.00") -> list[Claim]:
    final = told(BASIC, "86.00", stage="final")
    done = _compared("completion_rate", rate, stage="final", comparison_year=2023)
    return [told(BASIC, budget), final, done]


def _difference(change: str) -> list[Claim]:
    return [told(BASIC, "120.00"), _last_year("100.00"), _compared("change", change)]


def _items(budget: str, final: str = "100.00") -> list[Claim]:
    """A total and two items of it, in budget and outturn: the outturn's items make 100.00, the budget's 80.00."""

    def both(subject: str, *amounts: str) -> list[Claim]:
        stages = zip(("initial_budget", "final"), amounts, strict=True)
        return [told(subject, amount, measure=ALL, stage=stage, paragraph=subject) for stage, amount in stages]

    one, other = both("function:2080101", "50.00", "60.00"), both("function:2080102", "30.00", "40.00")
    return [*both(ALL, budget, final), *one, *other]


def _visits(whole: str, *parts: str) -> list[Claim]:
    names = ("overseas_travel", "official_vehicles", "official_reception")
    return [told("three_public", whole), *(told(name, part) for name, part in zip(names, parts, strict=False))]


def _vehicles(again: str, **given: Any) -> list[Claim]:
    counted = {"figure": "count", "unit": "辆"}
    return [told("vehicles", "7", **counted), told("vehicles", again, **(counted | given))]


def _increase(change: str) -> list[Claim]:
    return [told(BASIC, "10.00"), _compared("change", change)]


def _main_uses(wages: str) -> list[Claim]:
    sentence = "基本支出100万元，主要用于工资福利支出、商品和服务支出。"
    classes = ((f"dept_economic:{code}", printed) for code, printed in (("301", wages), ("302", "30.00")))
    uses = [told(subject, printed, measure=ALL, sentence=sentence) for subject, printed in classes]
    return [told(BASIC, "100.00", sentence=sentence), *uses]


def _beside_projects(basic: str) -> list[Claim]:
    sentence = "项目支出包括路灯和道路。"
    names = (("project:路灯", "10.00"), ("project:道路", "20.00"))
    projects = [told(name, printed, measure="project_expenditure", sentence=sentence) for name, printed in names]
    return [told(ALL, "100.00"), told(BASIC, basic), *projects]


def _saving(rate: str, paid: str = "成交金额") -> list[Claim]:
    sentence = "成交金额90万元，节约金额10万元，节资率10%。"
    whole = "90.00" if paid == "成交金额" else "100.00"
    return [
        told("told:paid", whole, subject_text=paid, sentence=sentence),
        told("told:saved", "10.00", subject_text="节约金额", sentence=sentence),
        told("told:rate", rate, figure="share", subject_text="节资率", sentence=sentence),
    ]


def _adjusted(whole: str, part: str = "20.00", **given: Any) -> list[Claim]:
    """By how much the whole budget was adjusted, and by how much that for projects."""
    asked = {"figure": "change", "stage": "adjusted_budget", "fund": "all", "comparison_stage": "initial_budget"}
    asked |= {"comparison_year": 2023}
    return [told(ALL, whole, **asked), told("project_expenditure", part, **(asked | given))]


def _unadjusted(rate: str, budget: str = "4.00", whole: str = "0.00", **given: Any) -> list[Claim]:
    """A completion that leaves open of which budget, in a paper that tells by how much its budget was adjusted."""
    done = told(BASIC, rate, figure="completion_rate", stage="final", comparison_year=2023, **given)
    return [told(BASIC, "3.00", stage="final"), done, told(BASIC, budget), *_adjusted(whole)[:1]]


def _public(budget: str, **given: Any) -> list[Claim]:
    final = told("three_public", "8.00", stage="final")
    rate = _compared("completion_rate", "80.00", stage="final", comparison_year=2023)
    rate = rate | {"subject": "three_public", "measure": "three_public"}
    return [told("three_public", budget, fund="fiscal_appropriation", **given), final, rate]


def _other(printed: str, measure: str = BASIC, **given: Any) -> dict[str, Paper]:
    """Another paper of the department that prints one figure, in yuan."""
    return {"other": ((), [figure("BG05", measure, printed, fund=GENERAL, **given)])}


def _opening(opening: str) -> Case:
    closing = figure("FA01", "closing_balance", "500000.00", fiscal_year=2022)
    this = [figure("FA01", "opening_balance", opening)]
    return "PP-Y01", (), this, {"other": ((), [closing])}


def _budget_told(printed: str, own: str = "1000000.00") -> Case:
    return "PP-Y03", [told(BASIC, printed)], (), _other(own)


def _last_told(printed: str, own: str = "1000000.00") -> Case:
    return "PP-Y02", [_last_year(printed)], (), _other(own, fiscal_year=2022)


def _last_implied(own: str) -> Case:
    return "PP-Y02", [told(BASIC, "120.00"), _compared("change", "20.00")], (), _other(own, fiscal_year=2022)


def _unit(part: str) -> Case:
    """A unit's paper beside that of its department, which prints 1,000,000.00."""
    whole = figure("BG05", BASIC, "1000000.00", fund=GENERAL)
    return "PP-Y04", (), [figure("BG05", BASIC, part, fund=GENERAL)], {"superior": ((), [whole])}


def _signed(value: str) -> Case:
    return "TB-O01", (), [figure("BG03", ALL, "5.00"), figure("BG03", BASIC, value)], {}


def _funds(part: str) -> Case:
    cells = [figure("BG05", BASIC, part, fund=GENERAL), figure("BG03", BASIC, "1000000.00")]
    return "TB-O02", (), cells, {}


def _words(rule_id: str, claims: Sequence[Claim]) -> Case:
    return rule_id, claims, (), {}


CASES: dict[str, tuple[Case, str]] = {
    "T01 holds": (_words("TX-T01", [told(BASIC, "100.00"), told(BASIC, "100.00")]), "holds"),
    "T01 breaks": (_words("TX-T01", [told(BASIC, "100.00"), told(BASIC, "120.00")]), "broken"),
    "T01 inside": (_words("TX-T01", [told(BASIC, "100.50"), told(BASIC, "100")]), "rounding"),
    "T01 outside": (_words("TX-T01", [told(BASIC, "100.51"), told(BASIC, "100")]), "broken"),
    "T02 holds": (_words("TX-T02", _difference("20.00")), "holds"),
    "T02 breaks": (_words("TX-T02", _difference("-20.00")), "broken"),
    "T02 inside": (_words("TX-T02", _difference("20.01")), "rounding"),
    "T02 outside": (_words("TX-T02", _difference("20.02")), "broken"),
    "T03 holds": (_words("TX-T03", _rate("20.00")), "holds"),
    "T03 breaks": (_words("TX-T03", _rate("-20.00")), "broken"),
    "T03 inside": (_words("TX-T03", _rate("20.01")), "rounding"),
    "T03 outside": (_words("TX-T03", _rate("20.02")), "broken"),
    "T03 of nothing": (_words("TX-T03", _rate("100.00", "0.00")), "not_evaluable"),
    "T03 rises above all there is": (
        _words("TX-T03", [told(BASIC, "7.00"), _compared("change", "8.00"), _compared("growth_rate", "31.00")]),
        "broken",
    ),
    "T04 holds": (_words("TX-T04", _completion("86.00")), "holds"),
    "T04 breaks": (_words("TX-T04", _completion("96.00")), "broken"),
    "T04 inside": (_words("TX-T04", _completion("86.01")), "rounding"),
    "T04 outside": (_words("TX-T04", _completion("86.02")), "broken"),
    "T04 of nothing": (_words("TX-T04", _completion("86.00", "0.00")), "not_evaluable"),
    "T05 holds": (_words("TX-T05", _direction("120.00")), "holds"),
    "T05 breaks": (_words("TX-T05", _direction("120.00", "decrease")), "broken"),
    "T05 inside": (_words("TX-T05", _direction("99.99")), "rounding"),
    "T05 outside": (_words("TX-T05", _direction("99.98")), "broken"),
    "T06 holds": (_words("TX-T06", _unchanged("100.00")), "holds"),
    "T06 breaks": (_words("TX-T06", _unchanged("120.00")), "broken"),
    "T06 inside": (_words("TX-T06", _unchanged("100.01")), "rounding"),
    "T06 outside": (_words("TX-T06", _unchanged("100.02")), "broken"),
    "T06 about": (_words("TX-T06", _unchanged("120.00", sentence="与上年基本持平")), "not_applicable"),
    "T07 holds": (_words("TX-T07", _parts()), "holds"),
    "T07 breaks": (_words("TX-T07", _parts(shares=("45.00", "60.00"))), "broken"),
    "T07 inside": (_words("TX-T07", _parts(shares=("40.01", "60.00"))), "rounding"),
    "T07 outside": (_words("TX-T07", _parts(shares=("40.03", "60.00"))), "broken"),
    "T07 of nothing": (_words("TX-T07", _parts("0.00")), "not_evaluable"),
    "T07 of a printed whole holds": (_listed("40.00"), "holds"),
    "T07 of a printed whole breaks": (_listed("49.00"), "broken"),
    "T07 of a named whole holds": (_of_named("80.00"), "holds"),
    "T07 of a named whole breaks": (_of_named("80.50"), "broken"),
    "T08 holds": (_words("TX-T08", _parts()), "holds"),
    "T08 breaks": (_words("TX-T08", _parts("110.00")), "broken"),
    "T08 inside": (_words("TX-T08", _parts("100.01")), "rounding"),
    "T08 outside": (_words("TX-T08", _parts("100.02")), "broken"),
    "T09 holds": (_words("TX-T09", _parts()), "holds"),
    "T09 breaks": (_words("TX-T09", _parts(shares=("40.00", "50.00"))), "broken"),
    "T09 inside": (_words("TX-T09", _parts(shares=("40.01", "60.00"))), "rounding"),
    "T09 outside": (_words("TX-T09", _parts(shares=("40.02", "60.00"))), "broken"),
    "T10 holds": (_words("TX-T10", _items("80.00")), "holds"),
    "T10 breaks": (_words("TX-T10", _items("120.00")), "broken"),
    "T10 inside": (_words("TX-T10", _items("80.01")), "rounding"),
    "T10 outside": (_words("TX-T10", _items("80.02")), "broken"),
    "T10 not all items": (_words("TX-T10", _items("120.00", "200.00")), "not_evaluable"),
    "T10 more than all": (_words("TX-T10", _items("70.00", "200.00")), "broken"),
    "T11 holds": (_words("TX-T11", _visits("9.00", "2.00", "3.00", "4.00")), "holds"),
    "T11 breaks": (_words("TX-T11", _visits("12.00", "2.00", "3.00", "4.00")), "broken"),
    "T11 inside": (_words("TX-T11", _visits("9.02", "2.00", "3.00", "4.00")), "rounding"),
    "T11 outside": (_words("TX-T11", _visits("9.03", "2.00", "3.00", "4.00")), "broken"),
    "T11 a part left out": (_words("TX-T11", _visits("9.00", "2.00", "3.00")), "not_applicable"),
    "T12 holds": (_words("TX-T12", [told(BASIC, "100.00", figure="share")]), "holds"),
    "T12 breaks": (_words("TX-T12", [told(BASIC, "100.01", figure="share")]), "broken"),
    "T13 holds": (_words("TX-T13", _vehicles("7")), "holds"),
    "T13 breaks": (_words("TX-T13", _vehicles("9")), "broken"),
    "T13 another year": (_words("TX-T13", _vehicles("9", fiscal_year=2022)), "not_applicable"),
    "T04 public": (_words("TX-T04", _public("10.00", sentence="“三公”经费预算")), "holds"),
    "T04 public breaks": (_words("TX-T04", _public("20.00", sentence="“三公”经费预算")), "broken"),
    "T04 public of another fund": (_words("TX-T04", _public("20.00", sentence="财政拨款预算")), "not_applicable"),
    "T20 holds": (_words("TX-T20", _increase("8.00")), "holds"),
    "T20 breaks": (_words("TX-T20", _increase("12.00")), "broken"),
    "T20 inside": (_words("TX-T20", _increase("10.01")), "rounding"),
    "T20 outside": (_words("TX-T20", _increase("10.02")), "broken"),
    "T20 less": (_words("TX-T20", _increase("-12.00")), "not_applicable"),
    "T21 holds": (_words("TX-T21", _main_uses("40.00")), "holds"),
    "T21 breaks": (_words("TX-T21", _main_uses("4.00")), "broken"),
    "T21 inside": (_words("TX-T21", _main_uses("19.99")), "rounding"),
    "T21 outside": (_words("TX-T21", _main_uses("19.98")), "broken"),
    "T22 holds": (_words("TX-T22", _beside_projects("70.00")), "holds"),
    "T22 breaks": (_words("TX-T22", _beside_projects("100.00")), "broken"),
    "T22 inside": (_words("TX-T22", _beside_projects("80.01")), "rounding"),
    "T22 of another scope": (_words("TX-T22", _beside_projects("90.00")), "not_applicable"),
    "T23 holds": (_words("TX-T23", _saving("10.00")), "holds"),
    "T23 of the budget": (_words("TX-T23", _saving("10.00", "预算金额")), "holds"),
    "T23 breaks": (_words("TX-T23", _saving("100.00")), "broken"),
    "T23 inside": (_words("TX-T23", _saving("10.01")), "rounding"),
    "T23 outside": (_words("TX-T23", _saving("10.02")), "broken"),
    "T24 holds": (_words("TX-T24", _adjusted("20.00")), "holds"),
    "T24 breaks": (_words("TX-T24", _adjusted("0.00")), "broken"),
    "T24 inside": (_words("TX-T24", _adjusted("19.99")), "rounding"),
    "T24 outside": (_words("TX-T24", _adjusted("19.98")), "broken"),
    "T24 more than the part": (_words("TX-T24", _adjusted("30.00")), "holds"),
    "T24 projects were cut": (_words("TX-T24", _adjusted("0.00", "-20.00")), "not_applicable"),
    "T24 another year": (
        _words("TX-T24", _adjusted("0.00", fiscal_year=2022)),
        "not_applicable",
    ),
    "T24 another part made up for it": (
        _words("TX-T24", [*_adjusted("0.00"), _adjusted("0.00", "-20.00")[1] | {"subject": BASIC, "measure": BASIC}]),
        "not_evaluable",
    ),
    "T25 holds": (_words("TX-T25", _unadjusted("75.00")), "holds"),
    "T25 breaks": (_words("TX-T25", _unadjusted("100.00")), "broken"),
    "T25 inside": (_words("TX-T25", _unadjusted("75.22")), "rounding"),
    "T25 outside": (_words("TX-T25", _unadjusted("75.23")), "broken"),
    "T25 of nothing": (_words("TX-T25", _unadjusted("100.00", "0.00")), "not_evaluable"),
    "T25 the budget was adjusted": (_words("TX-T25", _unadjusted("100.00", whole="-1.00")), "not_applicable"),
    "T25 nothing is told of adjustments": (_words("TX-T25", _unadjusted("100.00")[:-1]), "not_applicable"),
    "T25 no budget is told": (_words("TX-T25", _unadjusted("100.00")[:2] + _unadjusted("0")[-1:]), "not_applicable"),
    "T25 two budgets are told": (_words("TX-T25", [*_unadjusted("100.00"), told(BASIC, "3.00")]), "not_applicable"),
    "T25 the outturn stands elsewhere": (_words("TX-T25", _unadjusted("100.00", paragraph="q")), "not_applicable"),
    "Y01 holds": (_opening("500000.00"), "holds"),
    "Y01 breaks": (_opening("600000.00"), "broken"),
    "Y01 inside": (_opening("500050.00"), "rounding"),
    "Y01 outside": (_opening("500050.01"), "broken"),
    "Y02 holds": (_last_told("100.00"), "holds"),
    "Y02 breaks": (_last_told("120.00"), "broken"),
    "Y02 inside": (_last_told("100.00", "1000050.00"), "rounding"),
    "Y02 outside": (_last_told("100.00", "1000050.01"), "broken"),
    "Y02 implied": (_last_implied("1100000.00"), "broken"),
    "Y02 implied inside": (_last_implied("1000150.00"), "rounding"),
    "Y02 implied outside": (_last_implied("1000150.01"), "broken"),
    "Y02 told in both": (
        ("PP-Y02", [told(BASIC, "120.00"), _compared("change", "10.00")], (), {"other": ([_last_year("100.00")], ())}),
        "broken",
    ),
    "Y03 holds": (_budget_told("100.00"), "holds"),
    "Y03 breaks": (_budget_told("120.00"), "broken"),
    "Y03 inside": (_budget_told("100.00", "1000050.00"), "rounding"),
    "Y03 outside": (_budget_told("100.00", "1000050.01"), "broken"),
    "Y04 holds": (_unit("900000.00"), "holds"),
    "Y04 breaks": (_unit("1200000.00"), "broken"),
    "Y04 inside": (_unit("1000100.00"), "rounding"),
    "Y04 outside": (_unit("1000100.01"), "broken"),
    "O01 holds": (_signed("0.00"), "holds"),
    "O01 breaks": (_signed("-0.01"), "broken"),
    "O02 holds": (_funds("900000.00"), "holds"),
    "O02 breaks": (_funds("1200000.00"), "broken"),
    "O02 inside": (_funds("1000100.00"), "rounding"),
    "O02 outside": (_funds("1000100.01"), "broken"),
}  # fmt: skip


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("statements"))
    for name, ((rule_id, claims, cells, others), _) in CASES.items():
        kind = "final_accounts" if rule_id in ("PP-Y01", "PP-Y03") else "budget"
        add_filing(engine, name, kind, cells, dict.fromkeys(f.form for f in cells), department_id=name)
        add_words(engine, name, claims)
        for other, (said, printed) in others.items():
            year = printed[0].fiscal_year if printed else said[0]["fiscal_year"]
            forms = dict.fromkeys(f.form for f in printed)
            other_kind = "final_accounts" if any(form.startswith("FA") for form in forms) else "budget"
            key = f"{name}|{other}"
            whose = {"department_id": name if other == "other" else f"{name}|{other}"}
            add_filing(engine, key, other_kind, printed, forms, fiscal_year=year, scope=SCOPES.get(other), **whose)
            engine.add(DEPARTMENTS, [{"department_id": name, "superior_id": whose["department_id"]}])
            add_words(engine, key, said)
    for kind in ("final_accounts", "budget"):
        add_filing(engine, f"nothing|{kind}", kind, [], [])
    yield engine.build()
    engine.close()


def test_every_message_reads_well(evaluated: Engine) -> None:
    assert unreadable(evaluated.rows("SELECT message_zh, message_en FROM quality.finding")) == []


@pytest.mark.parametrize("name", CASES)
def test_a_rule_comes_out_as_its_case_says(evaluated: Engine, name: str) -> None:
    (rule_id, *_), expected = CASES[name]
    found = evaluated.rows(
        f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND filing_id = '{name}'"
    )

    assert (expected,) in found
    if expected != "broken":
        assert ("broken",) not in found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_a_rule_has_every_case_and_says_nothing_where_nothing_is_told(evaluated: Engine, rule: Any) -> None:
    own = [name for name, ((rule_id, *_), _) in CASES.items() if rule_id == rule.rule_id]
    wanted = {"holds", "broken"} | ({"rounding"} if rule.relation not in EXACT else set())
    assert wanted <= {CASES[name][1] for name in own}
    kind = "final_accounts" if rule.kind == "final_accounts" else "budget"
    outcomes = f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule.rule_id}'"
    assert evaluated.rows(f"{outcomes} AND filing_id = 'nothing|{kind}'") == [("not_applicable",)]


def test_a_rate_cut_off_instead_of_rounded_is_a_rounding(tmp_path: Path) -> None:
    claims = [told(BASIC, "100.00", stage="final"), told(BASIC, "3.00"), _compared("completion_rate", "3333.33")]
    claims[2] = claims[2] | {"stage": "final", "comparison_year": 2023}
    engine = judge_words(tmp_path, claims)
    assert engine.rows("SELECT outcome FROM quality.\"check\" WHERE rule_id = 'TX-T04'") == [("rounding",)]


def test_the_amount_told_most_often_is_believed(tmp_path: Path) -> None:
    engine = judge_words(tmp_path, [told(BASIC, text) for text in ("27.23", "4.93", "4.93")])
    found = engine.rows("SELECT outcome, lhs FROM quality.\"check\" WHERE rule_id = 'TX-T01' ORDER BY outcome")
    assert [(outcome, str(lhs)[:6]) for outcome, lhs in found] == [("broken", "272300"), ("holds", "49300.")]


def test_money_of_some_projects_is_no_quantity_that_another_sentence_tells(tmp_path: Path) -> None:
    some = [
        told("project_expenditure", text, subject_text=label)
        for text, label in (("30.00", "涉及预算总金额"), ("222.96", "涉及预算总金额"), ("91.30", "项目资金"))
    ]
    engine = judge_words(tmp_path, some)
    assert engine.rows("SELECT outcome FROM quality.\"check\" WHERE rule_id = 'TX-T01'") == [("not_applicable",)]


def test_words_that_leave_the_fund_open_do_not_contradict_words_that_name_it(tmp_path: Path) -> None:
    engine = judge_words(tmp_path, [told(BASIC, "100.00"), told(BASIC, "120.00", sentence="基本支出120万元")])
    assert engine.rows("SELECT outcome FROM quality.\"check\" WHERE rule_id = 'TX-T01'") == [("not_applicable",)]


ROOTS = "SELECT rule_id, root_id = first_value(root_id) OVER (ORDER BY rule_id), suspect_id FROM quality.finding"


def test_breaks_of_one_told_figure_are_one_cause(tmp_path: Path) -> None:
    cells = [figure("BG05", BASIC, "2206300.00", fund=GENERAL)]
    told_once = [told(BASIC, "220.63"), told(BASIC, "441.25", paragraph="q")]
    rate = [told(BASIC, "132.59", fiscal_year=2022, paragraph="q"), _compared("growth_rate", "66.40", paragraph="q")]
    engine = judge_words(tmp_path, [*told_once, *rate], cells)

    found = engine.rows(f"{ROOTS} ORDER BY rule_id")

    assert [row[0] for row in found] == ["TX-T01", "TX-T03", "TX-W03"]
    assert {row[1:] for row in found} == {(True, "f/c1")}


def test_a_single_broken_statement_has_no_root(tmp_path: Path) -> None:
    engine = judge_words(tmp_path, _difference("-20.00"))
    assert engine.rows("SELECT root_id, suspect_id FROM quality.finding") == [(None, None)]


def test_a_figure_told_of_two_subjects_is_one_cause(tmp_path: Path) -> None:
    both = ("income_grand_total", "expenditure_grand_total")
    cells = [figure("BG01", name, "29616800.00") for name in both]
    engine = judge_words(tmp_path, [told(name, "0.30", fund="all", start=0) for name in both], cells)

    found = engine.rows("SELECT rule_id, root_id, suspect_id FROM quality.finding")

    assert [row[0] for row in found] == ["TX-W01", "TX-W01"]
    assert len({row[1] for row in found}) == 1
    assert {row[2] for row in found} == {"f/c0"}


def test_told_figures_that_miss_their_tables_by_one_amount_are_put_down_to_the_part(tmp_path: Path) -> None:
    cells = [
        figure("BG05", BASIC, "53647500.00", fund=GENERAL),
        figure("BG05", "personnel_expenditure", "48840900.00", fund=GENERAL),
        figure("BG05", "operating_expenditure", "4806600.00", fund=GENERAL),
    ]
    wrong = [told(BASIC, "5377.64"), told("personnel_expenditure", "4896.98"), told("operating_expenditure", "480.66")]
    engine = judge_words(tmp_path, wrong, cells)

    found = engine.rows("SELECT rule_id, root_id, suspect_id FROM quality.finding")

    assert [row[0] for row in found] == ["TX-W03", "TX-W03"]
    assert len({row[1] for row in found}) == 1
    assert {row[2] for row in found} == {"f/c1"}


def test_a_told_amount_that_contradicts_a_form_and_another_sentence_is_one_cause(tmp_path: Path) -> None:
    project = "project:路灯"
    given = {"measure": "project_expenditure", "stage": "final", "subject_text": "路灯"}
    engine = Engine(tmp_path)
    add_filing(engine, "f", "self_evaluation", [], [])
    add_words(engine, "f", [told(project, printed, **given) for printed in ("27.23", "4.93", "4.93")])
    row = {"project_id": "f/p", "filing_id": "f", "document_id": "f"}
    engine.add("project", [{**row, "project": "路灯", "form_code": "PF01", "form_title": "自评表"}])
    money = {"project_amount_id": "f/m", "stage": "final", "amount_yuan": "49300.00", "quantum_yuan": 100}
    engine.add("project_amount", [row | money])

    found = engine.build().rows("SELECT rule_id, root_id, suspect_id FROM quality.finding ORDER BY rule_id")

    assert [row[0] for row in found] == ["PF01-P21", "TX-T01"]
    assert len({row[1] for row in found}) == 1
    assert {row[2] for row in found} == {"f/c0"}
