"""Invented projects and their indicators."""

from hypothesis import strategies as st

from tests.performance.typeset import LEVELS, Goal, Project

_WORDS = "公共就业服务培训补贴档案整理系统维护党建活动人才引进网络租用设备更新社区治理环境整治"
names = st.text(_WORDS, min_size=6, max_size=14)
codes = st.from_regex(r"[0-9]{8}T[0-9]{12}", fullmatch=True)
amounts = st.decimals(0, 99999, places=2).map(str) | st.integers(1, 9999).map(str)
scores = st.integers(0, 20).map(str) | st.decimals(0, 20, places=2).map(str)
percents = st.decimals(0, 100, places=2).map(lambda value: f"{value}%")
targets = st.one_of(
    st.tuples(
        st.sampled_from(["≥", "≤", "="]), st.integers(1, 5000).map(str), st.sampled_from(["%", "人", "万元", "次"])
    ),
    st.tuples(st.just(""), st.integers(1, 500).map(str), st.sampled_from(["个", "元/人/月"])),
)


@st.composite
def goals(draw: st.DrawFn) -> tuple[Goal, ...]:
    found = []
    for level1, seconds in LEVELS.items():
        for level2 in draw(st.lists(st.sampled_from(seconds), min_size=1, max_size=3, unique=True)):
            for name in draw(st.lists(names, min_size=1, max_size=2)):
                operator, number, unit = draw(targets)
                weight, score = draw(scores), draw(scores)
                found.append(Goal(level1, level2, name, operator, number, unit, f"{number}{unit}", weight, score))
    return tuple(found)


projects = st.builds(
    Project,
    name=names,
    code=codes,
    initial=amounts,
    adjusted=amounts,
    executed=amounts,
    other=st.just("0") | amounts,
    rate=percents,
    rate_score=scores,
    score=st.decimals(0, 100, places=2).map(str),
    goals=goals(),
)
