"""Which project a passage is about."""

from pipelines.disclosures.facts import ParagraphFact, ProjectFact
from pipelines.disclosures.performance import project_of_section, with_projects


def _project(number: int, name: str, form_code: str = "PF01") -> ProjectFact:
    given = {"project_id": f"j{number}", "document_id": "d", "project": name, "form_code": form_code}
    blank = dict.fromkeys(ProjectFact.__struct_fields__)
    return ProjectFact(**(blank | given))


def _paragraphs(*lines: tuple[str | None, str]) -> list[ParagraphFact]:
    return [ParagraphFact(f"p{i}", "d", section, None, text, None, i) for i, (section, text) in enumerate(lines)]


def test_a_numbered_heading_names_its_project_in_spite_of_brackets_and_quotes() -> None:
    projects = [_project(1, "建国前老党员生活补贴（专项资金）"), _project(2, "“雨露计划”扶贫资金")]
    assert project_of_section("四、组织部绩效评价 / （一）建国前老党员生活补贴", projects) == "j1"
    assert project_of_section('二、某中心绩效评价 / 2."雨露计划"扶贫资金', projects) == "j2"


def test_a_heading_about_something_else_names_no_project() -> None:
    projects = [_project(1, "公开招聘专项资金")]
    assert project_of_section("一、绩效自评工作开展情况 / （一）前期准备", projects) is None
    assert project_of_section(None, projects) is None


def test_an_evaluation_of_something_else_ends_the_project_above() -> None:
    projects = [_project(1, "基层党建工作经费")]
    assert project_of_section("（四）基层党建工作经费 / 1.项目资金来源", projects) == "j1"
    assert project_of_section("（四）基层党建工作经费 / 5、劳动处绩效评价", projects) is None


def test_another_district_in_brackets_is_another_project() -> None:
    projects = [_project(1, "(先创区) 系统维护费", "PF03"), _project(2, "系统维护费", "PF01")]
    assert project_of_section("2021年度系统维护费（高新区）绩效评价报告", projects) == "j2"


def test_a_form_stands_for_a_project_before_a_row_of_a_summary() -> None:
    projects = [_project(1, "人才发展资金", "PF03"), _project(2, "人才发展资金", "PF01")]
    assert project_of_section("1.人才发展资金", projects) == "j2"


def test_a_line_below_the_title_holds_for_what_follows_under_it() -> None:
    title = "项目绩效评价报告"
    paragraphs = _paragraphs(
        (title, "（人才发展资金）"),
        (title, "一、项目概况"),
        (f"{title} / 一、项目概况", "年初预算安排9万元。"),
        (None, "第五部分"),
        ("第五部分", "附表见下。"),
    )
    placed = with_projects(paragraphs, [_project(1, "人才发展资金")])
    assert [paragraph.project_id for paragraph in placed] == ["j1", "j1", "j1", None, None]
