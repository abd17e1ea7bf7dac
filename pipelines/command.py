"""What commands share: examples in help, options, telling of a run, and ending with an exit code."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.stages import LoadResult, Report, Workspace

FAILED, NO_WAREHOUSE, BUSY = 1, 3, 4


def examples(*arguments: str) -> str:
    """The closing part of a command's help: how it may be called, one line each."""
    return "\n".join(["\b", "Examples:", *(f"  duizhang {each}" for each in arguments)]) + "\n"


warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("warehouse"),
    show_default=True,
    envvar="DUIZHANG_WAREHOUSE",
    help="Folder of duizhang.duckdb and the lake.",
)


reviews_option = click.option(
    "--reviews",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("reviews.csv"),
    show_default=True,
    envvar="DUIZHANG_REVIEWS",
    help="CSV file of what people said of findings; keep it under version control.",
)


raw_option = click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default=Path("raw"),
    show_default=True,
    envvar="DUIZHANG_RAW",
    help="Folder of disclosure files, read with all folders below.",
)


def _memory(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from pipelines.warehouse.resources import memory_of

    try:
        return memory_of(value)
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from error


memory_option = click.option(
    "--memory", callback=_memory, help="What DuckDB may use for the tables, as 4GB; default: most of the machine's."
)


spill_option = click.option(
    "--spill",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what does not fit into it; default: beside the new file.",
)


any_size_option = click.option(
    "--any-size", is_flag=True, help="Publish even if tables lost or gained far more rows than files."
)


log_option = click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    envvar="DUIZHANG_LOG",
    help="How progress is told on standard error; json: one object a line.",
)


def run_told(workspace: "Workspace", log: str, run: "Callable[[Report], LoadResult]") -> None:
    """Do a run, tell its progress and what it did, and end with the exit code that says how it ended."""
    from pipelines import console, stages, summary

    try:
        with console.progress(log) as report:
            done = run(report)
    except stages.WarehouseBusyError as error:
        console.event(log, "busy", problem=str(error))
        fail(str(error), BUSY)
    except (stages.LoadError, OSError) as error:
        console.event(log, "failed", problem=str(error))
        fail(str(error), FAILED)
    console.event(log, "loaded", files=done.files, read=done.read, rebuilt=done.rebuilt, problems=done.problems)
    for line in summary.lines(workspace, done):
        click.echo(line)


def fail(message: str, code: int) -> NoReturn:
    """End with a message on standard error."""
    click.echo(f"duizhang: {message}", err=True)
    sys.exit(code)
