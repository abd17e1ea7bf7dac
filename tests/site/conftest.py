"""The site of the samples, generated once, and how its data scripts are read back."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipelines.site import build_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def findings(site: Path, part: str) -> Any:
    """The findings of a part, their evidence by name."""
    found = data(site, f"findings/{part}")
    for detail in found["findings"].values():
        detail["evidence"] = [dict(zip(found["fact"], values, strict=True)) for values in detail["evidence"]]
    return found


def data(site: Path, name: str) -> Any:
    """What a data script hands to a page: the JSON in its one string."""
    text = (site / "data" / f"{name}.js").read_text(encoding="utf-8")
    found = re.fullmatch(r"duizhang\.put\(\"([\w/-]+)\",'(.*)'\)\n", text, flags=re.DOTALL)
    assert found is not None
    assert found[1] == name
    return json.loads(re.sub(r"\\([\\'])", r"\1", found[2]))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser for the tests of a module, started when the first of them asks for it."""
    from playwright.sync_api import sync_playwright

    from tests.site.browser import launch

    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()


@pytest.fixture(scope="session")
def own_warehouse(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the warehouse of the samples that tests of the site may write to."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("duizhang.duckdb", "duizhang.json"):
        shutil.copyfile(warehouse / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def site(own_warehouse: Path, samples: Path) -> Path:
    """The generated folder."""
    return build_site(samples, own_warehouse).folder
