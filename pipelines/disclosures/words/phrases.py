"""Quantities that no catalogue names: from the words before a figure to a subject of their own.

A project gets ``project:<name>``, a functional or economic name its code, an indicator of an evaluation
``indicator:<name>``, anything else ``told:<words>``.

Belongs here: cutting the name out of the words. Does not belong here: when such a name is looked for.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from pipelines.classification import Code, economic_codes, function_codes, general_function_codes, plain_name
from pipelines.disclosures.words.language import SubjectWords, lexicon, sentences
from pipelines.disclosures.words.plain import plain_word
from pipelines.disclosures.words.scope import Context, Topic

_COUNT = re.compile(r"^.*\d+(?:\.\d+)?(?:万|余|多)*(?:余|多)?(?:名|人次|家|个|笔|人|次|项|件|处)(?=[^\d，、]{3,})")
_COUNTED = re.compile(
    r"(?:\d+(?:\.\d+)?(?:项|辆|台|套|个|处|家|笔|次|批次|件|宗)[、，]?)+(?:金额|价值|原值|合计|共计)?$"
)
_UNMISTAKABLE = 8
"""A name of so many characters that nobody saw printed as an item yet is still taken for it."""
_PUNCTUATION = " ，、；。:"
_YEAR = re.compile(r"^\d{4}年(?:度)?(?!\d)")
_SHORTEST, _LONGEST = 2, 40
_SAYS_SOMETHING = re.compile(r"[一-鿿]")
_POINTS_BACK = re.compile(r"^(?:故|所以)?(?:该|此)(?:项)?(?:指标)?$")
_PROJECT = re.compile(r"^(.*?)项目(?:绩效|总体|$)")
_GENERAL = re.compile(r"^(?:根据|经|综上|通过|结合|从|由于|目标|资金)|绩效目标完成|良好$|合规$")
_PER = re.compile(r"^/?[人户村个月年]*的?")
_NOUN_AFTER = re.compile(r"[一-鿿]{2,8}")
_TARGETS_MET = re.compile(r"(?:目标|任务|指标|工作)(?:实际)?完成率")
_LEFT_OF_PROJECT = {"结转": "project_carried_over", "结余": "project_surplus"}
_DEPENDENT = re.compile(r"^(?:每.{0,6}|在.*|合同总价|共需|共)$")


def phrase(words: str) -> str:
    """The name in the words before a figure: without leads, fillers, stages, and counts at its beginning or end."""
    text = _COUNTED.sub("", _YEAR.sub("", words.strip(_PUNCTUATION)))
    while (shorter := _tail().sub("", _lead().sub("", text))) != text:
        text = shorter.strip(_PUNCTUATION)
    counted = _COUNT.match(text)
    return text[counted.end() :] if counted and len(text) - counted.end() >= 4 else text


def told_topic(words: str, before: str, after: str, context: Context, staged: bool, rate: bool) -> Topic | None:
    """The topic that ``words`` name; None where they name nothing.

    ``before`` are the bare words of the clause before (for 每人每月 and the like), ``after`` those that follow the
    figure (发放600元抚恤金); ``rate`` says that the figure is a percentage of its own (覆盖率100%), never a project's
    money.
    """
    name = phrase(words)
    project = plain_word(context.project) if context.project else ""
    name += _name_after(name, after)
    if project and not rate and name.rpartition(project)[2] in sentences().project_words:
        return project_topic(project, name)
    if project and not rate and name in _LEFT_OF_PROJECT:
        return Topic(((f"project:{project}", _LEFT_OF_PROJECT[name]),), name)
    if _DEPENDENT.match(name) and phrase(before):
        name = phrase(before) + name
    if not _SHORTEST <= len(name) <= _LONGEST or not _SAYS_SOMETHING.search(name):
        return None
    known = lexicon().get(name)
    if known is not None and isinstance(known.meaning, SubjectWords) and not rate:
        return Topic(tuple((measure, measure) for measure in known.meaning.measures), name, known.meaning.fund)
    code = _coded(name, context.year)
    if code:
        return Topic(((code, "expenditure"),), name)
    if staged and name.endswith("项目") and len(name) > 3:
        return project_topic(name.removesuffix("项目"), name)
    return Topic(((f"told:{name}", None),), name)


def completed_topic(words: str, counted: str, context: Context, staged: bool) -> Topic | None:
    """What a completion without a named quantity measures: a project's or the department's budget, else the count."""
    evaluated = context.evaluated.subject if context.evaluated else "overall_performance"
    if _TARGETS_MET.search(words):
        return Topic(((f"told:{phrase(words)}", None),), phrase(words))
    if not staged:
        return told_topic(counted or words, "", "", context, False, True)
    if context.project:
        return project_topic(plain_word(context.project), phrase(words))
    if evaluated.startswith("told:"):
        return Topic(((evaluated, "project_expenditure"),), phrase(words))
    return Topic((("expenditure", "expenditure"),), phrase(words))


def _name_after(name: str, after: str) -> str:
    """The name that follows a figure where the words before it are only a verb or nothing."""
    following = _PER.sub("", after)
    if name and not (name.endswith("发放") or name.endswith("奖励")):
        return ""
    return following if _NOUN_AFTER.fullmatch(following) else ""


def project_topic(name: str, text: str) -> Topic:
    """The topic of a project's money."""
    return Topic(((f"project:{name}", "project_expenditure"),), text or name)


def mark_topic(words: str, before: str, context: Context, marked: Topic | None) -> Topic | None:
    """Whose mark is told: what the words name, what the clause before names, or what the heading is about.

    ``marked`` is whose mark was told last in the sentence (决策指标总分10分，得分9.5分).
    """
    name, bare = phrase(words), phrase(before)
    if any(word in name for word in sentences().overall):
        return Topic((("overall_performance", "score"),), name)
    if name.endswith("指标") and not _POINTS_BACK.search(name):
        return Topic(((f"indicator:{name.removesuffix('指标')}", "score"),), name)
    project = _PROJECT.match(name)
    if project and project[1]:
        return Topic(((f"project:{project[1]}", "score"),), name)
    if name and name not in sentences().project_words:
        return context.evaluated
    if marked and not bare:
        return marked
    if context.evaluated and context.evaluated.subject.startswith("indicator:"):
        return context.evaluated
    is_project = context.project is not None and plain_word(context.project) in bare
    if bare and not is_project and not _POINTS_BACK.search(bare):
        is_money = bare.endswith(sentences().project_endings)
        subject = f"project:{bare.removesuffix('项目')}" if is_money else f"told:{bare}"
        return context.evaluated if _GENERAL.search(bare) else Topic(((subject, "score"),), bare)
    return context.evaluated


def named_in_row(words: str, number: int) -> list[str]:
    """Split the names of a parallel list (甲、乙和丙) into ``number`` names; empty when they are not so many."""
    names = [phrase(name) for name in re.split(r"、|和|及|以及", phrase(words)) if name]
    return names if len(names) == number else []


@cache
def _codes(year: int | None) -> Mapping[str, str | None]:
    """Names of functional and economic codes that stand for one code only, in this year where eras share a name."""
    codes: dict[str, str | None] = {}
    general = [row for row in general_function_codes() if len(_loose(row.name)) >= _UNMISTAKABLE]
    for prefix, rows in (("function", [*function_codes(), *general]), ("dept_economic", economic_codes("dept"))):
        named: dict[str, list[Code]] = {}
        for row in rows:
            named.setdefault(_loose(row.name), []).append(row)
        codes |= {name: _one_of(prefix, same, year) for name, same in named.items() if codes.get(name) is None}
    return codes


def _one_of(prefix: str, rows: Sequence[Code], year: int | None) -> str | None:
    """The code of a name: of the year among several, the section of an item of the same name; None if more are left."""
    of_year = [row for row in rows if year is None or (row.first_year or year) <= year <= (row.last_year or year)]
    codes = sorted({row.code for row in (of_year or rows if len({row.code for row in rows}) > 1 else rows)})
    if len(codes) == 2 and codes[1] == f"{codes[0]}99" and len(codes[1]) == 7:
        codes = codes[:1]
    return f"{prefix}:{codes[0]}" if len(codes) == 1 else None


def _loose(name: str) -> str:
    """A classification name without what sentences add or leave out (财政对…的补助的支出, 对个人和家庭补助支出)."""
    text = re.sub(r"^(?:财政)?对", "", plain_name(name))
    return re.sub(r"的?支出$", "", text).replace("的", "") if len(text) > 4 else text


def _coded(name: str, year: int | None) -> str | None:
    return _codes(year).get(_loose(name)) if lexicon().get(name) is None else None


@cache
def _lead() -> re.Pattern[str]:
    words = sorted(map(plain_word, sentences().leads), key=len, reverse=True)
    return re.compile("^(?:" + "|".join(map(re.escape, words)) + ")")


@cache
def _tail() -> re.Pattern[str]:
    kinds = {"stage", "change", "among", "respectively", "score_name", "completion", "share"}
    words = [word for word, entry in lexicon().items() if entry.kind in kinds]
    words += map(plain_word, sentences().tails)
    words = sorted(words, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")$")
