"""What is broken, by rule and severity, one cause counted once."""

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
    # 问题 · What is broken

    Findings of one root are one cause. `cause = reading` may be our own misreading and is left out.
    """)


@app.cell
def _(pl, tables):
    found = tables.execute("""
        SELECT findings.rule_id, rules.title_zh, findings.severity,
            count(DISTINCT coalesce(findings.root_id, findings.finding_id)) AS causes,
            any_value(findings.message_zh) AS example
        FROM quality.finding AS findings
        JOIN quality.rule AS rules USING (rule_id)
        WHERE findings.cause IS DISTINCT FROM 'reading'
        GROUP BY ALL
        ORDER BY causes DESC, findings.rule_id
    """)
    names = [name for name, *_ in found.description]
    rows = pl.DataFrame(found.fetchall(), schema=names, orient="row", infer_schema_length=None)
    rows  # noqa: B018
    return (rows,)


@app.cell
def _(alt, rows):
    chart = (
        alt.Chart(rows, title="每条规则有几处不成立 · causes of each rule that is broken")
        .mark_bar()
        .encode(
            x=alt.X("causes:Q", title="处（同一原因算一处） · causes", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("title_zh:N", title=None, sort="-x", axis=alt.Axis(labelLimit=400)),
            color=alt.Color(
                "severity:N",
                title="程度",
                scale=alt.Scale(domain=["critical", "warning", "info"], range=["#c0392b", "#e59866", "#aab7b8"]),
            ),
            tooltip=["rule_id:N", "severity:N", "causes:Q", "example:N"],
        )
    )
    chart  # noqa: B018
    return (chart,)


if __name__ == "__main__":
    app.run()
