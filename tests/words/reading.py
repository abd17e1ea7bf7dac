"""What the tests of words share: lines of text as a document, and claims as short rows to compare."""

from collections.abc import Mapping
from pathlib import Path

from pipelines.disclosures.facts import ClaimFact, ParagraphFact, UnplacedFact
from pipelines.disclosures.paper import Paper
from pipelines.disclosures.words import claims_of, paragraphs_of
from pipelines.documents.model import Document, Grid, Paragraph, Place

FINAL_2021 = Paper("final_accounts", "department", "某局", 2021)
BUDGET_2023 = Paper("budget", "department", "某局", 2023)


def document(*lines: str) -> Document:
    """Lines as a text file's document: a line with a tab belongs to a table, others are paragraphs."""
    blocks: list[Paragraph | Grid] = []
    for number, line in enumerate(lines, 1):
        if "\t" in line:
            if not (blocks and isinstance(blocks[-1], Grid)):
                blocks.append(Grid(number, 0, 0, ()))
        elif line.strip():
            blocks.append(Paragraph(line.strip(), Place(line_no=number)))
    return Document("ab" * 32, "a.txt", "text", "text", "1", None, tuple(blocks))


def read(
    *lines: str, paper: Paper = FINAL_2021, names: Mapping[str, str] | None = None
) -> tuple[tuple[ClaimFact, ...], tuple[UnplacedFact, ...]]:
    return claims_of(paragraphs_of(document(*lines)), paper, names or {})


def read_file(
    path: Path, paper: Paper
) -> tuple[tuple[ParagraphFact, ...], tuple[ClaimFact, ...], tuple[UnplacedFact, ...]]:
    paragraphs = paragraphs_of(document(*path.read_text(encoding="utf-8-sig").splitlines()))
    return paragraphs, *claims_of(paragraphs, paper)


def rows(claims: tuple[ClaimFact, ...], *fields: str) -> list[tuple[object, ...]]:
    """Claims as tuples of the named fields; values as text, so that 100 and 100.00 differ as printed."""
    return [tuple(str(v) if (v := getattr(claim, name)) is not None else None for name in fields) for claim in claims]
