"""Completeness, dictionaries and slips: every rule holds and breaks when it should, and cries no wolf."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from data_quality.catalogue import rule_patterns, rules
from tests.data_quality.engine import Engine
from tests.data_quality.messages import unreadable
from tests.data_quality.place_cases import ABSTAINING, ALL, EVERY
from tests.data_quality.place_rows import Case, project, text

FAMILIES = ("completeness", "dictionary", "slip")
RULES = [rule for rule in rules() if rule.status == "active" and rule.family in FAMILIES]
PAIRS = [(rule_id, name) for rule_id, cases in ALL.items() for name in cases]


def add(engine: Engine, filing: str, case: Case) -> None:
    known = {"kind": case.kind, "scope": case.scope, "fiscal_year": 2023, "department": case.department}
    engine.add("filing", [{"filing_id": filing, **known}])
    engine.add(
        "document",
        [{"document_id": filing, "filing_id": filing, "format": "text", "status": case.status, "reader": "text"}],
    )
    for number, (table, row) in enumerate(case.rows):
        engine.add(table, [_row(filing, table, number, dict(row))])


def _row(filing: str, table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    if row.get("project_id"):
        row["project_id"] = f"{filing}/{row['project_id']}"
    key = {"form": f"{filing}/{row.get('form_code')}", "project": row.get("project_id")}.get(
        table, f"{filing}/{number}"
    )
    if table == "amount":
        row["form_id"] = f"{filing}/{row['form_code']}"
    return {"filing_id": filing, "document_id": filing, **row, f"{table}_id": key}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(tmp_path_factory.mktemp("places"))
    for rule_id, name in PAIRS:
        add(engine, f"{rule_id}|{name}", ALL[rule_id][name])
    add(engine, "nothing", Case(None, (), department="邻近县档案局"))
    yield engine.build()
    engine.close()


def outcomes(engine: Engine, rule_id: str, filing: str) -> set[str]:
    query = f"SELECT outcome FROM quality.\"check\" WHERE rule_id = '{rule_id}' AND filing_id = '{filing}'"
    return {outcome for (outcome,) in engine.rows(query)}


@pytest.mark.parametrize(("rule_id", "name"), PAIRS, ids=[f"{rule_id}-{name}" for rule_id, name in PAIRS])
def test_a_rule_comes_out_as_its_case_says(judged: Engine, rule_id: str, name: str) -> None:
    found, wanted = outcomes(judged, rule_id, f"{rule_id}|{name}"), ALL[rule_id][name].outcome

    assert (wanted or "not_applicable") in found
    if wanted != "broken":
        assert "broken" not in found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_every_rule_has_its_cases_and_is_not_applicable_to_an_empty_paper(judged: Engine, rule) -> None:
    assert {*EVERY, *(["not_evaluable"] if rule.rule_id in ABSTAINING else [])} <= ALL[rule.rule_id].keys()
    assert outcomes(judged, rule.rule_id, "nothing") == {"not_applicable"}


@pytest.mark.parametrize("pattern", rule_patterns(), ids=lambda pattern: f"{pattern.rule_id}-{pattern.pattern_no}")
def test_each_found_sentence_has_a_cue_without_which_no_pattern_is_tried(pattern) -> None:
    assert pattern.found
    assert pattern.passed
    assert [each for each in pattern.found if not any(cue in "".join(each.split()) for cue in pattern.cues)] == []


def test_a_finding_says_what_was_found_what_was_expected_and_where(judged: Engine) -> None:
    query = "SELECT {} FROM quality.finding WHERE filing_id = 'TX-L10|breaks' AND rule_id = 'TX-L10'"
    ((zh, en, unit, evidence, cause),) = judged.rows(query.format("message_zh, message_en, unit, evidence, cause"))

    for told in ("与2021年度相比", "应为：2022 年。位置：第7行。"):
        assert told in zh
    for told in ("与2021年度相比", "expected: 2022. Where: line 7."):
        assert told in en
    assert "{" not in zh + en
    assert (unit, cause) == ("text", "source")
    assert [(each["kind"], each["id"]) for each in json.loads(evidence)] == [("paragraph", "TX-L10|breaks/0")]


def test_every_message_reads_well(judged: Engine) -> None:
    assert unreadable(judged.rows("SELECT message_zh, message_en FROM quality.finding")) == []


def test_a_finding_about_no_section_is_about_the_paper(judged: Engine) -> None:
    query = (
        "SELECT message_zh, message_en FROM quality.finding WHERE filing_id = 'TX-L42|breaks' AND rule_id = 'TX-L42'"
    )
    ((zh, en),) = judged.rows(query)

    assert zh.startswith("全文：不符合")
    assert en.startswith("The paper: breaks the rule")


def test_without_page_and_line_a_finding_says_which_paragraph(tmp_path) -> None:
    engine = Engine(tmp_path)
    nowhere = {"page_no": None, "line_no": None}
    texts = ("引言。", "支出增加（减少）3万元。")
    add(engine, "f", Case("broken", tuple(("paragraph", {"text": text, **nowhere}) for text in texts)))
    ((zh,),) = engine.build().rows("SELECT message_zh FROM quality.finding WHERE rule_id = 'TX-L02'")
    engine.close()

    assert "位置：第1段。" in zh


def test_an_id_does_not_depend_on_where_a_sentence_stands(tmp_path) -> None:
    ids = []
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        engine = Engine(tmp_path / str(number))
        case = ALL["TX-L02"]["breaks"]
        moved = tuple(("paragraph", {**row, "line_no": number, "section": f"第{number}部分"}) for _, row in case.rows)
        add(engine, "f", Case("broken", (*[("paragraph", {"text": "引言。"})] * number, *moved)))
        ids.append(engine.build().rows("SELECT finding_id FROM quality.finding WHERE rule_id = 'TX-L02'"))
        engine.close()

    assert len(ids[0]) == 1
    assert ids[0] == ids[1]


def _remarks(tmp_path, *rows: tuple[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    engine = Engine(tmp_path)
    add(engine, "f", Case("broken", rows))
    query = "SELECT message_zh, root_id FROM quality.finding WHERE rule_id = 'TX-L03' ORDER BY message_zh"
    found = engine.build().rows(query)
    engine.close()
    return found


REMARK = "对照年度目标，说明完成情况（100字以内）"


def test_a_remark_is_found_in_each_form_at_its_own_line_and_all_are_one_cause(tmp_path) -> None:
    forms = [project(name, line_no=line, result=REMARK) for name, line in (("路灯", 10), ("道路", 30))]
    cells = [
        ("performance_cell", {"fact_id": f"f/{name}", "field": "result", "line_no": line})
        for name, line in (("路灯", 19), ("道路", 39))
    ]
    found = _remarks(tmp_path, *forms, *cells)

    assert sorted(message.split("位置：")[1] for message, _ in found) == ["第19行。", "第39行。"]
    assert len({root for _, root in found}) == 1


def test_remarks_of_one_projects_section_are_one_finding_with_all_lines(tmp_path) -> None:
    sentences = ("围绕符合性、成长性进行绩效分析。", "围绕用途合规性进行绩效分析。")
    lines = [text(words, line_no=7 + n, project_id="路灯") for n, words in enumerate(sentences)]
    ((message, _),) = _remarks(tmp_path, project("路灯"), *lines)
    for told in (*[f"“{each}”" for each in sentences], "第7–8行"):
        assert told in message
