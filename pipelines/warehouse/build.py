"""Building one new DuckDB file from the lake: the inputs, dbt as a child process, and what came of it.

dbt runs in a process of its own because within ours it would keep the file locked. Everything a build writes lies in
its own folder below the warehouse; nothing is written to the repository.
"""

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from data_quality.catalogue import write_catalogue
from data_quality.reviews import Reviews
from pipelines.lake.files import SourceFile
from pipelines.lake.schema import SQL_PROJECT
from pipelines.lake.snapshot import write_snapshot
from pipelines.lake.store import Lake
from pipelines.warehouse.compiled import CompiledModels, compiled_models
from pipelines.warehouse.reference import reference_frames
from pipelines.warehouse.resources import STORAGE, Resources
from pipelines.warehouse.reviews import review_frame

PREFIX = "build-"
"""How the names of build folders begin."""
_NO_REVIEWS = Reviews()
_USUAL = Resources()


class BuildError(RuntimeError):
    """The SQL models could not be built; the message names the model or test that failed and says why."""


class BuildResult(msgspec.Struct, frozen=True):
    """A finished build: a new file, complete but not yet published."""

    database: Path
    """The new DuckDB file."""
    folder: Path
    """The build's folder: inputs, dbt's log and results. Remove it with :func:`discard`."""
    models: int
    """How many models were built."""
    tests: int
    """How many tests passed."""
    seconds: float


def build(
    lake: Lake,
    files: list[SourceFile],
    target: Path,
    *,
    version: str,
    reviews: Reviews = _NO_REVIEWS,
    resources: Resources = _USUAL,
) -> BuildResult:
    """Build the warehouse of these files, in the facts of this version, as a new DuckDB file.

    ``target`` is where the file will be published (``…/duizhang.duckdb``); the new one is made in a build folder
    beside it and has the same name, so that :func:`pipelines.warehouse.publish.publish` can swap it in.

    Raises:
        LakeError: a file has no facts of this version yet.
        BuildError: a model or a test failed.
    """

    def write(folder: Path) -> None:
        write_inputs(lake, files, folder, version=version, reviews=reviews)

    return build_from(write, target, resources)


def build_from(write: Callable[[Path], None], target: Path, resources: Resources = _USUAL) -> BuildResult:
    """Build a warehouse of what ``write`` writes into ``<folder>/inputs``, as :func:`build` does.

    Raises:
        BuildError: a model or a test failed; or whatever ``write`` raises.
    """
    started = time.monotonic()
    folder = target.parent / f"{PREFIX}{uuid.uuid4().hex[:12]}"
    try:
        write(folder)
        models, tests = run_dbt(folder, folder / target.name, resources=resources)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return BuildResult(folder / target.name, folder, models, tests, time.monotonic() - started)


def discard(result: BuildResult) -> None:
    """Remove a build's folder with everything in it; does nothing if it is gone."""
    shutil.rmtree(result.folder, ignore_errors=True)


def remove_leftovers(warehouse: Path) -> int:
    """Remove build folders of killed runs; return how many. Call it while holding the lock."""
    leftovers = list(warehouse.glob(f"{PREFIX}*"))
    for folder in leftovers:
        shutil.rmtree(folder, ignore_errors=True)
    return len(leftovers)


def write_inputs(
    lake: Lake, files: list[SourceFile], folder: Path, *, version: str, reviews: Reviews = _NO_REVIEWS
) -> None:
    """Write all that the SQL models read into ``<folder>/inputs``: facts, references, the rule catalogue, reviews.

    Raises:
        LakeError: a file has no facts of this version yet.
    """
    inputs = folder / "inputs"
    inputs.mkdir(parents=True)
    write_snapshot(lake, files, version, inputs)
    write_declarations(inputs, reviews)


def write_declarations(inputs: Path, reviews: Reviews = _NO_REVIEWS) -> None:
    """Write what is declared and not read: the references, the rule catalogue, and what people say of findings."""
    for name, frame in reference_frames().items():
        frame.write_parquet(inputs / f"{name}.parquet")
    write_catalogue(inputs)
    review_frame(reviews).write_parquet(inputs / "review.parquet")


def run_dbt(
    folder: Path, database: Path, *, select: tuple[str, ...] = (), resources: Resources = _USUAL
) -> tuple[int, int]:
    """Run models and tests on ``<folder>/inputs`` into a new database; return how many models and tests passed.

    ``select`` limits them, in dbt's selection syntax; empty: all.

    Raises:
        BuildError: one of them failed, or dbt itself did.
    """
    finished = run_dbt_command("build", folder, database, select, resources=resources)
    results = _results(folder / "target" / "run_results.json")
    failed = [result for result in results if result["status"] in ("error", "fail")]
    if failed:
        raise BuildError("\n".join(_complaint(result) for result in failed))
    if finished.returncode != 0 or not results:
        raise BuildError(f"dbt could not run the models:\n{(finished.stdout + finished.stderr).strip()[-3000:]}")
    tests = sum(1 for result in results if result["unique_id"].startswith("test."))
    return len(results) - tests, tests


def compile_models(folder: Path, database: Path) -> CompiledModels:
    """Compile all models and tests for ``<folder>/inputs`` and a database, and run none of them.

    Raises:
        BuildError: dbt failed.
    """
    finished = run_dbt_command("compile", folder, database)
    if finished.returncode != 0:
        raise BuildError(f"dbt could not compile the models:\n{(finished.stdout + finished.stderr).strip()[-3000:]}")
    return compiled_models(folder)


def run_dbt_command(
    command: str,
    folder: Path,
    database: Path,
    select: tuple[str, ...] = (),
    *,
    access: str = "automatic",
    resources: Resources = _USUAL,
) -> "subprocess.CompletedProcess[str]":
    """Run a command of dbt on ``<folder>/inputs`` and a database; all it writes lies in the folder.

    ``access`` is DuckDB's access mode: ``read_only`` leaves the file to its other readers.
    """
    arguments = [sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "--no-version-check", "--quiet"]
    arguments += [*command.split(), "--project-dir", str(SQL_PROJECT), "--profiles-dir", str(SQL_PROJECT)]
    arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    arguments += ["--select", *select] if select else []
    with resources.spilling(folder) as spill:
        environment = _environment(folder, database) | {
            "DUIZHANG_BUILD_ACCESS": access,
            "DUIZHANG_BUILD_MEMORY": resources.memory_limit,
            "DUIZHANG_BUILD_SPILL": str(spill),
            "DUIZHANG_BUILD_STORAGE": STORAGE,
        }
        return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def _environment(folder: Path, database: Path) -> dict[str, str]:
    return os.environ | {
        "DUIZHANG_BUILD_DATABASE": str(database.resolve()),
        "DUIZHANG_BUILD_INPUTS": str((folder / "inputs").resolve()),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONUTF8": "1",
    }


def _results(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    results: list[dict[str, Any]] = msgspec.json.decode(path.read_bytes())["results"]
    return results


def _complaint(result: dict[str, Any]) -> str:
    kind, _, name = result["unique_id"].split(".")[:3]
    return f"{kind} {name} failed: {str(result['message']).strip()}"
