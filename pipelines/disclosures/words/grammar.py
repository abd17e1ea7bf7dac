"""The grammar of an explanation: from the tokens of a sentence to the figures it tells.

A sentence is read from left to right, clause by clause. Names of quantities, money, years, stages and comparisons set
what is spoken of; a figure takes what stands then. A clause that names an unknown quantity never takes a known one,
and what a sentence gives as its reason never takes the quantity it explains.

Belongs here: the order in which words make sense. Does not belong here: the words (``sentences.yaml``), or how a figure
becomes a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.disclosures.words.language import HeadWords, SubjectWords, filler_pattern, owner_pattern
from pipelines.disclosures.words.scope import Against, Context, Scope, Told, Topic
from pipelines.disclosures.words.tokens import FIGURES, Compared, Figure, Token

_SIGNS = {"increase": 1, "decrease": -1}


@dataclass
class Clause:
    """What one clause has told so far."""

    named: bool = False
    """A quantity is named in this clause."""
    unknown: str = ""
    """Words since then that mean nothing here."""
    fund: str | None = None
    year: int | None = None
    staged: bool = False
    """A stage is told in this clause."""
    sign: str | None = None
    sign_at: tuple[int, int] = (0, 0)
    versus: bool = False
    pending: bool = False
    """A direction was told (决算数大于预算数) and no amount for it yet."""
    role: str | None = None
    """``share``, ``completion`` or ``rate``: what a percentage will be."""
    base: str | None = None
    """Stage a completion is measured by."""
    figures: int = 0


@dataclass
class SentenceReader:
    """Reads one sentence. ``carried`` is what the sentence before left standing, ``base`` the budget stage told."""

    context: Context
    carried: Scope
    base: str | None = None
    last_against: Against | None = None
    told: list[Told] = field(default_factory=list)
    clause: Clause = field(default_factory=Clause)
    reasoning: bool = False
    main: Scope | None = None
    part_fund: str | None = None
    item: Topic | None = None
    """The functional item this sentence names."""

    def __post_init__(self) -> None:
        self.scope = self.carried._replace(year=None, against=None)
        self.outer: list[tuple[Scope, Clause]] = []

    def read(self, tokens: Sequence[Token]) -> list[Told]:
        """Read the tokens of one sentence and return its figures in order."""
        for token in tokens:
            if token.kind in FIGURES:
                self._figure(token)
            else:
                getattr(self, f"_{token.kind}", self._ignore)(token)
        self._end_clause()
        return self.told

    # names of quantities

    def _subject(self, token: Token) -> None:
        words: SubjectWords = token.meaning
        self._name(token, Topic(tuple((measure, measure) for measure in words.measures), token.text, words.fund))

    def _class(self, token: Token) -> None:
        self._name(token, Topic(((f"function:{token.meaning}", "expenditure"),), token.text))

    def _item(self, token: Token) -> None:
        topic = Topic(((token.meaning, "expenditure"),), token.text)
        self._name(token, topic)
        self.item = self.item or topic

    def _name(self, token: Token, topic: Topic) -> None:
        if self.clause.role == "share":
            return
        if not owner_pattern().search(self.clause.unknown):
            self.clause.unknown += token.text
            return
        self.scope = self.scope._replace(topic=topic, fund=self.clause.fund)
        self.clause.named, self.clause.unknown = True, ""

    def _head(self, token: Token) -> None:
        words: HeadWords = token.meaning
        topic = self.scope.topic
        if self.clause.role == "share":
            return
        if words.stage:
            self._set_stage(words.stage)
        told_before = self.clause.fund or (topic.is_total if topic else words.stage or self.clause.staged)
        if self.clause.named or not told_before:
            return
        if topic and topic.pairs == ((words.measure, words.measure),) and not self.clause.fund:
            self.clause.named, self.clause.unknown = True, ""
            return
        self._name(token, Topic(((words.measure, words.measure),), token.text))

    def _fund(self, token: Token) -> None:
        if self.clause.role == "share":
            return
        self.clause.fund, self.clause.unknown = token.meaning, ""
        if self.clause.named:
            self.scope = self.scope._replace(fund=token.meaning)

    # time, stage, comparison

    def _year(self, token: Token) -> None:
        if self.clause.versus:
            self.scope = self.scope._replace(against=Against(token.meaning, None))
            return
        self.clause.year = token.meaning
        self.scope = self.scope._replace(year=token.meaning)

    def _last_year(self, token: Token) -> None:
        if self.context.year is not None:
            self._year(token._replace(meaning=self.context.year - token.meaning))

    def _stage(self, token: Token) -> None:
        if self.clause.role == "completion":
            self.clause.base = token.meaning
        elif self.clause.versus:
            against = self.scope.against
            self.scope = self.scope._replace(against=Against(against.year if against else self._now(), token.meaning))
            self.clause.pending = True
        elif self.clause.role != "share":
            self._set_stage(token.meaning)

    def _set_stage(self, stage: str) -> None:
        self.scope = self.scope._replace(stage=stage)
        self.clause.staged = True
        if stage in {"initial_budget", "adjusted_budget"}:
            self.base = stage

    def _compared(self, token: Token) -> None:
        with_what: Compared = token.meaning
        year = with_what.year
        if with_what.years_back and self.context.year is not None:
            year = self.context.year - with_what.years_back
        stage = with_what.stage
        if stage == "initial_budget" and year is None and not with_what.preceding.startswith("年初"):
            stage = self.base
        elif stage is None:
            stage = self.scope.stage or self.context.stage
        self.scope = self.scope._replace(against=Against(year if year is not None else self._now(), stage))
        self.last_against = self.scope.against

    def _now(self) -> int | None:
        return self.scope.year or self.context.year

    # what is told of it

    def _change(self, token: Token) -> None:
        self.clause.sign, self.clause.sign_at = token.meaning, (token.start, token.end)

    def _versus(self, token: Token) -> None:
        self._change(token)
        self.clause.versus = True

    def _flat(self, token: Token) -> None:
        against = self.scope.against or self.last_against or self.context.leading.against
        if against is None or not self._topic_is_clear() or self.scope.topic is None:
            return
        value = Decimal(0) if token.meaning else None
        self._tell(token.start, token.end, "change", value, None, "unchanged", against)

    def _share(self, _token: Token) -> None:
        self.clause.role = "share"

    def _completion(self, _token: Token) -> None:
        self.clause.role, self.clause.base = "completion", None

    def _completion_rates(self, _token: Token) -> None:
        self.clause.role = "completion"

    def _reason(self, _token: Token) -> None:
        self._end_clause()
        self.reasoning = True
        self.scope = self.scope._replace(topic=None, fund=None)

    def _among(self, _token: Token) -> None:
        self._end_clause()
        main = self.main or self.carried
        self.part_fund = main.fund

    def _figure(self, token: Token) -> None:
        figure: Figure = token.meaning
        kind = self._kind(token)
        if kind is None:
            self.clause.unknown += token.text if token.kind in {"count", "number"} else ""
            return
        value, direction = figure.value, None
        if kind in {"change", "growth_rate"}:
            value, direction = self._signed(figure.value)
        topic = self.scope.topic if self._topic_is_clear() else None
        against = self._against(kind)
        self._tell(token.start, token.end, kind, value, figure, direction, against, known=topic is not None)
        self.clause.unknown, self.clause.pending = "", False
        self.clause.figures += 1

    def _kind(self, token: Token) -> str | None:
        if token.kind == "money":
            return "change" if self.clause.sign else "amount"
        if token.kind == "percent":
            if self.clause.role == "completion":
                return "completion_rate"
            if self.clause.role == "share":
                return "share"
            return "growth_rate" if self.clause.sign else "rate"
        if token.kind == "score":
            return "score"
        return "number" if token.kind == "number" and self.clause.sign and not self.clause.unknown else None

    def _signed(self, value: Decimal) -> tuple[Decimal, str | None]:
        sign = self.clause.sign
        if not value:
            return value, "unchanged"
        if sign == "unresolved":
            before = next((told for told in reversed(self.told) if told.direction in _SIGNS), None)
            sign = before.direction if before else None
        return (value * _SIGNS[sign], sign) if sign in _SIGNS else (value, None)

    def _against(self, kind: str) -> Against | None:
        if kind == "completion_rate":
            return Against(self._now(), self.clause.base if self._told_exactly() else self.base)
        if kind in {"change", "growth_rate"}:
            return self.scope.against or self.last_against or self.context.leading.against
        return None

    def _told_exactly(self) -> bool:
        return self.clause.base not in {None, "initial_budget"} or (self.base is None and self.clause.base is None)

    def _topic_is_clear(self) -> bool:
        return bool(filler_pattern().fullmatch(self.clause.unknown))

    def _tell(
        self,
        start: int,
        end: int,
        kind: str,
        value: Decimal | None,
        figure: Figure | None,
        direction: str | None,
        against: Against | None,
        known: bool = True,
    ) -> None:
        scope = self.scope if self.clause.named or not self.clause.fund else self.scope._replace(fund=self.clause.fund)
        year, stage = self._when(kind, against)
        topic = scope.topic if known else None
        unit = figure.unit if figure else None
        told = Told(
            topic, kind, value, unit, figure.quantum if figure else None, figure.factor if figure else None, direction,
            self._fund_of(scope), year, stage, against, start, end, None if topic else self._why_not(),
        )  # fmt: skip
        self.told.append(told)
        if self.main is None and topic:
            self.main = scope._replace(fund=scope.fund or self.part_fund, year=year, stage=stage, against=against)

    def _when(self, kind: str, against: Against | None) -> tuple[int | None, str | None]:
        year, stage = self._now(), self.scope.stage or self.context.stage
        if kind in {"change", "growth_rate"} and against and self.clause.year is None and year == against.year:
            year = self.context.year
        if kind == "completion_rate" and self.context.stage == "final":
            stage = "final"
        return year, stage

    def _fund_of(self, scope: Scope) -> str | None:
        own = scope.topic.fund if scope.topic else None
        return scope.fund or self.part_fund or self.context.leading.fund or self.context.section_fund or own or "all"

    def _why_not(self) -> str:
        return "unknown quantity" if self.clause.unknown else "no quantity named"

    # punctuation

    def _text(self, token: Token) -> None:
        if self.clause.role != "share":
            self.clause.unknown += token.text

    def _ordinal(self, _token: Token) -> None:
        self._end_clause()

    def _comma(self, _token: Token) -> None:
        self._end_clause()

    _semicolon = _colon = _stop = _comma

    def _pause(self, token: Token) -> None:
        if self.clause.figures:
            self._end_clause()
        else:
            self._text(token)

    def _open(self, _token: Token) -> None:
        self.outer.append((self.scope, replace(self.clause)))
        self.clause = Clause(named=self.clause.named)

    def _close(self, _token: Token) -> None:
        if self.outer:
            self._end_clause()
            self.scope, self.clause = self.outer.pop()

    def _ignore(self, _token: Token) -> None:
        """Dates, titles of laws and the like say nothing of a quantity."""

    def _end_clause(self) -> None:
        if self.clause.pending and self._topic_is_clear() and self.scope.topic:
            start, end = self.clause.sign_at
            self._tell(start, end, "change", None, None, self.clause.sign, self.scope.against)
        self.clause = Clause()
