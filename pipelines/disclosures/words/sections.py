"""What a section's titles say of the figures under them: which money, which project, whose marks, or no figures at all.

Belongs here: titles and the opening words of a paragraph. Does not belong here: sentences.
"""

import re
from functools import lru_cache

from pipelines.disclosures.cover import is_organisation
from pipelines.disclosures.facts import ParagraphFact
from pipelines.disclosures.words.items import class_in
from pipelines.disclosures.words.language import sentences
from pipelines.disclosures.words.plain import plain
from pipelines.disclosures.words.scope import Topic
from pipelines.disclosures.words.tokens import tokens

_NUMERAL = "[一二三四五六七八九十百]+"
_ORDINAL = re.compile(
    rf"^(?:附件\d*:?|第{_NUMERAL}部分|{_NUMERAL}[、.]|\((?:{_NUMERAL}|\d+)\)[、.]?|\d{{1,2}}[、.]|\d{{4}}年度?)+"
)
_GENERAL = re.compile(r"情况|分析|说明|目标|来源|结果|管理|评价|自评|预算|支出|收入|采购|问题|建议|$^")
_INDICATOR = re.compile(r"^(.{2,30}?)\((?:指标)?分值")
_BEGUN = re.compile(r"^([^，。；:]{3,30}?)项目(?=根据|按照|设立|保障|预计|弥补|解决|代财政|申请|做好|严格)")
_ANY_PROJECT = re.compile(r"(部门|单位|预算|财政)*项目(支出|资金|预算)$|(财政|专项)(支出|资金)$")
_YEAR = re.compile(r"\d{4}年度?")
_BRACKETED = re.compile(r"(?:评价报告|自评报告)\((.+)\)$")


def is_glossary(paragraph: ParagraphFact) -> bool:
    """Whether a paragraph explains terms and tells no figures of this paper."""
    return any(word in (paragraph.section or "") for word in sentences().glossary)


def headings_of(paragraph: ParagraphFact) -> tuple[str, ...]:
    """The plain titles above a paragraph, the nearest first."""
    return _plain_headings(paragraph.section or "")


@lru_cache(maxsize=512)
def _plain_headings(section: str) -> tuple[str, ...]:
    return tuple(plain(heading).text for heading in reversed(section.split(" / ")) if heading)


@lru_cache(maxsize=512)
def section_fund(headings: tuple[str, ...]) -> str | None:
    """The money the titles name, the nearest title first."""
    for heading in headings:
        for token in tokens(heading):
            if token.kind == "fund":
                return str(token.meaning)
    return None


@lru_cache(maxsize=512)
def section_class(headings: tuple[str, ...]) -> str | None:
    """The functional class the titles name."""
    return next((name for heading in headings if (name := class_in(heading))), None)


def project_of(text: str, headings: tuple[str, ...]) -> str | None:
    """The project that a paragraph's opening words (…项目绩效自评综述：) or the titles above it are about."""
    opening = _ORDINAL.sub("", text.split(":")[0])
    begun = _BEGUN.match(_ORDINAL.sub("", text))
    if begun:
        return begun[1]
    for title in [opening, *(_ORDINAL.sub("", heading) for heading in headings)]:
        name = _reported(title)
        if name:
            return name
    if any("绩效" in heading for heading in headings):
        for heading in headings:
            name = _ORDINAL.sub("", heading)
            if name.endswith(sentences().project_endings) and not _GENERAL.search(name):
                return name.removesuffix("项目")
    return None


def _reported(title: str) -> str | None:
    bracketed = _BRACKETED.search(title)
    if bracketed:
        return bracketed[1].removesuffix("项目")
    ending = next((ending for ending in sentences().report_endings if title.endswith(ending)), None)
    name = title.removesuffix(ending).removesuffix("项目") if ending else ""
    if len(name) < 3 or _is_any_project(name) or any(word in title for word in sentences().overall):
        return None
    return name


def _is_any_project(name: str) -> bool:
    """Whether a title is about projects without saying which (某局2022年度项目支出绩效自评报告)."""
    found = _ANY_PROJECT.search(name)
    whose = _YEAR.sub("", name[: found.start()]) if found else name
    return found is not None and (whose in ("", "部门", "单位", "本级") or is_organisation(whose))


def evaluated_in(text: str, headings: tuple[str, ...], project: str | None) -> Topic | None:
    """Whose marks a paragraph tells where it does not say: an indicator's, a project's, or the whole paper's."""
    for title in (text, *headings):
        indicator = _INDICATOR.match(_ORDINAL.sub("", title))
        if indicator:
            return Topic(((f"indicator:{indicator[1]}", "score"),), indicator[1])
    if project:
        return Topic(((f"project:{project}", "score"),), project)
    part = next((heading for heading in headings if heading.endswith("绩效评价")), None)
    if part and not any(word in part for word in sentences().overall):
        name = _ORDINAL.sub("", part).removesuffix("绩效评价")
        return Topic(((f"told:{name}", "score"),), name)
    return Topic((("overall_performance", "score"),), "")
