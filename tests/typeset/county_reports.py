"""The invented projects and indicators that the county department's reports on performance are about."""

import random
from dataclasses import replace
from decimal import Decimal

from tests.typeset.evaluated import CENT, Evaluated, Goal
from tests.typeset.index_systems import Mark
from tests.typeset.model import project_subject
from tests.typeset.sheet import Filing

YUAN = Decimal(10_000)


def project_of(filing: Filing, name: str, number: int) -> Evaluated:
    """One project of final accounts as its self-evaluation sees it: budget and execution are those of the accounts."""
    dice = random.Random(f"{filing.year}-{name}")
    subject = project_subject(name)
    initial, executed = (
        ((filing.amounts.get(filing.key(subject, "project_expenditure", "all", stage)) or Decimal(0)) / YUAN).quantize(
            CENT
        )
        for stage in ("initial_budget", "final")
    )
    adjusted = executed if number == 0 else max(executed, (executed * dice.randrange(102, 115) / 100).quantize(CENT))
    people = dice.randrange(300, 4_000)
    return Evaluated(
        name,
        filing.department,
        initial,
        adjusted,
        executed,
        goal=f"{filing.year}年完成{name}的全部任务，服务群众{people}人以上，按计划验收并投入使用，使居民就近享受到公共文化服务，满意度保持在90%以上。",
        result=f"{name}已按计划完成，{filing.year}年共支出{executed}万元，服务群众{people}人，设施运行正常，居民反映良好，没有发生安全事故。",
        goals=_goals(dice, people, adjusted, executed, number),
        other="0.00" if number % 2 else "",
    )


def _goals(dice: random.Random, people: int, budget: Decimal, executed: Decimal, number: int) -> tuple[Goal, ...]:
    satisfied = dice.randrange(91, 99)
    part = (budget / 3).quantize(CENT)
    paid = (executed / 3).quantize(CENT)
    costs = (
        (Goal("产出指标", "成本指标", "项目费用", f"≤{budget}万元", f"{executed}万元", 10, "10"),)
        if number % 2
        else (
            Goal("产出指标", "成本指标", "设备费", f"≤{part}万元", f"{paid}万元", 5, "5"),
            Goal("产出指标", "成本指标", "服务费", f"≤{budget - part}万元", f"{executed - paid}万元", 5, "5"),
        )
    )
    return (
        Goal("产出指标", "数量指标", "服务群众人数", f"≥{people}人", f"{people}人", 20, "20"),
        Goal("产出指标", "质量指标", "验收合格率", "≥95%", "98%", 10, "10"),
        Goal("产出指标", "时效指标", "按时完成率", "=100%", "100%", 10, "10"),
        *costs,
        Goal(
            "效益指标", "社会效益指标", "居民参与率", "≥80%", *(("40%", 20, "8") if number == 2 else ("76%", 20, "19"))
        ),
        Goal("效益指标", "可持续影响指标", "设施完好率", "≥90%", "93%", 10, "10"),
        Goal("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", f"{satisfied}%", 10, "10"),
    )


WHOLE = (
    "设综合办公室、群众文化科、艺术辅导科、场馆管理科、财务审计科、志愿服务站6个内设机构。",
    "群众文化科、艺术辅导科、场馆管理科、财务审计科、志愿服务站、综合办公室均参加了自评。",
    "基础数据表由文旅部门相关科室负责人填报，与会计账簿核对一致。",
    "1.履职情况。全年组织群众文艺演出和展览，辅导业余演出队伍，整修社区健身场地，开放图书室和排练厅，培训文艺骨干，"
    "为老年人和儿童安排专场，组织志愿者到乡村和学校服务。演出场次、开放天数和培训人次都达到年初计划，设施运行正常，没有发生"
    "安全事故。与相邻社区共用排练厅和灯光音响设备，减少了重复购置；预约改为网上办理，居民可以看到每个场地的空余时间。居民来信"
    "反映的停车难、夜间照明不足等问题逐项记录，能够当年解决的当年解决，其余列入下一年计划。",
    "2.预算执行。我局上年结转0万元，{year}年年初预算1268.50万元，年中调整预算数为0万元，年末结余0万元。"
    "项目支出年度调增预算0万元。{year}年会议费预算数为2.40万元。",
    "会议费支出决算为2.40万元，完成预算100%。",
)
"""What a report says of the whole department first: offices, work, a budget that was not adjusted."""

MARKS = (
    Mark("投入", "目标设定", "绩效目标合理性", "①符合职责，得2分；②与预算匹配，得2分。", 4, 4),
    Mark("投入", "目标设定", "绩效指标明确性", "①细化量化，得2分；②可以衡量，得2分。", 4, 4),
    Mark("投入", "预算配置", "在职人员控制率", "控制率不超过100%的，得满分，否则不得分。", 6, 6),
    Mark("过程", "预算执行", "预算完成率", "完成率达到100%的，计8分；每低一个百分点扣0.5分。", 8, 7),
    Mark("过程", "预算执行", "结转结余率", "结转结余率不超过10%的，计8分。", 8, 8),
    Mark("过程", "预算管理", "管理制度健全性", "①制度齐全，得4分；②有效执行，得4分。", 8, 8),
    Mark("过程", "资产管理", "固定资产利用率", "利用率达到95%的，计8分。", 8, 6),
    Mark("产出", "职责履行", "演出场次完成率", "达到年初目标的，计10分。", 10, 10),
    Mark("产出", "职责履行", "活动按期完成率", "按期完成的，得满分，否则不得分。", 10, 10),
    Mark("产出", "职责履行", "服务质量达标率", "达到95%以上的，计10分。", 10, 9),
    Mark("效果", "履职效益", "社会效益", "群众文化生活更加丰富的，计12分。", 12, 12),
    Mark("效果", "履职效益", "服务对象满意度", "满意度达到90%以上的，计12分。", 12, 11),
)


def by_pairs(project: Evaluated, number: int) -> Evaluated:
    """The same project for a form that counts the rate among its indicators; the second one has a mark in words."""
    rate = Goal("预算执行率", "预算执行率", "预算执行率", "=100%", f"{project.rate}%", 10, str(project.rate_mark))
    goals = [replace(goal, mark="优") if number == 1 and goal.section == "时效指标" else goal for goal in project.goals]
    return replace(project, goals=(*goals, rate))


def untouched(body: str, year: int) -> Evaluated:
    """A project that nothing was spent on."""
    budget, none = Decimal("36.00"), Decimal("0.00")
    goals = (
        Goal("产出指标", "数量指标", "更新设备数", "≥6台", "0台", 20, "0"),
        Goal("产出指标", "质量指标", "验收合格率", "≥95%", "0%", 15, "0"),
        Goal("产出指标", "时效指标", "按时完成率", "≥95%", "0%", 15, "0"),
        Goal("效益指标", "社会效益指标", "观影人次", "≥2000人次", "0人次", 30, "0"),
        Goal("满意度指标", "服务对象满意度指标", "观众满意度", "≥90%", "0%", 10, "0"),
        Goal("预算执行率", "预算执行率", "预算执行率", "=100%", "0.00%", 10, "0.00"),
    )
    aim = f"{year}年为乡镇影院更新放映设备6台，当年完成采购、安装和验收，全年放映公益电影120场，服务观众2000人次以上。"
    result = "因影院改建工期推迟，设备采购安排到下一年度。"
    return Evaluated("乡镇影院设备补助", body, budget, budget, none, aim, result, goals)
