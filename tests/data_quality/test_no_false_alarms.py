"""What makes a checker cry wolf, one by one: each is read and judged as a paper, and none is called broken.

Papers are clean ones of invented departments with the trap set into them. Does not belong here: layouts of single forms
(``test_layouts``).
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.disclosures.facts import Facts
from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_data
from tests.data_quality.papers import judge_facts
from tests.planting.clean import clean_paper, department, style_of
from tests.planting.errors import ERRORS
from tests.planting.model import replaced
from tests.typeset.editions import filing_of
from tests.typeset.model import Paper, Prose
from tests.typeset.papers import Frame, compose
from tests.typeset.text import set_text

SHANDONG, SHANGHAI, JIANGSU = 3, 4, 5
"""Numbers of departments by the layout of their budgets."""
FINDINGS = "SELECT rule_id, message_zh FROM quality.finding ORDER BY ALL"


def _facts(paper: Paper) -> Facts:
    return understand(read_data(set_text(paper), "2023年度.txt"))


def _final(number: int = SHANDONG) -> Paper:
    content = clean_paper(number, "final_accounts").content
    assert isinstance(content, Paper)
    return content


def _budget(number: int) -> Paper:
    content = clean_paper(number, "budget").content
    assert isinstance(content, Paper)
    return content


def _with(paper: Paper, *told: str) -> Paper:
    """The paper with more paragraphs behind its last comparison."""
    at = max(n for n, block in enumerate(paper.blocks) if isinstance(block, Prose) and "2023年度" in block.text)
    return replace(paper, blocks=(*paper.blocks[: at + 1], *map(Prose, told), *paper.blocks[at + 1 :]))


def _broken(folder: Path, facts: Facts) -> list[tuple[str, str]]:
    engine = judge_facts(folder, facts)
    try:
        assert engine.rows("SELECT count(*) > 100 FROM quality.\"check\" WHERE outcome = 'holds'") == [(True,)]
        return [(rule, message) for rule, message in engine.rows(FINDINGS)]
    finally:
        engine.close()


def test_codes_line_numbers_years_and_document_numbers_are_no_amounts(tmp_path: Path) -> None:
    told = (
        "根据《关于批复2023年部门预算的通知》（青财预〔2023〕15号）和第2080501项科目，按表1第12行填列，电话12345678。"
    )
    facts = _facts(_with(_final(), told))
    printed = {amount.printed for amount in facts.amounts}

    assert not printed & {"2080501", "208", "2023", "15", "12345678"}
    assert [claim for claim in facts.claims if "青财预" in claim.sentence] == []
    assert _broken(tmp_path, facts) == []


def test_an_adjusted_budget_is_not_held_against_the_final_account_or_the_initial_budget(tmp_path: Path) -> None:
    facts = _facts(_with(_final(), "2023年度一般公共预算财政拨款支出调整预算为99999.00万元。"))
    adjusted = [claim for claim in facts.claims if claim.value == Decimal("99999.00")]

    assert [claim.stage for claim in adjusted] == ["adjusted_budget"]
    assert not any("99999" in message for _, message in _broken(tmp_path, facts))


@pytest.mark.parametrize("number", [SHANDONG, SHANGHAI, JIANGSU])
def test_no_provinces_forms_are_demanded_of_another(number: int, tmp_path: Path) -> None:
    facts = _facts(_budget(number))
    assert {form.form_code for form in facts.forms if form.present} >= {"BG01", "BG02", "BG03"}
    assert _broken(tmp_path, facts) == []


def test_quotation_marks_and_sentences_that_a_line_wrap_breaks_are_whole(tmp_path: Path) -> None:
    wrapped = "2023年度，本部门认真落实“过紧日子\n”的要求，从严控制“三公\n”经费，主要原因是\n厉行节约，压减一般性支出。"
    assert _broken(tmp_path, _facts(_with(_final(), wrapped))) == []


CHART = ("收入决算结构图", "1,000.00 2,000.00 3,000.00", "0 500 1,000 1,500", "图1 2021—2023年支出变化（单位：万元）")


def test_labels_and_axes_of_charts_are_no_figures_of_anything(tmp_path: Path) -> None:
    facts = _facts(_with(_final(), *CHART))
    assert not {claim.value for claim in facts.claims} & {Decimal(500), Decimal(1500), Decimal(2000), Decimal(3000)}
    assert _broken(tmp_path, facts) == []


def test_an_amount_of_one_sentence_is_not_the_next_ones(tmp_path: Path) -> None:
    told = "其中，购置设备88888.00万元。公务接待费主要用于接待来访人员。会议费按规定执行。"
    facts = _facts(_with(_final(), told))
    named = {claim.subject for claim in facts.claims if claim.value == Decimal("88888.00")}

    assert not named & {"official_reception", "meetings", "three_public"}
    assert not any("公务接待" in message or "会议费" in message for _, message in _broken(tmp_path, facts))


def test_continuation_pages_are_judged_with_the_form_they_go_on_with(tmp_path: Path) -> None:
    style = replace(style_of(SHANDONG, "final_accounts"), rows_per_page=9, repeat_header=False)
    filing = filing_of(department(SHANDONG), 2023, "final_accounts")
    facts = _facts(compose(filing, style, "final_accounts", Frame()))

    assert len(facts.forms) == 9
    assert _broken(tmp_path, facts) == []


def test_what_does_not_apply_is_not_reported_as_missing(tmp_path: Path) -> None:
    engine = judge_facts(tmp_path, _facts(_budget(JIANGSU)))
    quiet = engine.rows("SELECT count(DISTINCT rule_id) FROM quality.\"check\" WHERE outcome = 'not_applicable'")

    assert quiet[0][0] > 50
    assert engine.rows(FINDINGS) == []
    engine.close()


def test_one_wrong_total_is_one_cause_under_however_many_rules(tmp_path: Path) -> None:
    found = ERRORS["wrong total"](_final(), random.Random(5))
    assert found is not None
    engine = judge_facts(tmp_path, _facts(found[0]))
    causes = engine.rows("SELECT count(*), count(DISTINCT root_id), count(*) - count(root_id) FROM quality.finding")

    assert causes[0][0] > 1
    assert causes[0][1:] == (1, 0)
    engine.close()


def _wider(paper: Paper) -> Paper:
    """The paper with targets for more money than its projects: funds of others may be counted in."""
    told = next(prose for prose in paper.prose() if prose.text.startswith("编报绩效目标"))
    return replaced(paper, told, Prose(re.sub(r"涉及项目支出预算[\d.,]+", "涉及预算资金77777.00", told.text)))


SMALL: dict[str, Callable[[], Paper]] = {
    "rounding": lambda: _final(SHANGHAI),
    "wider scope of performance": lambda: _wider(_budget(SHANDONG)),
}


@pytest.mark.parametrize("name", SMALL)
def test_rounding_and_a_wider_scope_of_performance_targets_are_no_errors(name: str, tmp_path: Path) -> None:
    said = [message for _, message in _broken(tmp_path, _facts(SMALL[name]()))]
    assert [message for message in said if "77777" in message] == []
    assert name != "rounding" or said == []
