"""The command ``duizhang site``: generate the quality site, and serve it on this machine.

Belongs here: options, help, exit codes. Does not belong here: work (``pipelines.site``).
"""

from pathlib import Path

import click

from pipelines.command import FAILED, NO_WAREHOUSE, examples, fail, reviews_option, warehouse_option


@click.command(
    epilog=examples(
        "site                                  warehouse/site/ from the published warehouse",
        "site --serve                          and open it on http://127.0.0.1:8765, with a form for reviews",
        "site --no-pictures --warehouse /data/warehouse",
    )
)
@click.option(
    "--raw",
    type=click.Path(path_type=Path),
    default=Path("raw"),
    show_default=True,
    envvar="DUIZHANG_RAW",
    help="Folder of disclosure files, for pictures and copies.",
)
@warehouse_option
@reviews_option
@click.option("--pictures/--no-pictures", default=True, help="Render pages that have no picture yet; default: yes.")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that render.")
@click.option(
    "--serve", is_flag=True, help="Serve it on 127.0.0.1 until stopped; generated first if it is not current."
)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
def site(raw: Path, warehouse: Path, reviews: Path, pictures: bool, workers: int, serve: bool, port: int) -> None:
    """Generate the quality site.

    What is wrong, where, and why, as a static folder that opens from disk or from any web server. Every load generates
    it too.
    """
    from pipelines.site import SiteError, build_site, is_current

    if not (warehouse / "duizhang.duckdb").is_file():
        fail(f"there is no {warehouse / 'duizhang.duckdb'} yet; `duizhang load` makes it", NO_WAREHOUSE)
    if not serve or not is_current(warehouse):
        try:
            made = build_site(raw, warehouse, with_pictures=pictures, workers=workers)
        except SiteError as error:
            fail(str(error), FAILED)
        click.echo(
            f"{made.folder / 'index.html'}: {made.files} files, {made.size:,} bytes, {made.rendered} pages rendered"
        )
    if serve:
        _serve(warehouse / "site", reviews, port)


def _serve(folder: Path, reviews: Path, port: int) -> None:
    from pipelines.site.serve import SiteServer

    try:
        server = SiteServer(folder, reviews, port)
    except OSError as error:
        fail(f"port {port} cannot be used: {error}; choose another with --port", FAILED)
    click.echo(f"{server.origin}/index.html; stop it with Ctrl+C")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("stopped")
    finally:
        server.server_close()
