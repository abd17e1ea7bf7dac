"""Which paper a document is, and by what it was recognised."""

import pytest

from pipelines.disclosures.paper import recognise_paper
from tests.disclosures.build import document


@pytest.mark.parametrize(
    ("blocks", "kind", "scope", "department", "year"),
    [
        (
            ("2021年度", "淄水高新区人", "社中心部门决算", "目录"),
            "final_accounts",
            "department",
            "淄水高新区人社中心",
            2021,
        ),
        (("2023年青禾市人社中心（先创）单位预算", "目 录"), "budget", "unit", "青禾市人社中心（先创）", 2023),
        (
            ("青禾市清流区2023年区级部门预算", "预算主管部门：青禾市清流区人民政府万石街道办事处", "目 录"),
            "budget",
            "department",
            "青禾市清流区人民政府万石街道办事处",
            2023,
        ),
        (("青禾市财政局 2024 年度部门决算", "目 录"), "final_accounts", "department", "青禾市财政局", 2024),
        (
            ("青禾省人大常委会办公厅", "2017 年度部门预算", "目 录"),
            "budget",
            "department",
            "青禾省人大常委会办公厅",
            2017,
        ),
        (
            ("青禾市社会保险服务中心", "2020 年部门整体支出", "绩效评价报告", "目 录"),
            "evaluation",
            "department",
            "青禾市社会保险服务中心",
            2020,
        ),
        (("人社局2020年度财政专项资金", "绩效自评报告"), "self_evaluation", None, "人社局", 2020),
    ],
)
def test_the_cover_tells_the_paper(
    blocks: tuple[str, ...], kind: str, scope: str | None, department: str, year: int
) -> None:
    paper = recognise_paper(document(*blocks))
    assert (paper.kind, paper.scope, paper.department, paper.fiscal_year) == (kind, scope, department, year)
    assert {"kind", "department", "fiscal_year"} <= set(paper.evidence)


def test_a_file_of_tables_only_is_told_by_its_titles_and_its_path() -> None:
    paper = recognise_paper(
        document(
            ["收支预算总表\\n部门： 青禾省人大常委会办公厅 单位：万元|<", "收入合计|1.00"],
            path="x/青禾_2019_部门预算.pdf",
        )
    )
    assert (paper.kind, paper.department, paper.fiscal_year) == ("budget", "青禾省人大常委会办公厅", 2019)


def test_sentences_tell_a_paper_without_a_cover() -> None:
    text = "2023年度，青禾市人力资源和社会保障局机关运行经费支出79.43万元，比2022年度增加17.15万元。"
    told = ["2023年度部门决算情况说明", "纳入2023年度部门决算编制范围的单位", "2023年度收支决算总计为1万元。"]
    paper = recognise_paper(document("第一部分 部门概况", *told, text))
    assert (paper.kind, paper.department, paper.fiscal_year) == ("final_accounts", "青禾市人力资源和社会保障局", 2023)


def test_what_cannot_be_told_stays_open() -> None:
    paper = recognise_paper(document("通知", "请各单位开会。"))
    assert (paper.kind, paper.department, paper.fiscal_year) == ("unknown", None, None)
