"""Claims from paragraphs: the grammar run over every sentence, its figures turned into facts.

Belongs here: what holds for a whole section (money in its title, glossary), units and exact yuan, ids, and what could
not be placed. Does not belong here: reading one sentence (the grammar).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipelines.disclosures.facts import ClaimFact, ParagraphFact, UnplacedFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.words.grammar import SentenceReader
from pipelines.disclosures.words.items import Known, class_in, items
from pipelines.disclosures.words.language import sentences
from pipelines.disclosures.words.plain import Plain, plain
from pipelines.disclosures.words.scope import Against, Context, Scope, Told
from pipelines.disclosures.words.tokens import Token, tokens

_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_NO_NAMES: Mapping[str, str] = {}
_PROSE = re.compile(r"[一-鿿]")


def claims_of(
    paragraphs: Sequence[ParagraphFact], paper: Paper, printed_names: Mapping[str, str] = _NO_NAMES
) -> tuple[tuple[ClaimFact, ...], tuple[UnplacedFact, ...]]:
    """Read every figure the paragraphs tell.

    ``printed_names`` are the functional codes and names that the document's own tables print, so that an item told by
    name finds its code. Figures that no word explains come back as unplaced, one for each sentence.
    """
    claims: list[ClaimFact] = []
    unplaced: list[UnplacedFact] = []
    leading = Scope()
    section: str | None = None
    for paragraph in paragraphs:
        if paragraph.section != section:
            leading, section = Scope(), paragraph.section
        if is_glossary(paragraph):
            continue
        reader = _ParagraphReader(paragraph, paper, printed_names, leading)
        reader.read()
        claims += reader.claims
        unplaced += reader.unplaced
        leading = reader.leading
    return tuple(claims), tuple(unplaced)


def is_glossary(paragraph: ParagraphFact) -> bool:
    """Whether a paragraph explains terms and tells no figures of this paper."""
    return any(word in (paragraph.section or "") for word in sentences().glossary)


def section_fund(section: str | None) -> str | None:
    """The money a section's titles name, the deepest title first."""
    for heading in reversed((section or "").split(" / ")):
        for token in tokens(plain(heading).text):
            if token.kind == "fund":
                return str(token.meaning)
    return None


class _ParagraphReader:
    """Reads the sentences of one paragraph and remembers what each leaves standing for the next."""

    def __init__(self, paragraph: ParagraphFact, paper: Paper, printed: Mapping[str, str], leading: Scope) -> None:
        self.paragraph = paragraph
        self.paper = paper
        self.plain: Plain = plain(paragraph.text)
        headings = (paragraph.section or "").split(" / ")
        classes = (class_in(plain(heading).text) for heading in reversed(headings))
        self.known = Known(printed, next((name for name in classes if name), None))
        self.context = Context(paper.fiscal_year, paper.stage, section_fund(paragraph.section), leading)
        self.leading = leading
        self.claims: list[ClaimFact] = []
        self.unplaced: list[UnplacedFact] = []

    def read(self) -> None:
        carried, base, against = Scope(), None, None
        for start, end in self._sentences():
            found = self._tokens(start, end)
            reader = SentenceReader(self.context, carried, base, against)
            told = reader.read(found)
            self._keep(told, start, end)
            base, against = reader.base, reader.last_against
            carried = self._left_standing(reader, carried)
            if self.plain.text[start:end].rstrip("：").endswith(":"):
                fund = reader.main.fund if reader.main else reader.clause.fund or _last_fund(found)
                self.leading = (reader.main or carried)._replace(fund=fund, against=reader.scope.against or against)

    def _left_standing(self, reader: SentenceReader, carried: Scope) -> Scope:
        if reader.main:
            return reader.main._replace(stage=reader.scope.stage, against=None)
        if reader.item:
            return Scope(topic=reader.item)
        if carried.topic is None and not reader.reasoning:
            return reader.scope._replace(year=None, against=None)
        return carried

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
        return _moved(found, start)

    def _keep(self, told: Sequence[Told], start: int, end: int) -> None:
        sentence = self._printed(start, end)
        lost = [one for one in told if one.topic is None or one.figure in {"rate", "score", "number"}]
        for one in told:
            if one not in lost:
                self.claims += self._claims(one, sentence)
        if lost and _PROSE.search(sentence):
            figures = "、".join(self._printed(one.start, one.end) for one in lost)
            reason = f"{lost[0].why_not or 'no measure for such a figure'}: {figures}"
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
                claim_id=f"{self.paragraph.paragraph_id}-{first}-{told.figure}-{subject}",
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


def _yuan(told: Told) -> Decimal | None:
    if told.value is None or told.factor is None or not _is_money(told):
        return Decimal(0) if told.value == 0 and told.unit is None else None
    return told.value * told.factor


def _is_money(told: Told) -> bool:
    return bool(told.unit and told.unit.endswith("元"))


def _last_fund(found: Sequence[Token]) -> str | None:
    return next((str(token.meaning) for token in reversed(found) if token.kind == "fund"), None)


def _moved(found: Sequence[Token], by: int) -> list[Token]:
    return [token._replace(start=token.start + by, end=token.end + by) for token in found]
