"""A planted slip changes one printed figure and nothing else."""

from dataclasses import replace

import pytest

from tests.samples.strategies import YEAR, filing
from tests.typeset.model import Key, Paper, expected_amounts, expected_claims
from tests.typeset.papers import Frame, compose
from tests.typeset.slips import misprint, mistell, swapped
from tests.typeset.style import Style

TOTAL = Key("expenditure", "expenditure", "all", "final", YEAR)


def _paper() -> Paper:
    return compose(filing(1, "final_accounts"), Style(), "final_accounts", Frame())


@pytest.mark.parametrize(("right", "wrong"), [("1234.56", "2134.56"), ("1.10", "1.01"), ("0.86", "0.68")])
def test_two_digits_change_places(right: str, wrong: str) -> None:
    assert swapped(right) == wrong


def test_equal_digits_cannot_change_places() -> None:
    with pytest.raises(ValueError, match="no digits"):
        swapped("11.1")


def test_a_misprint_changes_one_number_of_one_form() -> None:
    paper, slip = misprint("FA03", TOTAL, "合计 = 各项之和")(_paper())
    before, after = expected_amounts(_paper()), expected_amounts(paper)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.form_code, old.printed, new.printed) for old, new in changed] == [("FA03", slip.right, slip.printed)]
    assert expected_claims(paper) == expected_claims(_paper())
    assert slip.place == "支出决算表，合计，第3列"


def test_a_mistold_figure_changes_one_sentence() -> None:
    paper, slip = mistell("amount", TOTAL, "正文 = 表")(_paper())
    before, after = expected_claims(_paper()), expected_claims(paper)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.printed, new.printed) for old, new in changed] == [(slip.right, slip.printed)]
    assert changed[0][1].value != changed[0][0].value
    assert expected_amounts(paper) == expected_amounts(_paper())
    texts = [(old.text, new.text) for old, new in zip(_paper().prose(), paper.prose(), strict=True) if old != new]
    assert texts == [(old, old.replace(slip.right, slip.printed, 1)) for old, _ in texts]
    assert replace(paper, blocks=()) == replace(_paper(), blocks=())
