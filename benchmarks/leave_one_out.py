"""How much of a paper is understood by a catalogue that was written without it.

For each paper, every declared title, header word and row label that only this paper needs is taken out of the
catalogue, and the paper is read again. A declaration ``(a|b|c)`` counts as three. What was read with its full meaning
before and is not now, is the loss. The same is done for all papers of one publisher together, which is harder: a form
that only one publisher prints is then unknown altogether.

Run with ``python -m benchmarks.leave_one_out [FOLDER]`` (default: ``../shared/disclosures``); ends with 1 above the
budget. A publisher is the region a file's name begins with; files whose name begins with none are each their own.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from pipelines.disclosures import catalogue
from pipelines.disclosures.forms import read_forms
from pipelines.disclosures.paper import recognise_paper
from pipelines.documents.model import Document
from pipelines.documents.reading import UnreadableFileError, read_document

BUDGET = 0.02
"""The share of cells that may be lost when one paper is left out."""

_PARTS = ("forms", "columns", "lines", "words")
_REGION = re.compile(r"[一-鿿]{2,6}?[省市区县]")
Meaning = tuple[Any, ...]


class Loss(msgspec.Struct, frozen=True):
    """What one paper, or all of a publisher, loses: cells with a meaning, those lost, those read otherwise."""

    name: str
    declarations: int
    """How many declarations only this one needs."""
    cells: int
    lost: int
    other: int
    """Of the lost, how many have another meaning now: worse than none."""

    @property
    def share(self) -> float:
        """Lost cells of all."""
        return self.lost / self.cells if self.cells else 0.0


class _Catalogue(msgspec.Struct, frozen=True):
    forms: tuple[catalogue.Form, ...]
    columns: tuple[catalogue.Column, ...]
    lines: tuple[catalogue.Line, ...]
    words: dict[str, list[catalogue.Word]]

    def without(self, patterns: frozenset[str]) -> "_Catalogue":
        """The catalogue less the declarations with these patterns.

        A form that loses every title can still be recognised by its signs; one that has none is not known at all.
        """
        forms = (
            msgspec.structs.replace(form, titles=tuple(t for t in form.titles if t.match not in patterns))
            for form in self.forms
        )
        return _Catalogue(
            tuple(form for form in forms if form.titles or form.signs or form.is_other),
            tuple(column for column in self.columns if column.match not in patterns),
            tuple(line for line in self.lines if line.match not in patterns),
            {first: [w for w in group if re.escape(w.text) not in patterns] for first, group in self.words.items()},
        )


class _Noting:
    """A compiled pattern that notes when it matches."""

    def __init__(self, text: str, note: Callable[[str], None]) -> None:
        self._text, self._note, self._pattern = text, note, re.compile(text)

    def _noted(self, found: re.Match[str] | None) -> re.Match[str] | None:
        if found:
            self._note(self._text.removeprefix("(?:").removesuffix(")$") if self._text.endswith(")$") else self._text)
        return found

    def search(self, text: str) -> re.Match[str] | None:
        """As of a pattern."""
        return self._noted(self._pattern.search(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As of a pattern."""
        return self._noted(self._pattern.fullmatch(text))


def alternatives(text: str) -> list[str]:
    """The alternatives of a pattern that is one group (``(a|b(c|d))`` → ``a``, ``b(c|d)``), else the pattern itself."""
    if not text.startswith("(") or text.startswith("(?"):
        return [text]
    depth, parts, begin = 0, [], 1
    for index, sign in enumerate(text):
        if index and text[index - 1] == "\\":
            continue
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if (sign == "|" and depth == 1) or (depth == 0 and index == len(text) - 1):
            parts.append(text[begin:index])
            begin = index + 1
        elif depth == 0:
            return [text]
    return parts if depth == 0 else [text]


def losses(papers: Sequence[tuple[str, Document]]) -> tuple[list[Loss], list[Loss]]:
    """The loss of each paper, and of each publisher."""
    whole = _split(_Catalogue(catalogue.forms(), catalogue.columns(), catalogue.lines(), catalogue.words()))
    needs: dict[str, set[str]] = {}
    before: dict[str, dict[str, Meaning]] = {}
    for name, document in papers:
        needs[name] = set()
        with _declared(whole, needs[name].add):
            before[name] = _meanings(document)
    documents = dict(papers)

    def of(name: str, left_out: Iterable[str]) -> Loss:
        group = set(left_out)
        others = set().union(*(needs[other] for other in needs if other not in group))
        only = frozenset(set().union(*(needs[each] for each in group)) - others)
        cells = lost = other_meaning = 0
        for each in sorted(group):
            with _declared(whole.without(only)):
                now = _meanings(documents[each])
            changed = [key for key, meaning in before[each].items() if now.get(key) != meaning]
            cells, lost = cells + len(before[each]), lost + len(changed)
            other_meaning += sum(now.get(key) is not None for key in changed)
        return Loss(name, len(only), cells, lost, other_meaning)

    publishers: dict[str, list[str]] = defaultdict(list)
    for name, _ in papers:
        region = _REGION.match(name)
        publishers[region.group() if region else name].append(name)
    return [of(name, [name]) for name, _ in papers], [of(who, names) for who, names in publishers.items()]


def _split(known: _Catalogue) -> _Catalogue:
    replace = msgspec.structs.replace
    return _Catalogue(
        tuple(
            replace(form, titles=tuple(replace(t, match=text) for t in form.titles for text in alternatives(t.match)))
            for form in known.forms
        ),
        tuple(replace(column, match=text) for column in known.columns for text in alternatives(column.match)),
        tuple(replace(line, match=text) for line in known.lines for text in alternatives(line.match)),
        known.words,
    )


@contextmanager
def _declared(known: _Catalogue, note: Callable[[str], None] | None = None) -> Iterator[None]:
    """Read by this catalogue while inside; ``note`` is told the pattern of every match."""
    kept = {name: getattr(catalogue, name) for name in (*_PARTS, "pattern")}
    patterns: dict[str, _Noting] = {}
    try:
        for name in _PARTS:
            setattr(catalogue, name, partial(getattr, known, name))
        if note:
            setattr(  # noqa: B010 - a stand-in for a cached function
                catalogue, "pattern", lambda text: patterns.setdefault(text, _Noting(text, note))
            )
        yield
    finally:
        for name, function in kept.items():
            setattr(catalogue, name, function)


def _meanings(document: Document) -> dict[str, Meaning]:
    """Cell → what it means, for the cells of all forms that have a meaning."""
    _, amounts, _ = read_forms(document, recognise_paper(document))
    return {
        a.amount_id: (a.form_code, a.subject, a.measure, a.fund, a.stage, a.fiscal_year, a.amount_yuan, a.printed)
        for a in amounts
        if a.subject is not None and a.measure is not None
    }


def read_folder(folder: Path) -> list[tuple[str, Document]]:
    """Every file below ``folder`` that can be read, by its name."""
    papers = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            papers.append((path.stem, read_document(path, path.name)))
        except UnreadableFileError as error:
            print(f"not read: {path.name}: {error}", file=sys.stderr)
    return papers


def main() -> int:
    """Print the losses as a table; 1 if the papers together lose more than the budget."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/disclosures")
    by_paper, by_publisher = losses(read_folder(folder))
    for heading, found in (("one paper left out", by_paper), ("one publisher left out", by_publisher)):
        print(f"{heading}: declarations only it needs, cells, lost, of these read otherwise")
        for loss in found:
            print(f"  {loss.declarations:3} {loss.cells:5} {loss.lost:5} {loss.other:5} {loss.share:6.1%}  {loss.name}")
        cells, lost = sum(loss.cells for loss in found), sum(loss.lost for loss in found)
        print(f"  together {lost} of {cells} cells, {lost / cells:.2%}")
    cells, lost = sum(loss.cells for loss in by_paper), sum(loss.lost for loss in by_paper)
    return int(lost > BUDGET * cells)


if __name__ == "__main__":
    sys.exit(main())
