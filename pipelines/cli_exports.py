"""The commands that bring figures out of the warehouse, and what describes them: ``cite``, ``export``, ``docs``.

Belongs here: options, help, exit codes. Does not belong here: work; commands import what they run when they run.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.command import FAILED, NO_WAREHOUSE, examples, fail, warehouse_option

if TYPE_CHECKING:
    import duckdb

    from pipelines.warehouse.export import Style

_raw = click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default=Path("raw"),
    show_default=True,
    envvar="DUIZHANG_RAW",
    help="Folder of disclosure files, read with all folders below.",
)


@click.command(
    epilog=examples(
        "cite 20df02bc945c6e3e-t3-r18-c5",
        "cite 20df02bc945c6e3e-t3-r18-c5 --raw ../disclosures --picture cell.png",
    )
)
@click.argument("source_id")
@warehouse_option
@_raw
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="PNG to write, of a PDF's page.")
def cite(source_id: str, warehouse: Path, raw: Path, picture: Path | None) -> None:
    """Print where a figure was printed.

    SOURCE_ID is an amount_id, a claim_id or any other id of provenance.source. With --picture, cut the page of the PDF
    with the figure marked; of a text file, the line is printed.
    """
    from pipelines.warehouse import cite as citing
    from pipelines.warehouse import cite_picture

    with _connect(warehouse) as connection:
        source = citing.find_source(connection, source_id)
    if source is None:
        fail(f"nothing is called {source_id}; ids stand in core.amount, core.claim and the marts", FAILED)
    for line in citing.citation(source):
        click.echo(line)
    try:
        if source.format == "text" and (raw / (source.source_path or "")).is_file():
            click.echo(cite_picture.quote(cite_picture.locate(raw, source), source))
        if picture is not None:
            cite_picture.draw(cite_picture.locate(raw, source), source, picture)
    except cite_picture.PictureError as error:
        fail(str(error), FAILED)


@click.command(
    epilog=examples(
        "export --format parquet --to exports",
        "export --format csv --to exports --schema mart",
        "export --format excel --to exports",
    )
)
@warehouse_option
@click.option("--format", "style", type=click.Choice(["parquet", "csv", "excel"]), required=True)
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder.")
@click.option("--schema", "schemas", multiple=True, help="Only these schemas; default: reference, core, mart, quality.")
def export(warehouse: Path, style: "Style", target: Path, schemas: tuple[str, ...]) -> None:
    """Write the published tables as files.

    Parquet and CSV come with a datapackage.json that describes every column; Excel is one workbook of the Chinese
    views, with findings as comments.
    """
    from pipelines.warehouse import export as exporting

    with _connect(warehouse) as connection:
        for path in exporting.export(connection, style, target, schemas or exporting.SCHEMAS):
            click.echo(path)


@click.command(epilog=examples("docs --to docs-of-models", "docs --warehouse /data/warehouse --to /srv/docs"))
@warehouse_option
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder.")
def docs(warehouse: Path, target: Path) -> None:
    """Write the documentation of the SQL models.

    One page, models.html, with the lineage, columns, tests and SQL of every table, that opens from disk and needs no
    network. The dictionary of the published tables is docs/dictionary.md.
    """
    from pipelines.warehouse.build import BuildError
    from pipelines.warehouse.model_docs import write_model_docs

    try:
        click.echo(write_model_docs(_published(warehouse), target))
    except BuildError as error:
        fail(str(error), FAILED)


def _connect(warehouse: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb

    return duckdb.connect(str(_published(warehouse)), read_only=True)


def _published(warehouse: Path) -> Path:
    path = warehouse / "duizhang.duckdb"
    if not path.is_file():
        fail(f"there is no {path} yet; `duizhang load` makes it", NO_WAREHOUSE)
    return path
