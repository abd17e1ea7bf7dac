"""Covers of all kinds tell the paper: its kind, scope, department and year. All names are invented."""

import pytest

from pipelines.disclosures.paper import recognise_paper
from tests.disclosures.build import document

COVERS = [
    # one line
    ("2022年度青禾市财政局部门决算", "final_accounts", "department", "青禾市财政局", 2022),
    ("青禾市水务局2016年部门决算公开", "final_accounts", "department", "青禾市水务局", 2016),
    ("青禾省财政厅2023年部门预算公开说明", "budget", "department", "青禾省财政厅", 2023),
    ("青禾旗农牧局二〇一九年部门决算公开报告", "final_accounts", "department", "青禾旗农牧局", 2019),
    ("青禾州林业局二○一八年度部门决算", "final_accounts", "department", "青禾州林业局", 2018),
    ("二零二一年青禾县审计局部门预算", "budget", "department", "青禾县审计局", 2021),
    ("青禾县教育局2023年部门综合预算", "budget", "department", "青禾县教育局", 2023),
    ("青禾县民政局2023年部门综合预算信息公开目录", "budget", "department", "青禾县民政局", 2023),
    ("2022年度青禾大学单位决算", "final_accounts", "unit", "青禾大学", 2022),
    ("青禾市中医医院2022年度单位决算公开", "final_accounts", "unit", "青禾市中医医院", 2022),
    ("青禾区妇幼保健计划生育服务中心2023年单位预算", "budget", "unit", "青禾区妇幼保健计划生育服务中心", 2023),
    ("青禾市清流区白石镇人民政府2021年度部门决算", "final_accounts", "department", "青禾市清流区白石镇人民政府", 2021),
    ("清流区白石街道2023年部门预算", "budget", "department", "清流区白石街道", 2023),
    ("青禾经济技术开发区管理委员会2023年部门预算", "budget", "department", "青禾经济技术开发区管理委员会", 2023),
    ("青禾高新技术产业开发区2020年度部门决算", "final_accounts", "department", "青禾高新技术产业开发区", 2020),
    ("青禾县人民法院2021年度部门决算公开报告", "final_accounts", "department", "青禾县人民法院", 2021),
    ("中共青禾市委办公室2022年度部门决算", "final_accounts", "department", "中共青禾市委办公室", 2022),
    ("共青团青禾市委2023年部门预算", "budget", "department", "共青团青禾市委", 2023),
    ("中国共产党青禾县纪律检查委员会2022年度部门决算", "final_accounts", "department",
     "中国共产党青禾县纪律检查委员会", 2022),
    ("青禾市妇联2022年度部门决算", "final_accounts", "department", "青禾市妇联", 2022),
    ("政协青禾县委员会2022年部门决算公开", "final_accounts", "department", "政协青禾县委员会", 2022),
    ("青禾市公安局交通警察支队2022年度单位决算", "final_accounts", "unit", "青禾市公安局交通警察支队", 2022),
    ("青禾市第一中学2023年单位预算公开", "budget", "unit", "青禾市第一中学", 2023),
    ("青禾县幼儿园2023年度单位预算", "budget", "unit", "青禾县幼儿园", 2023),
    ("青禾省机关事务管理局2024年度部门预算", "budget", "department", "青禾省机关事务管理局", 2024),
    ("青禾市财政局（本级）2022年度单位决算", "final_accounts", "unit", "青禾市财政局（本级）", 2022),
    ("青禾市财政局本级2022年度单位决算", "final_accounts", "unit", "青禾市财政局本级", 2022),
    ("青禾市教育局（汇总）2022年部门决算", "final_accounts", "department", "青禾市教育局", 2022),
    ("青禾市教育局2022年部门汇总预算", "budget", "department", "青禾市教育局", 2022),
    ("青禾市人力资源和社会保障局（部门）2023年度预算", "budget", "department", "青禾市人力资源和社会保障局", 2023),
    ("青禾县疾病预防控制中心（单位）2023年度预算公开", "budget", "unit", "青禾县疾病预防控制中心", 2023),
    ("2022年度部门决算公开（青禾市司法局）", "final_accounts", "department", "青禾市司法局", 2022),
    ("青禾市财政局部门预算（2023年度）", "budget", "department", "青禾市财政局", 2023),
    ("青禾市预算编审中心2022年单位预算", "budget", "unit", "青禾市预算编审中心", 2022),
    ("青禾市财政投资评审中心2022年度决算", "final_accounts", "department", "青禾市财政投资评审中心", 2022),
    ("2022年青禾市市级部门决算公开——青禾市信访局", "final_accounts", "department", "青禾市信访局", 2022),
    # about …
    ("关于青禾市水务局2016年部门决算及“三公”经费决算公开的说明", "final_accounts", "department", "青禾市水务局",
     2016),
    ("关于公开青禾县残疾人联合会2016年部门决算的公告", "final_accounts", "department", "青禾县残疾人联合会", 2016),
    ("青禾市科技局关于2016年度部门决算公开情况的说明", "final_accounts", "department", "青禾市科技局", 2016),
    ("青禾区商务局关于公开2018年部门预算的报告", "budget", "department", "青禾区商务局", 2018),
    ("附件1：青禾市交通运输局2019年部门预算", "budget", "department", "青禾市交通运输局", 2019),
    # letters with spaces, lines, dates, labels
    ("青 禾 市 财 政 局\n2 0 2 2 年 度 部 门 决 算", "final_accounts", "department", "青禾市财政局", 2022),
    ("青禾市发展和改革委员会\n2016年度部门决算\n2017年9月", "final_accounts", "department",
     "青禾市发展和改革委员会", 2016),
    ("2023年\n部门预算\n青禾市应急管理局\n二〇二三年二月", "budget", "department", "青禾市应急管理局", 2023),
    ("2022年度\n青禾市财政局\n部门决算\n保密审查情况：已审查", "final_accounts", "department", "青禾市财政局", 2022),
    ("青禾市\n清流区卫生健康局\n2022年度部门决算", "final_accounts", "department", "青禾市清流区卫生健康局", 2022),
    ("2021年度\n青禾高新区人\n力资源中心部门决算", "final_accounts", "department", "青禾高新区人力资源中心", 2021),
    ("青禾市卫生健康委员会\n综合监督执法支队\n2022年度单位决算", "final_accounts", "unit",
     "青禾市卫生健康委员会综合监督执法支队", 2022),
    ("2023年度部门决算公开文本\n部门名称：青禾县水利局\n2024年10月", "final_accounts", "department", "青禾县水利局",
     2023),
    ("2024 年单位预算公开文本\n单位名称（盖章）：青禾县第二小学", "budget", "unit", "青禾县第二小学", 2024),
    ("青禾市清流区2023年区级单位预算\n预算单位：青禾市清流区文化馆", "budget", "unit", "青禾市清流区文化馆", 2023),
    ("监督索引号53290000000501000\n青禾县统计局2022年度部门决算", "final_accounts", "department", "青禾县统计局", 2022),
    ("附件2\n2023年青禾县气象局部门预算", "budget", "department", "青禾县气象局", 2023),
    ("索引号：014-2022-001\n发布时间：2023-09-10\n青禾市档案馆2022年度部门决算公开", "final_accounts",
     "department", "青禾市档案馆", 2022),
    ("首页\n政务公开\n财政信息\n青禾县粮食和物资储备局2021年度部门决算", "final_accounts", "department",
     "青禾县粮食和物资储备局", 2021),
    ("青禾市财政局文件\n青财〔2023〕15号\n关于青禾市城市管理局2022年度部门决算的批复", "final_accounts", "department",
     "青禾市城市管理局", 2022),
    # performance
    ("青禾市财政局2022年度部门整体支出绩效自评报告", "self_evaluation", "department", "青禾市财政局", 2022),
    ("青禾县水利局\n2021年度项目支出绩效自评报告", "self_evaluation", None, "青禾县水利局", 2021),
    ("青禾市博物馆2022年度整体支出绩效评价报告", "evaluation", None, "青禾市博物馆", 2022),
]  # fmt: skip


@pytest.mark.parametrize(("cover", "kind", "scope", "department", "year"), COVERS, ids=[row[0] for row in COVERS])
def test_every_cover_tells_the_paper(cover: str, kind: str, scope: str | None, department: str, year: int) -> None:
    paper = recognise_paper(document(*cover.split("\n"), "目 录", "第一部分 概况"))
    assert (paper.kind, paper.scope, paper.department, paper.fiscal_year) == (kind, scope, department, year)
    assert {"kind", "department", "fiscal_year"} <= set(paper.evidence)


@pytest.mark.parametrize("cover", ["青禾市清流区2023年区级部门预算", "2023年部门预算", "部门预算公开\n2023年2月15日"])
def test_a_cover_that_names_nobody_names_nobody(cover: str) -> None:
    paper = recognise_paper(document(*cover.split("\n"), "目 录"))
    assert (paper.kind, paper.department) == ("budget", None)


def test_a_cover_names_the_paper_though_its_forms_name_the_units_below() -> None:
    rows = [f"预算单位：青禾市第{n}中学" for n in "一二三"]
    paper = recognise_paper(document("青禾市教育局2023年部门预算", "目 录", *rows))
    assert paper.department == "青禾市教育局"


def test_a_cover_set_as_a_table_is_a_cover() -> None:
    cover = ["青禾市教育局|<", "2023年度部门预算|<"]
    paper = recognise_paper(document(cover, ["收支预算总表|<", "收入合计|1.00"]))
    assert (paper.kind, paper.department, paper.fiscal_year) == ("budget", "青禾市教育局", 2023)


@pytest.mark.parametrize(
    ("path", "department", "year"),
    [
        ("青禾市/青禾市体育局/2021/决算.pdf", "青禾市体育局", 2021),
        ("raw/青禾市/体育局/2021年/附件.pdf", "青禾市体育局", 2021),
        ("青禾市体育局_2021_部门决算.pdf", "青禾市体育局", 2021),
        ("x/2021年青禾市体育局部门决算.pdf", "青禾市体育局", 2021),
    ],
)
def test_the_path_tells_what_the_paper_does_not_and_says_so(path: str, department: str, year: int) -> None:
    paper = recognise_paper(document("收入支出决算总表", path=path))
    assert (paper.kind, paper.department, paper.fiscal_year) == ("final_accounts", department, year)
    assert paper.evidence["department"].startswith("path: ")
    assert paper.evidence["fiscal_year"].startswith("path: ")


def test_a_cover_is_believed_before_the_path_and_the_difference_is_kept() -> None:
    paper = recognise_paper(document("青禾市财政局2022年部门决算", "目录", path="青禾市/青禾市体育局/2021/决算.pdf"))
    assert (paper.department, paper.fiscal_year) == ("青禾市财政局", 2022)
    assert paper.evidence["path"] == "青禾市体育局, 2021"


def test_the_date_of_printing_is_not_the_year_of_the_paper() -> None:
    paper = recognise_paper(document("青禾市财政局", "2017年9月30日", "部门决算", "目录", "2016年度部门决算情况说明"))
    assert paper.fiscal_year == 2016


def test_bodies_of_one_name_in_different_regions_stay_apart() -> None:
    blocks = ("财政局", "2022年度部门决算", "目录")
    names = [recognise_paper(document(*blocks, path=f"{r}/财政局/2022/1.pdf")) for r in ("青禾县", "白石县")]
    assert [paper.department for paper in names] == ["青禾县财政局", "白石县财政局"]
    assert names[0].evidence["department"] == "cover: 财政局; path: 青禾县"


def test_a_short_name_on_the_cover_is_completed_by_a_label_that_ends_with_it() -> None:
    paper = recognise_paper(document("财政局2022年度部门决算", "目录", "部门名称：青禾县财政局", "单位名称：青禾农场"))
    assert paper.department == "青禾县财政局"


def test_the_title_of_a_form_is_no_cover() -> None:
    paper = recognise_paper(document("收支预算总表", ["部门：青禾市财政局|单位：万元", "收入合计|1.00"]))
    assert (paper.kind, paper.evidence["kind"]) == ("budget", "1 form titles")
