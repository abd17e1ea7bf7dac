"""Claims from paragraphs: the grammar run over every sentence, its figures turned into facts.

Belongs here: what holds for a whole section (money in its title, glossary), units and exact yuan, ids, and what could
not be placed. Does not belong here: reading one sentence (the grammar).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.disclosures.facts import ClaimFact, ParagraphFact, UnplacedFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.printed import to_fen
from pipelines.disclosures.words.grammar import read_sentence
from pipelines.disclosures.words.items import Known, items
from pipelines.disclosures.words.language import sentences
from pipelines.disclosures.words.lists import with_projects
from pipelines.disclosures.words.plain import Plain, plain, plain_word
from pipelines.disclosures.words.scope import Against, Context, Scope, State, Told
from pipelines.disclosures.words.sections import (
    evaluated_in,
    headings_of,
    is_glossary,
    project_of,
    section_class,
    section_fund,
)
from pipelines.disclosures.words.tokens import Token, tokens

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_NO_NAMES: Mapping[str, str] = {}
_CHINESE = re.compile(r"[一-鿿]")


def claims_of(
    paragraphs: Sequence[ParagraphFact], paper: Paper, printed_names: Mapping[str, str] = _NO_NAMES
) -> tuple[tuple[ClaimFact, ...], tuple[UnplacedFact, ...]]:
    """Read every figure the paragraphs tell.

    ``printed_names`` are the functional codes and names that the document's own tables print, so that an item told by
    name finds its code. Figures that no word explains come back as unplaced, one for each sentence.
    """
    claims: list[ClaimFact] = []
    unplaced: list[UnplacedFact] = []
    leading, carried = Scope(), Scope()
    section: str | None = None
    before = ""
    for paragraph in paragraphs:
        if paragraph.section != section:
            leading, section = Scope(), paragraph.section
        if is_glossary(paragraph):
            continue
        reader = _ParagraphReader(paragraph, paper, printed_names, leading)
        reader.read(carried if _goes_on(before, paragraph.text, carried) else Scope())
        claims += reader.claims
        unplaced += reader.unplaced
        leading, carried, before = reader.leading, reader.carried, paragraph.text
    return tuple(claims), tuple(unplaced)


class _ParagraphReader:
    """Reads the sentences of one paragraph and remembers what each leaves standing for the next."""

    def __init__(self, paragraph: ParagraphFact, paper: Paper, printed: Mapping[str, str], leading: Scope) -> None:
        self.paragraph = paragraph
        self.plain: Plain = plain(paragraph.text)
        self.headings = headings = headings_of(paragraph)
        self.known = Known(printed, section_class(headings))
        project = project_of(self.plain.text, headings)
        evaluated = evaluated_in(self.plain.text, headings, project)
        fund = section_fund(headings)
        self.context = Context(paper.fiscal_year, paper.stage, fund, leading, project, evaluated)
        self.leading = leading
        self.carried = Scope()
        self.claims: list[ClaimFact] = []
        self.unplaced: list[UnplacedFact] = []

    def read(self, carried: Scope) -> None:
        """Read all sentences; ``carried`` is what stands before the first."""
        base, against = None, None
        for start, end in self._sentences():
            found = self._tokens(start, end)
            state = read_sentence(self.plain.text, found, self.context, carried, base, against)
            self._keep(with_projects(state.told, self.plain.text, self.headings), start, end)
            base, against = state.base, state.last_against
            carried = _left_standing(state, carried)
            if self.plain.text[start:end].endswith(":"):
                fund = state.main.fund if state.main else _last_fund(found)
                self.leading = (state.main or carried)._replace(fund=fund, against=state.scope.against or against)
        self.carried = carried

    def _sentences(self) -> Iterator[tuple[int, int]]:
        for match in _SENTENCE.finditer(self.plain.text):
            if match[0].strip():
                yield match.span()

    def _tokens(self, start: int, end: int) -> list[Token]:
        text = self.plain.text[start:end]
        found: list[Token] = []
        position = 0
        for item in items(text, self.known):
            found += _moved(tokens(text[position : item.start]), position)
            found.append(Token("item", item.start, item.end, item.text, item.subject))
            position = item.end
        found += _moved(tokens(text[position:]), position)
        return _outside(self.context.project, text, _moved(found, start), start)

    def _keep(self, told: Sequence[Told], start: int, end: int) -> None:
        sentence = self._printed(start, end)
        is_rule = any(word in sentence for word in sentences().marking_rules)
        full = [one for one in told if self.plain.text.startswith(sentences().full_marks, one.end)]
        lost = [one for one in told if one.topic is None or one.figure == "number" or is_rule or one in full]
        for one in told:
            if one not in lost:
                self.claims += self._claims(one, sentence)
        if lost and _CHINESE.search(sentence):
            figures = "、".join(self._printed(one.start, one.end) for one in lost)
            reason = f"{'a rule of marking' if is_rule or lost == full else _why(lost[0])}: {figures}"
            paragraph = self.paragraph
            self.unplaced.append(
                UnplacedFact(paragraph.document_id, "sentence", reason, sentence, paragraph.page_no, paragraph.line_no)
            )

    def _printed(self, start: int, end: int) -> str:
        first, last = self.plain.span(start, end)
        return self.paragraph.text[first:last].strip()

    def _claims(self, told: Told, sentence: str) -> Iterator[ClaimFact]:
        topic = told.topic
        assert topic is not None
        first, last = self.plain.span(told.start, told.end)
        against = told.against or Against(None, None)
        for subject, measure in topic.pairs:
            yield ClaimFact(
                claim_id=f"{self.paragraph.paragraph_id}-{first}-{told.figure}-{subject}-{told.fund}-{told.year}",
                document_id=self.paragraph.document_id,
                paragraph_id=self.paragraph.paragraph_id,
                project_id=self.paragraph.project_id,
                subject=subject,
                subject_text=topic.text,
                measure=measure,
                figure=told.figure,
                stage=told.stage,
                fund=told.fund,
                fiscal_year=told.year,
                comparison_stage=against.stage,
                comparison_year=against.year,
                value=told.value,
                unit=told.unit,
                value_yuan=_yuan(told),
                quantum_yuan=told.quantum * told.factor if told.quantum and told.factor and _is_money(told) else None,
                direction=told.direction,
                sentence=sentence,
                char_start=first,
                char_end=last,
                page_no=self.paragraph.page_no,
                line_no=self.paragraph.line_no,
            )


def _goes_on(before: str, text: str, carried: Scope) -> bool:
    """Whether a paragraph goes on with the quantity of the one before: cut in a sentence, or after an item's colon."""
    is_item = carried.topic is not None and carried.topic.subject.startswith("function")
    return text[:1] in "。，；、" or (is_item and before.rstrip().endswith((":", "：")))


def _why(lost: Told) -> str:
    return "a number without a unit" if lost.figure == "number" else lost.why_not or "no quantity named"


def _yuan(told: Told) -> Decimal | None:
    if told.value is None or told.factor is None or not _is_money(told):
        return Decimal(0) if told.value == 0 and told.unit is None else None
    return to_fen(told.value * told.factor)


def _is_money(told: Told) -> bool:
    return bool(told.unit and told.unit.endswith("元"))


def _left_standing(state: State, carried: Scope) -> Scope:
    """What a sentence leaves for the next: its main quantity, the item it names, else what stood before it."""
    if state.main:
        return state.main._replace(stage=state.scope.stage, against=None)
    if state.item:
        return Scope(topic=state.item)
    if carried.topic is None and not state.reasoning:
        return state.scope._replace(year=None, against=None)
    return carried


def _outside(project: str | None, text: str, found: list[Token], start: int) -> list[Token]:
    """Tokens with the figures inside the project's name (退休企业人员40元补贴) turned into words."""
    name = plain_word(project) if project else ""
    if not any(character.isdigit() for character in name):
        return found
    spans = [(match.start() + start, match.end() + start) for match in re.finditer(re.escape(name), text)]
    return [
        token._replace(kind="text") if any(s <= token.start and token.end <= e for s, e in spans) else token
        for token in found
    ]


def _last_fund(found: Sequence[Token]) -> str | None:
    return next((str(token.meaning) for token in reversed(found) if token.kind == "fund"), None)


def _moved(found: Sequence[Token], by: int) -> list[Token]:
    return [token._replace(start=token.start + by, end=token.end + by) for token in found]
