"""Every rule has a page that says what the catalogue says, and nothing else has one."""

import re

import pytest

from data_quality import pages
from data_quality.catalogue import rules
from data_quality.catalogue.remedies import MOST, remedies, remedy

WRITTEN = pages.pages()


def test_no_page_is_missing_stale_or_left_over() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in pages.FOLDER.glob("*.md")}
    assert there.keys() == WRITTEN.keys(), "run `make docs`"
    assert [name for name, text in WRITTEN.items() if there[name] != text] == [], "run `make docs`"


def test_the_index_lists_every_rule() -> None:
    assert {f"({rule.rule_id}.md)" for rule in rules()} <= set(re.findall(r"\(\S+?\.md\)", WRITTEN[pages.INDEX]))


@pytest.mark.parametrize("heading", ["What must hold", "Why", "Example", "How to fix it", "Related rules"])
def test_every_page_has_every_section(heading: str) -> None:
    assert [name for name, text in WRITTEN.items() if name != pages.INDEX and f"| {heading}\n" not in text] == []


def test_links_between_pages_lead_to_pages() -> None:
    links = {link for text in WRITTEN.values() for link in re.findall(r"\((\S+?\.md)\)", text)}
    assert links <= WRITTEN.keys()


def test_most_rules_have_an_example_and_no_example_is_of_a_rule_that_is_no_more() -> None:
    shown, active = pages.examples(), {rule.rule_id for rule in rules()}
    assert shown.keys() <= active
    assert len(shown) >= 0.9 * len(active), "run `make examples docs`"


def test_a_rule_is_related_to_others_but_not_to_itself() -> None:
    assert [rule.rule_id for rule in rules() if not 0 < len(rule.related) <= MOST] == []
    assert not any(rule.rule_id in rule.related for rule in rules())


def test_a_rules_own_remedy_goes_before_its_familys() -> None:
    assert remedy("PP-Y01", "papers") == remedies().rules["PP-Y01"]
    assert remedy("PP-Y02", "papers") == remedies().families["papers"]
    assert remedy("ZZ-Z01", "a family to come") == remedies().usual
