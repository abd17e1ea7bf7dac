"""What a host allows robots, by RFC 9309: no file allows all, a server that fails allows nothing for the moment."""

import urllib.robotparser

import msgspec

AGENT = "duizhang/0.1 (+reads published budgets and final accounts)"
"""How the harvest names itself; in robots.txt: ``duizhang``."""

MAX_BYTES = 512 << 10
_NAME = "duizhang"
_LONGEST_DELAY = 60.0


class Robots(msgspec.Struct, frozen=True):
    """The rules of one host."""

    rules: urllib.robotparser.RobotFileParser | None
    """None: everything is allowed."""
    problem: str = ""
    """Why nothing may be asked."""
    passing: bool = False
    """Whether that may change."""

    @classmethod
    def of(cls, data: bytes) -> "Robots":
        """The rules in a robots.txt; an HTML page in its place has none."""
        rules = urllib.robotparser.RobotFileParser()
        rules.parse(data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
        return cls(rules)

    @classmethod
    def without(cls, problem: str, *, refused: bool) -> "Robots":
        """A host that has none (``refused``: it said so), or that did not answer."""
        return cls(None) if refused else cls(None, f"robots.txt cannot be asked: {problem}", passing=True)

    def allows(self, url: str) -> bool:
        """Whether an address may be asked."""
        return self.rules is None or self.rules.can_fetch(_NAME, url)

    @property
    def delay(self) -> float:
        """Seconds between requests that the host asks for."""
        told = self.rules.crawl_delay(_NAME) if self.rules else None
        return min(float(told or 0), _LONGEST_DELAY)
