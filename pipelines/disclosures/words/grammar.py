"""The grammar of an explanation: from the tokens of a sentence to the figures it tells.

A sentence is read from left to right, clause by clause. Names of quantities, money, years, stages and comparisons set
what is spoken of (``naming``); a figure takes what stands then (``telling``). A clause that names an unknown quantity
never takes a known one, and what a sentence gives as its reason never takes the quantity it explains.

Belongs here: which token does what, and where clauses begin and end. Does not belong here: the words themselves
(``sentences.yaml``), or how a figure becomes a claim.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipelines.disclosures.words import naming, telling
from pipelines.disclosures.words.scope import Against, Clause, Context, Scope, State
from pipelines.disclosures.words.tokens import FIGURES, Token

_FLOW = re.compile(
    r"[我本全](?:局|委|办|厅|院|校|所|站|队|社|馆|会|中心|部门|单位)(?:\d{4}年度?)?(?:上年|年初)结[转余]"
)
"""How a sentence begins that tells the money of a whole department from what was left to what is left."""


def read_sentence(
    text: str, tokens: Sequence[Token], context: Context, carried: Scope, base: str | None, against: Against | None
) -> State:
    """Read one sentence and return where its reading ends, with the figures told in order.

    ``text`` is the plain paragraph the tokens stand in, ``carried`` what the sentence before left standing, ``base``
    and ``against`` the budget stage and the comparison the paragraph told last.
    """
    start = tokens[0].start if tokens else 0
    scope = carried._replace(year=None, against=None)
    state = State(text, context, carried, scope, base, against, clause=Clause(start=start), runs=_runs(tokens))
    state.in_flow = bool(tokens) and _FLOW.search(text, start, tokens[-1].end) is not None
    for token in tokens:
        _HANDLERS.get(token.kind, _ignore)(state, token)
    telling.end_clause(state, tokens[-1].end if tokens else 0)
    state.told = [telling.with_carry_over(told, state) for told in state.told]
    return state


def _runs(tokens: Sequence[Token]) -> dict[int, tuple[int, int]]:
    """Rows of figures of one kind: start of each figure → its place and how many stand in the row."""
    runs: dict[int, tuple[int, int]] = {}
    row: list[Token] = []
    for position, token in enumerate(tokens):
        if token.kind not in FIGURES:
            continue
        between = tokens[position - 1] if position else None
        joined = between and (between.kind == "pause" or (between.kind == "text" and between.text in {"和", "及"}))
        if not (joined and row and tokens[position - 2] is row[-1] and row[-1].kind == token.kind):
            row = []
        row.append(token)
        for place, member in enumerate(row):
            runs[member.start] = (place, len(row))
    return runs


def _text(state: State, token: Token) -> None:
    if state.clause.role != "share":
        state.clause.unknown += token.text


def _change(state: State, token: Token) -> None:
    state.clause.sign, state.clause.sign_at = token.meaning, (token.start, token.end)
    if token.text.endswith("预算"):
        state.scope = state.scope._replace(stage="adjusted_budget", against=Against(state.now, "initial_budget"))


def _versus(state: State, token: Token) -> None:
    _change(state, token)
    state.clause.versus = True


def _share(state: State, _token: Token) -> None:
    state.clause.role = "share"


def _completion(state: State, _token: Token) -> None:
    state.clause.role, state.clause.base = "completion", None


def _completion_rate(state: State, _token: Token) -> None:
    state.clause.role, state.clause.base, state.clause.staged = "completion", state.base, True


def _reason(state: State, token: Token) -> None:
    telling.end_clause(state, token.end)
    state.reasoning, state.explained = True, state.main or state.carried
    state.scope = state.scope._replace(topic=None, fund=None)


def _resume(state: State, token: Token) -> None:
    main = state.explained or state.main or state.carried
    if main.topic:
        state.scope = state.scope._replace(topic=main.topic, fund=main.fund)
        state.clause = Clause(start=token.end)


def _among(state: State, token: Token) -> None:
    telling.end_clause(state, token.end)
    state.part_fund = (state.main or state.carried).fund


def _respectively(state: State, _token: Token) -> None:
    state.clause.respectively = True


def _negation(state: State, token: Token) -> None:
    state.clause.negated, state.clause.unknown = (token.start, token.end), ""


def _score_name(state: State, token: Token) -> None:
    is_full = token.text == "总分" and state.clause.unknown.endswith("指标")
    state.clause.mark, state.clause.mark_at = "full_score" if is_full else token.meaning, token.start


def _end(state: State, token: Token) -> None:
    telling.end_clause(state, token.end)


def _ordinal(state: State, token: Token) -> None:
    telling.end_clause(state, token.end)
    state.before = ""


def _pause(state: State, token: Token) -> None:
    clause = state.clause
    if not clause.figures:
        _text(state, token)
        return
    telling.end_clause(state, token.end)
    if state.row:
        state.clause = Clause(start=token.end, sign=clause.sign, role=clause.role, base=clause.base)


def _open(state: State, token: Token) -> None:
    state.outer.append((state.scope, replace(state.clause)))
    state.clause = Clause(start=token.end, named=state.clause.named)


def _close(state: State, token: Token) -> None:
    if state.outer:
        telling.end_clause(state, token.end)
        state.scope, state.clause = state.outer.pop()


def _ignore(_state: State, _token: Token) -> None:
    """Dates, titles of laws and the like say nothing of a quantity."""


_HANDLERS: Mapping[str, Callable[[State, Token], None]] = {
    **dict.fromkeys(FIGURES, telling.figure),
    **dict.fromkeys(("comma", "semicolon", "colon", "stop"), _end),
    "ordinal": _ordinal,
    "subject": naming.subject,
    "class": naming.function_class,
    "item": naming.item,
    "head": naming.head,
    "economic": naming.economic,
    "fund": naming.fund,
    "year": naming.year,
    "last_year": naming.last_year,
    "as_of": naming.as_of,
    "stage": naming.stage,
    "opening_stage": naming.opening_stage,
    "compared": naming.compared,
    "coverage": naming.coverage,
    "coverage_fund": naming.coverage_fund,
    "count_name": naming.count_name,
    "flat": telling.no_change,
    "text": _text,
    "change": _change,
    "versus": _versus,
    "share": _share,
    "completion": _completion,
    "completion_rate": _completion_rate,
    "reason": _reason,
    "resume": _resume,
    "among": _among,
    "respectively": _respectively,
    "negation": _negation,
    "score_name": _score_name,
    "pause": _pause,
    "open": _open,
    "close": _close,
}
