"""Two readings of one document: what the second reader saw where the first one saw an amount.

Belongs here: which of the second reader's amounts stands at the place of the first one's. Does not belong here: which
documents are read a second time (``pipelines.stages.second_readings``), and what follows from it (SQL).
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipelines.disclosures.facts import AmountFact, SecondReadingFact


def second_readings(
    first: Sequence[AmountFact], second: Sequence[AmountFact], reader: str
) -> Iterator[SecondReadingFact]:
    """Yield one row for each of the first amounts, and one for each that only the second reader saw.

    Where the second reader saw no amount, ``value``, ``printed`` and its place are None. Amounts that only it saw have
    an ``amount_id`` of their own, which no first amount has. Figures recognised in pictures are left out: both readers
    have them from the same recognition, and would agree on its errors.
    """
    first, second = _as_characters(first), _as_characters(second)
    on_page: dict[int | None, list[AmountFact]] = defaultdict(list)
    for amount in second:
        on_page[amount.page_no].append(amount)
    met: set[str] = set()
    for amount in first:
        found = next((other for other in on_page[amount.page_no] if _is_at(other, amount)), None)
        met.update(() if found is None else (found.amount_id,))
        yield _row(amount, found, reader)
    known = {amount.amount_id for amount in first}
    yield from (_row(other, other, reader) for other in second if other.amount_id not in met | known)


def _as_characters(amounts: Sequence[AmountFact]) -> list[AmountFact]:
    return [amount for amount in amounts if amount.confidence is None]


def _row(amount: AmountFact, found: AmountFact | None, reader: str) -> SecondReadingFact:
    seen = (found.value, found.printed, found.page_no, found.row_no, found.column_no) if found else (None,) * 5
    value, printed, page_no, row_no, column_no = seen
    return SecondReadingFact(
        amount_id=amount.amount_id,
        document_id=amount.document_id,
        reader=reader,
        value=value,
        printed=printed,
        page_no=page_no,
        row_no=row_no,
        column_no=column_no,
    )


def _is_at(other: AmountFact, amount: AmountFact) -> bool:
    """Whether the middle of an amount's cell lies in the other's cell; both are on one page."""
    if amount.x0 is None or amount.x1 is None or amount.y0 is None or amount.y1 is None:
        return False
    if other.x0 is None or other.x1 is None or other.y0 is None or other.y1 is None:
        return False
    x, y = (amount.x0 + amount.x1) / 2, (amount.y0 + amount.y1) / 2
    return other.x0 <= x < other.x1 and other.y0 <= y < other.y1
