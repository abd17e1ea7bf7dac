"""How a publisher sets a paper: every choice is data, none changes what is true."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tests.typeset.model import YUAN_PER


@dataclass(frozen=True)
class Style:
    """One publisher's habits."""

    unit: str = "万元"
    """``元`` or ``万元``; the 三公 form is always in 万元."""
    code_columns: int = 1
    """1: whole codes in one column; 3: 类, 款 and 项 in three."""
    thousands: bool = False
    zero: str = ""
    """What a zero is printed as: nothing, ``0.00`` or ``0``."""
    drop_trailing_zeros: bool = False
    """As some text converters do: 2098.4 for 2098.40."""
    total_first: bool = True
    total_column: int = 0
    """The column of the word 合计 in forms with three code columns: 0, or 3 (the name's)."""
    line_numbers: bool = True
    """行次 in two-sided forms and 栏次 below headers, in final accounts."""
    title_in_grid: bool = False
    landscape: bool = False
    rows_per_page: int = 40
    repeat_header: bool = True
    top_rule_after_break: bool = True
    share_pages: bool = False
    full_economics: bool = False
    """Print every economic code, used or not."""
    printed_numbers: bool = True
    """公开NN表 above each form."""
    caption_order: tuple[str, ...] = ("number", "department", "unit")
    department_word: str = "部门"
    unit_word: str = "金额单位"
    contents: bool = True

    def number(self, yuan: Decimal | None, unit: str) -> str:
        """Print an amount, rounded from yuan to two places of the unit. Blank for nothing and, by habit, for zero."""
        if not yuan:
            return self.zero
        value = rounded(yuan, unit)
        printed = f"{value:,.2f}" if self.thousands else f"{value:.2f}"
        if self.drop_trailing_zeros and "." in printed:
            printed = printed.rstrip("0").rstrip(".")
        return printed


def rounded(yuan: Decimal, unit: str) -> Decimal:
    """Round yuan to two places of a unit, half up, as publishers do."""
    return (yuan / YUAN_PER[unit]).quantize(Decimal("0.01"), ROUND_HALF_UP)
