"""Small invented papers for the rules on completeness, dictionaries and slips, each with the outcome it must have."""

from collections.abc import Iterator, Mapping
from typing import Any

from data_quality.catalogue import rule_patterns
from tests.data_quality.bureau_cases import BUREAU_CASES
from tests.data_quality.place_rows import Case, amount, form, indicator, project, text

NOTE = "注：本部门2023年无国有资本经营预算财政拨款，故本表为空表。"
STATE, GENERAL = "state_capital_operating_budget", "general_public_budget"
GOAL = (
    "完成路灯维护120盏，修缮道路5公里，保障居民夜间出行安全，群众对照明状况的满意程度明显提高，故障报修处理及时到位。"
)


def _targets(last: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Five targets of one form, of which four have a unit."""
    yield from (indicator(f"工作{n}", f"{n}次", "次") for n in range(1, 5))
    yield indicator("工作5", last, last[1:] or None)


def _concluded(name: str) -> tuple[str, Mapping[str, Any]]:
    """The score that the report on the project of lights concludes with, of a project called ``name``."""
    return "claim", {
        "project_id": _LIGHTS, "subject": f"project:{name}", "figure": "score", "measure": "score", "value": 96,
        "sentence": f"经综合评价，{name}项目绩效评价得分为96分。", "line_no": 8,
    }  # fmt: skip


def _unchanged(sentence: str, outcome: str | None, **more: Any) -> Case:
    return Case(outcome, (text(sentence),), **more)


def _item(name: str) -> str:
    return f"社会保障和就业（类）行政事业单位养老支出（款）{name}（项）：指其他支出。"


_FULL = form("FA03", "支出决算表", is_empty=False)
_CALLED_EMPTY = form("FA03", "支出决算表", is_empty=False, empty_note="注：本表无数据。")
_ZERO = amount("208", "社会保障和就业支出", amount_yuan=0)
_NONE_OF_OTHER = text("本部门无政府性基金预算支出。")
_BEFORE = amount("208", "合计", fund=STATE, form_code="FA04", stage="prior_final", fiscal_year=2022)
_LIGHTS, _ROADS = "城区路灯维护项目", "乡村道路修缮项目"
_OWN = f"通过评价，认为{_LIGHTS}立项依据充分。"
_HELPED = text("为2635名困难群众发放补贴158万元。")
CASES: dict[str, dict[str, Case]] = {
    "TB-C01": {
        "holds": Case("holds", (form(),)),
        "explained": Case("holds", (_FULL, form(present=False), text("本部门没有国有资本经营预算支出。"))),
        "breaks": Case("broken", (_FULL, form(present=False))),
        "other_words_do_not_explain": Case("broken", (_FULL, form(present=False), _NONE_OF_OTHER)),
        "not_evaluable": Case("not_evaluable", (_FULL, form(present=False)), status="partial"),
        "forms_in_another_file": Case("not_evaluable", (form(present=False),)),
    },
    "TB-C02": {
        "holds": Case("holds", (form(empty_note=NOTE),)),
        "explained": Case("holds", (form(), text("国有资本经营预算财政拨款支出：本部门未安排国有资本经营预算。"))),
        "breaks": Case("broken", (form(),)),
        "not_evaluable": Case("not_evaluable", (form(),), status="partial"),
    },
    "TB-C03": {
        "holds": Case("holds", (_FULL, amount("208", "社会保障和就业支出"))),
        "breaks": Case("broken", (_CALLED_EMPTY, amount("208", "社会保障和就业支出"))),
        "zeros_are_none": Case(None, (_CALLED_EMPTY, _ZERO)),
    },
    "TB-C04": {
        "holds": Case("holds", (form(empty_note=NOTE),)),
        "breaks": Case("broken", (form(empty_note=NOTE), amount("208", "合计", fund=STATE, form_code="FA04"))),
        "zero_elsewhere": Case("holds", (form(), amount("208", "合计", fund=STATE, form_code="FA04", amount_yuan=0))),
        "last_year_elsewhere": Case("holds", (form(), _BEFORE)),
    },
    "TB-C05": {
        "holds": Case("holds", (form(empty_note=NOTE),)),
        "breaks": Case("broken", (form(empty_note="注：本部门无政府性基金预算，故本表为空表。"),)),
        "names_no_budget": Case(None, (form(empty_note="注：本表无数据。"),)),
    },
    "TB-D01": {
        "holds": Case("holds", (amount("2080501", "行政单位离退休"),)),
        "breaks": Case("broken", (amount("2080501", "事业单位离退休"),)),
        "brackets_and_blanks": Case("holds", (amount("2080505", "机关事业单位基本养老保险缴费"),)),
        "a_code_no_list_has": Case(None, (amount("2990101", "从未见过"),)),
    },
    "TB-D02": {
        "holds": Case("holds", (amount("210", "卫生健康支出"),)),
        "breaks": Case("broken", (amount("210", "医疗卫生与计划生育支出"),)),
        "in_its_year": Case("holds", (amount("210", "医疗卫生与计划生育支出", fiscal_year=2017),)),
        "a_name_no_list_has": Case(None, (amount("210", "别的名称"),)),
    },
    "TX-D03": {
        "holds": _unchanged("卫生健康支出（类）12.3万元。", "holds"),
        "breaks": _unchanged("医疗卫生与计划生育支出（类）12.3万元。", "broken"),
        "by_its_amount": _unchanged("5.“文化体育与传媒支出”82.51万元，占0.43%；", "broken"),
        "of_another_year": _unchanged("2017年文化体育与传媒支出82.51万元。", None),
    },
    "TX-D05": {
        "holds": _unchanged(_item("其他行政事业单位养老支出"), "holds"),
        "breaks": _unchanged(_item("其他社会保障和就业支出"), "broken"),
        "a_name_no_list_has": Case(None, (text(_item("其他从未见过的支出")),)),
        "an_item_of_many_sections": Case(None, (text(_item("行政运行")),)),
    },
    "TB-D04": {
        "holds": Case("holds", (amount("208", "a"), amount("20805", "b", row_no=4))),
        "breaks": Case("broken", (amount("208", "a"), amount("20805", "b", row_no=4), amount("21005", "c", row_no=5))),
        "a_layout_without_parents": Case(None, (amount("20805", "b"), amount("21005", "c"))),
    },
    "TX-L10": {
        "holds": _unchanged("支出合计12万元，与2022年度相比减少3万元。", "holds"),
        "breaks": _unchanged("支出合计12万元，与2021年度相比减少3万元。", "broken"),
        "itself": _unchanged("支出合计12万元，比2023年减少3万元。", "broken"),
        "own_budget": _unchanged("“三公”经费支出12万元，与2023年预算基本持平。", "holds"),
        "title_of_a_paper": Case(None, (text("按照《与2019年相比支出管理办法》支出12万元。"),)),
        "no_money": Case(None, (text("空气质量与2015年相比明显改善。"),)),
    },
    "TX-L11": {
        "holds": _unchanged("第二部分 2023年度部门决算情况说明", "holds"),
        "breaks": _unchanged("第二部分 2022年度部门决算情况说明", "broken"),
        "scope": _unchanged("纳入本部门2022年部门汇总预算编制范围的预算单位共一家。", "broken", kind="budget"),
        "title_of_a_paper": Case(None, (text("根据《2022年度部门决算报表》的通知。"),)),
        "the_other_paper": Case(None, (text("2024年部门预算编制说明"),)),
    },
    "TB-L12": {
        "holds": Case("holds", (form(title="2023年支出决算表"),)),
        "breaks": Case("broken", (form(title="2022年支出决算表"),)),
    },
    "TX-L13": {
        "holds": _unchanged("2023年度收入总计12万元，比上年减少3万元。", "holds"),
        "breaks": _unchanged("2022年度收入总计12万元，比上年减少3万元。", "broken"),
        "compared_with_itself": _unchanged("2022年度收、支总计12万元。与2022年度相比减少3万元。", "broken"),
        "both_years": _unchanged("2022年“三公”经费预算4万元，2023年4万元。", "holds"),
        "not_leading": Case(None, (text("按照2022年收入总计12万元测算。"),)),
    },
    "TX-L14": {
        "holds": Case("holds", (project(_LIGHTS), project(_ROADS), text(_OWN, project_id=_LIGHTS))),
        "breaks": Case("broken", (project(_LIGHTS), project(_ROADS), text(_OWN, project_id=_ROADS))),
        "both_are_named": Case(
            "holds",
            (project(_LIGHTS), project(_ROADS), text(f"本项目{_ROADS}与{_LIGHTS}同步通过验收。", project_id=_ROADS)),
        ),
    },
    "TX-L15": {
        "holds": _unchanged("示例县财政局2023年度收入总计12万元。", "holds"),
        "breaks": _unchanged("邻近县档案局2023年度收入总计12万元。", "broken"),
        "of_the_year": _unchanged("邻近县档案局2023年度本年收入12万元。", "broken"),
        "not_its_money": Case(None, (text("会同邻近县档案局2023年开展检查。"),)),
    },
    "TX-L16": {
        "holds": _unchanged("第二部分2023年度单位决算情况说明", "holds", scope="unit"),
        "breaks": _unchanged("第二部分2023年度部门决算情况说明", "broken", scope="unit"),
        "a_sentence_is_no_heading": Case(None, (text("本单位收支纳入2023年度部门决算报表汇总。"),), scope="unit"),
    },
    "TX-L17": {
        "holds": Case("holds", (project(_LIGHTS, goal=GOAL), project(_ROADS, goal=GOAL.replace("120", "80")))),
        "breaks": Case("broken", (project(_LIGHTS, goal=GOAL), project(_ROADS, goal=GOAL))),
        "no_figures": Case(None, (project(_LIGHTS, goal="保障有力" * 20), project(_ROADS, goal="保障有力" * 20))),
    },
    "TX-L40": {
        "holds": _unchanged("共有4个评价项目，评价等级全部为优，评优率100%。", "holds"),
        "breaks": _unchanged("评价项目总数一项，评价等级为优，评优率为95%。", "broken"),
        "some_are_not": _unchanged("共有4个评价项目，评优率75%。", None),
    },
    "TX-L41": {
        "holds": Case("holds", (text("向困难群众2635人发放158万元。"), _HELPED)),
        "breaks": Case("broken", (text("向困难群众2634人发放158万元。"), _HELPED)),
        "told_once": Case(None, (_HELPED,)),
        "other_money": Case(None, (text("向困难群众2634人发放160万元。"), _HELPED)),
    },
    "TX-L42": {
        "holds": _unchanged("3个专项项目分别为路灯维护费，道路修缮资金，河道整治工程。", "holds"),
        "breaks": _unchanged("4个专项项目分别为路灯维护费，道路修缮资金，河道整治工程。", "broken"),
        "no_names": _unchanged("4个专项项目分别为一类，二类，其他三类。", None),
    },
    "TX-L43": {
        "holds": Case("holds", (project(_LIGHTS), _concluded("城区路灯维护"))),
        "breaks": Case("broken", (project(_LIGHTS), _concluded("新材料保险补偿"))),
        "a_variant_of_its_name": Case(None, (project(_LIGHTS), _concluded("路灯与道路维护"))),
    },
    "PF01-L18": {
        "holds": Case("holds", (indicator("发放及时率", "≥95%", "%"),)),
        "breaks": Case("broken", (indicator("发放及时率", "≥95个", "个"),)),
        "number_in_percent": Case("broken", (indicator("培训人数", "100%", "%"),)),
        "number_in_months": Case("broken", (indicator("人社专网社区数", "77个月", "个月"),)),
        "months_in_months": Case("holds", (indicator("补贴发放月数", "12个月", "个月"),)),
        "how_often": Case(None, (indicator("走访频率", "4次", "次"),)),
        "several_things": Case(None, (indicator("服务质量、人数", "100%", "%"),)),
        "not_evaluable": Case("not_evaluable", (indicator("发放及时率", "≥95度", "度"),)),
    },
    "TX-L21": {
        "holds": Case("holds", (text("1.基本支出：指日常支出。"), text("2.项目支出：指专项支出。", line_no=8))),
        "breaks": Case("broken", (text("1.其他支出（项）："), text("2.项目支出：指专项支出。", line_no=8))),
        "other_style": Case("holds", (text("1.主要工作如下："), text("（2）开展培训。", line_no=8))),
        "goes_on_below": Case(
            "holds",
            (text("1.其他支出："), text("指其他支出。", line_no=8), text("2.项目支出：指专项支出。", line_no=9)),
        ),
    },
    "PF01-L22": {
        "holds": Case("holds", tuple(_targets("5个"))),
        "breaks": Case("broken", tuple(_targets("5"))),
        "a_form_without_units": Case(None, tuple(indicator(f"工作{n}", str(n)) for n in range(6))),
    },
    "PF01-L23": {
        "holds": Case("holds", (indicator("满意度", "≥90%", "%", operator="≥"),)),
        "breaks": Case("broken", (indicator("满意度", "≥", operator="≥"),)),
        "a_word": Case(None, (indicator("满意度", "较高"),)),
    },
    "PF01-L24": {
        "holds": Case("holds", (indicator("印刷费", "30万元", "万元"),)),
        "breaks": Case("broken", (indicator("印刷费", "305", "万"),)),
    },
    "PF01-L25": {
        "holds": Case("holds", (indicator("工作人员数量", "2人", "人"), indicator("工作人员数量", "3人", "人"))),
        "breaks": Case("broken", (indicator("工作人员数量", "2人", "人"), indicator("工作人员数量", "2人", "人"))),
        "another_level": Case(
            "holds", (indicator("满意度", "90%", "%"), indicator("满意度", "90%", "%", level1="满意度指标"))
        ),
    },
    "PF01-L26": {
        "holds": Case("holds", (indicator("审批批次", "100"),)),
        "breaks": Case("broken", (indicator("指标 １", "100"),)),
        "a_name_behind": Case("holds", (indicator("指标1审批批次", "100"),)),
    },
}  # fmt: skip


def pattern_cases() -> dict[str, dict[str, Case]]:
    """The declared sentences of every pattern: one that must be found breaks the rule, one to be passed over holds."""
    made: dict[str, dict[str, Case]] = {}
    for pattern in rule_patterns():
        cases = made.setdefault(pattern.rule_id, {"holds": _unchanged("支出合计12.3万元。", "holds")})
        for outcome, sentences in (("broken", pattern.found), ("holds", pattern.passed)):
            for number, sentence in enumerate(sentences, 1):
                cases[f"{outcome}-{pattern.pattern_no}-{number}"] = _unchanged(sentence, outcome)
        cases["breaks"] = _unchanged(pattern.found[0], "broken")
    return made


ALL = CASES | pattern_cases() | {rule_id: dict(cases) for rule_id, cases in BUREAU_CASES.items()}
EVERY = ("holds", "breaks")
"""The cases every rule must have."""
ABSTAINING = frozenset({"TB-C01", "TB-C02", "PF01-L18"})
"""Rules that may find nothing to judge by where their subject is printed."""
