"""Numbers of the real papers, form by form, against counts made by an independent reading of every page."""

from pathlib import Path

import pytest

from pipelines.disclosures.understanding import understand
from pipelines.documents.reading import read_document

COUNTS = {
    "000_7d799849e772e2e5.txt": {"FA01": 9, "FA02": 32, "FA03": 35, "FA04": 15, "FA05": 35, "FA06": 23, "FA07": 4},
    "004_fe784ab243f6b12f.txt": {"BG01": 8, "BG02": 51, "BG03": 34, "BG04": 11, "BG05": 34, "BG11": 33, "BG12": 12},
    "real/普陀区财政局_2024_部门决算.pdf": {
        "FA01": 12, "FA02": 45, "FA03": 44, "FA04": 19, "FA05": 44, "FA06": 29, "FA07": 2,
    },
    "real/普陀区规划和自然资源局_2024_部门决算.pdf": {
        "FA01": 12, "FA02": 50, "FA03": 75, "FA04": 17, "FA05": 75, "FA06": 67, "FA07": 12,
    },
    "real/普陀区财政局_2025_部门预算.pdf": {
        "BG01": 8, "BG02": 40, "BG03": 44, "BG04": 12, "BG05": 44, "BG06": 90, "BG07": 3,
    },
    "real/普陀区万里街道办事处_2023_部门预算.pdf": {
        "BG01": 12, "BG02": 134, "BG03": 201, "BG04": 20, "BG05": 201, "BG06": 63, "BG07": 7,
    },
    "real/普陀区万里街道办事处_2024_部门预算.pdf": {
        "BG01": 13, "BG02": 335, "BG03": 201, "BG04": 22, "BG05": 201, "BG06": 96, "BG07": 7,
    },
    "real/江苏省人大办公厅_2017_部门预算.pdf": {
        "BG01": 12, "BG02": 3, "BG03": 4, "BG04": 6, "BG13": 19, "BG14": 24, "BG05": 19, "BG06": 24, "BG15": 16,
        "BG07": 9, "BG12": 26,
    },
    "real/江苏省人大办公厅_2018_部门预算.pdf": {
        "BG01": 12, "BG02": 3, "BG03": 4, "BG04": 6, "BG13": 21, "BG14": 24, "BG05": 21, "BG06": 24, "BG07": 8,
        "BG15": 11, "BG12": 24,
    },
    "real/江苏省人大办公厅_2019_部门预算-仅表格.pdf": {
        "BG01": 12, "BG02": 3, "BG03": 4, "BG04": 6, "BG13": 21, "BG14": 25, "BG05": 21, "BG06": 25, "BG07": 8,
        "BG15": 12, "BG12": 26,
    },
}  # fmt: skip


@pytest.mark.parametrize("name", COUNTS)
def test_every_number_of_every_form_is_an_amount_with_a_meaning(shared: Path, name: str) -> None:
    facts = understand(read_document(shared / "disclosures" / name, name))
    found = {form.form_code: 0 for form in facts.forms if form.present and not form.is_empty}
    for amount in facts.amounts:
        found[amount.form_code] += 1
    assert found == COUNTS[name]
    assert not [a.amount_id for a in facts.amounts if a.subject is None or a.measure is None or a.fiscal_year is None]
    assert len({a.amount_id for a in facts.amounts}) == len(facts.amounts)


def test_forms_in_yuan_and_in_wan_yuan_of_one_file_keep_their_units(shared: Path) -> None:
    name = "real/普陀区万里街道办事处_2023_部门预算.pdf"
    facts = understand(read_document(shared / "disclosures" / name, name))
    assert {form.form_code: form.unit for form in facts.forms} == {
        **dict.fromkeys(("BG01", "BG02", "BG03", "BG04", "BG05", "BG08", "BG09", "BG06"), "元"),
        "BG07": "万元",
    }
