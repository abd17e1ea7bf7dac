import pytest

from pipelines.documents.number_format import BUILT_IN, displayed, displayed_text, exact

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("1608.5", "#,##0.00", "1,608.50"),
        ("1608.51", "General", "1608.51"),
        ("1608.5099999999999", "General", "1608.51"),
        ("0.28499999999999998", "0.00", "0.29"),
        ("-1608.505", "#,##0.00_ ", "-1,608.51"),
        ("-0.001", "0.00", "0.00"),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("0", ACCOUNTING, "-"),
        ("-5", ACCOUNTING, "-5.00"),
        ("0", "0;-0;;@", ""),
        ("0", "0.00", "0.00"),
        ("0.5", "#,##0.##", "0.5"),
        ("1", "00", "01"),
        ("2080101", "0", "2080101"),
        ("12", "0,000", "0,012"),
        ("0.285", "0.0%", "28.5%"),
        ("-1234.5", "0.00_);[Red]\\(0.00\\)", "(1234.50)"),
        ("-5", '[=0]"";0.0', "-5.0"),
        ("0", '[=0]"";General', ""),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("1234", '0.00"万元"', "1234.00万元"),
        ("12345678", "#,##0,", "12,346"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("1234567.891234", "General", "1234567.891"),
        ("44927", BUILT_IN[31], "2023年1月1日"),
        ("44927.5", "yyyy-mm-dd h:mm:ss", "2023-01-01 12:00:00"),
        ("44927.25", 'm"月"d"日" AM/PM h:mm', "1月1日 上午 6:00"),
        ("1.5", "[h]:mm", "36:00"),
    ],
)
def test_a_number_is_shown_as_its_format_displays_it(stored, code, shown):
    assert displayed(exact(stored), code) == shown


def test_the_other_epoch_moves_dates_by_four_years():
    assert displayed(exact("43465"), "yyyy/m/d", epoch_1904=True) == "2023/1/1"


def test_a_text_is_shown_within_a_format_for_texts():
    assert displayed_text("合计", "General") == "合计"
    assert displayed_text("合计", '0;0;0;"（"@"）"') == "（合计）"


@pytest.mark.parametrize("stored", ["nan", "inf", "十"])
def test_what_is_no_number_is_not_exact(stored):
    with pytest.raises(ValueError, match=r".*"):
        exact(stored)
