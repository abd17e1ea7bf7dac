"""The invented papers that the tests of the SQL models share: path → paper. Each department serves one behaviour."""

from tests.lake.facts import Paper


def _series(department: str, values: dict[int, str], kind: str = "final_accounts") -> dict[str, Paper]:
    papers = {}
    for year, value in values.items():
        path = f"{department}/{year}-{kind}.txt"
        papers[path] = Paper(path, kind, year, department).form("FA03").amount("expenditure", value)
    return papers


def _finals_and_budgets() -> dict[str, Paper]:
    """Three years of final accounts, two of budgets: 年度 series; codes at two levels."""
    papers = _series("系列局", {2021: "100.00", 2022: "110.00", 2023: "99.00"})
    papers |= _series("系列局", {2022: "105.00", 2023: "120.00"}, "budget")
    for year, value in ((2022, "40.00"), (2023, "50.00")):
        paper = papers[f"系列局/{year}-final_accounts.txt"]
        paper.amount("function:2010101", value, "expenditure").amount("function:2010101", "1.00", "basic_expenditure")
        paper.amount("dept_economic:30101", value, "basic_expenditure").amount("project:路灯", value, "expenditure")
    paper.amount("function:9999999", value, "expenditure", row_label="名单上没有的科目")
    return papers


def _words_and_tables() -> dict[str, Paper]:
    words = Paper("两件局/文字.pdf", "budget", 2023, "两件局").paragraph("支出预算10.00万元。")
    words.form("FA03", present=False).claim("expenditure", "10.00")
    tables = Paper("两件局/表格.pdf", "budget", 2023, "“两件局” ").form("FA03").amount("expenditure", "10.00")
    return {words.name: words, tables.name: tables}


def _versions() -> dict[str, Paper]:
    """The same paper twice in other bytes; and a paper with a corrected version."""
    papers = {}
    for path in ("重发局/1.txt", "重发局/2.txt"):
        papers[path] = (
            Paper(path, department="重发局").form("FA03").amount("expenditure", "5.00").paragraph("共5.00万元")
        )
        papers[path].left_over("—").left_over("—")
    for path, value in (("更正局/1.txt", "5.00"), ("更正局/2-更正.txt", "6.00")):
        papers[path] = Paper(path, department="更正局").form("FA03").amount("expenditure", value)
        papers[path].form("FA05").paragraph(f"共{value}万元").claim("expenditure", value)
    first = "更正局/1.txt"
    again = Paper("更正局/3-重发.txt", department="更正局").form("FA03").amount("expenditure", "5.00")
    papers[again.name] = again.form("FA05").paragraph("共5.00万元").claim("expenditure", "5.00")
    assert first < again.name
    return papers


def _project_papers() -> dict[str, Paper]:
    """One self-evaluation for each project, all with the same form and the same words; one of them twice."""
    papers = {}
    for path, project in (("自评局/路灯.txt", "路灯"), ("自评局/绿化.txt", "绿化"), ("自评局/路灯-2.txt", "路灯")):
        paper = Paper(path, "self_evaluation", 2023, "自评局").form("PF01").paragraph("项目支出绩效自评表")
        papers[path] = paper.project(project)
    return papers


def _unknown() -> dict[str, Paper]:
    return {
        "无年度.txt": Paper("无年度", year=None, department="无年度局").form("FA03").amount("expenditure", "1.00"),
        "无部门.txt": Paper("无部门", department=None).form("FA03").amount("expenditure", "1.00"),
        "空部门.txt": Paper("空部门", department=" “” ").form("FA03"),
    }


def _names() -> dict[str, Paper]:
    names = (
        "上海市普陀区财政局（本级）",
        "上海市普陀区财政局 (本级)",
        "普陀区财政局(本级)",
        "遂宁市安居区人社局",
        "江苏省人大办公厅",
    )
    return {f"名称/{n}.txt": Paper(f"名称{n}", year=2020 + n, department=name) for n, name in enumerate(names)}


def _prior_columns() -> dict[str, Paper]:
    paper = Paper("上年局.txt", "budget", 2023, "上年局").form("FA03").amount("expenditure", "12.00")
    paper.amount("expenditure", "10.00", stage="prior_budget", fiscal_year=2022)
    paper.amount("expenditure", "9.50", stage="prior_execution", fiscal_year=2022)
    paper.amount("basic_expenditure", "3.00").amount("basic_expenditure", "2.00", stage="prior_final", fiscal_year=2022)
    earlier = Paper("上年局-2022.txt", "budget", 2022, "上年局").form("FA03").amount("expenditure", "10.01")
    return {paper.name: paper, earlier.name: earlier}


def _told() -> dict[str, Paper]:
    """Words: difference and rate of one level, both levels, a level only the tables give, a budget comparison."""
    paper = Paper("文字局.txt", "budget", 2023, "文字局").form("FA03").amount("project_expenditure", "7825.53")
    paper.paragraph("2023年预算为50.72万元。较2022年预算增加16.64万元，增长48.83%。")
    paper.claim("institutional_operating_costs", "50.72")
    paper.claim("institutional_operating_costs", "16.64", "change").claim(
        "institutional_operating_costs", "48.83%", "growth_rate"
    )
    paper.paragraph("支出预算增加664.98万元，其中项目支出增加664.98万元。").claim(
        "project_expenditure", "664.98", "change"
    )
    paper.paragraph("会议费2022年当年预算执行数为1.48万元，2023年预算安排2.63万元。")
    paper.claim("meetings", "1.48", fiscal_year=2022, stage="prior_execution").claim("meetings", "2.63")
    paper.paragraph("比年初预算减少0.50万元").claim(
        "training", "0.50", "change", -1, comparison_year=2023, comparison_stage="initial_budget"
    )
    paper.paragraph("公务接待费4.00万元，较上年减少100%").claim("official_reception", "4.00")
    paper.claim("official_reception", "100%", "growth_rate", -1)
    paper.paragraph("其他收入2022年预算0.00万元，2023年预算5.00万元，比上年增加100%")
    paper.claim("other_income", "0.00", fiscal_year=2022).claim("other_income", "5.00")
    paper.claim("other_income", "100%", "growth_rate")
    return {paper.name: paper}


def _disagreeing() -> dict[str, Paper]:
    papers = _series("不符局", {2022: "100.00", 2023: "150.00"})
    later = papers["不符局/2023-final_accounts.txt"]
    later.paragraph("支出150.00万元，比上年增加40.00万元，增长50.0%").claim("expenditure", "150.00")
    later.claim("expenditure", "40.00", "change").claim("expenditure", "50.0%", "growth_rate")
    return papers


PAPERS: dict[str, Paper] = (
    _finals_and_budgets()
    | _words_and_tables()
    | _versions()
    | _project_papers()
    | _unknown()
    | _names()
    | _prior_columns()
    | _told()
    | _disagreeing()
)
