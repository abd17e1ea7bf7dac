"""A nation as files: real PDF, Word, Excel, HTML and text files for the side that reads, with a list of what they say.

    python -m benchmarks.nation_files FOLDER --files 10000          # FOLDER/raw and FOLDER/facts.jsonl.gz
    duizhang load --raw FOLDER/raw --warehouse WAREHOUSE
    python -m benchmarks.nation_files FOLDER --loaded WAREHOUSE     # ends with 1 where one figure differs

Invented departments (``tests.planting.clean``) lie in every region in proportion to its counties and publish budgets,
final accounts and self-evaluations of three years, each set in a format of its own. One file is made after the other,
with its line of the list, so that memory does not grow with them; the same number makes the same bytes. Does not belong
here: facts without files (``nation_lake``), and holding a warehouse against the list (``nation_loaded``).
"""

import argparse
import gzip
import hashlib
import json
import math
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from pipelines.classification.regions import Region, regions
from tests.planting.clean import YEAR, department, layout_of, style_of
from tests.planting.evaluations import Evaluation, clean_evaluation
from tests.typeset.docx import set_docx
from tests.typeset.editions import filing_of
from tests.typeset.html import set_html
from tests.typeset.invented import OFFICES
from tests.typeset.model import Paper, amount_of, expected_amounts
from tests.typeset.papers import Frame, compose
from tests.typeset.pdf import set_pdf
from tests.typeset.samples import INVENTED
from tests.typeset.text import set_text
from tests.typeset.xls import set_xls
from tests.typeset.xlsx import set_xlsx

FORMATS: dict[str, tuple[int, Callable[[Paper], bytes]]] = {
    "pdf": (66, set_pdf),
    "docx": (14, set_docx),
    "html": (9, set_html),
    "xlsx": (5, set_xlsx),
    "xls": (3, set_xls),
    "txt": (3, set_text),
}
"""Of a hundred budgets and final accounts, and what sets them; self-evaluations are text conversions."""
KINDS = {"budget": "部门预算", "final_accounts": "部门决算", "self_evaluation": "项目支出绩效自评"}
YEARS = range(YEAR - 2, YEAR + 1)
EACH = len(KINDS) * len(YEARS)
"""Papers of a department."""


class Said(msgspec.Struct, frozen=True):
    """What one file says: a line of the list."""

    path: str
    document_id: str
    department: str
    region_code: str
    fiscal_year: int
    kind: str
    amounts: list[tuple[str, ...]]
    """Form, subject, measure, fund, stage, year, yuan, printed text and unit of every number of its forms."""
    projects: list[tuple[str, ...]]
    """Name, adjusted budget and what was spent, in yuan, of every project of its evaluations."""


class Made(NamedTuple):
    """One file."""

    content: bytes
    said: Said


def list_of(folder: Path) -> Path:
    """Where the list of what the files say is."""
    return folder / "facts.jsonl.gz"


def said_in(folder: Path) -> Iterator[Said]:
    """The lines of the list."""
    with gzip.open(list_of(folder), "rb") as lines:
        for line in lines:
            yield msgspec.json.decode(line, type=Said)


def write_files(folder: Path, count: int) -> dict[str, int]:
    """Write so many files and their list, in place of what was there; return how many there are of each format."""
    shutil.rmtree(folder / "raw", ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    formats = dict.fromkeys(FORMATS, 0)
    with gzip.open(list_of(folder), "wb", compresslevel=3) as lines:
        for made in files_of(count):
            path = folder / "raw" / made.said.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.content)
            lines.write(msgspec.json.encode(made.said) + b"\n")
            formats[path.suffix[1:]] += 1
    return formats


def files_of(count: int) -> Iterator[Made]:
    """So many files, department by department."""
    departments = math.ceil(count / EACH)
    for number in range(departments):
        region = _counties()[number * len(_counties()) // departments]
        papers = ((kind, year) for year in YEARS for kind in KINDS)
        for (kind, year), _ in zip(papers, range(count - number * EACH), strict=False):
            yield _made(number, region, kind, year)


@cache
def _counties() -> tuple[Region, ...]:
    return tuple(region for region in regions() if region.level == "county")


def _made(number: int, region: Region, kind: str, year: int) -> Made:
    name = f"{_full_name(region)}{OFFICES[number % len(OFFICES)]}"
    folder = f"{_above(region)[0].name}/{region.code}/{number:06}/{year}/{year}年度{KINDS[kind]}"
    if kind == "self_evaluation":
        evaluation = clean_evaluation(name, year, number * len(YEARS) + year)
        return _file(f"{folder}.txt", evaluation.text().encode(), name, region, year, kind, [], _projects(evaluation))
    truth = filing_of(replace(department(number), name=name), year, kind)
    layout = kind if kind == "final_accounts" else layout_of(number)
    paper = compose(truth, style_of(number, kind), layout, Frame((INVENTED,)))
    suffix = _format(f"{number}-{kind}-{year}")
    amounts = [
        tuple(map(str, each._replace(amount_yuan=_yuan(each.amount_yuan))))  # type: ignore[arg-type]
        for each in expected_amounts(paper)
    ]
    return _file(f"{folder}.{suffix}", FORMATS[suffix][1](paper), name, region, year, kind, amounts, [])


def _file(
    path: str,
    content: bytes,
    name: str,
    region: Region,
    year: int,
    kind: str,
    amounts: list[tuple[str, ...]],
    projects: list[tuple[str, ...]],
) -> Made:
    digest = hashlib.sha256(content).hexdigest()
    return Made(content, Said(path, digest, name, region.code, year, kind, amounts, projects))


def _format(paper: str) -> str:
    return random.Random(paper).choices([*FORMATS], [share for share, _ in FORMATS.values()])[0]


def _projects(evaluation: Evaluation) -> list[tuple[str, ...]]:
    forms = (each.form for each in evaluation.projects)
    return [(form.name, *(_yuan(amount_of(each, "万元")) for each in (form.adjusted, form.executed))) for form in forms]


def _yuan(amount: Decimal) -> str:
    """As a warehouse tells it."""
    return str(amount.quantize(Decimal("0.01")))


def _above(region: Region) -> list[Region]:
    """Its province, its city if it has one, and itself."""
    by_code = {each.code: each for each in regions()}
    found = [region]
    while (parent := found[0].parent) is not None:
        found.insert(0, by_code[parent])
    return found


def _full_name(region: Region) -> str:
    return "".join(each.name for each in _above(region))


def main() -> int:
    """Make files, or hold a warehouse against those there are; 0: every figure is there and no other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--loaded", type=Path, metavar="WAREHOUSE", help="hold this warehouse against the list")
    given = parser.parse_args()
    if given.loaded is None:
        print(json.dumps(write_files(given.folder, given.files)))
        return 0
    from benchmarks.nation_loaded import held_against

    result = held_against(said_in(given.folder), given.loaded / "duizhang.duckdb")
    print(json.dumps(result.told(), ensure_ascii=False, indent=1))
    return 0 if result.is_exact else 1


if __name__ == "__main__":
    sys.exit(main())
