"""What no message to a reader may show: places by our own letters, numbers longer than needed, marks that meet."""

import re
from collections.abc import Iterable

UNREADABLE = {
    "a place by letters": r"(?<![A-Za-z0-9])(?:r\d+c\d+|[pl]\d+)(?![A-Za-z0-9])|¶",
    "a placeholder": r"[{}]",
    "more decimals than anybody prints": r"\d\.\d{7}",
    "a number without thousands apart": r"[（(]-?\d{4,}(?:\.\d+)? (?:元|yuan)",
    "marks that meet outside quotations": r"[。；：，][。；：，]|：:|位置：。|Where: \.",
    "a blank behind a bracket": r"） 应",
    "an operator that leads": r"(?:应等于|应为|should equal|should be) [＝；＋÷]",
}
QUOTED = re.compile(r"“[^”]*”")


def unreadable(messages: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is wrong with which message, of pairs of Chinese and English; what a message quotes may say anything."""
    told = [QUOTED.sub("“”", message) for pair in messages for message in pair]
    return [(name, message) for message in told for name, bad in UNREADABLE.items() if re.search(bad, message)]
