"""The notebooks run on the warehouse of the samples, show rows, and draw them."""

import importlib.util
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))


def test_there_are_five_notebooks() -> None:
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_rows_and_a_chart_of_all_of_them(
    path: Path, warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUIZHANG_WAREHOUSE", str(warehouse))
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, defined = notebook.app.run()
    drawn = defined["chart"].to_dict()
    assert defined["rows"].height > 0
    assert [len(rows) for rows in drawn["datasets"].values()] == [defined["rows"].height]
    named = {each["field"] for each in drawn["encoding"].values() if isinstance(each, dict)}
    assert named <= set(defined["rows"].columns)
