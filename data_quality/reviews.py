"""What people say of findings: accepted, disputed, or waived until a day; kept in a CSV file under version control.

The file only grows: the last row on a finding counts, the earlier ones tell how it came about. A row that cannot be
understood counts for nothing and is reported, whatever stands around it. Nothing is ever deleted because of a review.

Belongs here: reading and appending rows. Does not belong here: commands (``pipelines.cli_reviews``), what a review does
to a finding (``sql/models/quality``).
"""

import csv
import fcntl
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

COLUMNS = ("finding_id", "verdict", "reason", "reviewer", "reviewed_on", "expires_on")
VERDICTS = ("accepted", "disputed", "waived")
"""``accepted``: the paper is wrong · ``disputed``: the finding is · ``waived``: known and tolerated until a day."""

_ID = re.compile(r"[0-9a-f]{32}")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")


class ReviewError(ValueError):
    """A review is not well formed, or the file cannot take it; the message says what to do."""


class Review(msgspec.Struct, frozen=True):
    """One verdict on one finding."""

    finding_id: str
    verdict: str
    reason: str
    """Needed unless the finding is accepted."""
    reviewer: str
    reviewed_on: date
    expires_on: date | None = None
    """The last day of a waiver; other verdicts have none."""

    def in_force(self, today: date) -> bool:
        """Whether it counts: a waiver does until its last day, the other verdicts always."""
        return self.expires_on is None or today <= self.expires_on


class Reviews(msgspec.Struct, frozen=True):
    """What a file says: its reviews in order, and one sentence for each row that counts for nothing."""

    rows: tuple[Review, ...] = ()
    problems: tuple[str, ...] = ()

    def latest(self) -> dict[str, Review]:
        """Finding → the last review of it."""
        return {review.finding_id: review for review in self.rows}

    def times(self) -> dict[str, int]:
        """Finding → how often it was reviewed."""
        ids = [review.finding_id for review in self.rows]
        return {each: ids.count(each) for each in dict.fromkeys(ids)}


def read(path: Path) -> Reviews:
    """Read a file of reviews; none if it is not there.

    Dates may be written as Excel does (2026/1/31), and the file may be UTF-8 or GB 18030. Problems name file, line and
    remedy.
    """
    try:
        text = _text(path)
    except FileNotFoundError:
        return Reviews()
    except (OSError, UnicodeDecodeError) as error:
        return Reviews(problems=(f"{path.name} cannot be read, so no review counts: {error}; save it as UTF-8 CSV",))
    found = csv.reader(io.StringIO(text, newline=""))
    header = next(found, None)
    if header is None:
        return Reviews()
    if tuple(name.strip() for name in header) != COLUMNS:
        wanted = ",".join(COLUMNS)
        return Reviews(problems=(f"{path.name} line 1: no review counts; the first line must be {wanted}",))
    rows, problems = [], []
    for values in found:
        try:
            rows += [_review(values)] if any(values) else []
        except ReviewError as error:
            problems.append(
                f"{path.name} line {found.line_num}: {error}; the row counts for nothing until it is mended"
            )
    return Reviews(tuple(rows), tuple(problems))


def append(path: Path, reviews: Sequence[Review]) -> None:
    """Add rows to a file, made if missing: all of them or none, and never between somebody else's.

    What stands there stays as it is, also rows that count for nothing; the file is UTF-8 with a mark that Excel needs.

    Raises:
        ReviewError: a review is not well formed, or the file's first line is not that of reviews.
    """
    from pipelines.lake import atomic

    for review in reviews:
        check(review)
    path = path.absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with _held(path.parent):
        before = _before(path)
        added = io.StringIO()
        csv.writer(added, lineterminator="\n").writerows(_values(review) for review in reviews)
        atomic.write_bytes(path, (before + added.getvalue()).encode("utf-8-sig"))


def check(review: Review) -> None:
    """Raise ReviewError, saying what to do, unless a review is well formed."""
    wrong = [
        (not _ID.fullmatch(review.finding_id), f"{review.finding_id!r} is no finding_id (32 digits 0-9 a-f)"),
        (review.verdict not in VERDICTS, f"verdict {review.verdict!r} is none of {', '.join(VERDICTS)}"),
        (not review.reviewer.strip(), "say who reviewed it"),
        (review.verdict != "accepted" and not review.reason.strip(), f"a finding is {review.verdict} with a reason"),
        (review.verdict == "waived" and review.expires_on is None, "a waiver needs expires_on, its last day"),
        (review.verdict != "waived" and review.expires_on is not None, "only a waiver has expires_on"),
        (review.expires_on is not None and review.expires_on < review.reviewed_on, "expires_on is before reviewed_on"),
    ]
    for failed, what in wrong:
        if failed:
            raise ReviewError(what)


def _review(values: Sequence[str]) -> Review:
    if len(values) != len(COLUMNS):
        raise ReviewError(f"{len(values)} values where there must be {len(COLUMNS)}")
    finding_id, verdict, reason, reviewer, reviewed_on, expires_on = (value.strip() for value in values)
    day = _day("reviewed_on", reviewed_on)
    until = _day("expires_on", expires_on) if expires_on else None
    review = Review(finding_id.lower(), verdict.lower(), reason, reviewer, day, until)
    check(review)
    return review


def _day(column: str, text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(text)
    except ValueError as error:
        raise ReviewError(f"{column} {text!r} is no day; write it as 2026-01-31") from error


def _values(review: Review) -> tuple[str, ...]:
    until = review.expires_on.isoformat() if review.expires_on else ""
    reason = " ".join(review.reason.split())
    return (review.finding_id, review.verdict, reason, review.reviewer.strip(), review.reviewed_on.isoformat(), until)


def _before(path: Path) -> str:
    """What stands in the file, ending with a line break; the header if there is nothing yet."""
    try:
        text = _text(path)
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError as error:
        raise ReviewError(f"{path} cannot be read: {error}; save it as UTF-8 CSV") from error
    if not text.strip():
        return ",".join(COLUMNS) + "\n"
    if tuple(name.strip() for name in text.splitlines()[0].split(",")) != COLUMNS:
        raise ReviewError(f"{path} is no file of reviews; its first line must be {','.join(COLUMNS)}")
    return text if text.endswith("\n") else text + "\n"


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep others who append to a file of this folder waiting; nothing is left behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
