from decimal import Decimal

import pytest

from pipelines.disclosures.printed import read_printed, to_fen, to_yuan, unit_in


@pytest.mark.parametrize(
    ("text", "value", "quantum"),
    [
        ("1,608.51", "1608.51", "0.01"),
        ("2098.4", "2098.4", "0.1"),
        ("164,978,640", "164978640", "1"),
        ("０.００", "0.00", "0.01"),
        ("-3.5", "-3.5", "0.1"),
        ("（3.50）", "-3.50", "0.01"),
        ("690.070159", "690.070159", "0.000001"),
    ],
)
def test_a_printed_number_is_exact_and_knows_its_last_place(text: str, value: str, quantum: str) -> None:
    printed = read_printed(text)
    assert printed.kind == "number"
    assert printed.value == Decimal(value)
    assert printed.quantum == Decimal(quantum)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"),
        ("　", "blank"),
        ("—", "mark"),
        ("无", "mark"),
        ("/", "mark"),
        ("合计", "text"),
        ("1,23", "text"),
        ("39.26%", "percent"),
    ],
)
def test_blank_mark_and_text_are_three_things(text: str, kind: str) -> None:
    assert read_printed(text).kind == kind


def test_a_zero_is_a_number_and_no_blank() -> None:
    assert read_printed("0").value == 0


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额单位：万元", "万元"),
        ("单位:元", "元"),
        ("部门：某局 单位：千元", "千元"),
        ("单位：某某局", None),
        ("单位名称", None),
    ],
)
def test_the_unit_is_read_from_its_line(text: str, unit: str | None) -> None:
    assert unit_in(text) == unit


def test_wan_yuan_become_exact_yuan_and_percent_none() -> None:
    assert to_yuan(Decimal("35.425"), "万元") == Decimal("354250")
    assert to_yuan(Decimal("690.070159"), "万元") == Decimal("6900701.59")
    assert to_yuan(Decimal("12"), "%") is None


def test_what_is_printed_finer_than_a_fen_is_rounded_in_yuan_and_exact_as_printed() -> None:
    assert to_fen(to_yuan(Decimal("1.23456789"), "万元")) == Decimal("12345.68")
    assert to_fen(Decimal("3.1")) == Decimal("3.1")
    assert to_fen(None) is None


def test_digits_that_can_be_no_amount_are_text() -> None:
    assert read_printed("91330100MA2B0000X1").kind == "text"
    assert read_printed("12345678901234567890").kind == "text"
