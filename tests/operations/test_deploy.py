"""The container file and the units name only what there is; a log in JSON can be read by machines."""

import configparser
import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import pipelines.stages  # noqa: F401 - its load is patched
from pipelines.cli import main
from pipelines.operations.installation import _PYTHON
from tests.conftest import REPOSITORY
from tests.operations.papers import write_paper

CONTAINERFILE = (REPOSITORY / "Containerfile").read_text("utf-8")
UNITS = sorted((REPOSITORY / "deploy").glob("*.service")) + sorted((REPOSITORY / "deploy").glob("*.timer"))


def instructions() -> list[list[str]]:
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", CONTAINERFILE))
    return [shlex.split(line) for line in text.splitlines() if line.strip()]


def test_every_path_that_is_copied_is_in_the_repository_and_not_ignored() -> None:
    ignored = (REPOSITORY / ".containerignore").read_text("utf-8").split()
    copied = [path for word, *paths in instructions() if word == "COPY" for path in paths[:-1]]
    assert copied
    for path in copied:
        assert (REPOSITORY / path).exists(), path
        assert path.split("/")[0] not in ignored, path


def test_what_the_program_needs_at_run_time_is_copied() -> None:
    copied = {path.split("/")[0] for word, *paths in instructions() if word == "COPY" for path in paths[:-1]}
    assert {"pipelines", "data_quality", "sql", "dagster_home", "pyproject.toml", "uv.lock"} <= copied


def test_the_image_has_a_python_that_the_project_takes_and_what_is_locked() -> None:
    (image,) = [words[1] for words in instructions() if words[0] == "FROM"]
    major, minor = re.search(r"python:(\d+)\.(\d+)", image).groups()  # type: ignore[union-attr]
    assert _PYTHON[0] <= (int(major), int(minor)) < _PYTHON[1]
    project = (REPOSITORY / "pyproject.toml").read_text("utf-8")
    assert 'requires-python = ">=3.11,<3.14"' in project
    assert all("--frozen" in line for line in re.findall(r"uv sync[^\n&]*", CONTAINERFILE))


def test_the_image_has_the_programs_that_the_build_server_installs() -> None:
    # make, git and pip build; chromium only looks at pages in the tests
    wanted = re.findall(
        r"missing\+=\((?!make|git|python3-pip|chromium)([^)]*)\)", (REPOSITORY / ".ci" / "run").read_text("utf-8")
    )
    assert wanted
    for packages in wanted:
        for package in packages.split("#")[0].split():
            assert package in CONTAINERFILE, package


def test_the_image_does_not_run_as_root_and_phones_nobody() -> None:
    assert ["USER", "duizhang"] in instructions()
    assert "DAGSTER_HOME=/opt/duizhang/dagster_home" in CONTAINERFILE


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_call_commands_that_there_are(unit: Path) -> None:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(unit.read_text("utf-8"))
    assert parsed["Unit"]["Description"].startswith("duizhang")
    for name, value in parsed["Service"].items() if "Service" in parsed else []:
        if name.startswith("ExecStart"):
            program, *arguments = shlex.split(value.lstrip("-"))
            called = Path(program).name
            assert called in ("duizhang", "dagster-daemon", "dagster-webserver")
            if called == "duizhang":
                command = main.commands[arguments[0]]
                options = {option for parameter in command.params for option in parameter.opts}
                assert {word for word in arguments if word.startswith("--")} <= options


def test_timer_crontab_and_dagster_name_the_same_hour() -> None:
    assert "02:00:00 Asia/Shanghai" in (REPOSITORY / "deploy" / "duizhang-load.timer").read_text("utf-8")
    crontab = (REPOSITORY / "deploy" / "crontab").read_text("utf-8")
    assert "CRON_TZ=Asia/Shanghai" in crontab
    assert re.search(r"^0 2 \* \* \* ", crontab, re.MULTILINE)


def test_a_log_in_json_has_one_object_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_paper(tmp_path / "raw" / "a.txt")
    monkeypatch.setattr(sys.modules["pipelines.stages.load"], "build_tables", _refuse)
    folders = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "warehouse")]
    done = CliRunner().invoke(main, ["load", "--log", "json", "--workers", "1", *folders])
    assert done.exit_code == 1
    *events, message = done.stderr.splitlines()
    told = [json.loads(line) for line in events]
    assert {"event": "stage", "stage": "read", "done": 1, "total": 1}.items() <= told[1].items()
    assert (told[-1]["event"], told[-1]["problem"]) == ("failed", "files could not be read or written: no room")
    assert all(each["at"].endswith("+00:00") for each in told)
    assert message.startswith("duizhang: ")


def _refuse(*_: object) -> bool:
    raise OSError("no room")
