"""The sample disclosures of ``raw/samples``: ``python -m tests.typeset.samples FOLDER`` sets them, the same every time.

Four years of an invented department, with planted slips, papers of another that has money of every fund, and papers set
again from figures that real departments published, without slips.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.typeset.county_samples import county_papers
from tests.typeset.docx import set_docx
from tests.typeset.editions import filing_of
from tests.typeset.invented import GPB, invent
from tests.typeset.model import Key, Paper
from tests.typeset.papers import Frame, compose
from tests.typeset.pdf import set_pdf
from tests.typeset.published import evaluation_paper, published_filing, self_evaluation_paper
from tests.typeset.slips import Edit, Slip, misprint, mistell
from tests.typeset.style import Style
from tests.typeset.text import set_text
from tests.typeset.xlsx import set_xlsx

SEED, FIRST_YEAR = 9, 2020
INVENTED = "演示材料：单位、地名、职责和数字都是虚构的，不是任何真实单位的公开文件。"
RESET = "本文件依据已公开的数字重新排版，并非原件。"
ALL = "all"

SHANDONG = Style(code_columns=3, printed_numbers=False, unit_word="单位", total_column=3, landscape=True)
SHANGHAI = Style(
    unit="元",
    thousands=True,
    code_columns=3,
    total_first=False,
    department_word="编制部门",
    unit_word="单位",
    landscape=True,
    rows_per_page=12,
)
JIANGSU = Style(department_word="部门名称", unit_word="单位", share_pages=True, top_rule_after_break=False)
CLASSIC = Style(full_economics=True)


@dataclass(frozen=True)
class Sample:
    """One file of the samples: where it goes, what it is, and its planted slips."""

    path: str
    paper: Paper
    slips: tuple[Slip, ...] = ()

    def content(self) -> bytes:
        """Set the paper in the format its name says."""
        name, _, kind = self.path.rpartition("/")[2].rpartition(".")
        setters = {"docx": set_docx, "xlsx": set_xlsx, "txt": set_text}
        return set_pdf(self.paper, name) if kind == "pdf" else setters[kind](self.paper)


@dataclass(frozen=True)
class Edition:
    """How one paper of the invented department is published."""

    year: int
    kind: str
    format: str
    layout: str
    style: Style
    edits: tuple[Edit, ...] = ()


def _total(measure: str, fund: str, stage: str, year: int) -> Key:
    return Key(measure, measure, fund, stage, year)


def editions() -> tuple[Edition, ...]:
    """List the eight papers of the invented department."""
    plain = Style(drop_trailing_zeros=True, rows_per_page=30)
    three = Style(code_columns=3, landscape=True, rows_per_page=15, repeat_header=False, thousands=True, zero="0.00")
    inside = Style(title_in_grid=True, total_first=False, caption_order=("department", "number", "unit"))
    return (
        Edition(2021, "budget", "pdf", "shandong", SHANDONG),
        Edition(2021, "final_accounts", "pdf", "final_accounts", CLASSIC, _slips_of_2021()),
        Edition(2022, "budget", "txt", "shandong", SHANDONG, _slips_of_the_budget_of_2022()),
        Edition(2022, "final_accounts", "txt", "final_accounts", plain, _slips_of_2022()),
        Edition(2023, "budget", "pdf", "shanghai", SHANGHAI),
        Edition(2023, "final_accounts", "pdf", "final_accounts", three, _slips_of_2023()),
        Edition(2024, "budget", "pdf", "jiangsu", JIANGSU),
        Edition(2024, "final_accounts", "txt", "final_accounts", inside, _slips_of_2024()),
    )


def _slips_of_2021() -> tuple[Edit, ...]:
    section = Key("function:20701", "project_expenditure", ALL, "final", 2021)
    return (
        misprint("FA03", section, "款级小计 = 各项级之和；本年支出 = 基本支出 + 项目支出；03表 = 05表 + 其他资金"),
        mistell("growth_rate", _total("expenditure", GPB, "final", 2021), "增长率 = 增减额 ÷ 上年数"),
    )


def _slips_of_the_budget_of_2022() -> tuple[Edit, ...]:
    total = _total("expenditure_grand_total", ALL, "initial_budget", 2022)
    earlier = _total("official_reception", GPB, "prior_budget", 2021)
    return (
        misprint("BG01", total, "支出总计 = 本年支出合计 + 结转下年；收入总计 = 支出总计"),
        misprint("BG07", earlier, "上年预算数 = 上年预算公开的数；合计 = 各项之和"),
    )


def _slips_of_2022() -> tuple[Edit, ...]:
    item = Key("function:2070104", "expenditure", GPB, "final", 2022)
    return (
        misprint("FA05", item, "05表项级 = 03表项级；小计 = 基本支出 + 项目支出；款级小计 = 各项级之和"),
        mistell("change", _total("income_and_expenditure", ALL, "final", 2022), "所述增减额 = 本年数 − 上年数"),
    )


def _slips_of_2023() -> tuple[Edit, ...]:
    opening = _total("opening_balance", ALL, "final", 2023)
    return (misprint("FA01", opening, "年初结转和结余 = 上年年末结转和结余；总计 = 各项之和"),)


def _slips_of_2024() -> tuple[Edit, ...]:
    planned = Key("function:2070101", "expenditure", GPB, "initial_budget", 2024)
    whole = _total("three_public", GPB, "final", 2024)
    return (
        misprint("FA07", whole, "“三公”经费合计 = 三项之和"),
        mistell("amount", planned, "所述年初预算 = 公开的预算；完成率 = 决算 ÷ 年初预算"),
    )


def invented_samples() -> Iterator[Sample]:
    """Set the invented department's papers."""
    department = invent(SEED, FIRST_YEAR, 5)
    about = (
        f"{department.name}是演示用的虚构单位，设想的职责是管理本区图书馆、文化馆和文物保护工作。",
        f"纳入{department.name}编制范围的只有本级，没有所属单位。",
    )
    for edition in editions():
        filing = filing_of(department, edition.year, edition.kind)
        paper = compose(filing, edition.style, edition.layout, Frame((INVENTED,), about))
        slips = []
        for edit in edition.edits:
            paper, slip = edit(paper)
            slips.append(slip)
        name = "部门预算" if edition.kind == "budget" else "部门决算"
        path = f"{department.name}/{edition.year}/{edition.year}年度{name}.{edition.format}"
        yield Sample(path, paper, tuple(slips))


def published_samples() -> Iterator[Sample]:
    """Set the papers that repeat published figures."""
    frame = Frame((RESET,), header_line=RESET)
    for number, department, year, kind, scope, layout, style in (
        ("000", "淄博高新技术产业开发区人社中心", 2021, "final_accounts", "部门", "final_accounts", CLASSIC),
        ("004", "淄博高新技术产业开发区人社中心（先创）", 2023, "budget", "单位", "shandong", SHANDONG),
    ):
        paper = compose(published_filing(number, department, year, kind, scope), style, layout, frame)
        name = f"{scope}{'预算' if kind == 'budget' else '决算'}"
        yield Sample(f"{department}/{year}/{year}年度{name}（重新排版）.pdf", paper)
    bureau = "遂宁市安居区人力资源和社会保障局"
    told = published_filing("003", bureau, 2023, "final_accounts", "部门")
    words = Frame((RESET,), header_line=RESET, with_forms=False)
    yield Sample(
        f"{bureau}/2023/2023年度部门决算情况说明（重新排版）.pdf", compose(told, Style(), "final_accounts", words)
    )
    yield Sample("高新区人社局/2020/2020年度绩效自评情况（重新排版）.txt", self_evaluation_paper(RESET))
    centre = "济宁市兖州区社会保险服务中心"
    yield Sample(f"{centre}/2020/2020年部门整体支出绩效评价得分（重新排版）.txt", evaluation_paper(RESET))


def county_samples() -> Iterator[Sample]:
    """Set the papers of the invented department that is paid from every fund."""
    return (Sample(*made) for made in county_papers(INVENTED))


def samples() -> Iterator[Sample]:
    """Set all samples."""
    yield from invented_samples()
    yield from county_samples()
    yield from published_samples()


def slip_table() -> list[str]:
    """Describe the planted slips as the lines of a Markdown table."""
    lines = ["| 文件 | 位置 | 印的数 | 正确的数 | 打破的关系 |", "| --- | --- | --- | --- | --- |"]
    for sample in (*invented_samples(), *county_samples()):
        for slip in sample.slips:
            name = sample.path.rpartition("/")[2]
            lines.append(f"| {name} | {slip.place} | {slip.printed} | {slip.right} | {slip.breaks} |")
    return lines


def main(arguments: list[str]) -> int:
    """Write the samples below the folder named; print their paths."""
    if len(arguments) != 1:
        print("usage: python -m tests.typeset.samples FOLDER", file=sys.stderr)
        return 2
    for sample in samples():
        path = Path(arguments[0]) / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sample.content())
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
