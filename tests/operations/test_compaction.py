"""``duizhang compact``: what is published, and nothing else, comes into the shared lake."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.lake.shared import manifest as manifests
from pipelines.lake.shared.batches import connected, locations, rows_of
from pipelines.lake.shared.objects import objects_at
from tests.conftest import REPOSITORY


def _compact(*arguments: str):
    return CliRunner().invoke(main, ["compact", *arguments])


def test_what_is_published_is_in_the_shared_lake_once(warehouse: Path, tmp_path: Path) -> None:
    store, copy = str(tmp_path / "nation"), shutil.copytree(warehouse, tmp_path / "warehouse")
    done = _compact("--warehouse", str(copy), "--store", store)
    assert done.exit_code == 0, done.output
    lake = objects_at(store)
    state = manifests.latest(lake)
    everywhere = {
        "provinces": {each.province for each in state.partitions},
        "years": {e.year for e in state.partitions},
    }
    with connected(lake) as shared, duckdb.connect(str(copy / "duizhang.duckdb"), read_only=True) as published:
        for table in ("amount", "claim", "form", "indicator"):
            columns = "document_id, filing_id" if table != "amount" else "amount_id, filing_id, amount_yuan"
            found = shared.execute(f"SELECT {columns} FROM ({rows_of(locations(lake, state, table, **everywhere))})")
            wanted = published.execute(f"SELECT {columns} FROM core.{table}")
            assert sorted(found.fetchall()) == sorted(wanted.fetchall()) != []
    assert "partitions  0 written" in _compact("--warehouse", str(copy), "--store", store).output


def test_without_a_publication_or_a_store_it_says_what_is_missing(tmp_path: Path) -> None:
    done = _compact("--warehouse", str(tmp_path), "--store", str(tmp_path / "nation"))
    assert (done.exit_code, "load first, then compact" in done.stderr) == (1, True)
    assert _compact("--warehouse", str(tmp_path)).exit_code == 2


def test_a_load_on_one_machine_imports_neither_ray_nor_s3fs() -> None:
    code = (
        "import sys, pipelines.cli, pipelines.stages, pipelines.definitions; print({'ray', 's3fs'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
