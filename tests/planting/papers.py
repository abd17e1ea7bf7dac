"""Papers with one error each, every kind in turn: what a measure of recall is taken on."""

import random
from collections.abc import Iterator
from dataclasses import replace

from tests.planting import errors, errors_between_papers, errors_in_evaluations, errors_in_portraits, errors_in_words
from tests.planting.clean import Clean, clean_paper
from tests.planting.evaluations import Evaluation
from tests.planting.model import Plant, Planted
from tests.typeset.model import Paper

FIRST = 1_000
"""The number of the first department with an error; those before have clean papers."""
IN_EVALUATIONS = errors_in_evaluations.ERRORS | errors_in_portraits.ERRORS
KINDS = (*errors.ERRORS, *errors_in_words.ERRORS, *IN_EVALUATIONS, *errors_between_papers.ERRORS)
_TRIES = 12


def planted_papers(each: int) -> Iterator[Planted]:
    """``each`` papers for every kind of error; fewer where papers have no place for it."""
    numbers = iter(range(FIRST, FIRST + len(KINDS) * each * _TRIES))
    for kind in KINDS:
        made = 0
        for _ in range(each * _TRIES):
            number = next(numbers)
            found = _planted(kind, number)
            if found is not None:
                made += 1
                yield replace(found, error=kind)
            if made == each:
                break


def _planted(kind: str, number: int) -> Planted | None:
    pick = random.Random(number)
    if kind in errors_between_papers.ERRORS:
        return errors_between_papers.ERRORS[kind](number, pick)
    if kind in IN_EVALUATIONS:
        return _in_evaluation(kind, number, pick)
    plants = errors.ERRORS | errors_in_words.ERRORS
    return _in_paper(plants[kind], clean_paper(number, ("final_accounts", "budget")[number % 2]), pick)


def _in_paper(plant: Plant, clean: Clean, pick: random.Random) -> Planted | None:
    assert isinstance(clean.content, Paper)
    found = plant(clean.content, pick)
    return Planted("", replace(clean, content=found[0]), found[1]) if found else None


def _in_evaluation(kind: str, number: int, pick: random.Random) -> Planted | None:
    clean = clean_paper(number, "self_evaluation")
    assert isinstance(clean.content, Evaluation)
    found = IN_EVALUATIONS[kind](clean.content, pick)
    return Planted("", replace(clean, content=found[0]), found[1]) if found else None
