"""Small invented performance forms and reports, each with the outcome a rule must have.

The rules read them from the facts themselves, not from figures handed in.
"""

from collections.abc import Mapping
from typing import Any

from tests.data_quality.place_rows import Case

Row = tuple[str, Mapping[str, Any]]
LIGHTS, ROADS = "城区路灯维护项目", "乡村道路修缮项目"
REPORT = "依据通知要求，对本单位各项目开展绩效自评，认真梳理资料，逐条比对实际工作效果，客观公正分析结果。" * 5
KINDS = (
    "常年项目绩效分析。该类项目总数2个，涉及预算总金额{}万元，1—12月预算执行总体进度为{}%，"
    "其中：预算结余率大于10%的项目共计{}个。"
)
ALL_OR_NONE = "按时反馈报告的，得满分，否则不得分。"


def form(name: str = LIGHTS, **more: Any) -> Row:
    """A self-evaluation form, 95 points, excellent, unless said otherwise."""
    return "project", {
        "project_id": name, "project": name, "form_code": "PF01", "form_title": "自评表", "table_no": 1, "score": 95,
        "grade": "优", "line_no": 50, **more,
    }  # fmt: skip


def money(stage: str, wan: float, source: str | None = None, name: str = LIGHTS) -> Row:
    """An amount of a form in 万元, to its second place."""
    return "project_amount", {
        "project_id": name, "stage": stage, "source": source, "amount_yuan": round(wan * 10_000), "quantum_yuan": 100,
        "printed": f"{wan:.2f}", "unit": "万元", "line_no": 51,
    }  # fmt: skip


def row(level: str, name: str | None, project: str | None = LIGHTS, line: int | None = 60, **more: Any) -> Row:
    """A row of indicators; its first level says where it stands."""
    first, _, second = level.partition("/")
    return "indicator", {
        "project_id": project, "table_no": 1, "row_kind": "indicator", "level1": first, "level2": second or first,
        "level3": name, "line_no": line, **more,
    }  # fmt: skip


def words(text: str, line: int = 10, **more: Any) -> Row:
    """A paragraph before the forms."""
    return "paragraph", {"text": text, "line_no": line, **more}


def claim(figure: str, printed: float, **more: Any) -> Row:
    """A figure told of the project in 万元 (or points), to its second place."""
    is_money = figure in ("amount", "change")
    return "claim", {
        "subject": f"project:{LIGHTS}", "figure": figure, "measure": "project_expenditure" if is_money else "score",
        "value": printed, "unit": "万元" if is_money else "分",
        "value_yuan": round(printed * 10_000) if is_money else None, "quantum_yuan": 100 if is_money else None,
        "sentence": "所述", "line_no": 10, **more,
    }  # fmt: skip


def _spent(*rows: Row, budget: float = 20, executed: float = 10) -> tuple[Row, ...]:
    return form(), money("adjusted_budget", budget), money("final", executed), *rows


def _rate(actual: str, name: str | None = "按规定拨付使用资金", **more: Any) -> tuple[Row, ...]:
    head = form(execution_rate_printed="50.00%")
    return head, row("产出指标", "数量"), row("预算执行率", name, actual=actual, weight=10, score=10, **more)


def _sources(adjusted: float, *more: Row) -> tuple[Row, ...]:
    whole = [money(stage, 20) for stage in ("initial_budget", "adjusted_budget", "final")]
    told = [("initial_budget", 20.0), ("adjusted_budget", adjusted), ("final", 20.0)]
    return form(), *whole, *(money(stage, wan, "财政拨款") for stage, wan in told), *more


def _scores(first: int) -> tuple[Row, ...]:
    rows = [("数量", first, str(first)), ("质量", 30, "30"), ("时效", None, "优")]
    return form(score=90), *(row("产出指标", name, score=score, score_text=text) for name, score, text in rows)


def _cost(actual: str, target: int = 20, unit: str | None = "万元", name: str = "项目费用") -> tuple[Row, ...]:
    return _spent(
        row("产出指标/成本指标", name, target=f"≤{target}", target_value=target, target_unit=unit, actual=actual)
    )


def _shared(second: str) -> tuple[Row, ...]:
    parts = [("缴费补贴", 15, "6万元"), ("其他补贴", 5, second)]
    return _spent(*(
        row("产出指标/数量指标", name, target_value=target, target_unit="万元", actual=actual)
        for name, target, actual in parts
    ))  # fmt: skip


def _target(level: str, target: int, name: str = "印刷费") -> tuple[Row, ...]:
    return _spent(row(level, name, target_value=target, target_unit="万元"))


def _criteria(text: str, score: int = 4, **more: Any) -> tuple[Row, ...]:
    return (row("结果应用", "应用反馈", None, weight=4, score=score, criteria=text, **more),)


def _untouched(executed: float, completion: str = "100%") -> tuple[Row, ...]:
    return form(completion_printed=completion), money("adjusted_budget", 20), money("final", executed)


def _two_reports(told: str, *more: Row, second: str = "优") -> tuple[Row, ...]:
    """The report of another body with one form, then one that introduces two forms."""
    first = [words(REPORT, 10), form("审计项目", line_no=50)]
    forms = [form(LIGHTS, line_no=150), form(ROADS, line_no=160, grade=second)]
    amounts = [money("adjusted_budget", 30, name=name) for name in (LIGHTS, ROADS)]
    spent = [money("final", 20, name=name) for name in (LIGHTS, ROADS)]
    return *first, words(REPORT, 100), words(told, 101), *forms, *amounts, *spent, *more


def _money_told(wan: float, **more: Any) -> tuple[Row, ...]:
    told = claim("amount", wan, subject="project_expenditure", paragraph_id="2", **more)
    return _two_reports("共安排专项项目预算2个，涉及金额若干。", told)


def _single(score: int, sentence: str = "自评总分。") -> tuple[Row, ...]:
    told = claim("score", score, subject="overall_performance", sentence=sentence, paragraph_id="1")
    first = [words(REPORT, 10), form("审计项目", line_no=50)]
    return *first, words(REPORT, 100), form(line_no=150), told


def _told(figure: str, printed: float, **more: Any) -> tuple[Row, ...]:
    amounts = (money("initial_budget", 9), money("adjusted_budget", 20), money("final", 15))
    return form(), *amounts, claim(figure, printed, **more)


def _only_budget(
    wan: float, subject: str = f"told:{LIGHTS}资金", sentence: str = "资金预算共计若干。"
) -> tuple[Row, ...]:
    told = claim("amount", wan, subject=subject, measure=None, stage="initial_budget", sentence=sentence)
    return *_spent(), told


def _evaluated(score: int) -> tuple[Row, ...]:
    own = {"project_id": LIGHTS, "subject": "project:路灯维修维护"}
    return (
        form(), claim("amount", 5, **own), claim("score", 96, **own, sentence="经综合评价得分为96分"),
        claim("score", score, subject="project:路灯维修维护", sentence="路灯维修维护绩效评价得分"),
    )  # fmt: skip


def _result(text: str) -> tuple[Row, ...]:
    return form(result=text), money("adjusted_budget", 20), money("final", 10)


def _portfolio(*, budget: int = 40, progress: int = 75, unspent: int = 1, told: float = 18) -> tuple[Row, ...]:
    """Two forms, 9 + 9 at first, 20 + 20 then, of which 20 + 10 were executed; and what is told of both."""
    amounts = [
        money(stage, wan, name=name)
        for name, executed in ((LIGHTS, 20), (ROADS, 10))
        for stage, wan in (("initial_budget", 9), ("adjusted_budget", 20), ("final", executed))
    ]
    all_of_them = claim("amount", told, subject="project_expenditure", stage="initial_budget", paragraph_id="1")
    kinds = words(KINDS.format(budget, progress, unspent))
    return kinds, words("项目资金年初预算若干。", 11), form(), form(ROADS), *amounts, all_of_them


def _systems(*, more: bool = False, weight: int = 10, lines: bool = True) -> tuple[Row, ...]:
    """An index system of ten indicators and the score table that repeats it; a Word file has no ``lines``."""
    rows = []
    for table, line in ((1, 60), (2, 160)):
        for number in range(10):
            given = weight if (table, number) == (2, 0) else 20 - weight if (table, number) == (2, 1) else 10
            split = more and (table, number) == (2, 9)
            common = {"project": None, "line": line + number if lines else None, "table_no": table}
            rows.append(row("产出", f"第{number}项指标", weight=5 if split else given, **common))
            if split:
                rows.append(row("产出", "另一项指标", weight=5, **common))
    return tuple(rows)


def _quantity(text: str, unit: str = "台") -> tuple[Row, ...]:
    indicator = row("产出指标/数量指标", "打印机", target_value=116, target="116台", target_unit=unit, actual="110台")
    return form(), indicator, words(text, project_id=LIGHTS)


def _case(outcome: str | None, rows: tuple[Row, ...]) -> Case:
    return Case(outcome, rows, kind="self_evaluation")


_PAIRS: dict[str, dict[str, tuple[str | None, tuple[Row, ...]]]] = {
    "PF01-P34": {
        "the_only_row_holds": ("holds", _rate("50%")),
        "the_only_row_breaks": ("broken", _rate("100%")),
        "money_received": (None, _rate("100%", "资金到位率")),
    },
    "PF01-P35": {
        "holds": ("holds", _sources(20)),
        "breaks": ("broken", _sources(15)),
        "another_source": ("holds", _sources(15, money("adjusted_budget", 5, "其他资金"))),
    },
    "PF01-P36": {"holds": ("holds", _scores(30)), "breaks": ("broken", _scores(80))},
    "PF01-P37": {
        "holds": ("holds", _cost("10万元")),
        "breaks": ("broken", _cost("20万元")),
        "in_another_unit": ("holds", _cost("100000", 200_000, "元")),
        "unit_behind_the_name": ("broken", _cost("110000", 200_000, None, "项目费用（元）")),
        "unit_of_the_form": ("broken", _cost("20", unit=None)),
        "part_of_the_budget": (None, _cost("9万元", 12)),
        "a_rate": (None, _cost("20万元", name="费用控制率")),
    },
    "PF01-P38": {"holds": ("holds", _shared("4万元")), "breaks": ("broken", _shared("5.5万元")),
                 "not_told": (None, _shared("已发放"))},
    "PF01-P39": {
        "holds": ("holds", _target("成本指标/经济成本指标", 20)),
        "breaks": ("broken", _target("成本指标/经济成本指标", 305)),
        "cost_to_others": (None, _target("成本指标/社会成本指标", 305)),
        "of_several_years": (None, _target("成本指标/经济成本指标", 305, "工程总投资")),
    },
    "PF01-P40": {
        "holds": ("holds", _criteria(ALL_OR_NONE)),
        "none": ("holds", _criteria(ALL_OR_NONE, 0)),
        "breaks": ("broken", _criteria(ALL_OR_NONE, 3)),
        "by_degrees": (None, _criteria("按时反馈的，得满分，否则不得分，迟报酌情扣分。", 3)),
    },
    "PF01-P41": {
        "holds": ("holds", _criteria("①合规，得2分；②完整，得2分。")),
        "breaks": ("broken", _criteria("变动率≤0，计5分；每超一个百分点扣0.5分。")),
    },
    "PF01-P42": {
        "holds": ("holds", _untouched(0, "0%")),
        "breaks": ("broken", _untouched(0)),
        "spent": (None, _untouched(1)),
    },
    "PF01-P43": {
        "holds": ("holds", _two_reports("本处一共有2个评价项目。")),
        "all_forms": ("holds", _two_reports("全局一共有3个评价项目。")),
        "in_words": ("holds", _two_reports("评价项目总数两项。")),
        "breaks": ("broken", _two_reports("本处一共有5个评价项目。")),
        "a_single_report": (None, (words(REPORT), words("一共有5个评价项目。"), form())),
    },
    "PF01-P44": {
        "holds": ("holds", _two_reports("自评等级为优的共2项。")),
        "breaks": ("broken", _two_reports("自评等级为优的共2项。", second="良")),
    },
    "PF01-P45": {
        "holds": ("holds", _money_told(60)),
        "spending_holds": ("holds", _money_told(41, stage="final")),
        "breaks": ("broken", _money_told(50)),
        "spending_breaks": ("broken", _money_told(39, stage="final")),
    },
    "PF01-P20": {
        "of_the_only_form_holds": ("holds", _single(95)),
        "of_the_only_form_breaks": ("broken", _single(90)),
        "of_the_whole_department": (None, _single(90, "部门整体支出自评总分。")),
    },
    "PF01-P46": {
        "holds": ("holds", _told("amount", 9, stage="initial_budget", sentence="年初预算安排9万元")),
        "breaks": ("broken", _told("amount", 20, stage="initial_budget", sentence="年初预算安排20万元")),
        "some_budget": (None, _told("amount", 20, stage="initial_budget", sentence="预算安排20万元")),
    },
    "PF01-P47": {
        "holds": ("holds", _told("change", 11, stage="adjusted_budget", direction="increase")),
        "breaks": ("broken", _told("change", 6, stage="adjusted_budget", direction="increase")),
        "a_cut": ("broken", _told("change", -11, stage="adjusted_budget", direction="decrease")),
    },
    "PF01-P48": {"holds": ("holds", _evaluated(96)), "breaks": ("broken", _evaluated(100))},
    "PF01-P49": {
        "holds": ("holds", _result("按时完成，2023年共支出维护费10.00万元。")),
        "in_yuan": ("holds", _result("按时完成，实际支出100000元。")),
        "breaks": ("broken", _result("按时完成，2023年共支出2.96万元。")),
        "in_parts": (None, _result("其中人工共支出4万元，材料支出6万元。")),
    },
    "PF01-P50": {
        "holds": ("holds", _only_budget(20)),
        "breaks": ("broken", _only_budget(30)),
        "of_other_money": (None, _only_budget(30, "told:城区路灯维护项目上级资金")),
        "not_of_the_whole": (None, _only_budget(30, sentence="预算安排30万元。")),
    },
    "PF01-P51": {"holds": ("holds", _portfolio()), "breaks": ("broken", _portfolio(unspent=0))},
    "PF01-P52": {"holds": ("holds", _portfolio()), "breaks": ("broken", _portfolio(progress=100))},
    "PF01-P53": {"holds": ("holds", _portfolio()), "breaks": ("broken", _portfolio(told=19))},
    "PF01-P54": {
        "holds": ("holds", _systems()),
        "breaks": ("broken", _systems(more=True)),
        "in_a_word_file_breaks": ("broken", _systems(more=True, lines=False)),
    },
    "PF01-P55": {
        "holds": ("holds", _systems()),
        "breaks": ("broken", _systems(weight=12)),
        "in_a_word_file_breaks": ("broken", _systems(weight=12, lines=False)),
    },
    "PF01-P56": {
        "holds": ("holds", _quantity("购买打印机116台。")),
        "what_was_reached": ("holds", _quantity("购买打印机110台。")),
        "breaks": ("broken", _quantity("购买打印机160台。")),
        "in_another_unit": (None, _quantity("购买打印机3批。")),
    },
}  # fmt: skip
CASES = {rule_id: {name: _case(*pair) for name, pair in cases.items()} for rule_id, cases in _PAIRS.items()}
