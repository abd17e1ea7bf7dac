"""How a department's income and spending moved from year to year, and what each comparison rests on."""

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
    # 年度对比 · Year over year

    Final accounts against final accounts, the best basis of each comparison. `agrees` is false
    where two sources tell it differently.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, measure, from_year, to_year, from_yuan, to_yuan, change_rate, basis, agrees,
            CAST(to_yuan AS DOUBLE) / 10000 AS wan
        FROM mart.year_over_year_best
        WHERE level = 'headline' AND subject IN ('income', 'expenditure') AND fund = 'all'
            AND from_stage = 'final' AND to_stage = 'final' AND to_year = from_year + 1
        ORDER BY department, measure, to_year
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows)
        .mark_line(point=True)
        .encode(
            x="to_year:O",
            y=alt.Y("wan:Q", title="万元"),
            color="department:N",
            strokeDash="measure:N",
            tooltip=["department:N", "measure:N", "to_year:O", "change_rate:Q", "basis:N", "agrees:N"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
