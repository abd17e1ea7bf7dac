"""The cover of a paper: its lines, and what the words of its title say.

Belongs here: which lines stand before the paper proper, and taking a title apart into whose paper it is, for which
year and of which kind. A title reads ``[关于][公开] whose, year 年度, [市级] 部门|单位 [综合] 预算|决算 [公开 …]``
in any order and over several lines. Does not belong here: what the rest of the paper tells (``paper``).
"""

import re
from collections.abc import Iterator

import msgspec

from pipelines.disclosures.printed import narrow, read_printed
from pipelines.disclosures.titles import match_title
from pipelines.documents.model import Document, Grid

_MOST_LINES = 20
_LONGEST_LINE = 70
_MOST_CELLS = 12
_END = re.compile(r"^(目录|目次|contents|第[一1]部分|第一章|一、|\(一\))", re.IGNORECASE)
_SENTENCE = re.compile(r"[。;!?]")
_CHINESE_YEAR = re.compile(r"[二2][〇○OoＯ零0][〇○OoＯ零一二三四五六七八九0-9]{2}(?=年)")
_DIGITS = str.maketrans("〇○OoＯ零一二三四五六七八九", "000000123456789")

_YEAR_PRINTED = r"(?<!\d)(?:19|20)\d\d"
_NO_DATE = r"(?!年?\d|年\d{1,2}月|年[一二三四五六七八九十]{1,3}月|\)?第?\d+号|[-./]\d)"
YEAR = re.compile(rf"\(?({_YEAR_PRINTED}){_NO_DATE}(?:财政)?年?度?\)?")
"""A year that a paper is for; not that of a date, nor of a document's number."""
_DATE = re.compile(r"(?:19|20)\d\d[年.\-/]?\d{0,2}|^\d+$|年[一二三四五六七八九十]+月|\d月|\d日")

_LEVEL = r"(?:本?[省市县区州旗盟镇乡]级|本级)"
_FUNDS = r"(?:综合|汇总|收支|财政|整体)*"
_ACCOUNTS = re.compile(
    rf"(?:的)?{_LEVEL}?(?:\((?:部门|单位)\)|部门\(单位\)|单位\(部门\)|部门|单位|机关)?{_FUNDS}(?:预决算|决算|预算)"
)
_MARKED = re.compile(rf"(?:(?:\(?(?:部门|单位|机关)\)?|{_LEVEL}|年度?|\d|汇总\)){_FUNDS}|^)(?:预决算|决算|预算)")
_PERFORMANCE = re.compile(
    r"(?:的)?(?:部门|单位)?(?:预算)?(?:整体支出|整体|项目支出|项目|财政专项资金|专项资金|财政支出|财政项目支出|预算)?"
    r"(?:预算)?(?:绩效评价|绩效自评|自评报告)"
)
_NOISE = re.compile(
    r"^(?:附件|附表|附)\d{0,2}[::、.]?|^(?:19|20)?\d{2}[-_/]|《|》|监督索引号\d*|^关于|^公开|^做好"
    r"|(?:关于)?(?:公开|公布)?(?:的)?$|^[-—_·:,、]+|[-—_·:,、]+$"
)
_WITHOUT = re.compile(
    r"(?:\((?:汇总|部门|单位|含下属单位|盖章|公章)\)|汇总|向社会|信息|(?:部门)?整体支出|项目支出|(?:财政)?专项资金)$"
)
_REGION_FIRST = re.compile(
    r"^(?:中共|中国|共青团|政协|[一-鿿]{2,7}?(?:省|市|县|区|州|旗|盟|自治区|林区|特区|开发区|新区|高新|镇|乡|街道))"
)
_BARE_REGION = re.compile(
    r"[一-鿿]{1,9}(?<!街道)(?<!开发)(?<!园)(?<!新)(?<!保护)(?<!高新)(?<!示范)(?<!景)(?<!保税)[省市县区州旗盟]"
)
_ZONE = re.compile(r"[一-鿿]{2,}(?:开发区|园区|新区|高新区|保税区|示范区)")
_FRAGMENT = re.compile(r"[一-鿿A-Za-z0-9()、·]{1,30}")
_NO_NAME = re.compile(
    r"首页|公开|信息|目录|当前|位置|索引|附件|打印|关闭|文件|发布|来源|时间|日期|编制|审[查签核]|部门$|单位$|说明|批复|年度?$|预算|决算"
    r"|制$|印$|栏目|导航|字体|浏览"
)
_LONGEST_NAME = 45
_ENDS = (
    "[局委办院厅处所队馆站校园部庭社团会场台室署库镇乡村组厂联宫屋协报苑楼党圃港河闸桥网]|基地|中心|街道|政协|人大|机关|本级"
    "|公司|银行|[大中小]学|监狱|开发区|园区|新区|保护区|高新区?|示范区|景区|保税区|特区|经开|集团|分局|灌区|支部|组织|政府|基金|湿地"
)
_ORGANISATION = re.compile(rf"[一-鿿A-Za-z0-9()、·]{{2,{_LONGEST_NAME}}}?(?:{_ENDS})(?:\([^()]{{1,12}}\))?")
_LABELLED = re.compile(r"(?!附件|附表|附\d)[^:]{1,9}:")
_LABEL = re.compile(
    r"(?:预算主管部门|编制部门|编制单位|部门名称|单位名称|预算单位|填报单位|填报部门|公开部门|公开单位|部门\(单位\)名称"
    r"|单位\(部门\)名称|部门\(单位\)|预算部门|被评价单位)(?:\((?:盖章|公章|签章)\))?:(.+)"
)


class Cover(msgspec.Struct, frozen=True):
    """What stands before the paper proper, as narrow lines, and what its title says. Unknown is None."""

    lines: tuple[str, ...]
    title: str | None
    """The title line that names the kind of paper."""
    department: str | None
    year: int | None

    @property
    def text(self) -> str:
        """All lines as one text."""
        return "".join(self.lines)


def plain_years(text: str) -> str:
    """Narrow text in which years in Chinese numerals (二〇一九年) are printed in digits."""
    return _CHINESE_YEAR.sub(lambda found: found.group().translate(_DIGITS), narrow(text))


def read_cover(document: Document) -> Cover:
    """The cover of ``document``; without lines where the paper begins at once."""
    return cover_of(list(_cover_lines(document)))


def cover_of(lines: list[str]) -> Cover:
    """What these lines say as a cover; they may be a cover or the name of a file."""
    index = _title_index(lines)
    labelled = next((name for line in lines if (name := _labelled(line))), None)
    if index is None:
        return Cover(tuple(lines), None, labelled, _year(lines))
    department = labelled or _name(lines, index)
    near = [lines[index], *reversed(lines[:index]), *lines[index + 1 :]]
    return Cover(tuple(lines), lines[index], department, _year(near))


def is_organisation(name: str) -> bool:
    """Whether ``name`` (narrow) can be a department's or unit's: ends like one and is no region alone."""
    return bool(_ORGANISATION.fullmatch(name)) and not _BARE_REGION.fullmatch(name) and not _DATE.search(name)


def is_region(name: str) -> bool:
    """Whether ``name`` (narrow) is that of a region or zone alone."""
    return bool(_BARE_REGION.fullmatch(name) or _ZONE.fullmatch(name))


def names_a_region(name: str) -> bool:
    """Whether ``name`` (narrow) begins like that of a region."""
    return bool(_REGION_FIRST.match(name))


def _cover_lines(document: Document) -> Iterator[str]:
    count = 0
    for block in document.blocks:
        texts = _grid_lines(block) if isinstance(block, Grid) else block.text.split("\n")
        if texts is None:
            return
        for line in (plain_years(text) for text in texts if text.strip()):
            count += 1
            if count > _MOST_LINES or _END.match(line) or (_SENTENCE.search(line) and "年" in line):
                return
            if match_title(line):
                return
            if len(line) <= _LONGEST_LINE and not _SENTENCE.search(line):
                yield line


def _grid_lines(grid: Grid) -> list[str] | None:
    """The texts of a cover set as a table, None for a table that is none."""
    texts = [cell.text for cell in grid.cells if cell.text.strip()]
    figures = any(read_printed(text).kind in ("number", "percent") for text in texts)
    return None if len(texts) > _MOST_CELLS or figures or any("表" in text for text in texts) else texts


def _title_index(lines: list[str]) -> int | None:
    """The line that says what paper it is: one that carries 部门预算 or the like before one that says 预算 only."""
    for pattern in (_PERFORMANCE, _MARKED, _ACCOUNTS):
        for index, line in enumerate(lines):
            if pattern.search(line) and not _LABELLED.match(line):
                return index
    return None


def _paper_words(line: str) -> tuple[int, int]:
    """Where the words for the kind of paper stand in a title line."""
    spans = [found.span() for found in _PERFORMANCE.finditer(line)]
    marked = _MARKED.search(line)
    spans = spans or [found.span() for found in _ACCOUNTS.finditer(line) if not marked or found.end() == marked.end()]
    return spans[0]


def _labelled(line: str) -> str | None:
    found = _LABEL.search(line)
    if not found:
        return None
    name = re.split(r"[,;:]|金额|日期|公开", YEAR.sub("", found.group(1)))[0]
    return name if is_organisation(name) else None


def _name(lines: list[str], index: int) -> str | None:
    """Whose paper it is, by what stands before the title words, else behind them, else below them."""
    line = lines[index]
    start, end = _paper_words(line)
    before = _joined_before(lines, index, line[:start])
    for words in (before, *_parts_behind(line[end:]), *_below(lines, index)):
        name = _clean(words)
        if name and is_organisation(name) and not (name != _clean(before) and _NO_NAME.search(name)):
            return name
    return None


def _joined_before(lines: list[str], index: int, head: str) -> str:
    """What stands before the title words, with the lines above that it goes on from."""
    for above in reversed(lines[max(index - 5, 0) : index]):
        if _clean(head) and YEAR.match(head.removeprefix("关于")):
            break
        year_only = not _clean(above) and YEAR.search(above)
        if year_only:
            if _clean(head):
                break
            continue
        if not _continues(above, _clean(head)):
            break
        head = above + head
    return head


def _continues(above: str, head: str) -> bool:
    """Whether the line above is the beginning of the name that goes on in ``head``."""
    name = _clean(above)
    if not name or not _FRAGMENT.fullmatch(name) or _NO_NAME.search(name) or _DATE.search(name):
        return False
    return not (_REGION_FIRST.match(head) and is_organisation(head) and not _BARE_REGION.fullmatch(name))


def _parts_behind(tail: str) -> list[str]:
    return [part for part in re.split(r"[()—\-_:,]+", YEAR.sub("", tail)) if len(part) > 2]


def _below(lines: list[str], index: int) -> Iterator[str]:
    below = [line for line in lines[index + 1 : index + 5] if _FRAGMENT.fullmatch(line)]
    yield from below
    yield "".join(below[:2])


def _clean(words: str) -> str:
    """A name without years, 关于, 公开, 附件 and remarks such as （汇总）."""
    name, before = YEAR.sub("", words), ""
    while name != before:
        before = name
        name = _WITHOUT.sub("", _NOISE.sub("", name))
    return name


def _year(lines: list[str]) -> int | None:
    found = next((found for line in lines if (found := YEAR.search(line))), None)
    return int(found.group(1)) if found else None
