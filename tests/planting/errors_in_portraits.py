"""Errors in what an evaluation says of its department: names, passages, sources left of another's report, and budgets.

The passages and sources are written as such bureaus report, not put together from the words that the rules know.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from tests.planting.evaluations import Evaluation
from tests.planting.model import Where
from tests.planting.portraits import Portrait

Found = tuple[Evaluation, Where]
Plant = Callable[[Evaluation, random.Random], Found | None]
_BUREAUS = (
    "住建局", "人社局", "教育局", "交通运输局", "民政局", "水利局", "农业农村局", "卫生健康局", "行政审批服务局",
    "统计局", "市场监督管理局", "区住建局", "县自然资源局", "医疗保障局", "生态环境局",
)  # fmt: skip
_SUITED = ("建设部门", "人社部门", "教育系统", "交通运输行业", "民政部门", "水利部门", "卫生健康系统", "农业农村部门")
_CLOSING = "各股室按月通报进度，对进度偏慢的事项逐项分析原因，年末组织了全面检查，各项任务按期完成，群众总体满意。"
_PASSAGES = (
    "1.履职效能。全年实施农村公路改建32公里，完成国省干线路面修复18公里，新增“四好农村路”示范乡镇2个；优化公交线路6条，"
    "更新新能源出租汽车40辆，清理违规网约车21台；联合交警开展超限超载治理，查处违法车辆126台次；完成桥梁检测57座，"
    "客运站安全检查实现全覆盖，春运期间道路客运运行平稳，未发生较大及以上责任事故。",
    "1.履职效能。学前教育普惠性幼儿园覆盖率达到92%，义务教育入学率保持100%，高中阶段教育毛入学率持续提升；开展教师培训"
    "1260人次，中小学课后服务覆盖全部学校，“双减”工作群众满意度较高；营养改善计划惠及学生8600名，落实家庭经济困难学生"
    "资助资金；开展校园安全检查48次，中考各项指标稳步提高，教学质量继续保持前列。",
    "1.履职效能。建成高标准农田2.1万亩，粮食播种面积稳定在30万亩；兑付农机购置补贴资金，畜禽粪污综合利用率达到90%，"
    "秸秆综合利用率达到93%；开展重大动物疫病集中免疫，生猪存栏保持稳定；整治撂荒地1200亩，农村人居环境持续改善，"
    "新认定家庭农场26家、农民专业合作社示范社9家，农产品质量安全抽检合格率99%。",
    "1.履职效能。全年城镇新增就业5210人，失业人员再就业1320人，就业困难人员就业386人；发放创业担保贷款2300万元，"
    "开发公益性岗位215个；办理工伤认定96件，组织劳动能力鉴定88人次；开展劳动保障监察专项行动，为812名劳动者追回"
    "被拖欠农民工工资960万元；组织事业单位公开招聘2次，职称评审通过143人。",
    "1.履职效能。严格落实城乡低保动态管理，最低生活保障标准稳步提高；特困人员供养、临时救助资金及时发放，发放高龄津贴"
    "3100人次、困难残疾人生活补贴980人；办理婚姻登记2140对，推进殡葬改革和公益性公墓建设；做好孤儿保障、留守儿童关爱，"
    "完成社会组织登记审批17件，区划地名信息更新及时准确。",
)  # fmt: skip
_SOURCES = (
    "查阅统计执法记录，检查统计数据质量和联网直报情况。",
    "查阅高标准农田验收资料，抽查农机购置补贴发放名册。",
    "查阅农村公路养护台账，核对超限超载治理记录。",
    "查阅义务教育学籍系统，核对家庭经济困难学生资助名册。",
    "查阅失业人员再就业台账，核对公益性岗位补贴发放表。",
)
_SLIPS = str.maketrans("财艺物产市策育交", "材义务广布测玉郊")
"""What a hurried hand makes of the offices' characters."""


def _in_portrait(change: Callable[[Portrait, random.Random], tuple[dict[str, object], str] | None]) -> Plant:
    """Change what is told of the department; the words given beside tell the place."""

    def plant(paper: Evaluation, pick: random.Random) -> Found | None:
        found = change(paper.portrait, pick)
        if found is None:
            return None
        changed, words = found
        portrait = replace(paper.portrait, **changed)  # type: ignore[arg-type]
        return replace(paper, portrait=portrait), Where(words=(words,))

    return plant


def _another_source(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str]:
    if pick.random() < 0.5:
        bureau = pick.choice(_BUREAUS)
        return {"filled_in_by": bureau}, bureau
    suited = pick.choice(_SUITED)
    return {"suits": suited}, suited


def _another_passage(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str]:
    passage = pick.choice(_PASSAGES)
    return {"work": passage + _CLOSING}, passage[:25]


def _another_criterion(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str]:
    """The source of one of the indicators of the department's own work is another bureau's."""
    own = [(first, rows) for first, rows in portrait.system if first == "产出"]
    (first, rows) = own[0]
    at = pick.randrange(len(rows))
    wrong = (*rows[at][:4], pick.choice(_SOURCES))
    changed = (*rows[:at], wrong, *rows[at + 1 :])
    system = tuple((level, changed if level == first else each) for level, each in portrait.system)
    return {"system": system}, wrong[1]


def _misspelt_office(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str] | None:
    """One character of one office is another in the second list."""
    offices = list(portrait.offices)
    able = [
        n
        for n, name in enumerate(offices)
        if sum(a != b for a, b in zip(name, name.translate(_SLIPS), strict=True)) == 1
    ]
    if not able:
        return None
    at = pick.choice(able)
    offices[at] = offices[at].translate(_SLIPS)
    return {"offices_again": tuple(offices)}, offices[at]


def _part_above_whole(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str] | None:
    """The whole budget is told not to have been adjusted, though a part of it was."""
    if not portrait.basic_adjustment:
        return None
    whole = pick.choice((Decimal(0), (portrait.basic_adjustment / 10).quantize(Decimal("0.01"))))
    return {"adjustment": whole}, f"年中调整预算数为{whole}万元"


def _completed(portrait: Portrait, pick: random.Random) -> tuple[dict[str, object], str] | None:
    """A budget that was not adjusted is told to be spent in full."""
    return None if portrait.adjustment else ({"completion": Decimal(100)}, "完成预算100%")


ERRORS: dict[str, Plant] = {
    "data of another bureau": _in_portrait(_another_source),
    "passage of another bureau": _in_portrait(_another_passage),
    "criterion of another bureau": _in_portrait(_another_criterion),
    "office misspelt": _in_portrait(_misspelt_office),
    "part adjusted more than the whole": _in_portrait(_part_above_whole),
    "unadjusted budget completed": _in_portrait(_completed),
}
