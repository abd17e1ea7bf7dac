"""The three public expenses: travel abroad, vehicles, receptions."""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os

    import altair as alt
    import duckdb
    import marimo as mo
    import polars as pl

    warehouse = os.environ.get("DUIZHANG_WAREHOUSE", "warehouse")
    tables = duckdb.connect(f"{warehouse}/duizhang.duckdb", read_only=True)
    return alt, mo, pl, tables


@app.cell
def _(mo):
    mo.md("""
    # 三公经费 · Three public expenses

    What was spent, part by part. An empty cell is blank in the paper, not zero.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, fiscal_year, stage, part, CAST(yuan AS DOUBLE) / 10000 AS wan
        FROM (
            UNPIVOT (
                SELECT department, fiscal_year, stage, overseas_travel_yuan AS overseas_travel,
                    vehicle_purchase_yuan AS vehicle_purchase, vehicle_running_yuan AS vehicle_running,
                    official_reception_yuan AS official_reception
                FROM mart.three_public WHERE stage = 'final'
            ) ON overseas_travel, vehicle_purchase, vehicle_running, official_reception INTO NAME part VALUE yuan
        )
        ORDER BY department, fiscal_year, part
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows)
        .mark_bar()
        .encode(x="fiscal_year:O", y=alt.Y("wan:Q", title="万元"), color="part:N", column="department:N")
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
