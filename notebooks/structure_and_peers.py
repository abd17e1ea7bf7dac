"""What a department's spending consists of, beside the median of its peers."""

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
    # 结构与同类 · Structure and peers

    What expenditure is made of. Rank and median are among departments of one main function and level of government;
    a rank among few says nothing.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT shares.department, CAST(shares.fiscal_year AS VARCHAR) AS year, shares.part_zh,
            CAST(shares.share AS DOUBLE) AS share,
            peers.rank, peers.peers, peers.median_yuan, shares.department || ' ' || shares.fiscal_year AS paper
        FROM mart.structure_share AS shares
        LEFT JOIN mart.peers AS peers
            ON shares.department_id = peers.department_id AND shares.scope = peers.scope
            AND shares.fiscal_year = peers.fiscal_year AND shares.stage = peers.stage AND shares.fund = peers.fund
            AND peers.subject = 'expenditure'
        WHERE shares.structure = 'expenditure_kind' AND shares.stage = 'final' AND shares.fund = 'all'
        ORDER BY shares.department, shares.fiscal_year, shares.part
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows, title="支出构成 · what expenditure is made of")
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title="占支出合计 · share of expenditure", stack=True, axis=alt.Axis(format="%")),
            y=alt.Y("paper:N", title=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color("part_zh:N", title="支出种类"),
            tooltip=["department:N", "year:N", "part_zh:N", "share:Q", "rank:Q", "peers:Q", "median_yuan:Q"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
