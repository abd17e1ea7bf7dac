"""Lists of projects in one sentence: 各种项目支出，其中，甲88万元，乙35万元 and 安排甲经费10万元、乙资金5万元.

Belongs here: knowing such a list by its opening words or by its members' names, and giving each member its project.
Does not belong here: reading the members' figures.
"""

import re
from collections.abc import Sequence

from pipelines.disclosures.words.language import sentences
from pipelines.disclosures.words.phrases import project_topic
from pipelines.disclosures.words.scope import Told

_OPENED = re.compile(r"(?:各种项目支出|各项项目支出|项目共(?:计|有)?\d+个)[^。]*?。?(?:其中|包括)")
_ARRANGED = re.compile(r"安排")
_ARRANGER = re.compile(r"^安排(?:我|本)?(?:局|厅|部门|单位|委|办)?(?:组织)?")
_FEWEST = 3
_NO_PROJECTS = re.compile(r"基本支出|公用经费|人员经费|三公|运行经费|政府采购|收入|资产")
_NO_PROJECT = re.compile(
    r"标准|每人|每月|结转|到位|缴费基数|合同|上级|涉及|预算|支付|余额|拨付|收回|总价|金额|差额|发放|代发|减免"
)


def with_projects(told: Sequence[Told], text: str, headings: Sequence[str]) -> list[Told]:
    """Give the unnamed amounts of a list of projects their projects; anything else stays as it was told.

    ``text`` is the whole plain paragraph the figures stand in.
    """
    members = [one for one in told if _may_be_member(one)]
    if not members or any(_NO_PROJECTS.search(heading) for heading in headings[:1]):
        return list(told)
    start = text.rfind("。", 0, told[0].start) + 1
    opened = _opening(text, start, told[-1].start)
    if not (opened or _names_projects(members, told, text[start : told[-1].end])):
        return list(told)
    arranged = bool(_ARRANGED.search(text, start, members[0].start))
    return [_as_project(one, arranged) if one in members and _follows(one, opened) else one for one in told]


def _follows(one: Told, opened: re.Match[str] | None) -> bool:
    return opened is None or one.start >= opened.end()


def _opening(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words that open the list; 项目共4个，涉及…万元。其中： opens it in the sentence before."""
    if text.startswith("其中", start):
        start = text.rfind("。", 0, max(start - 1, 0)) + 1
    return _OPENED.search(text, start, end)


def _may_be_member(one: Told) -> bool:
    topic = one.topic
    is_told = topic is not None and topic.subject.startswith("told:")
    return bool(is_told and one.figure == "amount" and topic and not _NO_PROJECT.search(topic.subject))


def _names_projects(members: Sequence[Told], told: Sequence[Told], sentence: str) -> bool:
    """Whether nothing but members is told, three at least, most of them named as projects are."""
    if len(members) < _FEWEST or _NO_PROJECTS.search(sentence):
        return False
    named = [one for one in members if one.topic and one.topic.subject.endswith(sentences().project_endings)]
    return 2 * len(named) >= len(members) and 4 * len(members) >= 3 * len(told)


def _as_project(one: Told, arranged: bool) -> Told:
    assert one.topic is not None
    name = _ARRANGER.sub("", one.topic.subject.removeprefix("told:")).removesuffix("项目")
    stage = one.stage or ("initial_budget" if arranged else None)
    return one._replace(topic=project_topic(name, one.topic.text), stage=stage)
