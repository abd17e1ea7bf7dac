"""The official code lists: what they hold, and how printed names find their code."""

import pytest

from pipelines.classification import economic_codes, function_classes, function_codes, function_name_to_code, plain_name


def test_every_row_says_what_it_rests_on():
    rows = [*function_codes(), *economic_codes("dept"), *economic_codes("gov")]
    assert len(function_classes()) > 30
    assert all(row.code.isdigit() and row.name for row in rows)
    assert all(row.evidence for row in function_codes())


def test_a_renamed_class_has_its_name_of_each_era():
    names = {(row.name, row.first_year, row.last_year) for row in function_classes() if row.code == "207"}
    assert names == {("文化体育与传媒支出", None, 2018), ("文化旅游体育与传媒支出", 2019, None)}


def test_parents_follow_from_the_code():
    parents = {row.code: row.parent for row in function_codes()}
    assert (parents["208"], parents["20805"], parents["2080505"]) == (None, "208", "20805")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (["社会保障和就业"], "208"),
        (["社会保障和就业支出"], "208"),
        (["一般公共服务支出", "人大事务", "行政运行（人大事务）"], "2010101"),
        (["社会保障和就业支出", "行政事业单位离退休", "未归口管理的行政单位离退休支出"], "2080504"),
        (["社会保障和就业支出", "行政事业单位养老支出", "没有见过的支出"], None),
        (["没有这一类"], None),
    ],
)
def test_names_find_their_code_or_none(path, code):
    assert function_name_to_code(path) == code


def test_names_printed_in_the_documents_own_tables_are_learnt():
    path = ["农林水支出", "普惠金融发展支出", "创业担保贷款贴息"]
    assert function_name_to_code(path) is None
    assert function_name_to_code(path, {"21308": "普惠金融发展支出", "2130804": "创业担保贷款贴息"}) == "2130804"


def test_names_are_compared_without_blanks_brackets_and_the_word_expenditure():
    assert plain_name(" 社会保障 和就业支出 ") == plain_name("社会保障和就业")
    assert plain_name("其他支出") == "其他支出"
