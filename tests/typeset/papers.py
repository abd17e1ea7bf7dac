"""Whole papers: cover, contents, part one, forms, explanation, glossary, put together from a filing and a style."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.typeset.budget_forms import budget_forms
from tests.typeset.county import county_budget_forms, county_final_forms
from tests.typeset.final_forms import final_accounts_forms
from tests.typeset.jiangsu import jiangsu_forms
from tests.typeset.model import Block, Contents, Cover, Heading, Paper, Prose, Table
from tests.typeset.shanghai import shanghai_forms
from tests.typeset.sheet import Filing
from tests.typeset.style import Style
from tests.typeset.words import budget_words, final_accounts_words

Layout = Callable[[Filing, Style], list[Table]]
LAYOUTS: dict[str, Layout] = {
    "final_accounts": final_accounts_forms,
    "shandong": budget_forms,
    "shanghai": shanghai_forms,
    "jiangsu": jiangsu_forms,
    "county_budget": county_budget_forms,
    "county_final": county_final_forms,
}
GLOSSARY = (
    "财政拨款收入：由同级财政安排的三本预算资金。",
    "其他收入：财政拨款、事业和经营活动以外取得的收入。",
    "年初结转和结余：以前年度没有用完、留到本年使用的资金。",
    "年末结转和结余：本年没有用完、留到以后年度使用的资金。",
    "基本支出：为机构正常运转和日常工作花的钱，分人员经费和公用经费。",
    "项目支出：基本支出以外，为专门任务和事业目标花的钱。",
    "“三公”经费：因公出国（境）、公务用车购置及运行维护、公务接待三项费用。",
    "机关运行经费：行政单位用于日常运转、购买货物和服务的公用经费。",
)


@dataclass(frozen=True)
class Frame:
    """What surrounds the figures of a paper."""

    notice: tuple[str, ...] = ()
    """Printed on the cover and at the head of part one."""
    about: tuple[str, ...] = ()
    """Part one: what the department does and consists of."""
    header_line: str = ""
    with_forms: bool = True
    with_words: bool = True


def compose(filing: Filing, style: Style, layout: str, frame: Frame) -> Paper:
    """Compose a whole paper. ``layout`` is one of :data:`LAYOUTS`."""
    final = filing.kind == "final_accounts"
    name = f"{filing.scope}{'决算' if final else '预算'}"
    blocks: list[Block] = [Cover((filing.department, f"{filing.year}年度{name}"), frame.notice)]
    if style.contents:
        blocks.append(Contents())
    blocks.append(Heading(f"第一部分\n{filing.scope}概况", 0))
    blocks += [Prose(text) for text in (*frame.notice, *frame.about)]
    part = 2
    if frame.with_forms:
        blocks.append(Heading(f"第二部分\n{filing.year}年度{name}表", 0))
        blocks += LAYOUTS[layout](filing, style)
        part += 1
    if frame.with_words:
        blocks.append(Heading(f"第{' 一二三四'[part]}部分\n{filing.year}年度{name}情况说明", 0))
        tell = final_accounts_words if final else budget_words
        blocks += tell(filing, thousands=style.thousands)
        part += 1
    blocks.append(Heading(f"第{' 一二三四'[part]}部分\n名词解释", 0))
    blocks += _glossary()
    return Paper(
        tuple(blocks),
        rows_per_page=style.rows_per_page,
        repeat_header=style.repeat_header,
        top_rule_after_break=style.top_rule_after_break,
        share_pages=style.share_pages,
        header_line=frame.header_line,
    )


def _glossary() -> Iterable[Prose]:
    return (Prose(f"{number}. {text}") for number, text in enumerate(GLOSSARY, 1))
