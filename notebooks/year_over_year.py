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

    How income and expenditure moved from one year to the next: final accounts against final accounts, budgets against
    budgets, the best basis of each comparison. `agrees` is false where two sources tell it differently.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, stages.title_zh AS stage, CAST(from_year AS VARCHAR) || '→' || to_year AS years,
            subject_zh, from_yuan, to_yuan, change_rate, basis, agrees,
            CAST(change_yuan AS DOUBLE) / 10000 AS change_wan,
            department || ' ' || stages.title_zh || ' ' || from_year || '→' || to_year AS comparison
        FROM mart.year_over_year_best
        JOIN reference.stage AS stages ON stages.stage = to_stage
        WHERE level = 'headline' AND subject IN ('income', 'expenditure') AND fund = 'all'
            AND from_stage = to_stage AND to_year = from_year + 1
        ORDER BY department, to_year, to_stage, subject
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows, title="收入、支出比上年增减 · change on the year before")
        .mark_bar()
        .encode(
            x=alt.X("change_wan:Q", title="增减额（万元） · change, 10,000 yuan"),
            y=alt.Y("comparison:N", title=None, sort=None, axis=alt.Axis(labelLimit=400)),
            yOffset="subject_zh:N",
            color=alt.Color("subject_zh:N", title="收支"),
            tooltip=["department:N", "stage:N", "years:N", "subject_zh:N", "change_wan:Q", "basis:N", "agrees:N"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
