"""Invented reports on performance: a self-evaluation by project, one by body, and the evaluation of a whole department.

Every figure told is the one its forms print, and every form is right. Does not belong here: the forms (``evaluated``),
slips (``county_samples``).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tests.typeset.evaluated import CENT, Evaluated, form_by_columns, form_by_pairs, summary
from tests.typeset.index_systems import Mark, index_system, score_table
from tests.typeset.model import Block, Cover, Heading, Paper, Prose

SCALE = "自评等级按总分评定：90分（含）以上为优，80分（含）—90分为良，60分（含）—80分为中，60分以下为差。"
HOW = (
    "依据预算绩效管理的有关规定，{body}组织人员对所承担的项目开展绩效自评，收集整理项目资料，逐项核对绩效指标的完成情况。",
    "自评小组查阅了会计凭证、合同和验收记录，走访了服务对象，比对年初设定的目标与实际效果，对资金使用的合规性作出评价。",
    "自评结果经{body}集体讨论通过，随同自评表一并报送，作为安排以后年度预算和改进管理的重要依据，并接受社会各界的监督。",
)


def _total(amounts: Sequence[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))


def _kind(name: str, projects: Sequence[Evaluated]) -> Prose:
    budget = _total([each.adjusted for each in projects])
    progress = (_total([each.executed for each in projects]) * 100 / budget).quantize(CENT)
    unspent = sum((each.adjusted - each.executed) * 10 > each.adjusted for each in projects)
    return Prose(
        f"{name}项目绩效分析。该类项目总数{len(projects)}个，涉及预算总金额{budget}万元，1—12月预算执行总体进度为{progress}%，"
        f"其中：预算结余率大于10%的项目共计{unspent}个。"
    )


def _project(project: Evaluated, number: int) -> Iterator[Block]:
    """What the report tells of one project."""
    served = project.goals[0]
    change = project.adjusted - project.initial
    adjusted = f"年中调{'增' if change > 0 else '减'}预算{abs(change)}万元。" if change else "年中没有调整预算。"
    yield Heading(f"（{'一二三四五六'[number]}）{project.name}")
    yield Prose(f"1.资金情况。{project.name}项目年初预算安排{project.initial}万元，{adjusted}")
    yield Prose(f"2.执行情况。{project.name}项目实际支出{project.executed}万元，预算执行率{project.rate}%。")
    yield Prose(f"3.完成情况。该项目{served.name}{served.actual}，{project.result}")
    yield Prose(f"4.自评结果。{project.name}项目自评得分{project.score}分，自评等级为“{project.grade}”。")


def report_by_project(department: str, year: int, notice: str, projects: Sequence[Evaluated], once: int) -> Paper:
    """A self-evaluation that tells of every project; the last ``once`` of them are done once, the others every year."""
    yearly, single = projects[:-once], projects[-once:]
    initial, executed = (_total([getattr(each, what) for each in projects]) for what in ("initial", "executed"))
    last = projects[-1]
    blocks: list[Block] = [
        Cover((department, f"{year}年度项目绩效自评情况"), (notice,)),
        Heading("一、项目总体情况"),
        Prose(notice),
        Prose(f"{department}{year}年度自评项目{len(projects)}个，各项目的预算数、执行数、得分和等级见下表。"),
        Prose(f"项目资金年初预算{initial}万元，实际使用{executed}万元。"),
        _kind("常年", yearly),
        _kind("阶段（一次性）", single),
        Prose(SCALE),
        summary(projects, department, year),
        Heading("二、各项目绩效情况"),
    ]
    for number, project in enumerate(projects):
        blocks += _project(project, number)
    blocks += [
        Heading("三、重点项目评价结论"),
        Prose(f"重点评价了{last.name}，{last.name}项目绩效评价得分为{last.score}分，等级为“{last.grade}”。"),
        *(form_by_columns(project, year) for project in projects),
        Heading(f"{last.name}项目绩效评价报告"),
        Prose(f"{last.name}项目全年预算{last.adjusted}万元，用于一次性的场馆设备更新。"),
        Prose(f"经综合评价，{last.name}项目绩效评价得分为{last.score}分，评价等级为“{last.grade}”。"),
    ]
    return Paper(tuple(blocks), rows_per_page=30)


def report_by_body(department: str, year: int, notice: str, bodies: dict[str, Sequence[Evaluated]]) -> Paper:
    """A self-evaluation in which every body reports on its projects and adds its forms."""
    blocks: list[Block] = [Cover((department, f"{year}年度专项资金绩效自评报告"), (notice,)), Prose(notice)]
    for number, (body, projects) in enumerate(bodies.items()):
        blocks += [Heading(f"{'一二三四'[number]}、{body}绩效自评"), *_of_body(body, projects, year)]
        blocks += [form_by_pairs(each, year, "100%" if each.executed else "0%") for each in projects]
    return Paper(tuple(blocks), rows_per_page=30)


def _of_body(body: str, projects: Sequence[Evaluated], year: int) -> Iterator[Prose]:
    yield from (Prose(text.format(body=body)) for text in HOW)
    count, budget = len(projects), _total([each.adjusted for each in projects])
    if count > 1:
        yield Prose(f"{body}共有{count}个评价项目，涉及资金{budget}万元。")
        yield Prose(f"{count}个专项项目分别为{'，'.join(f'{each.name}项目' for each in projects)}。")
    else:
        yield Prose(f"{projects[0].name}项目资金预算共计{budget}万元。经过自评，自评总分为{projects[0].score}分。")
    excellent = sum(each.grade == "优" for each in projects)
    rate = "评价等级全部为优，评优率100%" if excellent == count else f"评优率{excellent * 100 // count}%"
    yield Prose(f"{year}年度{count}个评价项目，{rate}，其中自评等级为优的共{excellent}项。")
    yield Prose("全年向基层演出队伍1268人发放演出补助36.5万元。")
    yield Prose("补助标准比上年有所提高，1268名基层演出队伍成员共领取补助36.5万元，没有发生截留、挪用。")


def evaluation(department: str, year: int, notice: str, marks: Sequence[Mark]) -> Paper:
    """The evaluation of a whole department: indicators with criteria, what each was given, and all marks again."""
    total = sum(each.mark for each in marks)
    blocks: list[Block] = [
        Cover((department, f"{year}年部门整体支出绩效评价报告"), (notice,)),
        Heading("一、评价结论"),
        Prose(notice),
        Prose(f"部门整体支出绩效评价得分为{total}分。"),
        Heading("二、指标分析"),
    ]
    for number, each in enumerate(marks, 1):
        blocks.append(Prose(f"（{number}）{each.name}（指标分值{each.points}分，评价得分{each.mark}分）"))
    blocks += [index_system(marks, department, year), score_table(marks, department, year)]
    return Paper(tuple(blocks), rows_per_page=30)
