import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from pipelines.documents.sandbox import Limits, run_in_workers
from tests.documents.hostile_work import Unpicklable, misbehave, sleep_then_tell

FAULTS = {
    "abort": ("crash", "SIGABRT"),
    "kill": ("crash", "SIGKILL"),
    "exit": ("crash", "exit code 3"),
    "sys.exit": ("error", "leaving"),
    "raise": ("error", "this file is bad"),
    "unpicklable result": ("error", "cannot be sent"),
}


def outcomes_of(tasks, limits=None, workers=2, work=misbehave):
    return list(run_in_workers(tasks, work, limits or Limits(), workers))


def test_every_task_gets_exactly_one_outcome_and_a_fault_costs_only_its_own_task():
    good = [f"good {number}" for number in range(6)]
    tasks = [*good[:3], *FAULTS, *good[3:]]
    outcomes = outcomes_of(tasks)
    assert sorted(outcome.task for outcome in outcomes) == sorted(tasks)
    by_task = {outcome.task: outcome for outcome in outcomes}
    assert [by_task[task].result for task in good] == [task.upper() for task in good]
    for task, (kind, message) in FAULTS.items():
        assert by_task[task].failure.kind == kind, task
        assert message in by_task[task].failure.message


def test_an_exception_is_reported_with_its_class_and_traceback():
    (outcome,) = outcomes_of(["raise"], workers=1)
    assert outcome.failure.exception == "ValueError"
    assert "misbehave" in outcome.failure.traceback


def test_a_hanging_task_is_ended_at_its_deadline_and_the_next_one_runs():
    outcomes = outcomes_of(["hang", "fine"], Limits(wall_seconds=0.5), workers=1)
    assert [outcome.failure.kind if outcome.failure else outcome.result for outcome in outcomes] == ["wall", "FINE"]


def test_a_task_that_burns_cpu_is_ended():
    (outcome,) = outcomes_of(["spin"], Limits(cpu_seconds=0.5), workers=1)
    assert outcome.failure.kind == "cpu"
    assert outcome.seconds < 10


def test_a_task_that_hoards_memory_is_ended():
    (outcome,) = outcomes_of(["memory"], Limits(memory=200 << 20, wall_seconds=30), workers=1)
    assert outcome.failure.kind == "memory"


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="RLIMIT_AS has effect on Linux only")
def test_an_address_space_limit_ends_the_hoarding_inside_the_worker():
    outcomes = outcomes_of(["memory", "fine"], Limits(address_space=1 << 30, wall_seconds=30), workers=1)
    assert outcomes[0].failure.kind == "memory"
    assert outcomes[1].result == "FINE"


def test_a_worker_is_replaced_after_its_number_of_tasks():
    pids = [outcome.result for outcome in outcomes_of(["pid"] * 5, Limits(tasks_per_worker=2), workers=1)]
    assert len(set(pids)) == 3


def test_results_arrive_as_they_finish_and_tasks_are_taken_only_when_a_worker_is_free():
    taken = []

    def tasks():
        for seconds in (1.0, 0.01, 0.01, 0.01):
            taken.append(seconds)
            yield seconds

    results = run_in_workers(tasks(), sleep_then_tell, Limits(), 2)
    assert next(results).result == 0.01
    assert len(taken) < 4
    assert [outcome.result for outcome in results][-1] == 1.0


def test_a_task_that_cannot_be_sent_is_an_outcome_too():
    outcomes = outcomes_of([Unpicklable(), "fine"], workers=1)
    assert outcomes[0].failure.kind == "error"
    assert "cannot be sent" in outcomes[0].failure.message
    assert outcomes[1].result == "FINE"


def test_leaving_early_kills_the_workers():
    results = run_in_workers(["pid", "hang", "hang"], misbehave, Limits(), 2)
    pid = next(results).result
    results.close()
    assert not psutil.pid_exists(pid)
    assert not [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_an_idle_worker_killed_from_outside_costs_no_task():
    limits = Limits()
    pids = []

    def tasks():
        yield "pid"
        os.kill(pids[0], 9)
        deadline = time.monotonic() + 5
        while psutil.pid_exists(pids[0]) and psutil.Process(pids[0]).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline
        yield "fine"

    results = run_in_workers(tasks(), misbehave, limits, 1)
    pids.append(next(results).result)
    assert next(results).result == "FINE"


def test_work_that_cannot_be_imported_fails_every_task_and_ends(monkeypatch):
    broken = type(misbehave)(misbehave.__code__, {}, "misbehave")
    broken.__module__, broken.__qualname__ = "tests.documents.no_such_module", "misbehave"
    monkeypatch.setitem(__import__("sys").modules, "tests.documents.no_such_module", _module_with(broken))
    outcomes = outcomes_of(["one", "two"], workers=1, work=broken)
    assert [outcome.failure.kind for outcome in outcomes] == ["error", "error"]
    assert "cannot be imported" in outcomes[0].failure.message


def _module_with(function):
    module = type(os)("tests.documents.no_such_module")
    module.misbehave = function
    return module


SCRIPT = """
import os, signal, sys, threading, time
from pathlib import Path
from pipelines.documents.sandbox import Limits, run_in_workers
from tests.documents.hostile_work import misbehave

folder = Path(sys.argv[1])
with (folder / "imported").open("a") as file:
    file.write("imported once ")

def die_when_told():
    while not (folder / "pid").exists() or not (folder / "pid").read_text():
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    threading.Thread(target=die_when_told, daemon=True).start()
    list(run_in_workers([f"tell and hang {folder / 'pid'}"], misbehave, Limits(), 1))
"""


@pytest.fixture(scope="module")
def pid_of_orphan(tmp_path_factory):
    """The worker of a program that was killed in the middle of a task, and the folder the program wrote to."""
    folder = tmp_path_factory.mktemp("killed")
    (folder / "script.py").write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, str(folder / "script.py"), str(folder)]
    done = subprocess.run(command, timeout=60, env=environment, check=False)
    assert done.returncode == -9
    return int((folder / "pid").read_text()), folder


def test_a_worker_does_not_import_the_program_it_was_started_from(pid_of_orphan):
    assert (pid_of_orphan[1] / "imported").read_text() == "imported once "


def test_a_worker_does_not_outlive_its_killed_parent(pid_of_orphan):
    pid, _ = pid_of_orphan
    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_no_tasks_start_no_worker():
    assert outcomes_of([]) == []
