"""Tokens that tell: figures, no change, directions, zeros; each takes what stands in the state.

Belongs here: which kind of figure it is, and its year, stage, money and comparison. Does not belong here: names.
"""

import re
from decimal import Decimal

from pipelines.disclosures.words.language import filler_pattern, sentences
from pipelines.disclosures.words.phrases import completed_topic, mark_topic, named_in_row, phrase, told_topic
from pipelines.disclosures.words.scope import Against, Clause, Scope, State, Told, Topic
from pipelines.disclosures.words.tokens import Figure, Token

_SIGNS = {"increase": 1, "decrease": -1}
_PROJECTS = re.compile(r"^(?!.*(?:评级|等级)).*项目(?:支出)?共?(?:计)?$")
_BUDGETS = frozenset({"initial_budget", "adjusted_budget"})
_BALANCES = frozenset(
    {"opening_balance", "closing_balance", "brought_forward", "carried_forward", "surplus_used", "surplus_distribution"}
)
"""What is left over has no budget of its own: 上年结转0万元，年初预算978.11万元 tells two quantities."""
_GRAND = {"income": "income_grand_total", "expenditure": "expenditure_grand_total"}
_AMONG = re.compile(r"其中|包括|包含")
_LEFT_OF_PROJECTS = frozenset({"project_carried_over", "project_surplus"})
_NEAR = 150
"""How many characters before a clause projects must be spoken of for 涉及金额 to be theirs."""
_CHANGES = frozenset({"change", "growth_rate"})


def figure(state: State, token: Token) -> None:
    """Tell a figure of the quantity spoken of, or of the one its own words name."""
    if token.kind in {"count", "number"} and not _counts(state, token):
        state.clause.unknown += token.text
        state.counted_words = state.text[state.clause.start : token.start]
        return
    state.figure_at = token.start
    kind = _kind(state, token)
    topic = _topic(state, token, kind)
    read: Figure = token.meaning
    value, direction = _signed(state, read.value) if kind in _CHANGES else (read.value, None)
    _tell(state, (token.start, token.end), kind, value, topic, read, direction, _against(state, kind))
    clause = state.clause
    clause.unknown, clause.pending, clause.mark, clause.start = "", False, None, token.end
    clause.figures += 1


def no_change(state: State, token: Token) -> None:
    """Tell that a quantity did not change: a change of zero, or without a value when only about (基本持平)."""
    against = state.scope.against or state.last_against or state.context.leading.against
    if against is None or not is_clear(state) or state.scope.topic is None or state.clause.role == "share":
        return
    value = Decimal(0) if token.meaning else None
    _tell(state, (token.start, token.end), "change", value, state.scope.topic, None, "unchanged", against)


def end_clause(state: State, position: int) -> None:
    """Tell what a clause leaves open (a direction, a zero) and begin the next one at ``position``."""
    clause, topic = state.clause, state.scope.topic
    if clause.pending and is_clear(state) and topic:
        _tell(state, clause.sign_at, "change", None, topic, None, clause.sign, state.scope.against)
    if clause.negated and clause.topics and not clause.figures and is_clear(state) and not state.reasoning:
        _nothing(state, clause.negated)
    if clause.staged and not clause.figures and not clause.named and not is_clear(state):
        state.scope = state.scope._replace(stage=clause.stage_before)
    bare = not (clause.named or clause.role or clause.figures)
    state.before = state.text[clause.start : position] if bare else ""
    state.clause = Clause(start=position)


def with_carry_over(told: Told, state: State) -> Told:
    """A total told again, smaller, as a part of itself beside a carry-over is a grand total.

    财政拨款收入370万元，其中：本年收入350万元，上年结转20万元。
    """
    grand = _GRAND.get(told.topic.subject) if told.topic else None
    if grand is None or told.figure != "amount" or told.value is None or told.topic is None:
        return told
    parts = [(other.topic.subject, other) for other in state.told if other.start > told.end and other.topic]
    same = [other for subject, other in parts if subject == told.topic.subject and _same_money(other, told)]
    left = any(subject in _BALANCES for subject, _ in parts)
    is_whole = bool(same) and _AMONG.search(state.text[told.end : same[0].start]) is not None
    if not (is_whole and left and (same[0].value or 0) < told.value):
        return told
    return told._replace(topic=told.topic._replace(pairs=((grand, grand),)))


def _same_money(one: Told, other: Told) -> bool:
    told = (one.figure, one.fund, one.year, one.stage)
    return told == (other.figure, other.fund, other.year, other.stage)


def is_clear(state: State) -> bool:
    """Whether nothing but fillers stands since the last name."""
    return bool(filler_pattern().fullmatch(state.clause.unknown))


def _nothing(state: State, span: tuple[int, int]) -> None:
    """Tell zero of every quantity a negated clause names, for every year it names."""
    scope = state.scope
    years: list[int | None] = [*state.clause.years] or [scope.year]
    for year in years:
        for topic, fund in zip(state.clause.topics, state.clause.funds, strict=True):
            state.clause.fund = fund
            state.scope = scope._replace(topic=topic, year=year, fund=fund)
            _tell(state, span, "amount", Decimal(0), topic, None, None, None)
    state.scope = scope


def _kind(state: State, token: Token) -> str:
    clause = state.clause
    if token.kind == "money":
        return "change" if clause.sign and (clause.pending or not clause.versus) else "amount"
    if token.kind != "percent":
        return token.kind
    if clause.role == "completion":
        return "completion_rate"
    is_change = clause.sign and (clause.pending or not clause.versus) and clause.role != "share"
    return "growth_rate" if is_change else "share"


def _counts(state: State, token: Token) -> bool:
    """Whether a number without money, percent or mark tells something that is declared."""
    if token.kind == "number":
        return bool(state.clause.sign) and is_clear(state)
    return _count_topic(state, token) is not None


def _topic(state: State, token: Token, kind: str) -> Topic | None:
    if kind == "count":
        return _count_topic(state, token)
    if kind == "number":
        return None
    if kind == "score" or (state.clause.mark == "score_rate" and kind == "share"):
        return _mark_topic(state, token)
    row = _row_topic(state, token)
    if row:
        return row
    clause, topic = state.clause, state.scope.topic
    if topic and topic.subject in _BALANCES and clause.staged and not clause.named:
        return _whole_budget(state)
    words = state.text[clause.start : token.start]
    rate = kind == "share" and clause.role != "share"
    is_told = topic is not None and topic.subject.startswith("told:")
    if kind == "completion_rate" and not (topic and is_clear(state) and not (is_told and state.context.project)):
        return completed_topic(words, state.counted_words, state.context, clause.staged)
    if topic and is_clear(state) and not rate and (clause.staged or clause.sign or clause.role or not is_told):
        return topic
    named = told_topic(words, state.before, _after(state, token), state.context, clause.staged, rate)
    named = _all_projects(state, _bought(state, named)) if named else None
    if named and token.kind == "money" and named.pairs[0][1] not in _LEFT_OF_PROJECTS:
        state.scope = state.scope._replace(topic=named, fund=clause.fund)
    return named


def _whole_budget(state: State) -> Topic | None:
    """The department's whole budget, where it is told between what was left over and what is left."""
    if not state.in_flow or state.context.project or not is_clear(state):
        return None
    words = state.text[state.clause.start : state.figure_at].rstrip("为是约共:")
    return Topic((("expenditure", "expenditure"),), words)


def _bought(state: State, named: Topic) -> Topic:
    """A kind of procurement, where procurement is spoken of (政府采购支出…其中：货物…)."""
    main = (state.main or state.carried).topic
    measure = sentences().procured.get(named.subject.removeprefix("told:"))
    if measure is None or main is None or not main.subject.startswith("procurement"):
        return named
    return Topic(((measure, measure),), named.text)


def _all_projects(state: State, named: Topic) -> Topic:
    """All projects, where the words stand for their money (项目资金) and projects are spoken of (涉及金额)."""
    name = named.subject.removeprefix("told:")
    spoken = state.text[max(0, state.clause.start - _NEAR) : state.figure_at]
    if name not in sentences().all_projects or not re.search(r"项目|专项", spoken):
        return named
    return Topic((("project_expenditure", "project_expenditure"),), named.text)


def _after(state: State, token: Token) -> str:
    """The words after a figure, up to the next punctuation."""
    return re.split(r"[，。；:、(]", state.text[token.end : token.end + 20])[0]


def _count_topic(state: State, token: Token) -> Topic | None:
    unit, clause = token.meaning.unit, state.clause
    if state.coverage and unit == "个" and _PROJECTS.search(state.text[clause.start : token.start]):
        return Topic(((f"performance:{state.coverage}", "performance_projects"),), "项目")
    if clause.counted and is_clear(state) and not _to_be_bought(state, clause.counted, token):
        return Topic(((clause.counted, clause.counted),), state.text[clause.start : token.start])
    topic = state.scope.topic
    spoken = {state.counting, topic.subject if topic and is_clear(state) else None}
    for row in sentences().counted:
        if row.of in spoken and unit in row.units:
            return Topic(((row.measure, row.measure),), unit)
    return None


def _to_be_bought(state: State, measure: str, token: Token) -> bool:
    """Whether kinds of vehicles are those of a purchase (安排购置车辆1辆，其中：…), not of what is held."""
    said = re.split(r"[；;。]", state.text[: token.start])[-1]
    return measure.startswith("vehicles_") and measure not in {"vehicles_purchased", "vehicles_held"} and "购置" in said


def _mark_topic(state: State, token: Token) -> Topic | None:
    clause = state.clause
    end = clause.mark_at if clause.mark else token.start
    topic = mark_topic(state.text[clause.start : end], state.before, state.context, state.marked)
    if topic is None:
        return None
    state.marked = topic
    return topic._replace(pairs=tuple((subject, clause.mark or "score") for subject, _ in topic.pairs))


def _row_topic(state: State, token: Token) -> Topic | None:
    """The quantity of a figure in a row of figures (甲、乙和丙分别为1万元、2万元和3万元)."""
    place, number = state.runs.get(token.start, (0, 1))
    if place == 0:
        state.row = []
        if number > 1 and state.clause.respectively:
            state.row = _named_row(state, state.text[state.clause.start : token.start], number)
    if place and not state.row and is_clear(state) and state.told:
        return state.told[-1].topic
    return state.row[place] if len(state.row) == number else None


def _named_row(state: State, words: str, number: int) -> list[Topic]:
    if len(state.clause.topics) == number and is_clear(state):
        return list(state.clause.topics)
    names = named_in_row(words.replace("分别", ""), number)
    topics = [told_topic(name, "", "", state.context, False, False) for name in names]
    return [topic for topic in topics if topic]


def _signed(state: State, value: Decimal) -> tuple[Decimal, str | None]:
    """A change with its sign; 增加（减少） left unresolved follows the change told before it, if any."""
    sign = state.clause.sign
    if not value:
        return value, "unchanged"
    if sign == "as printed":
        return value, "increase" if value > 0 else "decrease"
    if sign == "unresolved":
        before = next((told for told in reversed(state.told) if told.direction in _SIGNS), None)
        sign = before.direction if before else None
    return (value * _SIGNS[sign], sign) if sign in _SIGNS else (value, None)


def _against(state: State, kind: str) -> Against | None:
    if kind == "completion_rate":
        return Against(state.now, state.clause.base)
    if kind in _CHANGES:
        return state.scope.against or state.last_against or state.context.leading.against
    return None


def _tell(
    state: State,
    span: tuple[int, int],
    kind: str,
    value: Decimal | None,
    topic: Topic | None,
    read: Figure | None,
    direction: str | None,
    against: Against | None,
) -> None:
    year, stage = _when(state, kind, topic, against)
    unit, quantum, factor = (read.unit, read.quantum, read.factor) if read else (None, None, None)
    why_not = None if topic else ("unknown quantity" if state.clause.unknown else "no quantity named")
    fund = _fund_of(state, topic)
    state.told.append(
        Told(topic, kind, value, unit, quantum, factor, direction, fund, year, stage, against, *span, why_not)
    )
    if kind == "amount" and stage in _BUDGETS:
        state.base = stage
    if kind == "count":
        state.counting = topic.pairs[0][1] if topic else None
    elif state.main is None and topic and kind != "score" and not state.reasoning:
        told_fund = state.clause.fund or (state.scope.fund if topic == state.scope.topic else None)
        state.main = Scope(topic, told_fund or state.part_fund, year, stage, against)


def _when(state: State, kind: str, topic: Topic | None, against: Against | None) -> tuple[int | None, str | None]:
    year, stage = state.now, state.scope.stage or state.context.stage
    if kind in {"score", "count"} or (topic and topic.subject.startswith("performance:")):
        stage = state.context.stage
    if kind in _CHANGES and against and not state.clause.years and year == against.year:
        year = state.context.year
    if kind == "completion_rate" and state.context.stage in {"final", None}:
        stage = "final"
    return year, _stage_in_words(state, kind, stage)


def _stage_in_words(state: State, kind: str, stage: str | None) -> str | None:
    """The stage right before the figure: none for a target (≥95%), final for money paid; final at a date (截至)."""
    words = state.text[state.clause.start : state.figure_at]
    if kind == "share" and words.endswith(sentences().target_signs):
        return None
    if kind == "amount" and words.endswith(sentences().spent):
        return "final"
    if kind == "amount" and phrase(words) in sentences().budgeted:
        return "initial_budget"
    return "final" if state.as_of and stage == state.context.stage else stage


def _fund_of(state: State, topic: Topic | None) -> str:
    """The money told with the quantity, of its whole, of the list's or section's title, or of its definition."""
    context = state.context
    own = topic.fund if topic else None
    told = state.scope.fund if topic == state.scope.topic else None
    named = state.clause.fund or told or state.part_fund
    return named or context.leading.fund or context.section_fund or own or "all"
