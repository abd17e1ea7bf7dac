"""Filings by the thousand, as facts: what measures of tables and rules are taken on.

A few invented departments publish budgets, final accounts and self-evaluations over four years. Their papers are
typeset, read and understood once, like any paper; then every department is copied under other names of the same length
until there are as many filings as asked for. So forms, amounts, claims and codes come in the proportions that papers
have, every identity holds in every copy, and nothing but the copying has to be fast.

    filings = generate(2000, breaks=10)
    filings.write_inputs(folder)            # what a build reads
    filings.write_lake(lake, "1")           # the same as folders of a lake, with filings.files as its files

Does not belong here: planting kinds of errors into papers (that needs their words too).
"""

import hashlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl

from pipelines.classification.regions import regions
from pipelines.disclosures.facts import Facts
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_data
from pipelines.lake.files import SourceFile
from pipelines.lake.schema import lake_schemas
from pipelines.lake.snapshot import write_tables
from pipelines.lake.store import Lake, frames_of
from pipelines.warehouse.build import write_declarations
from tests.performance.typeset import Goal, Project, columns, tab_lines
from tests.typeset.editions import filing_of
from tests.typeset.facts import Department, Year
from tests.typeset.invented import PLACE, invent
from tests.typeset.papers import Frame, compose
from tests.typeset.style import Style, rounded
from tests.typeset.text import set_text

FIRST_YEAR, YEARS = 2021, 4
_TEMPLATES = {0: "shandong", 1: "shanghai", 5: "jiangsu"}
"""The seed of each template department and the layout of its budgets (Jiangsu's have no line for state capital)."""
_DEPARTMENTS_A_REGION = 60
_SYLLABLES = "云溪松柏禾苗青蓝岚峰泽沐霖晨曦芸茗薇荷桐枫棠榆桦栎槿蕙苓芷萱"
_GOALS = (("产出指标", "数量指标", 50), ("效益指标", "社会效益指标", 30), ("满意度指标", "服务对象满意度指标", 10))
_BREAKABLE = (
    pl.col("value").is_not_null()
    & (pl.col("value") > 0)
    & (pl.col("measure") == "expenditure")
    & pl.col("form_code").is_in(["FA03", "BG03"])
    & (pl.col("row_code_kind") == "function")
)


@dataclass(frozen=True)
class Filings:
    """Generated facts: one frame for each table of the lake."""

    tables: dict[str, pl.DataFrame]
    files: list[SourceFile]
    broken: list[str] = field(default_factory=list)
    """The amounts that were changed, so that the rows above them do not add up any more."""

    def write_inputs(self, folder: Path) -> None:
        """Write all that the SQL models read into ``<folder>/inputs``."""
        inputs = folder / "inputs"
        inputs.mkdir(parents=True)
        write_tables(self.tables, self.files, inputs)
        write_declarations(inputs)

    def write_lake(self, lake: Lake, version: str) -> None:
        """Write the facts of each document into its folder of a lake."""
        for table, frame in self.tables.items():
            for (document,), rows in frame.partition_by("document_id", as_dict=True).items():
                folder = lake.facts_folder(str(document), version)
                folder.mkdir(parents=True, exist_ok=True)
                rows.write_parquet(folder / f"{table}.parquet", compression="zstd")


def generate(count: int, *, breaks: int = 0, seed: int = 1, first: int = 0) -> Filings:
    """Generate ``count`` filings, the same for the same seed, with one wrong amount in each of ``breaks`` places.

    ``first``: the number of the first department, so that several calls give different ones.
    """
    copies = _copies(count, first)
    tables = {table: _copied(table, copies) for table in lake_schemas()}
    tables["amount"], broken = _break(tables["amount"], breaks, seed)
    files = [
        SourceFile(path, 1, 1, document)
        for path, document in copies.select("source_path", "new_id").sort("source_path").iter_rows()
    ]
    return Filings(tables, files, broken)


@cache
def templates() -> tuple[tuple[Facts, ...], ...]:
    """The facts of the template departments' papers, as the pipeline understands them."""
    return tuple(
        tuple(understand(read_data(text, name)) for name, text in _papers(invent(seed, FIRST_YEAR, YEARS), layout))
        for seed, layout in _TEMPLATES.items()
    )


def _papers(department: Department, layout: str) -> Iterator[tuple[str, bytes]]:
    for year in department.years:
        for kind, chosen in (("budget", layout), ("final_accounts", "final_accounts")):
            style = Style(unit="元" if chosen == "shanghai" else "万元")
            paper = compose(filing_of(department, year.year, kind), style, chosen, Frame())
            yield f"{year.year}/{kind}.txt", set_text(paper)
        if year.year % 2:
            yield f"{year.year}/self_evaluation.txt", _self_evaluation(department, year)


def _self_evaluation(department: Department, year: Year) -> bytes:
    """Self-evaluation forms of a year's first projects; every rate, weight and score is right."""
    parts = [f"\n{department.name}\n{year.year}年度部门预算项目支出绩效自评情况\n"]
    for project in year.budget.projects[:4]:
        rows = columns(_evaluated(project.name, project.amount), random.Random(year.year))
        parts.append(f"{year.year}年度预算项目支出绩效自评表\n\n金额单位：万元\n\n{tab_lines(rows)}\n")
    return "\n".join(parts).encode()


def _evaluated(name: str, amount: Decimal) -> Project:
    budget = rounded(amount, "万元")
    spent = (budget * Decimal("0.96")).quantize(Decimal("0.01"))
    rate = (spent * 100 / budget).quantize(Decimal("0.01"))
    mark = (rate / 10).quantize(Decimal("0.01"))
    goals = tuple(
        Goal(level1, level2, f"{name[:4]}指标", "≥", "90", "%", "95%", str(points), str(points))
        for level1, level2, points in _GOALS
    )
    return Project(name, "", f"{budget}", f"{budget}", f"{spent}", "0", f"{rate}%", f"{mark}", f"{90 + mark}", goals)


def _copies(count: int, first: int) -> pl.DataFrame:
    """One row for each paper to make: ``template``, ``document_id`` of its model, ``new_id``, ``place``, path."""
    places = itertools.islice(_places(), first, None)
    found = list(regions())
    rows = []
    department = first
    while len(rows) < count:
        number, place = department % len(templates()), next(places)
        region = found[department // _DEPARTMENTS_A_REGION * 7 % len(found)].name
        for facts in templates()[number][: count - len(rows)]:
            model = facts.document
            new_id = hashlib.sha256(f"{place}{department}-{model.document_id}".encode()).hexdigest()
            path = f"{region}/{place}{number}/{model.fiscal_year}/{model.kind}.txt"
            rows.append((number, model.document_id, new_id, place, path))
        department += 1
    return pl.DataFrame(rows, schema=["template", "document_id", "new_id", "place", "source_path"], orient="row")


def _places() -> Iterator[str]:
    """Names as long as the template's, which no region has."""
    known = {region.name for region in regions()}
    for city in (f"{a}{b}市" for a in _SYLLABLES for b in _SYLLABLES if a != b):
        for district in (f"{a}{b}区" for a in _SYLLABLES for b in _SYLLABLES if a != b):
            if city not in known and district not in known:
                yield city + district


def _copied(table: str, copies: pl.DataFrame) -> pl.DataFrame:
    """The rows of one table for all papers to make."""
    schema = lake_schemas()[table]
    parts = [pl.DataFrame(schema=schema)]
    for number, department in enumerate(templates()):
        models = pl.concat([frames_of(facts).get(table, parts[0]) for facts in department])
        wanted = copies.filter(template=number)
        parts.append(_renamed(models.join(wanted, on="document_id", maintain_order="right"), schema))
    return pl.concat(parts)


def _renamed(rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
    """Rows under their new document and place; ids of a document's things begin with its first sixteen digits."""
    ids = [name for name in schema if name.endswith("_id") and name != "document_id"]
    texts = [name for name, kind in schema.items() if kind == pl.String() and name not in (*ids, "document_id")]
    named = [name for name in texts if rows[name].str.contains(PLACE, literal=True).any()]
    return rows.with_columns(
        pl.col("new_id").alias("document_id"),
        *((pl.col("new_id").str.slice(0, 16) + pl.col(name).str.slice(16)).alias(name) for name in ids),
        *(pl.col(name).str.replace_all(PLACE, pl.col("place"), literal=True) for name in named),
    ).select(list(schema))


def _break(amounts: pl.DataFrame, breaks: int, seed: int) -> tuple[pl.DataFrame, list[str]]:
    """Add nine to so many rows of expenditure forms; the rows above and beside them no longer fit."""
    possible = amounts.filter(_BREAKABLE).select("amount_id").unique(maintain_order=True)
    chosen = possible.sample(breaks, seed=seed)["amount_id"].to_list() if breaks else []
    if not chosen:
        return amounts, []
    factor = pl.when(pl.col("unit") == "万元").then(pl.lit(90_000)).otherwise(pl.lit(9))
    is_chosen = pl.col("amount_id").is_in(chosen)
    value = (pl.col("value") + pl.lit(Decimal(9))).cast(amounts.schema["value"])
    broken = amounts.with_columns(
        value=pl.when(is_chosen).then(value).otherwise("value"),
        amount_yuan=pl.when(is_chosen)
        .then((pl.col("amount_yuan") + factor.cast(pl.Decimal(20, 2))).cast(amounts.schema["amount_yuan"]))
        .otherwise("amount_yuan"),
        printed=pl.when(is_chosen).then(value.cast(pl.Decimal(28, 2)).cast(pl.String)).otherwise("printed"),
    )
    return broken, chosen
