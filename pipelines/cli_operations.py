"""The commands of those who run it night after night: ``rollback``, ``doctor``.

Belongs here: options, help, exit codes. Does not belong here: work; commands import what they run when they run.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.command import BUSY, FAILED, NO_WAREHOUSE, examples, fail, warehouse_option

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
