"""Messages write places, numbers and sides as an auditor would."""

from pathlib import Path

import duckdb
import jinja2
import pytest

from tests.data_quality.engine import SQL
from tests.data_quality.papers import figure
from tests.data_quality.telling import judge_words, told

NAMES = ("message", "numbers", "places")
MESSAGES = "SELECT message_zh, message_en FROM quality.finding WHERE rule_id = '{}'"


def _rendered(template: str) -> str:
    macros = "".join((SQL / "macros" / f"finding_{name}.sql").read_text("utf-8") for name in NAMES)
    return jinja2.Environment().from_string(macros + template).render()


def _macro(call: str) -> object:
    """What DuckDB makes of a macro of the messages."""
    (row,) = duckdb.sql(_rendered(f"SELECT {{{{ {call} }}}}")).fetchall()
    return row[0]


def _decimal(value: str) -> str:
    return f"CAST('{value}' AS DECIMAL(28, 10))"


@pytest.mark.parametrize(
    ("value", "written"),
    [("207309400", "207,309,400"), ("-516000.50", "-516,000.5"), ("0", "0"), ("0.05", "0.05"), ("999", "999"),
     ("123456789012345678.1", "123,456,789,012,345,678.1")],
)  # fmt: skip
def test_a_number_has_its_thousands_apart_and_no_trailing_zeros(value: str, written: str) -> None:
    assert _macro(f'plain_number("{_decimal(value)}")') == written


@pytest.mark.parametrize(
    ("difference", "allowance", "places"),
    [("0.4753846154", "0.4637581094", 2), ("0.0076", "0.0074", 3), ("0.000053", "0.000051", 6), ("5", "0", 2),
     ("0", "0", 2), ("0.00000001", "0.000000009", 10)],
)  # fmt: skip
def test_a_difference_has_the_decimals_that_tell_it_from_rounding(difference: str, allowance: str, places: int) -> None:
    assert _macro(f'places_needed("{_decimal(difference)}", "{_decimal(allowance)}")') == places


@pytest.mark.parametrize(("allowance", "places"), [("0.000563081", 3), ("0.5", 2), ("0", 2), ("0.00000000049", 10)])
def test_what_rounding_can_cause_does_not_become_nothing(allowance: str, places: int) -> None:
    assert _macro(f'places_not_zero("{_decimal(allowance)}", "2")') == places


@pytest.mark.parametrize(
    ("places", "zh", "en"),
    [("p3", "第3页", "page 3"), ("l7 l8 l8 l10", "第7–8、10行", "lines 7–8, 10"),
     ("p3 r5", "第3页表内第5行", "page 3, table row 5"), ("r5", "第5行", "row 5"), ("p2; p9", "第2、9页", "pages 2, 9"),
     ("¶1", "第1段", "paragraph 1"), ("", "", "")],
)  # fmt: skip
def test_places_are_said_in_words(places: str, zh: str, en: str) -> None:
    assert _macro(f"places_in_words(\"'{places}'\", 'zh')") == zh
    assert _macro(f"places_in_words(\"'{places}'\", 'en')") == en


def _facts(*places: str) -> tuple[str, str]:
    values = ", ".join(f"('c', '{place}', [{number}])" for number, place in enumerate(places))
    sql = "WITH facts(check_id, place, place_order) AS (VALUES {}) {{{{ places_of_facts('facts') }}}}"
    ((_, zh, en),) = duckdb.sql(_rendered(sql.format(values))).fetchall()
    return zh, en


def test_the_cells_of_a_form_are_said_together_with_their_page() -> None:
    zh, en = _facts("支出表 p2 r3c1", "支出表 p2 r4c2", "支出表 p3 r1c2", "收入表 r7c1", "总表 l107c4")

    assert zh == (
        "《支出表》第2页表内第3行第1列、表内第4行第2列、第3页表内第1行第2列；《收入表》第7行第1列；《总表》第107行第4列"
    )
    assert en == (
        "《支出表》, page 2, table row 3 column 1, table row 4 column 2, page 3, table row 1 column 2; "
        "《收入表》, row 7 column 1; 《总表》, line 107 column 4"
    )


def test_a_sentence_is_quoted_once_with_every_page_that_prints_it() -> None:
    zh, en = _facts("“减少“三公”经费。” p7", "“减少“三公”经费。” p7", "“减少“三公”经费。” p8", "“没有页码。”")

    assert zh == "“减少‘三公’经费。”（第7页、第8页）；“没有页码。”"
    assert en == "“减少‘三公’经费。” (page 7, page 8); “没有页码。”"


def test_a_rate_is_said_with_the_figures_it_follows_from(tmp_path: Path) -> None:
    before = {"comparison_stage": "initial_budget", "comparison_year": 2022}
    words = [
        told("basic_expenditure", "120.00"),
        told("basic_expenditure", "100.00", fiscal_year=2022),
        told("basic_expenditure", "30.00", figure="growth_rate", **before),
    ]
    ((zh, en),) = judge_words(tmp_path, words).rows(MESSAGES.format("TX-T03"))

    assert "文字所述 30.00% 应等于 20%（由 120.00、100.00 算得）" in zh
    assert "Told: 30.00%, which should equal 20% (from 120.00 and 100.00)" in en


def test_the_subject_that_begins_a_message_is_not_said_again(tmp_path: Path) -> None:
    cells = [figure("BG05", "expenditure", "1234500.00", fund="general_public_budget")]
    ((zh, en),) = judge_words(tmp_path, [told("expenditure", "234.50")], cells).rows(MESSAGES.format("TX-W01"))

    assert "文字为 234.50（2,345,000 元）；表中为 " in zh
    assert "Told as 234.50 (2,345,000 yuan); printed as " in en
