"""Tokens that name: quantities, items, money, years, stages, and what something is compared with.

Belongs here: how a name changes what is spoken of. Does not belong here: figures.
"""

from pipelines.disclosures.words.language import HeadWords, SubjectWords, owner_pattern
from pipelines.disclosures.words.scope import Against, State, Topic
from pipelines.disclosures.words.tokens import Compared, Token

_ADJUSTED = "年中调整"
"""Between what was left over and what is, this tells by how much the budget was adjusted; elsewhere, to what."""
_JOINING = ("和", "及", "与", "、")


def subject(state: State, token: Token) -> None:
    """Speak of a declared quantity."""
    words: SubjectWords = token.meaning
    _name(state, token, Topic(tuple((measure, measure) for measure in words.measures), token.text, words.fund))


def function_class(state: State, token: Token) -> None:
    """Speak of a functional class named without its mark (一般公共服务支出)."""
    _name(state, token, Topic(((f"function:{token.meaning}", "expenditure"),), token.text))


def item(state: State, token: Token) -> None:
    """Speak of a functional item (…（类）…（款）…（项）)."""
    topic = Topic(((token.meaning, "expenditure"),), token.text)
    _name(state, token, topic)
    state.item = state.item or topic


def head(state: State, token: Token) -> None:
    """Speak of all income or expenditure, but only where no narrower quantity is spoken of."""
    words: HeadWords = token.meaning
    topic, clause = state.scope.topic, state.clause
    if clause.role == "share":
        return
    if words.stage:
        _set_stage(state, words.stage)
    told_before = clause.fund or (topic.is_total if topic else words.stage or clause.staged)
    if clause.named or not told_before:
        clause.unknown += "" if clause.named or topic else token.text
        if words.stage is None and not clause.staged and state.scope.stage == "received":
            state.scope = state.scope._replace(stage=None)
        clause.staged = clause.staged or topic is not None
        return
    if topic and topic.pairs == ((words.measure, words.measure),) and not clause.fund:
        if owner_pattern().search(clause.unknown):
            clause.named, clause.unknown = True, ""
        else:
            clause.unknown += token.text
        return
    _name(state, token, Topic(((words.measure, words.measure),), token.text))


def _name(state: State, token: Token, topic: Topic) -> None:
    clause = state.clause
    if clause.role == "share":
        return
    if not owner_pattern().search(clause.unknown):
        clause.unknown += token.text
        return
    state.scope = state.scope._replace(topic=topic, fund=clause.fund)
    clause.named, clause.unknown = True, ""
    clause.topics.append(topic)
    clause.funds.append(clause.fund)


def economic(state: State, token: Token) -> None:
    """Speak of an economic class or item (办公费)."""
    _name(state, token, Topic(((f"dept_economic:{token.meaning}", "expenditure"),), token.text))


def fund(state: State, token: Token) -> None:
    """Name the money of the quantity that follows, or of the one just named."""
    clause = state.clause
    if clause.role == "share":
        return
    joins_another = clause.unknown.endswith(_JOINING)
    clause.fund, clause.unknown = token.meaning, ""
    if clause.named and joins_another:
        clause.named = False
    elif clause.named:
        state.scope = state.scope._replace(fund=token.meaning)
        clause.funds[-1:] = [clause.funds[-1] or token.meaning] if clause.funds else []


def year(state: State, token: Token) -> None:
    """Speak of another year."""
    if state.clause.versus:
        state.scope = state.scope._replace(against=Against(token.meaning, None))
        return
    state.clause.years.append(token.meaning)
    state.scope = state.scope._replace(year=token.meaning)
    if not state.clause.unknown:
        state.clause.start = token.end


def as_of(state: State, token: Token) -> None:
    """Speak of what stood on a day: of its year, and no budget."""
    state.scope = state.scope._replace(year=token.meaning)
    state.as_of = True


def last_year(state: State, token: Token) -> None:
    """Speak of the year before the paper's."""
    if state.context.year is not None:
        year(state, token._replace(meaning=state.context.year - token.meaning))


def stage(state: State, token: Token) -> None:
    """Speak of a stage, or measure a completion or comparison by it."""
    clause = state.clause
    if clause.role == "completion":
        is_plain_budget = token.meaning == "initial_budget" and not token.text.startswith("年初")
        clause.base = state.base if is_plain_budget else token.meaning
        clause.staged = True
    elif clause.versus:
        against = state.scope.against
        state.scope = state.scope._replace(against=Against(against.year if against else state.now, token.meaning))
        clause.pending = True
    elif state.in_flow and token.text.startswith(_ADJUSTED):
        _set_stage(state, "adjusted_budget")
        clause.sign, clause.sign_at = "as printed", (token.start, token.end)
        state.scope = state.scope._replace(against=Against(state.now, "initial_budget"))
    elif clause.role != "share":
        _set_stage(state, token.meaning)


def opening_stage(state: State, token: Token) -> None:
    """Speak of a stage where the clause begins with it (实际政府采购金额, not 根据实际开支)."""
    if state.clause.unknown or state.clause.named:
        state.clause.unknown += token.text
    else:
        stage(state, token)


def _set_stage(state: State, told: str) -> None:
    if not state.clause.staged:
        state.clause.stage_before = state.scope.stage
    state.scope = state.scope._replace(stage=told)
    state.clause.staged = True


def compared(state: State, token: Token) -> None:
    """Compare with a year or stage (比2022年预算执行数, 与上年决算数). A bare 预算 is the budget stage told before."""
    what: Compared = token.meaning
    year_of = what.year
    if what.years_back and state.context.year is not None:
        year_of = state.context.year - what.years_back
    stage_of = what.stage
    if stage_of == "initial_budget" and year_of is None and not what.preceding.startswith("年初"):
        stage_of = state.base
    elif stage_of is None:
        stage_of = state.scope.stage or state.context.stage
    state.scope = state.scope._replace(against=Against(year_of if year_of is not None else state.now, stage_of))
    state.last_against = state.scope.against
    if not state.clause.unknown:
        state.clause.start = token.end


def coverage(state: State, token: Token) -> None:
    """Say which part of performance management the sentence is about."""
    state.coverage = token.meaning


def coverage_fund(state: State, token: Token) -> None:
    """Speak of the money that performance management covers (涉及预算资金)."""
    if state.coverage:
        state.clause.unknown = ""
        _name(state, token, Topic(((f"performance:{state.coverage}", "performance_funds"),), token.text))
    else:
        if token.text == "预算资金" and not state.clause.staged and not state.clause.named:
            _set_stage(state, "initial_budget")
        state.clause.unknown += token.text


def count_name(state: State, token: Token) -> None:
    """Say what is counted next."""
    state.clause.counted, state.clause.unknown = token.meaning, ""
