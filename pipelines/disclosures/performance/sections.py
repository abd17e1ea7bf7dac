"""Which project a passage is about: the one its heading names.

Belongs here: comparing headings with the names of projects. Does not belong here: finding headings (``words``).
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from pipelines.disclosures.catalogue import pattern
from pipelines.disclosures.facts import ParagraphFact, ProjectFact
from pipelines.disclosures.performance.words import plain, words
from pipelines.disclosures.printed import narrow

_LONGEST_TITLE = 45
_SENTENCE = re.compile(r"[。;；,，:：]$")
_BRACKETS = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(19|20)\d\d年?度?")
_SHORTEST_PART = 5
"""How long a name must be to be recognised inside a longer heading, or the other way round."""
_HALF = 0.5
_MOST = 0.75
"""How much of the longer name the shorter must be, where it stands within, and where characters are left out."""
_FORMS = ("PF01", "PF02", "PF04", "PF03")
"""Whose row stands for a project that several forms report."""


def project_of_section(section: str | None, projects: Sequence[ProjectFact]) -> str | None:
    """The ``project_id`` of the project that the deepest of the headings (joined by `` / ``) names, or None.

    The evaluation of something else that stands below (``劳动处绩效评价``) is not about the project above it.
    """
    for heading in reversed((section or "").split(" / ")):
        project_id = _named(heading, projects)
        if project_id or _is_other_evaluation(heading):
            return project_id
    return None


def with_projects(paragraphs: Iterable[ParagraphFact], projects: Sequence[ProjectFact]) -> tuple[ParagraphFact, ...]:
    """The paragraphs with the project each is about.

    A report may name its project in a line below its title (``（人才发展资金）``): such a line without number, which is
    no heading of its own, holds for what follows under the same headings.
    """
    placed: list[ParagraphFact] = []
    below: tuple[str, str] | None = None
    for paragraph in paragraphs:
        section = paragraph.section or ""
        if below and not f"{section} / ".startswith(f"{below[0]} / "):
            below = None
        named = _named(paragraph.text, projects) if _is_title(paragraph.text) else None
        if named and plain(paragraph.text) == narrow(paragraph.text):
            below = (section, named)
        project_id = named or project_of_section(section, projects) or (below[1] if below else None)
        placed.append(msgspec.structs.replace(paragraph, project_id=project_id) if project_id else paragraph)
    return tuple(placed)


def _is_title(text: str) -> bool:
    line = narrow(text)
    return len(line) <= _LONGEST_TITLE and not _SENTENCE.search(line)


def _is_other_evaluation(heading: str) -> bool:
    bare = plain(heading)
    return bool(_core(heading)) and pattern(f".+{words().evaluation}").fullmatch(bare) is not None


def _named(heading: str, projects: Sequence[ProjectFact]) -> str | None:
    """The project a heading names: of the same name, else one within the other, else with a few characters left out."""
    words_of = _core(heading)
    if len(words_of) < 3:
        return None
    scored = [
        (score, -_FORMS.index(project.form_code), -order, project.project_id)
        for order, project in enumerate(projects)
        if project.project and (score := _likeness(words_of, _core(project.project), heading, project.project))
    ]
    return max(scored)[3] if scored else None


def _likeness(heading: str, name: str, printed_heading: str, printed_name: str) -> float:
    if _qualifiers(printed_heading) and _qualifiers(printed_name) - _qualifiers(printed_heading):
        return 0
    if heading == name:
        return 2 + (_qualifiers(printed_heading) == _qualifiers(printed_name))
    shorter, longer = sorted((heading, name), key=len)
    share = len(shorter) / len(longer)
    if len(shorter) < _SHORTEST_PART:
        return 0
    if shorter in longer:
        return 1 + share / 2 if share >= _HALF else 0
    return share if share >= _MOST and _is_subsequence(shorter, longer) else 0


def _is_subsequence(shorter: str, longer: str) -> bool:
    """Whether only characters were left out: 系统维护费 of 系统维修维护费, but not 居民… of 机关…."""
    rest = iter(longer)
    return all(character in rest for character in shorter)


def _core(text: str) -> str:
    """A heading or name without ordinal, year, quotes, brackets and the words every report's title has."""
    bare = plain(text)
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1 else bare
    bare = _YEAR.sub("", _BRACKETS.sub("", bare)).replace('"', "")
    return pattern(f"(?:{words().heading_words})$").sub("", bare)


def _qualifiers(text: str) -> frozenset[str]:
    """What a name says in brackets, years and kinds of money left out."""
    found = (bracket[1:-1] for bracket in _BRACKETS.findall(narrow(text)))
    return frozenset(word for word in found if not _YEAR.search(word) and "专项" not in word)
