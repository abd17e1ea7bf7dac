import pytest

from pipelines.documents.errors import UnreadableFileError
from pipelines.documents.html import decode, read_html
from pipelines.documents.model import Grid, Paragraph
from tests.typeset.html import grid
from tests.typeset.model import Cell

TABLE = grid(((Cell("甲"), Cell("1")), (Cell("乙"), Cell("2"))))


def read(page):
    return read_html(page.encode() if isinstance(page, str) else page, "a.html")


def shape(content):
    return [
        block.text if isinstance(block, Paragraph) else [[cell and cell.text for cell in row] for row in block.rows()]
        for block in content.blocks
    ]


def test_paragraphs_and_tables_stand_in_reading_order():
    page = f"<title>公开</title><h1>某局</h1>文字<div>一<span>二</span><br>三</div>{TABLE}<p>注：无</p>"
    assert shape(read(page)) == ["公开", "某局", "文字", "一二", "三", [["甲", "1"], ["乙", "2"]], "注：无"]


def test_a_title_that_the_page_repeats_stands_once():
    assert shape(read("<title>某局决算</title><h1>某局决算</h1><p>正文</p>")) == ["某局决算", "正文"]


def test_what_is_not_displayed_is_left_out():
    page = "<script>甲</script><style>乙</style><p hidden>丙</p><p style='display: none'>丁</p><!-- 戊 --><p>己</p>"
    assert shape(read(page)) == ["己"]


def test_a_hidden_tab_with_a_table_is_read():
    assert shape(read(f"<p>甲</p><div style='display:none'>{TABLE}</div>")) == ["甲", [["甲", "1"], ["乙", "2"]]]


def test_white_space_is_what_a_browser_shows():
    assert shape(read("<p>一般公共\n   预算  12.5\n%&nbsp;</p><pre>甲\n乙</pre>")) == [
        "一般公共预算 12.5 %",
        "甲",
        "乙",
    ]


def test_spans_reach_over_rows_and_end_with_their_part_of_the_table():
    page = (
        "<table><thead><tr><th rowspan=9>项目<th colspan=2>金额</tr><tr><th>甲<th>乙</tr></thead>"
        "<tbody><tr><td rowspan=0>收入<td>1<td>2</tr><tr><td>3<td>4</tr></tbody></table>"
    )
    assert shape(read(page)) == [[["项目", "金额", None], [None, "甲", "乙"], ["收入", "1", "2"], [None, "3", "4"]]]


def test_a_title_that_spans_more_columns_than_there_are_spans_the_table():
    page = "<table><tr><td colspan=100>表一</tr><tr><td>甲<td>1</tr></table>"
    assert shape(read(page)) == [[["表一", None], ["甲", "1"]]]


def test_a_table_in_a_cell_follows_the_table_it_stands_in():
    page = f"<table><tr><td>外一{TABLE}<td>外二</tr></table>"
    assert shape(read(page)) == [[["外一", "外二"]], [["甲", "1"], ["乙", "2"]]]


def test_a_table_that_only_frames_is_not_a_table():
    page = f"<table><tr><td><p>表一</p>{TABLE}</td></tr><tr><td>版权所有</td></tr></table>"
    assert shape(read(page)) == ["表一", [["甲", "1"], ["乙", "2"]], "版权所有"]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("gbk", "gb2312"), ("gb18030", ""), ("utf-8", "gb2312"), ("gbk", "iso-8859-1"),
     ("big5", "big5"), ("utf-16", ""), ("utf-8-sig", "x-unknown"), ("gbk", "hex")],
)  # fmt: skip
def test_the_encoding_is_what_the_bytes_are(encoding, declared):
    meta = f"<meta charset={declared}>" if declared else ""
    text, problem = decode(f"<html>{meta}<p>財政預算數一二三四五</p>".encode(encoding))
    assert "財政預算數一二三四五" in text
    assert problem is None


def test_bytes_that_are_no_text_are_a_problem_not_an_error():
    content = read("<p>财政预算</p>".encode() + b"\xff\xff" + "<p>决算数</p>".encode())
    assert shape(content)[0] == "财政预算"
    assert "2 characters of the page could not be decoded" in content.problems[0]


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<title>404 Not Found</title><h1>404</h1><p>nginx</p>", "404"),
        ("<p>您访问的页面不存在或已被删除！</p>", "404"),
        ("<h1>403 Forbidden</h1>", "403"),
        ("<p>请完成安全验证后继续访问</p>", "captcha"),
        ("<p>您的请求已被该站点拦截</p>", "firewall"),
        ("<h1>502 Bad Gateway</h1>", "server error"),
        ("<p>Please enable JavaScript to continue</p>", "JavaScript"),
        ("<script>location='/x'</script><body></body>", "without text"),
    ],
)
def test_an_error_page_is_refused_by_its_name(page, kind):
    with pytest.raises(UnreadableFileError) as caught:
        read(f"<html>{page}")
    assert kind in caught.value.reason
    assert "browser" in caught.value.remedy


def test_a_disclosure_that_speaks_of_errors_is_no_error_page():
    assert isinstance(read(f"<p>网站维护费404万元，验证码服务2万元</p>{TABLE}").blocks[1], Grid)


def test_tags_that_never_close_are_read():
    assert shape(read("<p>甲</p>" + "<font>" * 20_000 + "乙")) == ["甲", "乙"]
    assert shape(read("<p>甲</p>" + "<div>" * 3_000 + "乙")) == ["甲", "乙"]


def test_a_bomb_of_spans_is_refused():
    rows = "<tr><td rowspan=60000 colspan=1000>甲" * 300
    with pytest.raises(UnreadableFileError, match="columns"):
        read(f"<table>{rows}</table>")
