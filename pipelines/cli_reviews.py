"""The commands ``duizhang review …``: what people say of findings, and what was said so far.

Belongs here: options, help, output. Does not belong here: the file of reviews (``data_quality.reviews``).
"""

import getpass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.command import FAILED, NO_WAREHOUSE, examples, fail, reviews_option, warehouse_option

if TYPE_CHECKING:
    from data_quality.reviews import Review, Reviews

_SHORTEST = 6
_YEAR = timedelta(days=365)
_STATES = ("in force", "expired", "gone")

_findings = click.argument("finding_ids", metavar="FINDING_ID...", nargs=-1, required=True)
_reviewer = click.option(
    "--reviewer",
    default=getpass.getuser,
    show_default="your user name",
    envvar="DUIZHANG_REVIEWER",
    help="Who says so.",
)
_reason = click.option("--reason", required=True, help="Why, in a sentence.")


@click.group(epilog=examples("review list", "review waive 0a1b2c3d --reason 已更正公开 --until 2027-06-30"))
def review() -> None:
    """Accept, dispute or waive findings.

    Reviews are rows of a CSV file that belongs under version control. They take effect with the next `duizhang load`,
    survive every later one, and never delete a finding. The last row on a finding counts.
    """


@review.command("list", epilog=examples("review list", "review list --state expired"))
@warehouse_option
@reviews_option
@click.option("--state", type=click.Choice(_STATES), help="Only reviews of this state; gone: the finding is no more.")
def list_reviews(warehouse: Path, reviews: Path, state: str | None) -> None:
    """List the last review of each finding, with its state.

    Rows that count for nothing are told on standard error, and end the command with exit code 1.
    """
    known = _known_findings(warehouse)
    found = _read(reviews)
    for finding_id, each in found.latest().items():
        said = _state(each, known)
        if state in (None, said):
            until = f" until {each.expires_on}" if each.expires_on else ""
            by = f"{each.reviewed_on} {each.reviewer}"
            what = (finding_id, f"{each.verdict}{until} ({said})", by, known.get(finding_id, ""), each.reason)
            click.echo("  ".join(what))
    if found.problems:
        fail("\n".join(found.problems), FAILED)


@review.command(epilog=examples("review accept 0a1b2c3d", "review accept 0a1b2c3d 4e5f6a7b --reviewer 李审"))
@_findings
@warehouse_option
@reviews_option
@click.option("--reason", default="", help="Why, in a sentence.")
@_reviewer
def accept(finding_ids: tuple[str, ...], warehouse: Path, reviews: Path, reason: str, reviewer: str) -> None:
    """Say that a finding is right: the paper is wrong."""
    _append(finding_ids, "accepted", warehouse, reviews, reason, reviewer)


@review.command(epilog=examples("review dispute 0a1b2c3d --reason 表下附注已说明口径"))
@_findings
@warehouse_option
@reviews_option
@_reason
@_reviewer
def dispute(finding_ids: tuple[str, ...], warehouse: Path, reviews: Path, reason: str, reviewer: str) -> None:
    """Say that a finding is wrong: the paper is right, or was misread."""
    _append(finding_ids, "disputed", warehouse, reviews, reason, reviewer)


@review.command(
    epilog=examples(
        "review waive 0a1b2c3d --reason 已更正公开", "review waive 0a1b2c3d --reason 已更正公开 --until 2027-06-30"
    )
)
@_findings
@warehouse_option
@reviews_option
@_reason
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day it counts; default: a year from now.")
@_reviewer
def waive(
    finding_ids: tuple[str, ...], warehouse: Path, reviews: Path, reason: str, until: datetime | None, reviewer: str
) -> None:
    """Tolerate a finding until a day: it stays, but counts no more until then."""
    last = until.date() if until else date.today() + _YEAR
    _append(finding_ids, "waived", warehouse, reviews, reason, reviewer, last)


def _append(
    wanted: tuple[str, ...],
    verdict: str,
    warehouse: Path,
    path: Path,
    reason: str,
    reviewer: str,
    until: date | None = None,
) -> None:
    from data_quality import reviews

    known = _known_findings(warehouse)
    ids = [_resolved(each, known) for each in wanted]
    rows = [reviews.Review(each, verdict, reason, reviewer, date.today(), until) for each in ids]
    try:
        reviews.append(path, rows)
    except (reviews.ReviewError, OSError) as error:
        fail(str(error), FAILED)
    for each in ids:
        click.echo(f"{each}  {verdict}" + (f" until {until}" if until else "") + f"  {known[each]}")
    click.echo(f"{path}: {len(rows)} more; the next `duizhang load` goes by it")
    for problem in _read(path).problems:
        click.echo(f"duizhang: {problem}", err=True)


def _resolved(wanted: str, known: dict[str, str]) -> str:
    """The one finding that is called so, or begins so."""
    found = [each for each in known if each.startswith(wanted)] if len(wanted) >= _SHORTEST else []
    if len(found) != 1:
        what = f"{len(found)} findings begin with {wanted}: give more digits" if found else f"no finding is {wanted}"
        fail(f"{what}. `duizhang findings` lists them; nothing was written", FAILED)
    return found[0]


def _known_findings(warehouse: Path) -> dict[str, str]:
    """Finding → rule and scope, of the published warehouse."""
    import duckdb

    database = warehouse / "duizhang.duckdb"
    if not database.is_file():
        fail(f"there is no {database} yet; `duizhang load` makes it", NO_WAREHOUSE)
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "SELECT finding_id, concat_ws(' ', rule_id, scope) FROM quality.finding ORDER BY finding_id"
        return dict(connection.execute(query).fetchall())


def _read(path: Path) -> "Reviews":
    from data_quality import reviews

    return reviews.read(path)


def _state(each: "Review", known: dict[str, str]) -> str:
    if each.finding_id not in known:
        return "gone"
    return "in force" if each.in_force(date.today()) else "expired"
