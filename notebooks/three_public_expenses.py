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

    What was spent, part by part, of one fund a paper: the one that most parts are told of. What no paper states
    has no row; it is not zero.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT department, CAST(fiscal_year AS VARCHAR) AS year, fund, part, CAST(yuan AS DOUBLE) / 10000 AS wan,
            department || ' ' || fiscal_year AS paper
        FROM (
            UNPIVOT (
                SELECT department, fiscal_year, fund, overseas_travel_yuan AS "因公出国（境）费",
                    vehicle_purchase_yuan AS "公务用车购置费", vehicle_running_yuan AS "公务用车运行维护费",
                    official_reception_yuan AS "公务接待费"
                FROM mart.three_public WHERE stage = 'final'
                QUALIFY row_number() OVER (
                    PARTITION BY department_id, scope, fiscal_year
                    ORDER BY len(list_filter(
                        [overseas_travel_yuan, vehicle_purchase_yuan, vehicle_running_yuan, official_reception_yuan],
                        lambda yuan: yuan IS NOT NULL
                    )) DESC, list_position(['fiscal_appropriation', 'general_public_budget', 'all'], fund)
                ) = 1
            ) ON "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费" INTO NAME part VALUE yuan
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
        alt.Chart(rows, title="“三公”经费决算 · three public expenses")
        .mark_bar()
        .encode(
            x=alt.X("wan:Q", title="决算数（万元） · 10,000 yuan"),
            y=alt.Y("paper:N", title=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color("part:N", title="项目", legend=alt.Legend(labelLimit=300)),
            tooltip=["department:N", "year:N", "fund:N", "part:N", "wan:Q"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
