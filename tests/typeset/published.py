"""Filings made of figures that real departments published; the figures stand in ``data/published_*.csv``.

A row of those files is one figure: what it is about (subject, measure, fund, stage, fiscal year), its value in 万元 as
it was printed, and the printed name of a classification code. A row without a value only gives a name.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal

from tests.typeset.editions import government_codes
from tests.typeset.facts import DATA, read_names
from tests.typeset.model import YUAN_PER, Cell, Cover, Heading, Key, Paper, Prose, Row, Table, project_subject
from tests.typeset.sheet import Filing, header_from_paths, label


def published_filing(number: str, department: str, year: int, kind: str, scope: str) -> Filing:
    """Return the filing whose figures stand in ``published_<number>.csv``.

    Raises:
        FileNotFoundError: there are no such figures.
    """
    amounts, functions, projects = {}, {}, {}
    for row in _rows(f"published_{number}.csv"):
        key = Key(row["subject"], row["measure"], row["fund"], row["stage"], int(row["fiscal_year"]))
        if key.subject.startswith("function:") and row["name"]:
            functions[key.subject.removeprefix("function:")] = row["name"]
        if key.subject.startswith("project:"):
            projects[key.subject.removeprefix("project:")] = key
            key = key._replace(subject=project_subject(key.subject.removeprefix("project:")))
        if row["value"]:
            amounts[key] = Decimal(row["value"]) * YUAN_PER["万元"]
    return Filing(
        department=department,
        year=year,
        kind=kind,
        amounts=amounts,
        functions=dict(sorted(functions.items())),
        economics=read_names("economics.csv"),
        government=government_codes(),
        projects=tuple(projects),
        scope=scope,
        gives_reasons=False,
    )


def _rows(file_name: str) -> Iterator[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def self_evaluation_paper(notice: str) -> Paper:
    """Set the 22 self-evaluated projects of one bureau as a summary table."""
    words = (("序号",), ("项目名称",), ("预算数",), ("执行数",), ("执行进度",), ("自评得分",), ("自评等级",))
    rows = [
        (Cell(str(number)), label(row["project"]), *map(Cell, list(row.values())[1:]))
        for number, row in enumerate(_rows("published_001.csv"), 1)
    ]
    title = "2020年度项目支出绩效自评情况汇总表"
    department = "高新区人社局"
    return Paper(
        (
            Cover((department, "2020年度财政专项资金绩效自评情况"), (notice,)),
            Heading("项目自评结果"),
            Prose(f"{department}2020年度自评项目{len(rows)}个，各项目的预算数、执行数、得分和等级见下表。"),
            _plain_table("PF03", title, (f"部门：{department}", "金额单位：万元"), words, rows),
        )
    )


def evaluation_paper(notice: str) -> Paper:
    """Set the indicator scores of one evaluation of a whole department."""
    words = (("一级指标",), ("二级指标",), ("三级指标",), ("满分",), ("得分",), ("得分率",))
    rows: list[Row] = []
    for row in _rows("published_002.csv"):
        numbers = tuple(Cell(row[name]) for name in ("full", "score", "rate"))
        if row["level3"]:
            rows.append((label(row["level1"]), label(row["level2"]), label(row["level3"]), *numbers))
        else:
            rows.append((Cell(row["level1"], column_span=3), *numbers))
    title = "2020年部门整体支出绩效评价指标得分表"
    department = "济宁市兖州区社会保险服务中心"
    total = list(_rows("published_002.csv"))[-1]
    return Paper(
        (
            Cover((department, "2020年部门整体支出绩效评价得分"), (notice,)),
            Heading("评价结果"),
            Prose(f"满分{total['full']}分，评价得分{total['score']}分，各项指标得分见下表。"),
            _plain_table("PF04", title, (f"预算单位：{department}", "单位：分"), words, rows),
        )
    )


def _plain_table(
    code: str, title: str, caption: tuple[str, ...], words: tuple[tuple[str], ...], rows: list[Row]
) -> Table:
    unit = caption[-1].partition("：")[2]
    return Table(code, title, unit, caption, header_from_paths(words), (), tuple(rows), len(words))
