"""The commands for more than one warehouse: ``compact``, ``build``, ``roll-up``.

Belongs here: options, help, exit codes. Does not belong here: work; commands import what they run when they run.
"""

from pathlib import Path

import click

from pipelines.command import (
    BUSY,
    FAILED,
    any_size_option,
    examples,
    fail,
    log_option,
    memory_option,
    raw_option,
    reviews_option,
    run_told,
    spill_option,
    warehouse_option,
)

_store_option = click.option(
    "--store", required=True, envvar="DUIZHANG_STORE", help="The shared lake: a folder or s3://bucket/prefix."
)


@click.command(
    epilog=examples("compact --store /data/nation", "compact --warehouse warehouses/jiangsu --store s3://nation/lake")
)
@warehouse_option
@_store_option
def compact(warehouse: Path, store: str) -> None:
    """Compact what is published into a shared lake.

    Few large files, by table, province and year, sorted by department; only partitions in which something changed are
    written. Many warehouses may share a lake, each with provinces and years of its own. It may be killed at any moment.
    """
    from pipelines import stages
    from pipelines.stages.compaction import compact_lake
    from pipelines.warehouse.lock import exclusive

    workspace = stages.Workspace(Path("raw"), warehouse)
    try:
        with exclusive(workspace.warehouse):
            done = compact_lake(workspace, store)
    except stages.WarehouseBusyError as error:
        fail(str(error), BUSY)
    except (stages.LoadError, OSError) as error:
        fail(str(error), FAILED)
    click.echo(f"partitions  {done.partitions:,} written of {done.documents:,} documents, in {done.batches:,} files")
    click.echo(f"removed     {done.removed:,} files of earlier states")
    click.echo(f"state       {done.state}")


@click.command(
    epilog=examples(
        "build --store /data/nation --province 320000 --warehouse warehouses/jiangsu",
        "build --store s3://nation/lake --province 320000 --province 330000 --memory 8GB",
        "build --store /data/nation --province all       one file for the nation",
    )
)
@_store_option
@click.option(
    "--province",
    "provinces",
    multiple=True,
    required=True,
    help="Six digits; 000000: unknown; all: every one. Repeatable.",
)
@warehouse_option
@raw_option
@reviews_option
@any_size_option
@memory_option
@spill_option
@log_option
def build(
    store: str,
    provinces: tuple[str, ...],
    warehouse: Path,
    raw: Path,
    reviews: Path,
    any_size: bool,
    memory: str | None,
    spill: Path | None,
    log: str,
) -> None:
    """Build a warehouse from a shared lake, without the documents.

    The provinces of one warehouse that compacted into it, or of many, in one file: built, checked and published as a
    load does. The same again is not built again. The site shows pages of documents only where RAW holds them.
    """
    from pipelines.stages import Workspace
    from pipelines.stages.from_store import load_from_store

    workspace = Workspace(raw, warehouse, any_size=any_size, reviews=reviews, memory=memory, spill=spill)
    run_told(workspace, log, lambda report: load_from_store(workspace, store, provinces, report))


@click.command("roll-up", epilog=examples("roll-up --into nation.duckdb warehouses/*"))
@click.argument("warehouses", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
def roll_up(warehouses: tuple[Path, ...], into: Path) -> None:
    """Put the marts, filings and findings of many WAREHOUSES into one file.

    The file that was there stays until the new one is whole. Amounts and checks stay where they are.
    """
    from pipelines.warehouse.roll_up import RollUpError
    from pipelines.warehouse.roll_up import roll_up as written

    try:
        rows = written([folder / "duizhang.duckdb" for folder in warehouses], into)
    except (RollUpError, OSError) as error:
        fail(str(error), FAILED)
    for table, count in rows.items():
        click.echo(f"{table:34} {count:>12,}")
