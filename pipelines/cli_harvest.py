"""The command ``duizhang harvest``.

Belongs here: options, help, exit codes. Does not belong here: work (``pipelines.harvest``).
"""

import sys
from collections import Counter
from pathlib import Path

import click

from pipelines.command import BUSY, FAILED, examples, fail

_QUIET = frozenset({"unchanged", "known"})


@click.command(epilog=examples("harvest", "harvest --dry-run", "harvest --raw /data/raw --only 财政局"))
@click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default=Path("raw"),
    show_default=True,
    envvar="DUIZHANG_RAW",
    help="Folder with sources.yaml, where files are kept.",
)
@click.option("--dry-run", is_flag=True, help="Look through listing pages and say what would be fetched.")
@click.option("--only", default="", help="Only sources whose region and department contain this.")
@click.option("--all", "show_all", is_flag=True, help="Also show what has not changed.")
def harvest(raw: Path, dry_run: bool, only: str, show_all: bool) -> None:
    """Fetch what publishers in RAW/sources.yaml have put on their sites since the last time.

    Files are kept unchanged under RAW/<region>/<department>/<year>/, each with a note of where it comes from. What
    is no file of the kind asked for is refused and told. Exit code 1: something could not be fetched; the rest was.
    """
    from pipelines.harvest import SourcesError
    from pipelines.harvest import harvest as run
    from pipelines.warehouse.lock import WarehouseBusyError

    states: Counter[str] = Counter()
    try:
        for each in run(raw, dry_run=dry_run, only=only):
            states[each.state] += 1
            if show_all or each.state not in _QUIET:
                told = " · ".join(part for part in (each.path, each.reason) if part)
                click.echo(f"{each.state:9} {each.source} · {each.address}" + (f" · {told}" if told else ""))
    except WarehouseBusyError as error:
        fail(str(error), BUSY)
    except (SourcesError, OSError) as error:
        fail(str(error), FAILED)
    click.echo(
        "harvest     " + (" · ".join(f"{state} {count}" for state, count in sorted(states.items())) or "nothing")
    )
    if states["failed"]:
        sys.exit(FAILED)
