"""From initial budget to final accounts: how much of what was planned was spent."""

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
    # 预算到决算 · Budget to outturn

    Completion of the initial budget by functional class; far from 1 asks for a reason.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, fiscal_year, code, subject_zh, initial_yuan, final_yuan, completion_of_initial,
            CAST(completion_of_initial AS DOUBLE) AS completion
        FROM mart.budget_execution
        WHERE level = 'function' AND length(code) = 3 AND measure = 'expenditure' AND completion_of_initial IS NOT NULL
        ORDER BY department, fiscal_year, code, fund
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows)
        .mark_point(filled=True)
        .encode(
            x=alt.X("completion:Q", title="final / initial"),
            y="subject_zh:N",
            color="fiscal_year:O",
            tooltip=["department:N", "initial_yuan:Q", "final_yuan:Q"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
