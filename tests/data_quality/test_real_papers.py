"""On real disclosures: the break that is there is found, and roundings are never called broken."""

from pathlib import Path

import pytest

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document
from tests.data_quality.engine import Engine
from tests.data_quality.papers import judge_facts


def _judged(shared: Path, name: str, folder: Path) -> Engine:
    (path,) = (shared / "disclosures").glob(f"{name}_*.txt")
    return judge_facts(folder, understand(read_document(path, path.name)))


def _counts(engine: Engine, families: str = "") -> dict[str, int]:
    within = f"WHERE family IN ({families})" if families else ""
    rows = engine.rows(
        f'SELECT outcome, count(*) FROM quality."check" JOIN quality.rule USING (rule_id) {within} GROUP BY outcome'
    )
    return dict(rows)


FORMS = "'form_sum', 'hierarchy', 'row_total', 'same_quantity', 'words_tables'"


def test_the_forms_of_000_have_only_roundings(shared: Path, tmp_path: Path) -> None:
    engine = _judged(shared, "000", tmp_path)
    counts = _counts(engine, FORMS)

    assert "broken" not in counts
    assert "not_evaluable" not in counts
    assert counts["rounding"] == 4
    assert counts["holds"] >= 120
    # 6.82 of 6.82 is not 82.91 %; the ten items under 2,136.17 add up to 1,135.43
    assert engine.rows("SELECT rule_id, scope FROM quality.finding WHERE rule_id LIKE 'TX-T%' ORDER BY ALL") == [
        ("TX-T04", "人社专网费"),
        ("TX-T10", "支出"),
    ]


def test_the_wrong_grand_total_of_004_is_found_with_both_sides(shared: Path, tmp_path: Path) -> None:
    engine = _judged(shared, "004", tmp_path)

    broken = engine.rows("SELECT rule_id, severity, lhs_text, rhs_text FROM quality.finding JOIN "
                         "quality.\"check\" USING (check_id, rule_id) ORDER BY rule_id")  # fmt: skip

    assert [row[0] for row in broken] == ["BG01-S01", "BG01-S06", "BG01-X02"]
    assert {row[1] for row in broken} == {"critical"}
    assert broken[0][2].endswith("7825.53")
    assert broken[0][3].endswith("20730.94")
    assert "not_evaluable" not in _counts(engine)


@pytest.mark.parametrize("name", ["000", "004"])
def test_no_rule_is_silent_on_a_form_that_is_there(shared: Path, tmp_path: Path, name: str) -> None:
    assert _judged(shared, name, tmp_path).rows("SELECT * FROM quality.coverage_failure") == []
