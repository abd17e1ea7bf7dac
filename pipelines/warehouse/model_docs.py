"""dbt's own documentation of the SQL models: one page with lineage, columns and SQL, which needs no network.

Belongs here: having dbt describe the published file, and keeping the page it makes. Does not belong here: the data
dictionary (``pipelines.generated``) and the quality site (``pipelines.site``).
"""

import tempfile
from pathlib import Path

from data_quality.catalogue import write_catalogue
from pipelines.lake import atomic
from pipelines.warehouse.build import BuildError, run_dbt_command

PAGE = "models.html"


def write_model_docs(database: Path, target: Path) -> Path:
    """Write the page of a published DuckDB file into a folder (made if missing) and return its path.

    The file is read only, so that others may read it meanwhile.

    Raises:
        BuildError: dbt failed.
    """
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_catalogue(folder / "inputs")
        finished = run_dbt_command("docs generate --static", folder, database, access="read_only")
        page = folder / "target" / "static_index.html"
        if finished.returncode != 0 or not page.is_file():
            said = (finished.stdout + finished.stderr).strip()[-3000:]
            raise BuildError(f"dbt could not describe the models:\n{said}")
        atomic.write_bytes(target / PAGE, page.read_bytes())
    return target / PAGE
