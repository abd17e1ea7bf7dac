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

    Completion of the budget, of the adjusted one where the paper prints it, else of the initial one; far from 100 %
    asks for a reason. Rows stand only where a paper of the same year prints the budget beside the outturn.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, fiscal_year, level, code, coalesce(subject_zh, subject) AS item, fund,
            coalesce(adjusted_yuan, initial_yuan) AS budget_yuan, final_yuan,
            CAST(coalesce(completion_of_adjusted, completion_of_initial) AS DOUBLE) AS completion,
            department || ' ' || fiscal_year AS paper
        FROM mart.budget_execution
        WHERE coalesce(completion_of_adjusted, completion_of_initial) IS NOT NULL
            AND (level = 'headline' OR (level = 'function' AND measure = 'expenditure'))
        ORDER BY department, fiscal_year, level, code, item, fund
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows, title="预算完成率 · completion of the budget")
        .mark_point(filled=True, size=60)
        .encode(
            x=alt.X("completion:Q", title="决算 ÷ 预算 · outturn ÷ budget", axis=alt.Axis(format="%")),
            y=alt.Y("item:N", title=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color("paper:N", title="部门与年度", legend=alt.Legend(labelLimit=300)),
            tooltip=["department:N", "item:N", "fund:N", "budget_yuan:Q", "final_yuan:Q"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
