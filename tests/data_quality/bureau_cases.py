"""Invented passages of a social security bureau, and lists of offices: which are another's or misspelt, which are not.

Beside the passage that is copied stand those an honest paper has: joint work, work handed over, the words of a duty all
bureaus have, a town that does the work of all, a bureau asked for its figures.
"""

from collections.abc import Mapping
from typing import Any

from tests.data_quality.place_rows import Case, indicator, text

_OWN = {"department": "示例县人力资源和社会保障局"}
_SECTION = {"section": "绩效自评报告 / 三、部门绩效分析"}
_DUTIES = {"section": "第一部分 部门概况 / 一、主要职责"}
_COPIED = (
    "1.履职效能。共建立综合窗口86个，政务服务事项全部进驻，推行一件事一次办，容缺办理重点事项8个，"
    "免费寄递证照270次；政府网站发布信息10851条，收到并处理依申请公开3条；完成电子政务外网升级改造；"
    "公共资源交易全程电子化，推广远程评标，全年减少企业资金占用856.32万元。" + "各项任务按期完成。" * 24
)
_HALF = _COPIED.index("政府网站")
_JOINT = _COPIED.replace("各项任务", "社会保险参保、就业创业、劳动维权各项任务")
_FEW = "1.履职效能。社保大厅设综合窗口12个，推行一件事一次办，政务服务事项进驻，" + "全年工作有序开展。" * 20
_TASKS = "负责政府网站建设和公共资源交易监督管理工作。"
_FILLED = "基础数据表由住建局相关科室负责人填报。"
_SUITED = "构建全面并适合建设部门的指标体系。"


def _told(words: str, outcome: str | None, *more: str, **given: Any) -> Case:
    rows = (text(words, **_SECTION), *(text(other, line_no=8 + n) for n, other in enumerate(more)))
    return Case(outcome, rows, **(_OWN | given))


def _criteria(name: str, evidence: str, outcome: str | None, **given: Any) -> Case:
    return Case(outcome, (indicator(name, "100%", "%", evidence=evidence),), **(_OWN | given))


def _offices(*lists: str, outcome: str | None) -> Case:
    rows = tuple(text(f"设{names}等内设机构。", line_no=7 + n) for n, names in enumerate(lists))
    return Case(outcome, rows)


def _tabled(listed: str, *names: str, outcome: str | None) -> Case:
    rows = [("unplaced", {"reason": "table is no statutory form: 科室", "text": f"{n} | {name} | ", "line_no": 20 + n})
            for n, name in enumerate(names)]  # fmt: skip
    return Case(outcome, (text(f"设{listed}13个内设机构。"), *rows))


_LIST = "综合管理室、档案管理室、政策法规室、内控稽核室、工伤保险室、居民养老室"
_WRONG = _LIST.replace("工伤", "工商")
_FIRST = f"计划财务室、{_LIST}"
_STATISTICS = "定期开展统计数据质量检查，坚决惩治统计弄虚作假行为。"

BUREAU_CASES: Mapping[str, Mapping[str, Case]] = {
    "TX-L27": {
        "holds": _told("基础数据表由人社局相关科室负责人填报。", "holds"),
        "breaks": _told(_FILLED, "broken"),
        "of_a_region": _told("基础数据表由示例县住建局相关科室负责人填报。", "broken"),
        "indicators": _told(_SUITED, "broken"),
        "both_are_the_same": _told(_FILLED, "broken", _SUITED),
        "suits_the_own_department": _told("构建适合人社部门特点的指标体系。", "holds"),
        "the_bureau_is_a_partner": _told(_FILLED, "holds", "会同县住建局开展农民工工资支付检查。"),
        "finance_collects": _told("基础数据表由县财政局相关科室提供。", None),
        "the_own_offices": _told("基础数据表由我局相关科室填报。", None),
        "offices_of_nobody": _told("基础数据表由各相关科室负责人填报。", None),
        "suits_departments": _told("构建适合预算部门的指标体系。", "holds"),
        "a_sector": _told("符合绩效评价要求的指标体系已建立。", None),
        "a_town_does_the_work_of_all": _told(_FILLED, None, department="示例县城关镇人民政府"),
        "a_building_bureau": _told(_FILLED, "holds", department="示例县住房和城乡建设局"),
        "a_project_may_need_others": Case(None, (text(_FILLED, project_id="平台"),), **_OWN),
    },
    "TX-L28": {
        "holds": _told(_JOINT, "holds"),
        "breaks": _told(_COPIED, "broken"),
        "breaks_in_a_few_lines": _told(_COPIED[:150], "broken"),
        "few_pieces": _told(_FEW, "holds"),
        "over_two_paragraphs": Case(
            "broken",
            (text(_COPIED[:_HALF], **_SECTION), text(_COPIED[_HALF:], line_no=8, **_SECTION)),
            **_OWN,
        ),
        "up_to_the_next_number": Case(
            "holds",
            (text(_COPIED[:_HALF], **_SECTION), text(f"2.{_COPIED[_HALF:]}", line_no=8, **_SECTION)),
            **_OWN,
        ),
        "work_handed_over": Case("holds", (text(_COPIED, **_SECTION), text(_TASKS, line_no=3, **_DUTIES)), **_OWN),
        "the_bureau_itself": _told(_COPIED, "holds", department="示例县行政审批服务局"),
        "two_bureaus_in_one": _told(_COPIED, "holds", department="示例县人力资源和政务服务局"),
        "a_town_does_the_work_of_all": _told(_COPIED, None, department="示例县城关镇人民政府"),
        "no_report": Case(None, (text(_COPIED, section="名词解释"),), **_OWN),
        "duties": Case(None, (text(_COPIED, **_DUTIES),), **_OWN),
    },
    "PF01-L29": {
        "holds": _criteria("保险工作监督管理", "抽查参保文件，每满足1项得1分。", "holds"),
        "breaks": _criteria("保险工作监督管理", _STATISTICS, "broken"),
        "one_word_is_all_bureaus_duty": _criteria("保险工作监督管理", "防范统计造假。", "holds"),
        "own_words_beside": _criteria("保险工作监督管理", f"参保{_STATISTICS}", "holds"),
        "an_indicator_of_it": _criteria("社保统计工作", _STATISTICS, "holds"),
        "of_no_work": _criteria("管理制度健全性", _STATISTICS, None),
        "the_bureau_itself": _criteria("调查样本覆盖", _STATISTICS, "holds", department="示例县统计局"),
        "a_town_does_the_work_of_all": _criteria("保险工作", _STATISTICS, None, department="示例县城关镇人民政府"),
    },
    "TX-L30": {
        "holds": _offices(_LIST, _LIST, outcome="holds"),
        "breaks": _offices(_LIST, _WRONG, outcome="broken"),
        "the_first_name_is_wrong": Case(
            "broken",
            (text(f"示例局设{_FIRST}7个内设机构。"), text(f"数据由{_FIRST.replace('财务', '材务')}核对。", line_no=9)),
        ),
        "the_first_name_has_such_a_word": _offices(f"建设管理室、{_LIST}", f"建设管理室、{_LIST}", outcome="holds"),
        "in_a_table": _tabled(_LIST, *_WRONG.split("、"), outcome="broken"),
        "in_a_table_holds": _tabled(_LIST, *_LIST.split("、"), outcome="holds"),
        "listed_once": _offices(_LIST, outcome=None),
        "remarks_in_brackets": _offices(_LIST, _LIST.replace("综合管理室", "综合管理室（党建室）"), outcome="holds"),
        "both_are_there": _offices(f"{_LIST}、工商保险室", f"{_LIST}、工商保险室", outcome="holds"),
        "ordinals": _offices(f"{_LIST}、综合业务一科", f"{_LIST}、综合业务二科", outcome="holds"),
        "another_level": _offices(_LIST, _LIST.replace("政策法规室", "政策法规科"), outcome="holds"),
        "another_office": _offices(_LIST, _LIST.replace("工伤保险室", "失业保险室"), outcome="holds"),
        "another_unit": _offices(_LIST, _WRONG.replace("综合", "党群").replace("档案", "机要").replace("政策", "工程"),
                                 outcome=None),
    },
}  # fmt: skip
