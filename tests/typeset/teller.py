"""Tell figures in words, and remember what was told: amounts, changes, shares, completion rates.

Does not belong here: which sentences a paper has (``words``).
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from tests.typeset.model import YUAN_PER, Key, Prose, Told
from tests.typeset.sheet import Filing
from tests.typeset.style import rounded

UNIT = "万元"
CENT = Decimal("0.01")
REASONS = (
    "项目安排有所调整",
    "人员变动，相应经费随之变化",
    "部分工作按进度安排到以后年度",
    "场馆服务时间延长",
    "厉行节约，从严控制支出",
    "统一采购后价格下降",
)


class Teller:
    """Words for the figures of one filing; every figure told is kept until the paragraph is finished."""

    def __init__(self, filing: Filing, *, thousands: bool = False) -> None:
        self.filing, self.thousands = filing, thousands
        self._told: list[Told] = []
        self._reasons = self._cycle()

    @staticmethod
    def _cycle() -> Iterator[str]:
        while True:
            yield from REASONS

    def knows(self, key: Key) -> bool:
        """Whether the figure is known (it may be zero)."""
        return self.filing.known_amount(key) is not None

    def value(self, key: Key) -> Decimal:
        """Return the true figure in yuan; zero when nobody knows it."""
        return self.filing.known_amount(key) or Decimal(0)

    def _print(self, yuan: Decimal) -> tuple[str, Decimal]:
        value = rounded(abs(yuan), UNIT)
        return (f"{value:,.2f}" if self.thousands else f"{value:.2f}"), value * YUAN_PER[UNIT]

    def amount(self, key: Key) -> str:
        """Tell an amount: 12.34万元."""
        printed, value = self._print(self.value(key))
        self._told.append(Told("amount", key, value, printed))
        return printed + UNIT

    def change(self, key: Key, before: Key, equal: str = "与上年持平") -> str:
        """Tell how an amount differs from another: 增加1.20万元，增长3.45%."""
        difference = self.value(key) - self.value(before)
        printed, value = self._print(difference)
        if not value:
            return equal
        sign = 1 if difference > 0 else -1
        self._told.append(Told("change", key, sign * value, printed, before))
        told = f"{'增加' if sign > 0 else '减少'}{printed}{UNIT}"
        if not self.value(before):
            return told
        rate = self._percent(difference, self.value(before))
        self._told.append(Told("growth_rate", key, rate, f"{abs(rate)}", before))
        return f"{told}，{'增长' if sign > 0 else '下降'}{abs(rate)}%"

    def share(self, key: Key, whole: Key, of: str = "") -> str:
        """Tell a share of a whole: 占12.34%, 占本年支出合计的12.34%."""
        rate = self._percent(self.value(key), self.value(whole))
        self._told.append(Told("share", key, rate, f"{rate}", whole))
        return f"占{of}{rate}%"

    def completion(self, key: Key, budget: Key) -> str:
        """Tell how far a budget was carried out: 完成年初预算的98.76%; a budget of zero has no rate."""
        if not self.value(budget):
            return "决算数大于年初预算数" if self.value(key) else "与年初预算一致"
        rate = self._percent(self.value(key), self.value(budget))
        self._told.append(Told("completion_rate", key, rate, f"{rate}", budget))
        return f"完成年初预算的{rate}%"

    def reason(self) -> str:
        """Return the next of the usual reasons."""
        return next(self._reasons)

    @staticmethod
    def _percent(part: Decimal, whole: Decimal) -> Decimal:
        return (part / whole * 100).quantize(CENT, ROUND_HALF_UP) if whole else Decimal("0.00")

    def paragraph(self, *parts: str) -> Prose:
        """Finish a paragraph from its parts, with the figures told since the last one."""
        prose = Prose("".join(parts), tuple(self._told))
        self._told = []
        return prose
