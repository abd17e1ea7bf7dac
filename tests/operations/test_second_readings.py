"""PDFs under suspicion are read a second time, once."""

import hashlib
from pathlib import Path

import duckdb

from pipelines.stages.second_readings import is_in_sample

SUSPECT = """
SELECT DISTINCT document_id FROM quality.check JOIN core.document USING (document_id)
WHERE outcome = 'broken' AND reader = 'pdfium'
"""


def test_every_pdf_with_a_break_has_a_second_reading_of_all_its_amounts(tables: duckdb.DuckDBPyConnection) -> None:
    assert tables.sql(SUSPECT).fetchall()
    left = f"SELECT amount_id FROM core.amount SEMI JOIN ({SUSPECT}) USING (document_id)"
    assert tables.sql(f"{left} EXCEPT SELECT amount_id FROM core.second_reading").fetchall() == []


def test_both_readers_agree_on_the_samples_so_broken_identities_are_the_source_s(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    causes = f"""
        SELECT DISTINCT cause
        FROM quality.check JOIN quality.rule USING (rule_id) SEMI JOIN quality.check_part USING (check_id)
        WHERE outcome = 'broken' AND relation IS NULL AND document_id IN ({SUSPECT})
    """
    assert tables.sql(causes).fetchall() == [("source",)]


def test_second_readings_are_stored_once_for_each_document(warehouse: Path, tables: duckdb.DuckDBPyConnection) -> None:
    folders = [path.name.partition("-")[0] for path in (warehouse / "lake" / "second_readings").glob("*/*")]
    assert len(folders) == len(set(folders))
    assert {document for (document,) in tables.sql(SUSPECT).fetchall()} <= set(folders)


def test_about_one_document_in_a_hundred_is_read_again_without_suspicion() -> None:
    documents = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(10_000)]
    chosen = [document for document in documents if is_in_sample(document)]
    assert 60 <= len(chosen) <= 140
    assert chosen == [document for document in documents if is_in_sample(document)]
