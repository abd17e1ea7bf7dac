"""A warehouse whose names, sentences and paths are made to harm whoever shows them, with many findings."""

import shutil
from pathlib import Path

import duckdb

HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    "'\"]);window.hacked=1;//${window.hacked=1}\u2028"
)
FORMULA = '=HYPERLINK("http://evil.example","x")'
COPIES = 40

_CHANGES = (
    "UPDATE core.filing SET department = $hostile",
    "UPDATE core.document SET department = $hostile, source_path = $hostile || source_path",
    "UPDATE core.amount SET row_label = row_label || $hostile, printed = printed || '<b>'",
    "UPDATE core.paragraph SET text = text || $hostile, section = $hostile",
    "UPDATE core.form SET form_title = $hostile",
    "UPDATE core.project SET project = $hostile",
    "UPDATE quality.finding SET scope = $formula || scope, message_zh = $hostile, message_en = $hostile",
    "UPDATE mart.filing_quality SET department = $hostile",
    "UPDATE reference.department SET department = $hostile",
    "UPDATE mart.disclosure_coverage SET department = $hostile",
)
_MORE = """
INSERT INTO quality.finding
SELECT * EXCLUDE (n) REPLACE (md5(concat(finding_id, n)) AS finding_id, NULL AS root_id)
FROM quality.finding, range($copies) AS copies(n)
"""


def make_hostile(warehouse: Path, folder: Path) -> Path:
    """A copy of a warehouse below ``folder`` in which everything that documents say is hostile."""
    for name in ("duizhang.duckdb", "duizhang.json"):
        shutil.copyfile(warehouse / name, folder / name)
    with duckdb.connect(str(folder / "duizhang.duckdb")) as connection:
        for change in _CHANGES:
            given = {"hostile": HOSTILE, "formula": FORMULA}
            connection.execute(change, {key: value for key, value in given.items() if f"${key}" in change})
        connection.execute(_MORE, {"copies": COPIES})
    return folder
