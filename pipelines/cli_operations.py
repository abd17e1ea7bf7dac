"""The commands of those who run it night after night: ``rollback``, ``doctor``, ``clean``.

Belongs here: options, help, exit codes. Does not belong here: work; commands import what they run when they run.
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.command import BUSY, FAILED, NO_WAREHOUSE, examples, fail, raw_option, warehouse_option

if TYPE_CHECKING:
    from pipelines.warehouse.versions import Publication


@click.command(epilog=examples("rollback", "rollback --list", "rollback --to 12"))
@warehouse_option
@click.option("--list", "listed", is_flag=True, help="Only show which versions there are.")
@click.option("--to", "number", type=click.IntRange(min=1), help="This version; default: the one before.")
def rollback(warehouse: Path, listed: bool, number: int | None) -> None:
    """Put an earlier published warehouse in the place of the present one.

    Readers notice nothing, the present one is kept too, and the next load does not build again from what was gone back
    from until a file, a model or a catalogue changes.
    """
    from pipelines.warehouse import versions
    from pipelines.warehouse.lock import WarehouseBusyError, exclusive

    published = warehouse / "duizhang.duckdb"
    present = versions.publication(published)
    if present is None:
        fail(f"there is no {published} yet; `duizhang load` makes it", NO_WAREHOUSE)
    if listed:
        _show(present, "published now")
        for note in versions.versions(published):
            if note.number != present.number:
                _show(note, "kept")
        return
    try:
        with exclusive(warehouse):
            _show(versions.go_back(published, number), "published now")
    except WarehouseBusyError as error:
        fail(str(error), BUSY)
    except (versions.NoVersionError, OSError) as error:
        fail(str(error), FAILED)


def _show(note: "Publication", state: str) -> None:
    click.echo(f"{note.number:6}  {note.published_at:%Y-%m-%d %H:%M:%S} UTC  {state}")


@click.command(epilog=examples("doctor", "doctor --json", "doctor --raw /data/raw --warehouse /data/warehouse"))
@raw_option
@warehouse_option
@click.option("--json", "as_json", is_flag=True, help="One object for each check, as a list.")
def doctor(raw: Path, warehouse: Path, as_json: bool) -> None:
    """Look whether the installation is sound, and say what to do where it is not.

    Nothing is changed. Exit code 1: there is a problem; warnings are none.
    """
    import msgspec

    from pipelines.operations.doctor import examine

    checks = examine(raw, warehouse)
    if as_json:
        click.echo(json.dumps([msgspec.to_builtins(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            click.echo(f"{check.state:8} {check.name:10} {check.told}")
            if check.remedy:
                click.echo(f"{'':19} → {check.remedy}")
    if any(check.state == "problem" for check in checks):
        sys.exit(FAILED)


@click.command(epilog=examples("clean --dry-run", "clean", "clean --keep-versions 1 --keep-runs 30"))
@raw_option
@warehouse_option
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option(
    "--keep-versions", type=click.IntRange(min=0), default=3, show_default=True, help="Earlier published files."
)
@click.option(
    "--keep-runs", type=click.IntRange(min=1), default=400, show_default=True, help="Run records and reports."
)
def clean(raw: Path, warehouse: Path, dry_run: bool, keep_versions: int, keep_runs: int) -> None:
    """Throw away what nothing needs any more.

    Earlier published files and run records beyond a number, and facts and readings of which the same document has those
    of the present version. Raw files, the published file, what the next build takes in, and the news of findings stay.
    """
    from pipelines.operations import cleaning
    from pipelines.stages import Workspace
    from pipelines.warehouse.lock import WarehouseBusyError, exclusive

    if not warehouse.is_dir():
        fail(f"there is no {warehouse} yet; `duizhang load` makes it", NO_WAREHOUSE)
    try:
        with exclusive(warehouse):
            found = cleaning.surplus(Workspace(raw, warehouse), keep_versions, keep_runs)
            if not dry_run:
                cleaning.remove(found)
    except WarehouseBusyError as error:
        fail(str(error), BUSY)
    except OSError as error:
        fail(str(error), FAILED)
    for each in found if dry_run else []:
        click.echo(f"{each.bytes / 1e6:10,.1f} MB  {each.path}  {each.why}")
    done = "would go" if dry_run else "went"
    click.echo(f"{sum(each.bytes for each in found) / 1e6:10,.1f} MB  {len(found)} things {done}")
