"""What commands share: examples in help, the warehouse option, and ending with an exit code."""

import sys
from pathlib import Path
from typing import NoReturn

import click

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


def fail(message: str, code: int) -> NoReturn:
    """End with a message on standard error."""
    click.echo(f"duizhang: {message}", err=True)
    sys.exit(code)
