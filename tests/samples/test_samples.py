"""``make samples``: what ships in ``raw/samples`` is what the typesetter sets, and says what it is."""

import csv
from functools import cache
from pathlib import Path

import pytest

from tests.typeset.invented import OFFICES, PLACE
from tests.typeset.samples import (
    INVENTED,
    RESET,
    Sample,
    county_samples,
    invented_samples,
    main,
    published_samples,
    samples,
    slip_table,
)

RAW = Path(__file__).resolve().parents[2] / "raw"


@cache
def _all() -> list[Sample]:
    return list(samples())


def test_setting_the_samples_again_gives_the_committed_bytes() -> None:
    committed = {
        path.relative_to(RAW / "samples").as_posix() for path in (RAW / "samples").rglob("*") if path.is_file()
    }
    assert {sample.path for sample in _all()} == committed
    for sample in _all():
        assert (RAW / "samples" / sample.path).read_bytes() == sample.content(), sample.path


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 0
    written = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert sorted(capsys.readouterr().out.split("\n")[:-1]) == [str(path) for path in written]
    assert len(written) == len(_all())


def test_the_command_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_samples_are_small() -> None:
    assert sum(len(sample.content()) for sample in _all()) < 3_000_000


def test_the_readme_lists_every_planted_slip() -> None:
    text = (RAW / "README.md").read_text(encoding="utf-8")
    listed = text.partition("<!-- slips -->\n")[2].partition("<!-- /slips -->")[0]
    assert listed.strip().split("\n") == slip_table()
    assert len(slip_table()) > 8


def test_four_consecutive_years_of_budgets_and_final_accounts() -> None:
    names = [sample.path.rpartition("/")[2].partition(".")[0] for sample in invented_samples()]
    assert names == [f"{year}年度部门{kind}" for year in range(2021, 2025) for kind in ("预算", "决算")]
    assert {sample.path.rpartition(".")[2] for sample in invented_samples()} == {"pdf", "txt"}


def test_every_paper_says_on_its_face_what_it_is() -> None:
    for notice, group in ((INVENTED, invented_samples()), (INVENTED, county_samples()), (RESET, published_samples())):
        for sample in group:
            cover = sample.paper.blocks[0]
            assert notice in getattr(cover, "below", ()), sample.path
    assert RESET.rstrip("。") in (RAW / "README.md").read_text(encoding="utf-8")


def test_only_invented_departments_have_slips() -> None:
    assert not any(sample.slips for sample in published_samples())
    assert sum(len(sample.slips) for sample in (*invented_samples(), *county_samples())) == len(slip_table()) - 2


def test_the_department_with_money_of_every_fund_publishes_every_kind_of_paper_in_every_format() -> None:
    assert {sample.path.rpartition(".")[2] for sample in county_samples()} == {"pdf", "txt", "docx", "xlsx"}
    forms = {table.form_code for sample in county_samples() for table in sample.paper.tables() if not table.is_empty}
    assert {"BG08", "BG09", "BG13", "BG14", "FA08", "FA09", "FA17", "FA22"} <= forms
    words = {table.form_code for sample in county_samples() for table in sample.paper.tables()}
    assert {"PF01", "PF03", "PF04"} <= words


def test_the_invented_place_is_no_real_one(shared: Path) -> None:
    names = set()
    for path in (shared / "codelists" / "regions").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            names |= {row["name"].rstrip("省市区县") for row in csv.DictReader(lines)}
    city, _, district = PLACE.partition("市")
    assert not {city, district.rstrip("区")} & names
    assert all(office.endswith("局") for office in OFFICES)
